"""The life of an event: held, summarised, called off, withdrawn, hidden."""

from datetime import date

from sqlalchemy import select

from tracker.change import Change, RefusedError, apply_values, check_version
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.asides import hide_record, restore_record, show_record, withdraw_record
from tracker.programme.entries import required_reason
from tracker.programme.reading import is_live
from tracker.sharing.models import Event, EventEntry, EventState
from tracker.sharing.operations import check_live
from tracker.sharing.places import check_open, locked_event, place_event
from tracker.sharing.texts import event_values, event_words, told
from tracker.sharing.touching import touch_entry, touch_event


def _own(change: Change, event_id: int, reason: str) -> tuple[Event, str]:
    event = locked_event(change, event_id)
    return event, place_event(change, event, reason).reason


def _host(change: Change, event: Event) -> UnitNode:
    return unit_tree(change.session)[event.unit_id]


def _touch_all(change: Change, event: Event) -> None:
    touch_event(change, event)
    for entry in live_entries(change, event.id):
        touch_entry(change, entry)


def check_can_be_held(event: Event, day: date) -> None:
    """Refuse to mark as held on a day what is no plan any more, or is still ahead."""
    check_live(event)
    if event.state is not EventState.PLANNED:
        raise RefusedError("งานนี้บันทึกว่าจัดแล้ว")
    if event.held_on > day:
        raise RefusedError("บันทึกว่าจัดแล้วได้ตั้งแต่วันจัด {day}", day=event.held_on)


def mark_held(change: Change, *, event_id: int, attendance: int | None = None, reason: str = "") -> Event:
    """Say that a planned event took place."""
    event, reason = _own(change, event_id, reason)
    check_can_be_held(event, change.today)
    check_open(_host(change, event), event.held_on, field="held_on")
    attendance = event.attendance if attendance is None else attendance
    changed = apply_values(event, event_values({"state": EventState.HELD, "attendance": attendance}))
    change.record("held", event, unit_id=event.unit_id, changed=changed, reason=reason)
    _touch_all(change, event)
    return event


def live_entries(change: Change, event_id: int) -> list[EventEntry]:
    """Return the entries of an event that are neither withdrawn nor hidden."""
    statement = select(EventEntry).where(EventEntry.event_id == event_id, is_live(EventEntry))
    return list(change.session.scalars(statement.order_by(EventEntry.position)))


def summarise_event(
    change: Change,
    *,
    event_id: int,
    summary: str,
    attendance: int | None,
    opened_with: int | None = None,
    reason: str = "",
) -> Event:
    """Sum an event up: it needs its attendance and at least one entry."""
    event, reason = _own(change, event_id, reason)
    check_version(event, opened_with)
    check_live(event)
    if event.state is EventState.PLANNED:
        raise RefusedError("งานนี้ยังไม่ได้จัด สรุปผลได้หลังวันงาน")
    if attendance is None:
        raise RefusedError("กรุณาใส่จำนวนผู้เข้าร่วม", field="attendance")
    if not live_entries(change, event_id):
        raise RefusedError("สรุปผลได้เมื่อมีผลงานอย่างน้อย 1 ชิ้น")
    values = event_values({"state": EventState.SUMMARISED, "summary": summary, "attendance": attendance})
    words = event_words(event.title, event.venue, values["summary"])
    changed = told(apply_values(event, {**values, **words}))
    if changed:
        change.record("summarised", event, unit_id=event.unit_id, changed=changed, reason=reason)
    touch_event(change, event)
    return event


def cancel_event(change: Change, *, event_id: int, reason: str) -> Event:
    """Call a planned event off, with a reason; it stays in the list."""
    event, reason = _own(change, event_id, required_reason(reason))
    check_live(event)
    if event.state is not EventState.PLANNED:
        raise RefusedError("งานที่จัดแล้วยกเลิกการจัดไม่ได้ ใช้ยกเลิกรายการบันทึกแทน")
    apply_values(event, {"state": EventState.CANCELLED, "cancelled_reason": reason})
    change.record("cancelled", event, unit_id=event.unit_id, reason=reason)
    touch_event(change, event)
    return event


def plan_again(change: Change, *, event_id: int, reason: str = "") -> Event:
    """Put an event that was called off back on the calendar."""
    event, reason = _own(change, event_id, reason)
    if event.withdrawn_on is not None:
        raise RefusedError("รายการนี้ยกเลิกไปแล้ว กู้คืนก่อนจึงแก้ไขได้")
    if event.state is not EventState.CANCELLED:
        raise RefusedError("งานนี้ไม่ได้ยกเลิกการจัด")
    apply_values(event, {"state": EventState.PLANNED, "cancelled_reason": ""})
    change.record("planned_again", event, unit_id=event.unit_id, reason=reason)
    touch_event(change, event)
    return event


def withdraw_event(change: Change, *, event_id: int, reason: str) -> Event:
    """Take an event and its entries out of every count; it can be restored. Twice changes nothing."""
    event, reason = _own(change, event_id, required_reason(reason))
    withdraw_record(change, event, _host(change, event), reason, lambda: _touch_all(change, event))
    return event


def restore_event(change: Change, *, event_id: int, reason: str = "") -> Event:
    """Put a withdrawn event back into the counts, with its entries; twice changes nothing."""
    event, reason = _own(change, event_id, reason)
    restore_record(change, event, _host(change, event), lambda: _touch_all(change, event), reason)
    return event


def hide_event(change: Change, *, event_id: int, reason: str) -> Event:
    """Hide an event at once (the office): only the office and the unit still see it."""
    event = locked_event(change, event_id)
    hide_record(change, event, _host(change, event), reason, lambda: _touch_all(change, event))
    return event


def unhide_event(change: Change, *, event_id: int) -> Event:
    """Show a hidden event again (the office)."""
    event = locked_event(change, event_id)
    show_record(change, event, _host(change, event), lambda: _touch_all(change, event))
    return event
