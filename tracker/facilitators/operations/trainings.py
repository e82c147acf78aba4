"""What can be done to trainings: enter one that was held, edit, mark who passed, withdraw, restore, hide."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.accounts.permissions import Permission, writes_on_behalf
from tracker.change import (
    REASON_LENGTH,
    Change,
    RefusedError,
    apply_values,
    check_version,
    checked_text,
    msgid,
)
from tracker.facilitators.checks import (
    check_past,
    closed_reason,
    locked_training,
    open_unit,
    refuse_withdrawn,
    touch_passed,
    touch_training,
)
from tracker.facilitators.models import Attendance, Facilitator, Posting, Training
from tracker.facilitators.queries import attendances_of
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.asides import hide_record, restore_record, show_record, withdraw_record
from tracker.programme.entries import entered, reason_outside, required_reason, writing_reason
from tracker.programme.plan import StageInfo, programme_plan
from tracker.programme.reading import is_live
from tracker.thai.text import search_text, sort_key

COURSE_LENGTH = 300
MOST_HOURS = 999


def _stage(change: Change, stage_id: int) -> StageInfo:
    stage = programme_plan(change.session).stage_by_id.get(stage_id)
    if stage is None:
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="stage")
    return stage


def _columns(
    change: Change, course: str, starts_on: date, ends_on: date, hours: int | None, audience: Audience
) -> dict[str, Any]:
    course = checked_text(course, "course", limit=COURSE_LENGTH, required=msgid("กรุณาใส่ชื่อหลักสูตร"))
    check_past(change, starts_on, "starts_on")
    check_past(change, ends_on, "ends_on")
    if ends_on < starts_on:
        raise RefusedError("วันสุดท้ายต้องไม่ก่อนวันแรก", field="ends_on")
    if hours is not None and not 0 <= hours <= MOST_HOURS:
        raise RefusedError("ต้องเป็นจำนวนเต็ม 0 ถึง {most}", field="hours", most=str(MOST_HOURS))
    return {
        "course": course,
        "search_text": search_text(course),
        "sort_key": sort_key(course),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "hours": hours,
        "audience": audience,
    }


def _check_stage(stage: StageInfo, starts_on: date, outside_stage_reason: str) -> str:
    why = checked_text(outside_stage_reason, "outside_stage_reason", limit=REASON_LENGTH)
    return reason_outside(stage, starts_on, why)


def _units_of_people(change: Change, facilitator_ids: set[int]) -> set[int]:
    """Return the ids of the units where people serve or served; refuse who is not in the register."""
    if not facilitator_ids:
        return set()
    rows = change.session.execute(
        select(Facilitator.id, Posting.unit_id)
        .outerjoin(Posting, Posting.facilitator_id == Facilitator.id)
        .where(Facilitator.id.in_(sorted(facilitator_ids)), is_live(Facilitator))
    ).all()
    if {row[0] for row in rows} != facilitator_ids:
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="attended")
    units: set[int | None] = {row[1] for row in rows}
    return {unit for unit in units if unit is not None}


def hold_training(
    change: Change,
    *,
    unit_id: int,
    stage_id: int,
    course: str,
    starts_on: date,
    ends_on: date,
    hours: int | None = None,
    audience: Audience = Audience.DEPARTMENT,
    attendances: Mapping[int, bool] | None = None,
    outside_stage_reason: str = "",
    on_behalf_reason: str = "",
) -> Training:
    """Enter a training that a unit held, and who attended it, as {facilitator id: passed}."""
    node, stage = open_unit(change, unit_id), _stage(change, stage_id)
    reason = writing_reason(change, node, on_behalf_reason, stage=stage, field="on_behalf_reason")
    columns = _columns(change, course, starts_on, ends_on, hours, audience)
    columns["outside_stage_reason"] = outside = _check_stage(stage, starts_on, outside_stage_reason)
    attended = dict(attendances or {})
    units = _units_of_people(change, set(attended))
    kept = reason if writes_on_behalf(change.actor, node) else ""
    training = Training(unit_id=unit_id, stage_id=stage_id, **columns, **entered(change, kept))
    change.session.add(training)
    change.session.flush()
    change.session.add_all(_attendance(change, training, *mark) for mark in attended.items())
    touch_passed(change, [stage_id], {unit_id, *units})
    change.record(
        "held", training, unit_id=unit_id, course=columns["course"], starts_on=starts_on, ends_on=ends_on,
        attendances=attended, reason=reason, outside_stage_reason=outside,
    )  # fmt: skip
    return training


def _found(change: Change, training_id: int) -> tuple[Training, UnitNode, StageInfo]:
    training = locked_training(change, training_id)
    node = unit_tree(change.session)[training.unit_id]
    return training, node, _stage(change, training.stage_id)


def edit_training(
    change: Change,
    *,
    training_id: int,
    stage_id: int,
    course: str,
    starts_on: date,
    ends_on: date,
    hours: int | None,
    audience: Audience,
    attendances: Mapping[int, bool],
    outside_stage_reason: str = "",
    reason: str = "",
    opened_with: int | None,
) -> Training:
    """Change a training and who attended it; raise RefusedError, or StaleError when it changed meanwhile."""
    training, node, former = _found(change, training_id)
    change.require(Permission.RECORDS_WRITE, node)
    check_version(training, opened_with)
    refuse_withdrawn(training)
    stage = _stage(change, stage_id)
    for place in {former.id: former, stage.id: stage}.values():
        reason = writing_reason(change, node, reason, stage=place, field="reason")
    columns = _columns(change, course, starts_on, ends_on, hours, audience)
    columns["outside_stage_reason"] = _check_stage(stage, starts_on, outside_stage_reason)
    old, new = attendances_of(change.session, training.id), dict(attendances)
    _units_of_people(change, set(new) - set(old))
    touch_training(change, training, old.keys() | new.keys())
    changed: dict[str, Any] = {**apply_values(training, {**columns, "stage_id": stage_id})}
    if old != new:
        training.version += not changed
        changed["attendances"] = [old, new]
        _write_attendances(change, training, new)
    touch_training(change, training, old.keys() | new.keys())
    shown = {key: pair for key, pair in changed.items() if key not in ("search_text", "sort_key")}
    if shown:
        change.record("edited", training, unit_id=node.id, changes=shown, reason=reason)
    return training


def _attendance(change: Change, training: Training, person: int, passed: bool) -> Attendance:
    return Attendance(
        training_id=training.id, facilitator_id=person, passed=passed, entered_on=change.today,
        passed_on=change.today if passed else None,
    )  # fmt: skip


def _write_attendances(change: Change, training: Training, attended: Mapping[int, bool]) -> None:
    """Write who attended; what was known already keeps the days on which it was entered."""
    known = change.session.scalars(select(Attendance).where(Attendance.training_id == training.id))
    rows = {row.facilitator_id: row for row in known}
    for person, row in rows.items():
        if person not in attended:
            change.session.delete(row)
        elif row.passed != attended[person]:
            row.passed = attended[person]
            row.passed_on = change.today if row.passed else None
    change.session.add_all(
        _attendance(change, training, *mark) for mark in attended.items() if mark[0] not in rows
    )


def set_attendance(
    change: Change, *, training_id: int, facilitator_id: int, passed: bool | None, reason: str = ""
) -> Training:
    """Say that a facilitator attended a training and passed it or not; None: was not there."""
    training, node, stage = _found(change, training_id)
    reason = writing_reason(change, node, reason, stage=stage, field="reason")
    refuse_withdrawn(training)
    old = attendances_of(change.session, training.id)
    new = {**old, facilitator_id: passed} if passed is not None else dict(old)
    if passed is None:
        new.pop(facilitator_id, None)
    if new == old:
        return training
    _units_of_people(change, set(new) - set(old))
    _write_attendances(change, training, {person: bool(mark) for person, mark in new.items()})
    training.version += 1
    touch_training(change, training, [facilitator_id])
    change.record(
        "attendance_set", training, unit_id=node.id, facilitator=facilitator_id,
        passed=[old.get(facilitator_id), passed], reason=reason,
    )  # fmt: skip
    return training


def _found_with_touch(
    change: Change, training_id: int
) -> tuple[Training, UnitNode, StageInfo, Callable[[], None]]:
    training, node, stage = _found(change, training_id)

    def touch() -> None:
        touch_training(change, training, attendances_of(change.session, training.id).keys())

    return training, node, stage, touch


def withdraw_training(change: Change, *, training_id: int, reason: str) -> Training:
    """Take a training out of every count, with a reason; twice changes nothing."""
    training, node, stage, touch = _found_with_touch(change, training_id)
    change.require(Permission.RECORDS_WRITE, node)
    reason = writing_reason(change, node, required_reason(reason), stage=stage, field="reason")
    withdraw_record(change, training, node, reason, touch)
    return training


def restore_training(change: Change, *, training_id: int, reason: str = "") -> Training:
    """Count a withdrawn training again; twice changes nothing."""
    training, node, stage, touch = _found_with_touch(change, training_id)
    reason = writing_reason(change, node, reason, stage=stage, field="reason")
    restore_record(change, training, node, touch, reason)
    return training


def hide_training(change: Change, *, training_id: int, reason: str) -> Training:
    """Hide a training at once from all but its unit and the office; a hidden one counts nowhere."""
    training, node, _stage_of, touch = _found_with_touch(change, training_id)
    hide_record(change, training, node, reason, touch)
    return training


def unhide_training(change: Change, *, training_id: int, reason: str = "") -> Training:
    """Show a hidden training again; in a closed stage with a reason."""
    training, node, stage, touch = _found_with_touch(change, training_id)
    change.require(Permission.RECORDS_HIDE, node)
    reason = closed_reason(change, node, reason, [stage] if stage.is_closed else [])
    show_record(change, training, node, touch, reason)
    return training
