"""Planning an event and changing it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from tracker.change import Change, RefusedError, apply_values, check_version
from tracker.organisation.models import Audience, Manner
from tracker.organisation.tree import unit_tree
from tracker.programme.entries import entered, reason_outside
from tracker.sharing.models import Adoption, Event, EventEntry, EventState, EventType
from tracker.sharing.people import write_people
from tracker.sharing.places import (
    check_open,
    check_past,
    locked_event,
    place_event,
    place_record,
)
from tracker.sharing.texts import event_values, event_words, told
from tracker.sharing.touching import place_entries, touch_event


def stamp(change: Change, reason: str, entered_on: date | None = None) -> dict[str, Any]:
    """Return the columns that say who entered a record and when; only the system may name the day."""
    columns = entered(change, reason)
    if entered_on is not None and change.actor.is_system:
        columns["entered_on"] = entered_on
    return columns


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
    outside_stage_reason: str = "",
    on_behalf_reason: str = "",
    entered_on: date | None = None,
) -> Event:
    """Put an event on the calendar; one whose day is here or past is entered as held."""
    place = place_record(
        change, unit_id=unit_id, stage_id=stage_id, day=held_on, reason=on_behalf_reason,
        field="on_behalf_reason",
    )  # fmt: skip
    check_open(place.unit, held_on, field="held_on")
    values = event_values(
        {
            "title": title, "hours": hours, "venue": venue, "attendance": attendance,
            "outside_stage_reason": outside_stage_reason,
        }
    )  # fmt: skip
    values["outside_stage_reason"] = reason_outside(place.stage, held_on, values["outside_stage_reason"])
    event = Event(
        type=type,
        unit_id=unit_id,
        stage_id=stage_id,
        enrolment_id=place.enrolment_id,
        held_on=held_on,
        state=EventState.PLANNED if held_on > change.today else EventState.HELD,
        audience=audience,
        **values,
        **event_words(values["title"], values["venue"], ""),
        **stamp(change, place.reason, entered_on),
    )
    change.session.add(event)
    write_people(change, event, executives or {}, facilitator_ids)
    change.record("scheduled", event, unit_id=unit_id, title=event.title, held_on=held_on, state=event.state)
    touch_event(change, event)
    return event


def edit_event(
    change: Change,
    *,
    event_id: int,
    opened_with: int | None,
    executives: Mapping[int, Manner] | None = None,
    facilitator_ids: Iterable[int] | None = None,
    reason: str = "",
    **values: Any,
) -> Event:
    """Change an event and who took part in it; what is left out stays.

    The values: type, title, stage_id, held_on, hours, venue, attendance, summary, audience,
    outside_stage_reason. Out of a closed stage, and into one, it takes the office and a reason.
    """
    event = locked_event(change, event_id)
    stage_id, held_on = values.get("stage_id", event.stage_id), values.get("held_on", event.held_on)
    place_event(change, event, reason)
    place = place_record(
        change, unit_id=event.unit_id, stage_id=stage_id, day=held_on, reason=reason, field="reason"
    )
    check_version(event, opened_with)
    check_live(event)
    check_open(place.unit, held_on, field="held_on")
    if event.state is not EventState.PLANNED:
        check_past(change, held_on, field="held_on")
    if held_on != event.held_on:
        _check_before_adoptions(change, event, held_on)
    values = event_values({"outside_stage_reason": event.outside_stage_reason, **values})
    values["outside_stage_reason"] = reason_outside(place.stage, held_on, values["outside_stage_reason"])
    words = (values.get(name, getattr(event, name)) for name in ("title", "venue", "summary"))
    touch_event(change, event)
    changed = apply_values(event, {**values, "enrolment_id": place.enrolment_id, **event_words(*words)})
    people = write_people(change, event, executives, facilitator_ids)
    if people and not changed:
        event.version += 1
    touch_event(change, event)
    if "stage_id" in changed or "held_on" in changed:
        place_entries(change, event)
    if shown := told({**changed, **people}):
        change.record("edited", event, unit_id=event.unit_id, changed=shown, reason=place.reason)
    return event


def _check_before_adoptions(change: Change, event: Event, held_on: date) -> None:
    """Refuse to move an event to a day on which one of its entries was taken up already."""
    taken_up = select(Adoption).join(EventEntry, EventEntry.id == Adoption.entry_id)
    first = change.session.scalar(
        taken_up.where(EventEntry.event_id == event.id, Adoption.withdrawn_on.is_(None))
        .order_by(Adoption.adopted_on, Adoption.id)
        .limit(1)
    )
    if first is not None and held_on >= first.adopted_on:
        raise RefusedError(
            "{unit} นำผลงานของงานนี้ไปใช้แล้วเมื่อ {day} วันงานต้องอยู่ก่อนวันนั้น",
            field="held_on",
            unit=unit_tree(change.session)[first.unit_id].name_th,
            day=first.adopted_on,
        )


def check_live(event: Event) -> None:
    """Refuse to change an event that is withdrawn or called off."""
    if event.withdrawn_on is not None:
        raise RefusedError("รายการนี้ยกเลิกไปแล้ว กู้คืนก่อนจึงแก้ไขได้")
    if event.state is EventState.CANCELLED:
        raise RefusedError("งานนี้ยกเลิกการจัดแล้ว")


def next_position(change: Change, event: Event) -> int:
    """Return the number that the next entry of an event gets; the event is locked, so nobody else gets it."""
    last = change.session.scalar(select(func.max(EventEntry.position)).where(EventEntry.event_id == event.id))
    return (last or 0) + 1
