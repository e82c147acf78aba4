"""Editing, withdrawing and hiding activities."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.activities.asking import entries, refusal
from tests.world import TODAY
from tracker.activities.models import Activity
from tracker.activities.operations import (
    edit_activity,
    hide_activity,
    log_activity,
    restore_activity,
    unhide_activity,
    withdraw_activity,
)
from tracker.activities.rules import ActivityValues
from tracker.change import NotPermittedError, StaleError
from tracker.programme.models import Stage


def edit(change, activity, values, **details):
    return edit_activity(
        change,
        activity_id=activity.id,
        values=ActivityValues(**values),
        opened_with=details.pop("opened_with", activity.version),
        **details,
    )


def test_an_edit_touches_the_old_and_the_new_cell_and_says_what_changed(change, make, values, session):
    activity = make.activity("P001", step=3, title="เดิม")

    edit(change, activity, values(step=4, kind="s4_meeting", title="ใหม่"))

    enrolment = activity.enrolment_id
    assert change.touched == {(enrolment, make.step_id(3)), (enrolment, make.step_id(4))}
    trail = entries(session, activity)[-1]
    assert (trail.verb, trail.details["changes"]["title"]) == ("edited", ["เดิม", "ใหม่"])
    assert activity.version == 2


def test_an_edit_of_the_people_alone_is_an_edit(change, make, values, session):
    activity = make.activity("P001", title="วง CoP เรื่องการตรวจค้น", kind="s3_cop", participants=None)
    leader = make.facilitator("P001")

    edit(change, activity, values(facilitator_ids=(leader.id,)))

    assert activity.version == 2
    assert entries(session, activity)[-1].details["changes"] == {"facilitator_ids": [[], [leader.id]]}


def test_an_edit_that_changes_nothing_leaves_no_trace(change, make, values, session):
    activity = log_activity(change, **values())
    before = len(entries(session, activity))

    edit(change, activity, values())

    assert (activity.version, len(entries(session, activity))) == (1, before)


def test_a_stale_edit_is_told(change, make, values):
    activity = make.activity("P001", version=5)

    with pytest.raises(StaleError):
        edit(change, activity, values(), opened_with=4)


@pytest.mark.parametrize(("age", "needed"), [(6, False), (7, True)])
def test_from_the_seventh_day_an_edit_needs_a_reason(change, make, values, age, needed):
    activity = make.activity("P001", entered_on=TODAY - timedelta(days=age))

    if needed:
        assert refusal(edit, change, activity, values()).field == "reason"
    assert edit(change, activity, values(), reason="แก้คำผิด").title == values()["title"]


def test_the_office_edits_with_a_reason(change_as, make, values):
    activity = make.activity("P001")

    assert refusal(edit, change_as("office"), activity, values()).field == "reason"
    assert edit(change_as("office"), activity, values(), reason="แก้ตามหนังสือ").on_behalf_reason == ""


def test_a_withdrawn_activity_is_not_edited(change, make, values):
    activity = make.activity("P001")
    withdraw_activity(change, activity_id=activity.id, reason="บันทึกซ้ำ")

    assert "กู้คืน" in str(refusal(edit, change, activity, values()))


def test_withdrawing_and_restoring_touch_the_cell_and_are_idempotent(change, make, session):
    activity = make.activity("P001")

    for _ in range(2):
        withdraw_activity(change, activity_id=activity.id, reason="บันทึกซ้ำ")
    assert (activity.withdrawn_on, activity.withdrawn_reason) == (TODAY, "บันทึกซ้ำ")
    assert change.touched == {(activity.enrolment_id, activity.step_id)}
    for _ in range(2):
        restore_activity(change, activity_id=activity.id)
    assert (activity.withdrawn_on, activity.withdrawn_reason) == (None, "")
    assert [entry.verb for entry in entries(session, activity)] == ["withdrawn", "restored"]


def test_restoring_on_behalf_or_in_a_closed_stage_needs_a_reason_of_its_own(change, change_as, make, session):
    activity = make.activity("P001")
    withdraw_activity(change, activity_id=activity.id, reason="บันทึกซ้ำ")
    office = change_as("office")

    assert refusal(restore_activity, office, activity_id=activity.id).field == "reason"
    restore_activity(office, activity_id=activity.id, reason="ไม่ซ้ำ ตรวจแล้ว")
    assert entries(session, activity)[-1].details["reason"] == "ไม่ซ้ำ ตรวจแล้ว"

    withdraw_activity(office, activity_id=activity.id, reason="บันทึกซ้ำ")
    session.get_one(Stage, activity.stage_id).closed_on = TODAY
    session.info["reference_changed"] = True
    assert "ปิดแล้ว" in str(refusal(restore_activity, change, activity_id=activity.id, reason="ไม่ซ้ำ"))


def test_withdrawing_needs_a_reason_and_the_right(change, change_as, make):
    activity = make.activity("P001")

    assert refusal(withdraw_activity, change, activity_id=activity.id, reason=" ").field == "reason"
    with pytest.raises(NotPermittedError):
        withdraw_activity(change_as("head"), activity_id=activity.id, reason="ซ้ำ")


def test_the_office_hides_at_once_and_shows_again(change, change_as, make):
    activity = make.activity("P001")
    office = change_as("office")

    with pytest.raises(NotPermittedError):
        hide_activity(change, activity_id=activity.id, reason="ซ่อน")
    hide_activity(office, activity_id=activity.id, reason="มีชื่อผู้ต้องขัง")
    assert activity.hidden_at is not None
    assert (activity.enrolment_id, activity.step_id) in office.touched
    unhide_activity(office, activity_id=activity.id)
    assert (activity.hidden_at, activity.hidden_reason) == (None, "")


def test_what_does_not_exist_is_said(change):
    assert "ไม่พบ" in str(refusal(withdraw_activity, change, activity_id=999_999, reason="ซ้ำ"))
    assert session_is_empty(change.session)


def session_is_empty(session) -> bool:
    return not session.scalars(select(Activity)).all()
