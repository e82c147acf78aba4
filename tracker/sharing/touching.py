"""Which cells an event and its entries count in."""

from sqlalchemy import inspect, select

from tracker.change import Change
from tracker.organisation.tree import unit_tree
from tracker.programme.enrolments import enrolment_book
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


def place_entries(change: Change, event: Event) -> None:
    """Have the entries of an event count where they belong by its stage and day; touch both sides."""
    tree, book = unit_tree(change.session), enrolment_book(change.session)
    for entry in change.session.scalars(select(EventEntry).where(EventEntry.event_id == event.id)):
        touch_entry(change, entry)
        counting = book.counting_for(event.stage_id, tree[entry.unit_id], event.held_on)
        entry.enrolment_id = counting.id if counting else None
        touch_entry(change, entry)
