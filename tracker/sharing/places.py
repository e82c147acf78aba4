"""Where a record of sharing belongs: whose unit, which stage, which day; and the record, locked."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.change import Change, RefusedError, locked
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.enrolments import EnrolmentInfo, enrolment_book
from tracker.programme.entries import writing_reason
from tracker.programme.plan import StageInfo, programme_plan
from tracker.sharing.models import Event, EventEntry


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where a record belongs: its unit, its stage, and the enrolment that it counts for, if any.

    `reason` is why somebody writes for the unit or in a closed stage, cleaned.
    """

    unit: UnitNode
    stage: StageInfo
    enrolment: EnrolmentInfo | None
    reason: str

    @property
    def enrolment_id(self) -> int | None:
        """Return the id of the enrolment that the record counts for."""
        return self.enrolment.id if self.enrolment else None


def place_record(
    change: Change, *, unit_id: int, stage_id: int, day: date, reason: str = "", field: str
) -> RecordPlace:
    """Return where a record of a day belongs, once the actor may write it there.

    Raises NotPermittedError, or RefusedError for an unknown unit or stage, and where a reason is needed
    and missing (`field` is where it is typed).
    """
    tree, plan = unit_tree(change.session), programme_plan(change.session)
    unit, stage = tree.get(unit_id), plan.stage_by_id.get(stage_id)
    if unit is None or stage is None:
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="stage" if unit else "unit")
    reason = writing_reason(change, unit, reason, stage=stage, field=field)
    counting = enrolment_book(change.session).counting_for(stage.id, unit, day)
    return RecordPlace(unit, stage, counting, reason)


def place_event(change: Change, event: Event, reason: str) -> RecordPlace:
    """Return where an event belongs, once the actor may write it there; as `place_record`."""
    return place_record(
        change,
        unit_id=event.unit_id,
        stage_id=event.stage_id,
        day=event.held_on,
        reason=reason,
        field="reason",
    )


def check_past(change: Change, day: date, *, field: str) -> None:
    """Refuse a day that has not come yet."""
    if day > change.today:
        raise RefusedError("วันที่อยู่ในอนาคต ใส่ได้ไม่เกินวันนี้", field=field)


def check_open(unit: UnitNode, day: date, *, field: str) -> None:
    """Refuse a unit that was closed already on the day of its record."""
    if unit.closed_on is not None and day >= unit.closed_on:
        raise RefusedError("หน่วยงานนี้ปิดไปก่อนวันที่จัดแล้ว", field=field)


def locked_event(change: Change, event_id: int) -> Event:
    """Return an event, locked for the change; refuse an unknown one."""
    event = locked(change, Event, event_id)
    if event is None:
        raise RefusedError("ไม่พบงานนี้")
    return event


def locked_entry(change: Change, entry_id: int) -> tuple[Event, EventEntry]:
    """Return the event of an entry and the entry, both locked: the event first, as every writer does."""
    event_id = change.session.scalar(select(EventEntry.event_id).where(EventEntry.id == entry_id))
    event = locked_event(change, event_id) if event_id is not None else None
    entry = locked(change, EventEntry, entry_id)
    if event is None or entry is None:
        raise RefusedError("ไม่พบผลงานนี้")
    return event, entry
