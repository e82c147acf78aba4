"""Stages: their due months, closing them, and choosing one outside the programme's years."""

from datetime import date

from sqlalchemy import select

from tracker.accounts.permissions import Permission
from tracker.change import Change, RefusedError, StaleError
from tracker.organisation.revision import renew_revision
from tracker.programme.models import Programme, Stage, StageStep, Step
from tracker.programme.plan import programme_plan
from tracker.thai.dates import months_of_fiscal_year
from tracker.thai.text import clean_line

UNSAID = -1


def _last_day(stage: Stage, month: int | None) -> date | None:
    return months_of_fiscal_year(stage.fiscal_year)[month - 1][1] if month else None


def move_due_month(
    change: Change, *, stage_id: int, step_id: int, month: int | None, was: int | None = UNSAID
) -> StageStep:
    """Set the month in which a step of a stage is due: 1 is October, 12 September, None is never.

    Raise StaleError when it is another one by now than `was`, which is what the person saw.
    """
    change.require(Permission.STAGES_MANAGE)
    stage, step = _stage(change, stage_id), change.session.get(Step, step_id)
    if step is None or (month is not None and not 1 <= month <= 12):
        raise RefusedError("เดือนครบกำหนดต้องเป็นเดือนที่ 1 ถึง 12 ของปีงบประมาณ", field="month")
    _refuse_closed(stage)
    row = change.session.scalars(
        select(StageStep)
        .where(StageStep.stage_id == stage_id, StageStep.step_id == step_id)
        .with_for_update()
    ).one()
    due_on = _last_day(stage, month)
    if was != UNSAID and row.due_on not in (_last_day(stage, was), due_on):
        raise StaleError(row)
    if due_on != row.due_on:
        change.record("moved_due_month", stage, step=step.number, due_on=[row.due_on, due_on])
        row.due_on = due_on
        row.version += 1
        renew_revision(change.session)
    return row


def close_stage(change: Change, *, stage_id: int, reason: str) -> Stage:
    """Close a stage that is over: from then on a change of its records needs the office and a reason."""
    change.require(Permission.STAGES_MANAGE)
    stage = _stage(change, stage_id)
    _refuse_closed(stage)
    if change.today <= stage.ends_on:
        raise RefusedError("ระยะที่ {number} ยังไม่สิ้นสุด ปิดได้หลังวันสุดท้ายของปีงบประมาณ", number=stage.number)
    stage.closed_on = change.today
    stage.closed_at = change.at
    stage.closed_reason = clean_line(reason)
    stage.version += 1
    change.record("closed", stage, reason=stage.closed_reason)
    renew_revision(change.session)
    return stage


def reopen_stage(change: Change, *, stage_id: int, reason: str = "") -> Stage:
    """Open a closed stage again."""
    change.require(Permission.STAGES_MANAGE)
    stage = _stage(change, stage_id)
    if stage.closed_on is None:
        raise RefusedError("ระยะนี้เปิดอยู่แล้ว")
    stage.closed_on = None
    stage.closed_at = None
    stage.closed_reason = ""
    stage.version += 1
    change.record("reopened", stage, reason=clean_line(reason))
    renew_revision(change.session)
    return stage


def choose_stage(change: Change, *, stage_id: int | None) -> Programme:
    """Choose the stage that is current outside the programme's years; None: the nearest."""
    change.require(Permission.STAGES_MANAGE)
    programme = change.session.get(Programme, 1, with_for_update=True)
    if programme is None:
        raise RefusedError("ยังไม่มีโครงการ ติดตั้งแม่แบบก่อน")
    if (today := programme_plan(change.session).stage_on(change.today)) is not None:
        raise RefusedError("วันนี้อยู่ในระยะที่ {number} จึงเลือกระยะอื่นไม่ได้", number=today.number)
    if stage_id is not None:
        _stage(change, stage_id)
    if programme.chosen_stage_id != stage_id:
        change.record("chose_stage", programme, stage_id=[programme.chosen_stage_id, stage_id])
        programme.chosen_stage_id = stage_id
        programme.version += 1
        renew_revision(change.session)
    return programme


def _stage(change: Change, stage_id: int) -> Stage:
    stage = change.session.get(Stage, stage_id, with_for_update=True)
    if stage is None:
        raise RefusedError("ไม่พบระยะนี้", field="stage_id")
    return stage


def _refuse_closed(stage: Stage) -> None:
    if stage.closed_on is not None:
        raise RefusedError("ระยะที่ {number} ปิดแล้ว", number=stage.number)
