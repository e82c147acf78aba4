"""Logging, editing, withdrawing and hiding activities."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.activities.asking import refusal
from tests.world import TODAY
from tracker.activities.models import ActivityExecutive, ActivityFacilitator, ActivityUnit
from tracker.activities.operations import (
    log_activity,
    log_many,
)
from tracker.activities.rules import ActivityValues
from tracker.audit.models import AuditEntry
from tracker.change import NotPermittedError
from tracker.organisation.models import Audience, Manner
from tracker.programme.models import Stage


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
    log_activity(change_as("office"), **values(on_behalf_reason="ตกหล่นจากรายงาน"))


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
