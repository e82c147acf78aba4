"""Saying how far a step is, and taking that back."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Permission, may, writes_on_behalf
from tracker.change import Change, RefusedError, check_version
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.enrolments import EnrolmentInfo, enrolment_book
from tracker.programme.plan import StageInfo, programme_plan
from tracker.progress.models import Claim, ClaimChange, StepProgress
from tracker.progress.recount import lock_enrolments
from tracker.progress.rules import goes_back

UNDONE = "ยกเลิกการปรับสถานะครั้งก่อน"


def claim_step(
    change: Change,
    *,
    enrolment_id: int,
    step_id: int,
    claim: Claim,
    claimed_on: date,
    note: str = "",
    on_behalf_reason: str = "",
    opened_with: int | None = None,
) -> ClaimChange:
    """Say how far a step is; return the entry of the history. Raise RefusedError, StaleError."""
    enrolment, unit, stage = _place(change, enrolment_id)
    _check_office(change, unit, stage, on_behalf_reason)
    if enrolment.withdrawn_on is not None and enrolment.withdrawn_on <= change.today:
        raise RefusedError("หน่วยงานถอนตัวจากระยะนี้แล้ว ปรับสถานะไม่ได้")
    cell = _cell(change.session, enrolment_id, step_id)
    check_version(cell, opened_with)
    _check_day(change, unit, stage, claimed_on, note)
    _check_note(change.session, cell, claim, note)
    return _set(change, cell, unit, "claimed", claim, claimed_on, note, on_behalf_reason)


def undo_claim(change: Change, *, claim_change_id: int) -> ClaimChange:
    """Take the last claim of a cell back, by who made it and on the same day. Raise RefusedError."""
    undone = change.session.get_one(ClaimChange, claim_change_id)
    _, unit, stage = _place(change, undone.enrolment_id)
    _check_office(change, unit, stage, undone.on_behalf_reason)
    if undone.person_id != change.actor.person_id or undone.entered_on != change.today:
        raise RefusedError("ยกเลิกได้เฉพาะผู้ที่ปรับสถานะ และภายในวันเดียวกัน")
    cell = _cell(change.session, undone.enrolment_id, undone.step_id)
    last, before = [*_standing(change.session, cell), None, None][:2]
    if last is not undone:
        raise RefusedError("มีการปรับสถานะหลังจากนั้นแล้ว ยกเลิกไม่ได้")
    entry = _set(
        change, cell, unit, "unclaimed", undone.before, undone.claimed_on, UNDONE, undone.on_behalf_reason
    )
    undone.is_undone = entry.is_undone = True
    cell.claimed_on = before.claimed_on if before else None
    cell.claim_entered_on = before.entered_on if before else None
    cell.claim_note = before.note if before else ""
    return entry


def _standing(session: Session, cell: StepProgress) -> list[ClaimChange]:
    """Return what stands of what was said of a cell, the latest first."""
    query = select(ClaimChange).where(
        ClaimChange.enrolment_id == cell.enrolment_id,
        ClaimChange.step_id == cell.step_id,
        ~ClaimChange.is_undone,
    )
    return list(session.scalars(query.order_by(ClaimChange.id.desc()).limit(2)))


def _place(change: Change, enrolment_id: int) -> tuple[EnrolmentInfo, UnitNode, StageInfo]:
    enrolment = enrolment_book(change.session).by_id.get(enrolment_id)
    if enrolment is None:
        raise RefusedError("หน่วยงานไม่ได้เข้าร่วมระยะนี้")
    unit = unit_tree(change.session)[enrolment.unit_id]
    change.require(Permission.PROGRESS_CLAIM, unit)
    return enrolment, unit, programme_plan(change.session).stage_by_id[enrolment.stage_id]


def _check_office(change: Change, unit: UnitNode, stage: StageInfo, reason: str) -> None:
    if stage.is_closed and not may(change.actor, Permission.STAGES_MANAGE, unit):
        raise RefusedError("ฝ่ายเลขานุการปิดระยะนี้แล้ว แจ้งฝ่ายเลขานุการหากต้องแก้ไข")
    if (stage.is_closed or writes_on_behalf(change.actor, unit)) and not reason:
        raise RefusedError("บอกเหตุผลที่ฝ่ายเลขานุการบันทึกแทน", field="on_behalf_reason")


def _check_day(change: Change, unit: UnitNode, stage: StageInfo, claimed_on: date, note: str) -> None:
    if claimed_on > change.today:
        raise RefusedError("วันที่อยู่ในอนาคต ใส่ได้ไม่เกินวันนี้", field="claimed_on")
    if unit.is_closed_on(claimed_on):
        raise RefusedError("หน่วยงานนี้ปิดไปแล้วในวันนั้น ใส่ได้เฉพาะวันก่อนปิด", field="claimed_on")
    if claimed_on < stage.starts_on:
        raise RefusedError("วันที่อยู่ก่อนวันเริ่มระยะนี้", field="claimed_on")
    if claimed_on > stage.ends_on and not note:
        raise RefusedError("วันที่อยู่หลังวันสิ้นระยะนี้ บอกเหตุผลในหมายเหตุ", field="note")


def _check_note(session: Session, cell: StepProgress, claim: Claim, note: str) -> None:
    if note:
        return
    if goes_back(cell.claim, claim):
        raise RefusedError("บอกเหตุผลที่ปรับสถานะย้อนกลับ", field="note")
    rules = len(programme_plan(session).rules_of(cell.step_id))
    if claim is Claim.DONE and cell.measured_met < rules:
        raise RefusedError(
            "หลักฐานในระบบยังไม่ครบ ({met} จาก {rules}) บอกในหมายเหตุว่าเหตุใดจึงแล้วเสร็จ",
            field="note", met=cell.measured_met, rules=rules,
        )  # fmt: skip


def _cell(session: Session, enrolment_id: int, step_id: int) -> StepProgress:
    lock_enrolments(session, [enrolment_id])
    cell = session.scalars(
        select(StepProgress)
        .where(StepProgress.enrolment_id == enrolment_id, StepProgress.step_id == step_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if cell is None:
        cell = StepProgress(
            enrolment_id=enrolment_id,
            step_id=step_id,
            claim=Claim.NONE,
            evidence={},
            measured_met=0,
            version=1,
        )
        session.add(cell)
        session.flush()
    return cell


def _set(
    change: Change, cell: StepProgress, unit: UnitNode, verb: str, claim: Claim, claimed_on: date,
    note: str, on_behalf_reason: str,
) -> ClaimChange:  # fmt: skip
    entry = ClaimChange(
        enrolment_id=cell.enrolment_id, step_id=cell.step_id, before=cell.claim, after=claim,
        claimed_on=claimed_on, entered_on=change.today, entered_at=change.at,
        person_id=change.actor.person_id, person_name=change.actor.name,
        note=note, on_behalf_reason=on_behalf_reason,
    )  # fmt: skip
    change.session.add(entry)
    cell.claim, cell.claimed_on, cell.claim_entered_on = claim, claimed_on, change.today
    cell.claim_note = note
    cell.version += 1
    change.record(
        verb, cell, unit_id=unit.id, before=entry.before, after=claim, claimed_on=claimed_on,
        note=note, on_behalf_reason=on_behalf_reason,
    )  # fmt: skip
    change.touch(cell.enrolment_id, cell.step_id)
    return entry
