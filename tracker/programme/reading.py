"""Who may read a record: one rule for lists, pages, searches and exports."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from tracker.accounts.permissions import Actor, Permission, may
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitTree


def _where(actor: Actor, tree: UnitTree, permission: Permission, column: Any) -> ColumnElement[bool]:
    """Return the condition that a unit's column names one at which the actor may do this."""
    ids = tree.kept(
        (permission, actor.roles, actor.is_system),
        lambda: [node.id for node in tree if may(actor, permission, node)],
    )
    if len(ids) == len(tree):
        return true()
    return column.in_(ids) if ids else false()


def open_to(actor: Actor, tree: UnitTree, model: Any) -> ColumnElement[bool]:
    """Return the condition under which the actor may read a row that has the columns of `EntryDay`.

    Open to the department: everybody who reads records. Kept to the unit: who reads that unit wholly.
    Hidden: the office and who writes for the unit.
    """
    if not may(actor, Permission.RECORDS_READ):
        return false()
    own = _where(actor, tree, Permission.UNIT_READ, model.unit_id)
    writes = _where(actor, tree, Permission.RECORDS_WRITE, model.unit_id)
    return and_(
        or_(model.audience != Audience.UNIT, own) if hasattr(model, "audience") else true(),
        or_(model.hidden_at.is_(None), writes),
    )


def withdrawn_inside(actor: Actor, tree: UnitTree, model: Any) -> ColumnElement[bool]:
    """Return the condition of a withdrawn row: those who read its unit wholly still see it."""
    return and_(model.withdrawn_on.is_not(None), _where(actor, tree, Permission.UNIT_READ, model.unit_id))


def is_live(model: Any) -> ColumnElement[bool]:
    """Return the condition that a row counts: neither withdrawn nor hidden."""
    return and_(model.withdrawn_on.is_(None), model.hidden_at.is_(None))
