"""Which unit a page writes for: the visitor's own, or the one in the address."""

from dataclasses import replace

from flask import abort, request

from tracker.accounts.models import RoleKind
from tracker.accounts.permissions import Permission, may, places_open_to, writes_on_behalf
from tracker.organisation.tree import UnitNode
from tracker.web.guards import actor
from tracker.web.reference import tree, unit_or_404


def writable_units() -> list[UnitNode]:
    """Return all open units that the visitor may write for, in tree order."""
    who, units = actor(), tree()

    def find() -> list[UnitNode]:
        return [n for n in places_open_to(who, Permission.RECORDS_WRITE, units) if n.closed_on is None]

    return units.kept(("writable", who.roles, who.is_system), find)


def own_units() -> list[UnitNode]:
    """Return the units that the visitor coordinates, pilot groups below them last."""
    coordinated = set(actor().units_of(RoleKind.COORDINATOR))
    own = [node for node in writable_units() if not writes_on_behalf(actor(), node)]
    return sorted(own, key=lambda node: (node.id not in coordinated, node.order))


def is_inside(node: UnitNode) -> bool:
    """Tell whether the visitor is of the unit, of one above it, or of the office.

    They see who entered what, and remarks; executives read the unit's work without these.
    """
    who = actor()
    others = tuple(role for role in who.roles if role.kind is not RoleKind.EXECUTIVE)
    return may(replace(who, roles=others), Permission.UNIT_READ, node)


def doors_to(node: UnitNode) -> dict[str, bool]:
    """Return what a page below a unit offers to the visitor: the unit's page, and words to the unit."""
    return {
        "opens_unit": may(actor(), Permission.UNIT_READ, node),
        "may_ask": may(actor(), Permission.UNITS_ASK, node),
    }


def asked_unit() -> UnitNode | None:
    """Return the unit in the address, else the visitor's own; 404 for an unknown one, 403 for another's."""
    code = request.args.get("unit", "")
    if not code:
        own = own_units()
        return own[0] if own else None
    node = unit_or_404(code)
    if not may(actor(), Permission.RECORDS_WRITE, node):
        abort(403)
    return node
