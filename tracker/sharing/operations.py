"""What people do with events: plan, hold, summarise, call off; show entries; note who took them up."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select

from tracker.change import Change, RefusedError, apply_values, check_version, msgid
from tracker.facilitators.models import Facilitator
from tracker.organisation.models import Audience, Manner
from tracker.organisation.posts import post_book
from tracker.organisation.tree import unit_tree
from tracker.programme.entries import checked_text, entered
from tracker.sharing.models import (
    Event,
    EventEntry,
    EventExecutive,
    EventFacilitator,
    EventState,
    EventType,
)
from tracker.sharing.places import RecordPlace, check_past, place_record
from tracker.sharing.touching import place_entries, touch_event
from tracker.thai.text import search_text, sort_key

TITLE_LENGTH = 300
TEXT_LENGTH = 4000


def stamp(change: Change, reason: str, entered_on: date | None = None) -> dict[str, Any]:
    """Return the columns that say who entered a record and when; only the system may name the day."""
    columns = entered(change, reason)
    if entered_on is not None and change.actor.is_system:
        columns["entered_on"] = entered_on
    return columns


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
    posts = post_book(session).by_id.keys()
    people = list(dict.fromkeys(facilitator_ids))
    known = set(session.scalars(select(Facilitator.id).where(Facilitator.id.in_(people))))
    if not executives.keys() <= posts or known != set(people):
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
    place = place_record(
        change, unit_id=unit_id, stage_id=stage_id, day=held_on, reason=on_behalf_reason,
        field="on_behalf_reason",
    )  # fmt: skip
    _check_day(place, held_on)
    title = checked_text(title, "title", limit=TITLE_LENGTH, required=msgid("กรุณาใส่ชื่องาน"))
    venue = checked_text(venue, "venue", limit=TITLE_LENGTH)
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
        search_text=_words(change, unit_id, title, venue),
        sort_key=sort_key(title),
        **stamp(change, place.reason, entered_on),
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
    reason: str = "",
    **values: Any,
) -> Event:
    """Change an event: type, title, stage_id, held_on, hours, venue, attendance, summary, audience."""
    event = change.session.get_one(Event, event_id)
    stage_id = values.get("stage_id", event.stage_id)
    held_on = values.get("held_on", event.held_on)
    place = place_record(
        change, unit_id=event.unit_id, stage_id=stage_id, day=held_on, reason=reason, field="reason"
    )
    check_version(event, opened_with)
    check_live(event)
    _check_day(place, held_on)
    _check_state(change, event.state, held_on)
    touch_event(change, event)
    values["enrolment_id"] = place.enrolment_id
    values["search_text"] = _words(
        change, event.unit_id, values.get("title", event.title), values.get("venue", event.venue)
    )
    values["sort_key"] = sort_key(values.get("title", event.title))
    changed = apply_values(event, values)
    for derived in ("search_text", "sort_key"):
        changed.pop(derived, None)
    if executives is not None:
        _set_people(change, event, executives, facilitator_ids or ())
    change.record("edited", event, unit_id=event.unit_id, changed=changed, reason=place.reason)
    touch_event(change, event)
    if "stage_id" in changed or "held_on" in changed:
        place_entries(change, event)
    return event


def check_live(event: Event) -> None:
    """Refuse to change an event that is withdrawn or called off."""
    if event.withdrawn_on is not None:
        raise RefusedError("รายการนี้ยกเลิกไปแล้ว กู้คืนก่อนจึงแก้ไขได้")
    if event.state is EventState.CANCELLED:
        raise RefusedError("งานนี้ยกเลิกการจัดแล้ว")


def next_position(change: Change, event_id: int) -> int:
    """Return the number that the next entry of an event gets."""
    last = change.session.scalar(select(func.max(EventEntry.position)).where(EventEntry.event_id == event_id))
    return (last or 0) + 1
