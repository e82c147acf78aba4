"""Where a record of sharing belongs: whose unit, which stage, which day, what it counts for."""

from dataclasses import dataclass
from datetime import date

from tracker.change import Change, RefusedError
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.enrolments import EnrolmentInfo, enrolment_book
from tracker.programme.entries import writing_reason
from tracker.programme.plan import StageInfo, programme_plan


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

    Raises NotPermittedError, or RefusedError for an unknown unit or stage, a closed unit, and where a
    reason is needed and missing (`field` is where it is typed).
    """
    tree, plan = unit_tree(change.session), programme_plan(change.session)
    unit, stage = tree.get(unit_id), plan.stage_by_id.get(stage_id)
    if unit is None or stage is None:
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="stage" if unit else "unit")
    reason = writing_reason(change, unit, reason, stage=stage, field=field)
    if unit.closed_on is not None and unit.closed_on <= change.today:
        raise RefusedError("หน่วยงานนี้ปิดไปแล้ว บันทึกเพิ่มไม่ได้", field="unit")
    counting = enrolment_book(change.session).counting_for(stage.id, unit, day)
    return RecordPlace(unit, stage, counting, reason)


def check_past(change: Change, day: date, *, field: str) -> None:
    """Refuse a day that has not come yet."""
    if day > change.today:
        raise RefusedError("วันที่อยู่ในอนาคต ใส่ได้ไม่เกินวันนี้", field=field)
