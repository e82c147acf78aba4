"""Logging, editing, withdrawing and hiding activities."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.world import TODAY
from tracker.activities.models import Activity, ActivityExecutive, ActivityFacilitator, ActivityUnit
from tracker.activities.operations import (
    edit_activity,
    hide_activity,
    log_activity,
    log_many,
    restore_activity,
    unhide_activity,
    withdraw_activity,
)
from tracker.activities.rules import ActivityValues
from tracker.audit.models import AuditEntry
from tracker.change import NotPermittedError, RefusedError, StaleError
from tracker.organisation.models import Audience, Manner
from tracker.programme.models import Stage
from tracker.programme.plan import programme_plan


@pytest.fixture
def values(make, session):
    """Give a function that returns what is needed to log an activity, with changes."""

    def valid(
        code: str = "P001", step: int | None = 3, kind: str = "s3_cop", **changes: Any
    ) -> dict[str, Any]:
        return {
            "unit_id": make.node(code).id,
            "stage_id": make.stage(2).id,
            "step_id": make.step_id(step),
            "kind_id": programme_plan(session).kind_by_code[kind].id,
            "held_on": TODAY,
            "title": "วง CoP เรื่องการตรวจค้น",
            **changes,
        }

    return valid


def refusal(operation, *args, **details) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        operation(*args, **details)
    return refused.value


def entries(session, activity) -> list[AuditEntry]:
    return list(
        session.scalars(
            select(AuditEntry).where(
                AuditEntry.subject_type == "activities", AuditEntry.subject_id == activity.id
            )
        )
    )


def test_an_activity_counts_for_its_own_units_enrolment(change, make, values):
    activity = log_activity(change, **values())

    assert activity.enrolment_id == make.enrolment("P001").id
    assert (activity.entered_on, activity.entered_by) == (TODAY, "มาลี ตั้งสมมติ")
    assert change.touched == {(activity.enrolment_id, activity.step_id)}


def test_an_activity_of_a_pilot_group_in_stage_2_counts_for_its_prison(change, make, values):
    activity = log_activity(change, **values("P001-G1"))

    assert activity.enrolment_id == make.enrolment("P001").id


def test_everybody_and_everything_named_is_kept(change, session, make, values):
    leader, post, other = make.facilitator("P001"), make.post("P001"), make.node("P002")

    activity = log_activity(
        change,
        **values(
            facilitator_ids=[leader.id, leader.id],
            executives={post.id: Manner.LED},
            joined_unit_ids=[other.id, make.node("P001").id],
            link="ที่ มท 0001/2569",
            secrecy_read=True,
            audience=Audience.UNIT,
            participants=12,
        ),
    )
    session.flush()

    assert session.scalars(select(ActivityFacilitator.facilitator_id)).all() == [leader.id]
    assert session.execute(select(ActivityExecutive.post_id, ActivityExecutive.manner)).all() == [
        (post.id, Manner.LED)
    ]
    assert session.scalars(select(ActivityUnit.unit_id)).all() == [other.id]
    assert (activity.audience, activity.secrecy_read) == (Audience.UNIT, True)


def test_a_text_is_stored_normalised(change, values):
    activity = log_activity(change, **values(title="  เเกน\u200bความรู้\n ข้อที่ ๑ ", outcome="น\u0e4d\u0e32ไปใช้"))

    assert (activity.title, activity.outcome) == ("แกนความรู้ ข้อที่ ๑", "นำไปใช้")
    assert activity.search_text == "แกนความรู้ ข้อที่ 1 นำไปใช้"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " \u200b "}, "title"),
        ({"title": "ก" * 301}, "title"),
        ({"title": "ผู้แทน 1101700230708"}, "title"),
        ({"outcome": "ก" * 4001}, "outcome"),
        ({"title": "ก\x00"}, "title"),
        ({"participants": -1}, "participants"),
        ({"participants": 100_000}, "participants"),
        ({"held_on": TODAY + timedelta(days=1)}, "held_on"),
        ({"held_on": date(2025, 9, 30)}, "outside_stage_reason"),
        ({"link": "https://example.org"}, "secrecy_read"),
        ({"unit_id": 999_999}, "unit"),
        ({"stage_id": 999_999}, "stage"),
        ({"step_id": 999_999}, "step"),
        ({"kind_id": 999_999}, "kind"),
        ({"kind": "s4_meeting"}, "kind"),
        ({"step": None}, "kind"),
        ({"facilitator_ids": [999_999]}, "facilitators"),
        ({"executives": {999_999: Manner.LED}}, "executives"),
        ({"joined_unit_ids": [999_999]}, "joined"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(change, values, changes, field):
    assert refusal(log_activity, change, **values(**changes)).field == field


def test_a_day_outside_the_stage_is_allowed_with_a_reason(change, values):
    activity = log_activity(
        change, **values(held_on=date(2025, 9, 30), outside_stage_reason="เริ่มก่อนปีงบประมาณ")
    )

    assert activity.outside_stage_reason == "เริ่มก่อนปีงบประมาณ"


def test_a_reason_that_nobody_needs_is_not_kept(change, values):
    activity = log_activity(change, **values(outside_stage_reason="เผื่อไว้", on_behalf_reason="เผื่อไว้"))

    assert (activity.outside_stage_reason, activity.on_behalf_reason) == ("", "")


def test_preparation_has_no_step(change, make, values):
    activity = log_activity(change, **values(step=None, kind="ready"))

    assert activity.step_id is None
    assert change.touched == {(make.enrolment("P001").id, None)}


def test_nobody_writes_for_another_unit(change, values):
    with pytest.raises(NotPermittedError):
        log_activity(change, **values("P002"))


def test_a_group_does_not_write_for_its_prisons(change_as, values):
    with pytest.raises(NotPermittedError):
        log_activity(change_as("group_coordinator"), **values("P001"))


def test_the_office_writes_on_behalf_with_a_reason(change_as, values):
    office = change_as("office")

    assert refusal(log_activity, office, **values()).field == "on_behalf_reason"
    activity = log_activity(office, **values(on_behalf_reason="ระบบของเรือนจำขัดข้อง"))
    assert activity.on_behalf_reason == "ระบบของเรือนจำขัดข้อง"


def close_stage(session, make) -> None:
    session.get_one(Stage, make.stage(2).id).closed_on = TODAY
    session.info["reference_changed"] = True


def test_a_closed_stage_takes_records_of_the_office_only(change, change_as, session, make, values):
    close_stage(session, make)

    assert "ปิดแล้ว" in str(refusal(log_activity, change, **values()))
    assert log_activity(change_as("office"), **values(on_behalf_reason="ตกหล่นจากรายงาน"))


def test_a_row_of_a_file_is_written_once(change, values):
    first = log_activity(change, **values(import_key="k1"))

    assert log_activity(change, **values(import_key="k1")) is first


def test_only_the_system_says_when_it_was_entered(change, change_as, values):
    day = TODAY - timedelta(days=40)

    assert log_activity(change, **values(entered_on=day)).entered_on == TODAY
    assert log_activity(change_as("system"), **values(entered_on=day)).entered_on == day


def test_many_are_logged_in_few_statements(change, make, values, statements, session):
    rows = [ActivityValues(**values(title=f"ครั้งที่ {n}", import_key=f"k{n}")) for n in range(30)]
    statements.clear()

    made = log_many(change, [*rows, rows[0]])

    assert len(made) == 30
    assert len(statements) <= 12
    assert log_many(change, rows) == []
    trail = session.scalars(select(AuditEntry).where(AuditEntry.verb == "logged_many")).one()
    assert trail.details["activities"] == [activity.id for activity in made]


def test_many_are_all_or_none(change, values):
    rows = [ActivityValues(**values()), ActivityValues(**values(title=""))]

    assert refusal(log_many, change, rows).field == "title"


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
    return session.scalars(select(Activity)).all() == []
