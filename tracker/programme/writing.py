"""What every record of a unit must pass before it is written: whose unit, which stage, which day."""

from dataclasses import dataclass
from datetime import date

from tracker.accounts.permissions import Permission, may, writes_on_behalf
from tracker.change import Change, RefusedError
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.enrolments import EnrolmentInfo, enrolment_book
from tracker.programme.plan import StageInfo, programme_plan


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where a record belongs: its unit, its stage, and the enrolment that it counts for, if any."""

    unit: UnitNode
    stage: StageInfo
    enrolment: EnrolmentInfo | None

    @property
    def enrolment_id(self) -> int | None:
        """Return the id of the enrolment that the record counts for."""
        return self.enrolment.id if self.enrolment else None


def place_record(
    change: Change,
    *,
    unit_id: int,
    stage_id: int,
    on_behalf_reason: str = "",
    permission: Permission = Permission.RECORDS_WRITE,
) -> RecordPlace:
    """Return where a record belongs, once the actor may write it there.

    Raises NotPermittedError; RefusedError for an unknown unit or stage, a closed unit, a closed stage
    (which only the office may change, with a reason), or the office writing for a unit without a reason.
    """
    tree, plan = unit_tree(change.session), programme_plan(change.session)
    unit, stage = tree.get(unit_id), plan.stage_by_id.get(stage_id)
    if unit is None:
        raise RefusedError("ไม่พบหน่วยงานนี้", field="unit")
    change.require(permission, unit)
    if stage is None:
        raise RefusedError("ไม่พบระยะนี้", field="stage")
    if unit.closed_on is not None and unit.closed_on <= change.today:
        raise RefusedError("หน่วยงานนี้ปิดไปแล้ว บันทึกเพิ่มไม่ได้", field="unit")
    check_open(change, stage, on_behalf_reason)
    if writes_on_behalf(change.actor, unit) and not on_behalf_reason:
        raise RefusedError("บันทึกแทนหน่วยงานต้องบอกเหตุผล", field="on_behalf_reason")
    return RecordPlace(unit, stage, enrolment_book(change.session).counting_for(stage.id, unit, change.today))


def check_open(change: Change, stage: StageInfo, reason: str) -> None:
    """Refuse a change in a closed stage: only the office may, and with a reason."""
    if not stage.is_closed or change.actor.is_system:
        return
    if not may(change.actor, Permission.STAGES_MANAGE):
        raise RefusedError(
            "ระยะที่ {number} ปิดแล้ว แก้ไขได้เฉพาะฝ่ายเลขานุการ KM", field="stage", number=stage.number
        )
    if not reason:
        raise RefusedError(
            "ระยะที่ {number} ปิดแล้ว ต้องบอกเหตุผลที่แก้ไข", field="on_behalf_reason", number=stage.number
        )


def check_past(change: Change, day: date, *, field: str) -> None:
    """Refuse a day that has not come yet."""
    if day > change.today:
        raise RefusedError("วันที่อยู่ในอนาคต ใส่ได้ไม่เกินวันนี้", field=field)
