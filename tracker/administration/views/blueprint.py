"""The blueprint, and what several of its pages load."""

from typing import Any

from flask import Blueprint, abort

from tracker.accounts.models import Person, RoleKind
from tracker.accounts.permissions import Permission
from tracker.administration.ranks import may_give, may_manage
from tracker.administration.tables import role_line
from tracker.organisation.tree import UnitNode
from tracker.session import db
from tracker.web.clock import today
from tracker.web.guards import actor, allowed
from tracker.web.i18n import named
from tracker.web.paging import here_with
from tracker.web.reference import tree, unit_or_404
from tracker.web.shell import ROLE_NAMES

bp = Blueprint("administration", __name__, url_prefix="/administration")
P = Permission


def person_or_404(person_id: int) -> Person:
    """Return a person; answer 404 for an unknown id."""
    return db().get(Person, person_id) or abort(404)


def is_mine_to_manage(person: Person) -> bool:
    """Tell whether the visitor may manage this account; some are for administrators only."""
    return may_manage(db(), actor(), person.id, today())


def managed_person(person_id: int) -> Person:
    """Return a person whose account is the visitor's to manage; answer 404 or 403."""
    person = person_or_404(person_id)
    if not is_mine_to_manage(person):
        abort(403)
    return person


def givable_roles() -> list[RoleKind]:
    """Return the roles that the visitor may give and take."""
    return [kind for kind in RoleKind if may_give(actor(), kind)]


def unit_with_posts(code: str) -> UnitNode:
    """Return a unit whose posts the visitor may read; answer 404 otherwise."""
    node = unit_or_404(code)
    if not (allowed(P.UNIT_READ, node) or allowed(P.POSTS_MANAGE, node)):
        abort(404)
    return node


def unit_with_own_posts(code: str) -> UnitNode:
    """Return a unit whose posts the visitor may change; answer 404 or 403 otherwise."""
    node = unit_with_posts(code)
    if not allowed(P.POSTS_MANAGE, node):
        abort(403)
    return node


@bp.context_processor
def words() -> dict[str, Any]:
    """Give the pages the words for roles, levels and units."""
    units = tree()
    return {
        "role_words": lambda role: role_line(role, units),
        "role_names": [(kind.value, name) for kind, name in ROLE_NAMES.items()],
        "level_names": [(level.code, named(level)) for level in units.levels.values()],
        "unit_names": [(node.code, named(node, "short")) for node in units if node.closed_on is None],
        "here_with": here_with,
    }
