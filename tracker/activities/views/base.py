"""The blueprint of activities, and what its pages share."""

from flask import Blueprint, abort, request, url_for

from tracker.accounts.permissions import Permission, writes_on_behalf
from tracker.activities.models import Activity
from tracker.activities.queries import readable_activity
from tracker.organisation.tree import UnitNode
from tracker.programme.closed_stages import asks_why, turn_back
from tracker.programme.reference import plan
from tracker.session import db
from tracker.web.guards import actor, allowed
from tracker.web.reference import tree
from tracker.web.security import safe_next

bp = Blueprint("activities", __name__, url_prefix="/activities")


def found_or_404(activity_id: int) -> Activity:
    """Return an activity that the visitor may read, else answer 404."""
    return readable_activity(db(), actor(), tree(), activity_id) or abort(404)


def changeable_or_403(activity_id: int, permission: Permission = Permission.RECORDS_WRITE) -> Activity:
    """Return an activity that the visitor may change: 404 when unreadable, 403 when not theirs.

    The forms of a closed stage are opened to who still changes it.
    """
    activity = found_or_404(activity_id)
    if not allowed(permission, tree()[activity.unit_id]):
        abort(403)
    if permission is Permission.RECORDS_WRITE:
        turn_back([plan().stage_by_id[activity.stage_id]], show_url(activity))
    return activity


def asks_reason(activity: Activity) -> bool:
    """Tell whether any change of an activity needs a reason: on behalf of its unit, or in a closed stage."""
    node = tree()[activity.unit_id]
    return writes_on_behalf(actor(), node) or asks_why(plan().stage_by_id[activity.stage_id])


def back_or(default: str) -> str:
    """Return the address that the visitor came from, as the address has it, else the default."""
    return safe_next(request.args.get("back"), default)


def home_of(node: UnitNode) -> str:
    """Return the address of a unit's work, or of the visitor's own where that is not theirs to see."""
    if allowed(Permission.UNIT_READ, node):
        return url_for("home.unit", code=node.code)
    return url_for("home.index", unit=node.code)


def show_url(activity: Activity) -> str:
    """Return the address of an activity."""
    return url_for("activities.show", activity_id=activity.id)
