"""The blueprint of events, and what its pages share."""

from typing import Any

from flask import Blueprint, abort, url_for

from tracker.accounts.permissions import Permission, writes_on_behalf
from tracker.organisation.tree import UnitNode
from tracker.programme.closed_stages import asks_why, turn_back
from tracker.programme.plan import StageInfo
from tracker.programme.reference import plan
from tracker.session import db
from tracker.sharing.models import Adoption, Event, EventEntry
from tracker.sharing.queries_record import readable_event
from tracker.web.guards import actor, allowed
from tracker.web.i18n import gettext as _
from tracker.web.reference import tree
from tracker.web.words import AUDIENCES, MANNERS

bp = Blueprint("sharing", __name__, url_prefix="/events")


@bp.context_processor
def shared() -> dict[str, Any]:
    """Give the templates the words of manners, and whether the visitor writes anywhere."""
    return {"manners": MANNERS, "may_write": allowed(Permission.RECORDS_WRITE)}


def found_or_404(event_id: int) -> Event:
    """Return an event that the visitor may read, else answer 404."""
    return readable_event(db(), actor(), tree(), event_id) or abort(404)


def own_or_403(event_id: int, permission: Permission = Permission.RECORDS_WRITE) -> Event:
    """Return an event that the visitor may write (or hide), else answer 404 or 403.

    The forms of a closed stage are opened to who still changes it.
    """
    event = found_or_404(event_id)
    if not allowed(permission, tree()[event.unit_id]):
        abort(403)
    if permission is Permission.RECORDS_WRITE:
        turn_back([plan().stage_by_id[event.stage_id]], show_url(event))
    return event


def entry_or_404(event: Event, entry_id: int) -> EventEntry:
    """Return an entry of an event that the visitor may read, else answer 404."""
    entry = db().get(EventEntry, entry_id)
    if entry is None or entry.event_id != event.id:
        abort(404)
    gone = entry.hidden_at is not None or entry.withdrawn_on is not None
    if gone and not allowed(Permission.RECORDS_WRITE, tree()[event.unit_id]):
        abort(404)
    return entry


def own_entry(
    event_id: int, entry_id: int, permission: Permission = Permission.RECORDS_WRITE
) -> tuple[Event, EventEntry]:
    """Return an entry of an event that the visitor may write: 404 for what is missing comes before 403."""
    entry = entry_or_404(found_or_404(event_id), entry_id)
    return own_or_403(event_id, permission), entry


def asks_reason(event: Event, further: StageInfo | None = None) -> bool:
    """Tell whether a change of an event needs a reason, also where it moves to a further stage."""
    stages = [plan().stage_by_id[event.stage_id], *([further] if further else [])]
    return any(asks_reason_at(tree()[event.unit_id], stage) for stage in stages)


def asks_reason_at(node: UnitNode, stage: StageInfo) -> bool:
    """Tell whether the visitor writes at a unit with a reason: on behalf, or the office in a closed stage."""
    return asks_why(stage) or writes_on_behalf(actor(), node)


def concerned(event: Event, entry: EventEntry, adoption: Adoption | None = None) -> list[UnitNode]:
    """Return the units that have a say in what became of an entry: host, who shows it, who took it up."""
    ids = [event.unit_id, entry.unit_id, *([adoption.unit_id] if adoption else [])]
    return [tree()[unit_id] for unit_id in ids]


def audience_options() -> list[tuple[str, str]]:
    """Return the audiences for a filter bar."""
    return [("", _("ทุกระดับ")), *((audience.value, str(word)) for audience, word in AUDIENCES.items())]


def show_url(event: Event) -> str:
    """Return the address of an event."""
    return url_for("sharing.show", event_id=event.id)
