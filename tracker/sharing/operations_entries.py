"""What people do with the entries of an event: show them, change them, take them back."""

from datetime import date
from typing import Any

from tracker.change import Change, RefusedError, apply_values, check_version
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.asides import hide_record, restore_record, show_record, withdraw_record
from tracker.programme.enrolments import enrolment_book
from tracker.programme.entries import required_reason
from tracker.sharing.models import Event, EventEntry, EventState
from tracker.sharing.operations import next_position, stamp
from tracker.sharing.places import check_open, locked_entry, locked_event, place_event
from tracker.sharing.texts import entry_values, entry_words, told
from tracker.sharing.touching import touch_entry


def entries_reason(change: Change, event: Event, reason: str) -> str:
    """Return why the actor writes the entries of an event, cleaned; refuse where that may not be."""
    place = place_event(change, event, reason)
    if event.withdrawn_on is not None or event.state is EventState.CANCELLED:
        raise RefusedError("งานนี้ยกเลิกแล้ว เพิ่มหรือแก้ไขผลงานไม่ได้")
    return place.reason


def entry_enrolment(change: Change, event: Event, unit_id: int) -> int | None:
    """Return the enrolment that an entry of a unit counts for, None: for none; refuse a closed unit."""
    unit = unit_tree(change.session).get(unit_id)
    if unit is None:
        raise RefusedError("ไม่พบหน่วยงานนี้", field="unit")
    check_open(unit, event.held_on, field="unit")
    found = enrolment_book(change.session).counting_for(event.stage_id, unit, event.held_on)
    return found.id if found else None


def show_entry(
    change: Change,
    *,
    event_id: int,
    name: str,
    unit_id: int,
    presenter: str = "",
    change_made: str = "",
    award: str = "",
    reason: str = "",
    import_key: str | None = None,
    entered_on: date | None = None,
) -> EventEntry:
    """Add an innovation to an event; it counts for its own unit's enrolment in the event's stage."""
    event = locked_event(change, event_id)
    reason = entries_reason(change, event, reason)
    texts = entry_values({"name": name, "presenter": presenter, "change": change_made, "award": award})
    entry = EventEntry(
        event_id=event_id,
        position=next_position(change, event),
        unit_id=unit_id,
        enrolment_id=entry_enrolment(change, event, unit_id),
        import_key=import_key,
        **texts,
        **entry_words(texts["name"], texts["presenter"], texts["change"]),
        **stamp(change, reason, entered_on),
    )
    change.session.add(entry)
    change.record("shown", entry, unit_id=unit_id, event_id=event_id, name=entry.name)
    touch_entry(change, entry)
    return entry


def edit_entry(
    change: Change, /, *, entry_id: int, opened_with: int | None, reason: str = "", **values: Any
) -> EventEntry:
    """Change an entry: name, unit_id, presenter, change (what it makes better), award."""
    event, entry = locked_entry(change, entry_id)
    reason = entries_reason(change, event, reason)
    values = entry_values(values)
    check_version(entry, opened_with)
    if entry.withdrawn_on is not None:
        raise RefusedError("รายการนี้ยกเลิกไปแล้ว กู้คืนก่อนจึงแก้ไขได้")
    touch_entry(change, entry)
    unit_id = values.get("unit_id", entry.unit_id)
    values["enrolment_id"] = entry_enrolment(change, event, unit_id)
    words = (values.get(name, getattr(entry, name)) for name in ("name", "presenter", "change"))
    changed = told(apply_values(entry, {**values, **entry_words(*words)}))
    touch_entry(change, entry)
    if changed:
        change.record("edited", entry, unit_id=unit_id, changed=changed, reason=reason)
    return entry


def withdraw_entry(change: Change, *, entry_id: int, reason: str) -> EventEntry:
    """Take an entry out of every count; it can be restored. Twice changes nothing."""
    event, entry = locked_entry(change, entry_id)
    reason = entries_reason(change, event, required_reason(reason))
    withdraw_record(change, entry, _unit_of(change, entry), reason, lambda: touch_entry(change, entry))
    return entry


def restore_entry(change: Change, *, entry_id: int, reason: str = "") -> EventEntry:
    """Put a withdrawn entry back into the counts; twice changes nothing."""
    event, entry = locked_entry(change, entry_id)
    reason = entries_reason(change, event, reason)
    restore_record(change, entry, _unit_of(change, entry), lambda: touch_entry(change, entry), reason)
    return entry


def _unit_of(change: Change, entry: EventEntry) -> UnitNode:
    return unit_tree(change.session)[entry.unit_id]


def hide_entry(change: Change, *, entry_id: int, reason: str) -> EventEntry:
    """Hide an entry at once (the office): only the office and the event's host still see it."""
    _event, entry = locked_entry(change, entry_id)
    hide_record(change, entry, _unit_of(change, entry), reason, lambda: touch_entry(change, entry))
    return entry


def unhide_entry(change: Change, *, entry_id: int) -> EventEntry:
    """Show a hidden entry again (the office)."""
    _event, entry = locked_entry(change, entry_id)
    show_record(change, entry, _unit_of(change, entry), lambda: touch_entry(change, entry))
    return entry
