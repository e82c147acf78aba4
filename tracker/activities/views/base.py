"""The blueprint of activities, and what its pages share."""

from flask import Blueprint, abort, request, url_for

from tracker.accounts.models import RoleKind
from tracker.accounts.permissions import Permission, may, places_open_to, writes_on_behalf
from tracker.activities.models import Activity
from tracker.activities.queries import readable_activity
from tracker.organisation.tree import UnitNode
from tracker.programme.enrolments import EnrolmentBook, enrolment_book
from tracker.programme.plan import Plan, programme_plan
from tracker.session import db
from tracker.web.guards import actor, allowed
from tracker.web.reference import tree, unit_or_404
from tracker.web.security import safe_next

bp = Blueprint("activities", __name__, url_prefix="/activities")


def plan() -> Plan:
    """Return the programme."""
    return programme_plan(db())


def book() -> EnrolmentBook:
    """Return all enrolments."""
    return enrolment_book(db())


def found_or_404(activity_id: int) -> Activity:
    """Return an activity that the visitor may read, else answer 404."""
    return readable_activity(db(), actor(), tree(), activity_id) or abort(404)


def changeable_or_403(activity_id: int, permission: Permission = Permission.RECORDS_WRITE) -> Activity:
    """Return an activity that the visitor may change: 404 when unreadable, 403 when not theirs."""
    activity = found_or_404(activity_id)
    if not allowed(permission, tree()[activity.unit_id]):
        abort(403)
    return activity


def own_units() -> list[UnitNode]:
    """Return the units that the visitor coordinates, pilot groups below them last."""
    coordinated = set(actor().units_of(RoleKind.COORDINATOR))
    writable = [n for n in places_open_to(actor(), Permission.RECORDS_WRITE, tree()) if n.closed_on is None]
    own = [node for node in writable if not writes_on_behalf(actor(), node)]
    return sorted(own, key=lambda node: (node.id not in coordinated, node.order))


def writable_units() -> list[UnitNode]:
    """Return all open units that the visitor may write for, in tree order."""
    return [n for n in places_open_to(actor(), Permission.RECORDS_WRITE, tree()) if n.closed_on is None]


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


def back_or(default: str) -> str:
    """Return the address that the visitor came from, as the address has it, else the default."""
    return safe_next(request.args.get("back"), default)


def show_url(activity: Activity) -> str:
    """Return the address of an activity."""
    return url_for("activities.show", activity_id=activity.id)
