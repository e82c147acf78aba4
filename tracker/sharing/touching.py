"""Which cells an event and its entries count in."""

from sqlalchemy import inspect

from tracker.change import Change
from tracker.programme.plan import programme_plan
from tracker.sharing.models import Event, EventEntry

ENTRY_SOURCE = "event_entries"


def touch_event(change: Change, event: Event) -> None:
    """Touch the host's enrolment: executives who took part, the last record."""
    change.touch(event.enrolment_id, None)
    former = inspect(event).attrs.enrolment_id.history.deleted
    for enrolment_id in former or ():
        change.touch(enrolment_id, None)


def touch_entry(change: Change, entry: EventEntry) -> None:
    """Touch the cells of the entry's own unit whose evidence rules count entries."""
    touch_cells(change, entry.enrolment_id)


def touch_cells(change: Change, enrolment_id: int | None) -> None:
    """Touch the cells of an enrolment that count entries."""
    change.touch(enrolment_id, None)
    for rule in programme_plan(change.session).rules:
        if rule.source == ENTRY_SOURCE:
            change.touch(enrolment_id, rule.step_id)
