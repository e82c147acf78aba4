"""What people do with events: plan, hold, summarise, call off; show entries; note who took them up."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select

from tracker.accounts.permissions import Permission
from tracker.change import Change, RefusedError, apply_values, check_version
from tracker.facilitators.models import Facilitator
from tracker.organisation.models import Audience, ExecutivePost, Manner
from tracker.organisation.tree import unit_tree
from tracker.programme.plan import programme_plan
from tracker.programme.writing import RecordPlace, check_past, place_record
from tracker.sharing.models import (
    Event,
    EventEntry,
    EventExecutive,
    EventFacilitator,
    EventState,
    EventType,
)
from tracker.sharing.touching import touch_entry, touch_event
from tracker.thai.text import search_text


def stamp(change: Change, entered_on: date | None = None) -> dict[str, Any]:
    """Return the columns that say who entered a record and when."""
    return {
        "entered_on": entered_on or change.today,
        "entered_at": change.at,
        "entered_by": change.actor.name,
        "entered_by_id": change.actor.person_id,
    }


def _check_state(change: Change, state: EventState, held_on: date) -> None:
    if state is EventState.PLANNED:
        return
    check_past(change, held_on, field="held_on")


def _check_day(place: RecordPlace, held_on: date) -> None:
    if not place.stage.covers(held_on):
        raise RefusedError(
            "วันที่จัดอยู่นอกระยะที่ {number} กรุณาเลือกระยะให้ตรงกับวันที่", field="held_on", number=place.stage.number
        )


def _set_people(
    change: Change, event: Event, executives: Mapping[int, Manner], facilitator_ids: Iterable[int]
) -> None:
    session = change.session
    session.flush()
    session.execute(delete(EventExecutive).where(EventExecutive.event_id == event.id))
    session.execute(delete(EventFacilitator).where(EventFacilitator.event_id == event.id))
    posts = set(session.scalars(select(ExecutivePost.id).where(ExecutivePost.id.in_(executives))))
    people = list(dict.fromkeys(facilitator_ids))
    known = set(session.scalars(select(Facilitator.id).where(Facilitator.id.in_(people))))
    if posts != set(executives) or known != set(people):
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่")
    session.add_all(
        EventExecutive(event_id=event.id, post_id=post, manner=manner) for post, manner in executives.items()
    )
    session.add_all(EventFacilitator(event_id=event.id, facilitator_id=person) for person in people)


def _words(change: Change, unit_id: int, *texts: str) -> str:
    unit = unit_tree(change.session)[unit_id]
    return search_text(" ".join((*texts, unit.name_th, unit.short_th, unit.name_en)))


def schedule_event(
    change: Change,
    *,
    unit_id: int,
    stage_id: int,
    type: EventType,  # noqa: A002  # the field's own word
    title: str,
    held_on: date,
    hours: str = "",
    venue: str = "",
    attendance: int | None = None,
    executives: Mapping[int, Manner] | None = None,
    facilitator_ids: Iterable[int] = (),
    audience: Audience = Audience.DEPARTMENT,
    on_behalf_reason: str = "",
    entered_on: date | None = None,
) -> Event:
    """Put an event on the calendar; one whose day is here or past is entered as held."""
    place = place_record(change, unit_id=unit_id, stage_id=stage_id, on_behalf_reason=on_behalf_reason)
    _check_day(place, held_on)
    state = EventState.PLANNED if held_on > change.today else EventState.HELD
    event = Event(
        type=type,
        title=title,
        unit_id=unit_id,
        stage_id=stage_id,
        enrolment_id=place.enrolment_id,
        held_on=held_on,
        hours=hours,
        venue=venue,
        attendance=attendance,
        state=state,
        audience=audience,
        on_behalf_reason=on_behalf_reason,
        search_text=_words(change, unit_id, title, venue),
        **stamp(change, entered_on),
    )
    change.session.add(event)
    _set_people(change, event, executives or {}, facilitator_ids)
    change.record("scheduled", event, unit_id=unit_id, title=title, held_on=held_on, state=state)
    touch_event(change, event)
    return event


def edit_event(
    change: Change,
    *,
    event_id: int,
    opened_with: int | None,
    executives: Mapping[int, Manner] | None = None,
    facilitator_ids: Iterable[int] | None = None,
    on_behalf_reason: str = "",
    reason: str = "",
    **values: Any,
) -> Event:
    """Change an event: type, title, stage_id, held_on, hours, venue, attendance, summary, audience."""
    event = change.session.get_one(Event, event_id)
    stage_id = values.get("stage_id", event.stage_id)
    place = place_record(
        change, unit_id=event.unit_id, stage_id=stage_id, on_behalf_reason=on_behalf_reason or reason
    )
    check_version(event, opened_with)
    _check_live(event)
    held_on = values.get("held_on", event.held_on)
    _check_day(place, held_on)
    _check_state(change, event.state, held_on)
    touch_event(change, event)
    values["enrolment_id"] = place.enrolment_id
    values["search_text"] = _words(
        change, event.unit_id, values.get("title", event.title), values.get("venue", event.venue)
    )
    changed = apply_values(event, values)
    changed.pop("search_text", None)
    if executives is not None:
        _set_people(change, event, executives, facilitator_ids or ())
    change.record("edited", event, unit_id=event.unit_id, changed=changed, reason=reason or on_behalf_reason)
    touch_event(change, event)
    return event


def _check_live(event: Event) -> None:
    if event.withdrawn_on is not None:
        raise RefusedError("รายการนี้ยกเลิกไปแล้ว กู้คืนก่อนจึงแก้ไขได้")
    if event.state is EventState.CANCELLED:
        raise RefusedError("งานนี้ยกเลิกการจัดแล้ว")


def _own(change: Change, event_id: int, reason: str = "") -> Event:
    event = change.session.get_one(Event, event_id)
    place_record(change, unit_id=event.unit_id, stage_id=event.stage_id, on_behalf_reason=reason)
    return event


def mark_held(
    change: Change, *, event_id: int, attendance: int | None = None, on_behalf_reason: str = ""
) -> Event:
    """Say that a planned event took place."""
    event = _own(change, event_id, on_behalf_reason)
    _check_live(event)
    if event.state is not EventState.PLANNED:
        raise RefusedError("งานนี้บันทึกว่าจัดแล้ว")
    check_past(change, event.held_on, field="held_on")
    changed = apply_values(
        event,
        {"state": EventState.HELD, "attendance": event.attendance if attendance is None else attendance},
    )
    change.record("held", event, unit_id=event.unit_id, changed=changed)
    touch_event(change, event)
    for entry in live_entries(change, event_id):
        touch_entry(change, entry)
    return event


def live_entries(change: Change, event_id: int) -> list[EventEntry]:
    """Return the entries of an event that are not withdrawn."""
    statement = select(EventEntry).where(EventEntry.event_id == event_id, EventEntry.withdrawn_on.is_(None))
    return list(change.session.scalars(statement.order_by(EventEntry.position)))


def summarise_event(
    change: Change,
    *,
    event_id: int,
    summary: str,
    attendance: int | None,
    opened_with: int | None = None,
    on_behalf_reason: str = "",
) -> Event:
    """Sum an event up: it needs its attendance and at least one entry."""
    event = _own(change, event_id, on_behalf_reason)
    check_version(event, opened_with)
    _check_live(event)
    if event.state is EventState.PLANNED:
        raise RefusedError("งานนี้ยังไม่ได้จัด สรุปผลได้หลังวันงาน")
    if attendance is None:
        raise RefusedError("กรุณาใส่จำนวนผู้เข้าร่วม", field="attendance")
    if not live_entries(change, event_id):
        raise RefusedError("สรุปผลได้เมื่อมีผลงานอย่างน้อย 1 ชิ้น")
    changed = apply_values(
        event, {"state": EventState.SUMMARISED, "summary": summary, "attendance": attendance}
    )
    change.record("summarised", event, unit_id=event.unit_id, changed=changed)
    touch_event(change, event)
    return event


def cancel_event(change: Change, *, event_id: int, reason: str, on_behalf_reason: str = "") -> Event:
    """Call a planned event off, with a reason; it stays in the list."""
    event = _own(change, event_id, on_behalf_reason or reason)
    if not reason:
        raise RefusedError("กรุณาบอกเหตุผล", field="reason")
    _check_live(event)
    if event.state is not EventState.PLANNED:
        raise RefusedError("งานที่จัดแล้วยกเลิกการจัดไม่ได้ ใช้ยกเลิกรายการบันทึกแทน")
    apply_values(event, {"state": EventState.CANCELLED, "cancelled_reason": reason})
    change.record("cancelled", event, unit_id=event.unit_id, reason=reason)
    touch_event(change, event)
    return event


def withdraw_event(change: Change, *, event_id: int, reason: str) -> Event:
    """Take an event and its entries out of every count; it can be restored."""
    event = _own(change, event_id, reason)
    if not reason:
        raise RefusedError("กรุณาบอกเหตุผล", field="reason")
    if event.withdrawn_on is not None:
        raise RefusedError("รายการนี้ยกเลิกไปแล้ว")
    entries = live_entries(change, event_id)
    _withdraw(change, event, reason)
    change.record("withdrawn", event, unit_id=event.unit_id, reason=reason)
    touch_event(change, event)
    for entry in entries:
        touch_entry(change, entry)
    return event


def _withdraw(change: Change, record: Event | EventEntry, reason: str) -> None:
    record.withdrawn_on = change.today
    record.withdrawn_at = change.at
    record.withdrawn_by = change.actor.name
    record.withdrawn_reason = reason
    record.version += 1


def _restore(record: Event | EventEntry) -> None:
    record.withdrawn_on = record.withdrawn_at = None
    record.withdrawn_by = record.withdrawn_reason = ""
    record.version += 1


def restore_event(change: Change, *, event_id: int, on_behalf_reason: str = "") -> Event:
    """Put a withdrawn event back into the counts, with its entries."""
    event = _own(change, event_id, on_behalf_reason or "restore")
    if event.withdrawn_on is None:
        raise RefusedError("รายการนี้ไม่ได้ยกเลิก")
    _restore(event)
    change.record("restored", event, unit_id=event.unit_id)
    touch_event(change, event)
    for entry in live_entries(change, event_id):
        touch_entry(change, entry)
    return event


def hide_event(change: Change, *, event_id: int, reason: str) -> Event:
    """Hide an event at once (the office): only the office and the unit still see it."""
    event = change.session.get_one(Event, event_id)
    change.require(Permission.RECORDS_HIDE, unit_tree(change.session)[event.unit_id])
    if not reason:
        raise RefusedError("กรุณาบอกเหตุผล", field="reason")
    event.hidden_at, event.hidden_reason = change.at, reason
    event.version += 1
    change.record("hidden", event, unit_id=event.unit_id, reason=reason)
    touch_event(change, event)
    for entry in live_entries(change, event_id):
        touch_entry(change, entry)
    return event


def unhide_event(change: Change, *, event_id: int) -> Event:
    """Show a hidden event again (the office)."""
    event = change.session.get_one(Event, event_id)
    change.require(Permission.RECORDS_HIDE, unit_tree(change.session)[event.unit_id])
    event.hidden_at, event.hidden_reason = None, ""
    event.version += 1
    change.record("unhidden", event, unit_id=event.unit_id)
    touch_event(change, event)
    for entry in live_entries(change, event_id):
        touch_entry(change, entry)
    return event


def next_position(change: Change, event_id: int) -> int:
    """Return the number that the next entry of an event gets."""
    last = change.session.scalar(select(func.max(EventEntry.position)).where(EventEntry.event_id == event_id))
    return (last or 0) + 1


def stage_number(change: Change, event: Event) -> int:
    """Return the number of the event's stage."""
    return programme_plan(change.session).stage_by_id[event.stage_id].number
