"""What people do with the entries of an event: show them, and note who took them up."""

from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.accounts.permissions import Permission, may, writes_on_behalf
from tracker.change import Change, NotPermittedError, RefusedError, apply_values, check_version, msgid
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.asides import hide_record, restore_record, show_record, withdraw_record
from tracker.programme.enrolments import enrolment_book
from tracker.programme.entries import REASON_LENGTH, checked_text, required_reason
from tracker.sharing.models import Adoption, Event, EventEntry, EventState
from tracker.sharing.operations import TEXT_LENGTH, TITLE_LENGTH, next_position, stamp
from tracker.sharing.places import check_past, place_record
from tracker.sharing.touching import touch_cells, touch_entry
from tracker.thai.text import search_text


def event_for_entries(change: Change, event_id: int, reason: str) -> tuple[Event, str]:
    """Return an event whose entries the actor may write now, and the reason, cleaned; else refuse."""
    event = change.session.get_one(Event, event_id)
    place = place_record(
        change,
        unit_id=event.unit_id,
        stage_id=event.stage_id,
        day=event.held_on,
        reason=reason,
        field="reason",
    )
    if event.withdrawn_on is not None or event.state is EventState.CANCELLED:
        raise RefusedError("งานนี้ยกเลิกแล้ว เพิ่มหรือแก้ไขผลงานไม่ได้")
    return event, place.reason


def entry_texts(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of an entry with their texts as they are stored; refuse what cannot be."""
    checks: dict[str, dict[str, Any]] = {
        "name": {"limit": TITLE_LENGTH, "required": msgid("กรุณาใส่ชื่อผลงาน")},
        "presenter": {"limit": TITLE_LENGTH},
        "change": {"limit": TEXT_LENGTH, "block": True},
        "award": {"limit": 200},
    }
    return {
        name: checked_text(value, name, **checks[name]) if name in checks else value
        for name, value in values.items()
    }


def entry_enrolment(change: Change, event: Event, unit_id: int) -> int | None:
    """Return the enrolment that an entry of a unit counts for; None: for none."""
    unit = unit_tree(change.session).get(unit_id)
    if unit is None:
        raise RefusedError("ไม่พบหน่วยงานนี้", field="unit")
    found = enrolment_book(change.session).counting_for(event.stage_id, unit, event.held_on)
    return found.id if found else None


def entry_words(change: Change, unit_id: int, *texts: str) -> str:
    """Return what a search for an entry looks through."""
    unit = unit_tree(change.session)[unit_id]
    return search_text(" ".join((*texts, unit.name_th, unit.short_th, unit.name_en)))


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
    event, reason = event_for_entries(change, event_id, reason)
    texts = entry_texts({"name": name, "presenter": presenter, "change": change_made, "award": award})
    entry = EventEntry(
        event_id=event_id,
        position=next_position(change, event_id),
        unit_id=unit_id,
        enrolment_id=entry_enrolment(change, event, unit_id),
        search_text=entry_words(change, unit_id, name, presenter, change_made),
        import_key=import_key,
        **texts,
        **stamp(change, reason, entered_on),
    )
    change.session.add(entry)
    change.record("shown", entry, unit_id=unit_id, event_id=event_id, name=name)
    touch_entry(change, entry)
    return entry


def edit_entry(
    change: Change, /, *, entry_id: int, opened_with: int | None, reason: str = "", **values: Any
) -> EventEntry:
    """Change an entry: name, unit_id, presenter, change (what it makes better), award."""
    entry = change.session.get_one(EventEntry, entry_id)
    event, reason = event_for_entries(change, entry.event_id, reason)
    values = entry_texts(values)
    check_version(entry, opened_with)
    if entry.withdrawn_on is not None:
        raise RefusedError("รายการนี้ยกเลิกไปแล้ว กู้คืนก่อนจึงแก้ไขได้")
    touch_entry(change, entry)
    unit_id = values.get("unit_id", entry.unit_id)
    values["enrolment_id"] = entry_enrolment(change, event, unit_id)
    values["search_text"] = entry_words(
        change,
        unit_id,
        values.get("name", entry.name),
        values.get("presenter", entry.presenter),
        values.get("change", entry.change),
    )
    changed = apply_values(entry, values)
    changed.pop("search_text", None)
    change.record("edited", entry, unit_id=unit_id, changed=changed, reason=reason)
    touch_entry(change, entry)
    return entry


def _of_unit(change: Change, entry_id: int) -> tuple[EventEntry, UnitNode]:
    entry = change.session.get_one(EventEntry, entry_id)
    return entry, unit_tree(change.session)[entry.unit_id]


def withdraw_entry(change: Change, *, entry_id: int, reason: str) -> EventEntry:
    """Take an entry out of every count; it can be restored. Twice changes nothing."""
    entry, node = _of_unit(change, entry_id)
    reason = required_reason(reason)
    event_for_entries(change, entry.event_id, reason)
    withdraw_record(change, entry, node, reason, lambda: touch_entry(change, entry))
    return entry


def restore_entry(change: Change, *, entry_id: int, reason: str = "") -> EventEntry:
    """Put a withdrawn entry back into the counts; twice changes nothing."""
    entry, node = _of_unit(change, entry_id)
    _event, reason = event_for_entries(change, entry.event_id, reason)
    restore_record(change, entry, node, lambda: touch_entry(change, entry), reason)
    return entry


def hide_entry(change: Change, *, entry_id: int, reason: str) -> EventEntry:
    """Hide an entry at once (the office): only the office and the event's host still see it."""
    entry, node = _of_unit(change, entry_id)
    hide_record(change, entry, node, reason, lambda: touch_entry(change, entry))
    return entry


def unhide_entry(change: Change, *, entry_id: int) -> EventEntry:
    """Show a hidden entry again (the office)."""
    entry, node = _of_unit(change, entry_id)
    show_record(change, entry, node, lambda: touch_entry(change, entry))
    return entry


def _adoption_reason(change: Change, units: list[UnitNode], reason: str) -> str:
    """Return why somebody notes what became of an entry, cleaned: the office does so for one of the units."""
    writable = [node for node in units if may(change.actor, Permission.RECORDS_WRITE, node)]
    if not writable:
        raise NotPermittedError(Permission.RECORDS_WRITE)
    reason = checked_text(reason, "reason", limit=REASON_LENGTH)
    if not reason and all(writes_on_behalf(change.actor, node) for node in writable):
        raise RefusedError("ใส่เหตุผลที่บันทึกแทนหน่วยงาน", field="reason")
    return reason


def note_adoption(
    change: Change,
    *,
    entry_id: int,
    unit_id: int,
    adopted_on: date,
    note: str = "",
    reason: str = "",
    entered_on: date | None = None,
) -> Adoption:
    """Note that a unit took an entry up: by the event's host, the entry's unit, the adopter or the office."""
    entry = change.session.get_one(EventEntry, entry_id)
    event = change.session.get_one(Event, entry.event_id)
    tree = unit_tree(change.session)
    unit = tree.get(unit_id)
    if unit is None:
        raise RefusedError("ไม่พบหน่วยงานนี้", field="unit")
    reason = _adoption_reason(change, [tree[event.unit_id], tree[entry.unit_id], unit], reason)
    if unit_id == entry.unit_id:
        raise RefusedError("เลือกหน่วยงานอื่นที่นำไปใช้ ไม่ใช่หน่วยงานเจ้าของผลงาน", field="unit")
    check_past(change, adopted_on, field="adopted_on")
    if adopted_on <= event.held_on:
        raise RefusedError("การนำไปใช้ติดตามหลังวันงาน", field="adopted_on")
    known = change.session.scalar(
        select(Adoption).where(Adoption.entry_id == entry_id, Adoption.unit_id == unit_id)
    )
    if known is not None and known.withdrawn_on is None:
        raise RefusedError("หน่วยงานนี้บันทึกว่านำไปใช้แล้ว", field="unit")
    note = checked_text(note, "note", limit=1000, block=True)
    adoption = known or Adoption(entry_id=entry_id, unit_id=unit_id)
    adoption.adopted_on, adoption.note, adoption.withdrawn_on = adopted_on, note, None
    adoption.entered_on = entered_on or change.today
    change.session.add(adoption)
    change.record("taken_up", adoption, unit_id=unit_id, entry_id=entry_id, note=note, reason=reason)
    touch_cells(change, entry.enrolment_id)
    return adoption


def withdraw_adoption(change: Change, *, adoption_id: int, reason: str = "") -> Adoption:
    """Take back that a unit took an entry up."""
    adoption = change.session.get_one(Adoption, adoption_id)
    entry = change.session.get_one(EventEntry, adoption.entry_id)
    event = change.session.get_one(Event, entry.event_id)
    tree = unit_tree(change.session)
    concerned = [tree[event.unit_id], tree[entry.unit_id], tree[adoption.unit_id]]
    reason = _adoption_reason(change, concerned, reason)
    if adoption.withdrawn_on is not None:
        raise RefusedError("รายการนี้ยกเลิกไปแล้ว")
    adoption.withdrawn_on = change.today
    change.record("withdrawn", adoption, unit_id=adoption.unit_id, entry_id=entry.id, reason=reason)
    touch_cells(change, entry.enrolment_id)
    return adoption
