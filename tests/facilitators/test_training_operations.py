"""Entering and changing trainings: what is asked for, refused, kept and counted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.world import TODAY
from tracker.audit.models import AuditEntry
from tracker.change import NotPermittedError, RefusedError, StaleError
from tracker.facilitators.models import Training
from tracker.facilitators.operations import (
    edit_training,
    hide_training,
    hold_training,
    restore_training,
    set_attendance,
    unhide_training,
    withdraw_training,
)
from tracker.facilitators.queries import attendances_of
from tracker.organisation.models import Audience
from tracker.organisation.revision import renew_revision
from tracker.programme.models import Stage
from tracker.progress.check import differences

DAYS = {"starts_on": date(2026, 2, 2), "ends_on": date(2026, 2, 3)}


@pytest.fixture
def hold(make, change_as):
    def say(attendances=None, *, who="coordinator", code="P001", stage=2, **details):
        values = {"course": "หลักสูตรคุณอำนวยขั้นต้น", "hours": 12, **DAYS, **details}
        with change_as(who) as change:
            return hold_training(
                change, unit_id=make.node(code).id, stage_id=make.stage(stage).id,
                attendances=attendances, **values,
            )  # fmt: skip

    return say


@pytest.fixture
def edit(make, change_as):
    def say(training, attendances, *, who="coordinator", stage=2, **details):
        values = {
            "course": training.course, "hours": training.hours, "audience": training.audience,
            "starts_on": training.starts_on, "ends_on": training.ends_on, "opened_with": training.version,
            **details,
        }  # fmt: skip
        with change_as(who) as change:
            return edit_training(
                change, training_id=training.id, stage_id=make.stage(stage).id, attendances=attendances,
                **values,
            )  # fmt: skip

    return say


@pytest.fixture
def closed_stage(session, make):
    session.get(Stage, make.stage(2).id).closed_on = TODAY
    renew_revision(session)
    session.commit()


def test_who_passed_counts_where_they_serve(hold, make, session, measured):
    here, there = make.facilitator("P001"), make.facilitator("P002")

    training = hold({here.id: True, there.id: True})

    assert attendances_of(session, training.id) == {here.id: True, there.id: True}
    assert (measured("P001"), measured("P002"), differences(session)) == (1, 1, [])
    assert session.scalars(select(AuditEntry.verb)).all() == ["held"]


def test_who_only_attended_does_not_count(hold, make, session, measured):
    hold({make.facilitator("P001").id: False})

    assert (measured("P001"), differences(session)) == (0, [])


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"course": ""}, "course"),
        ({"course": "ก" * 301}, "course"),
        ({"starts_on": TODAY + timedelta(days=1)}, "starts_on"),
        ({"ends_on": TODAY + timedelta(days=1)}, "ends_on"),
        ({"ends_on": date(2026, 2, 1)}, "ends_on"),
        ({"hours": -1}, "hours"),
        ({"hours": 1000}, "hours"),
        ({"attendances": {999: True}}, "attended"),
        ({"starts_on": date(2025, 9, 1), "ends_on": date(2025, 9, 2)}, "outside_stage_reason"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(hold, details, field):
    with pytest.raises(RefusedError) as refused:
        hold(**details)

    assert refused.value.field == field


def test_a_day_outside_the_stage_is_taken_with_a_reason(hold):
    assert hold(
        starts_on=date(2025, 9, 1), ends_on=date(2025, 9, 2), outside_stage_reason="อบรมก่อนเริ่มระยะ"
    ).id


def test_an_unknown_stage_or_unit_is_refused(change_as, make):
    for unit_id, stage_id in ((make.node("P001").id, 99), (999, make.stage(2).id)):
        with pytest.raises(RefusedError), change_as("coordinator") as change:
            hold_training(
                change, unit_id=unit_id, stage_id=stage_id, course="หลักสูตร", starts_on=TODAY, ends_on=TODAY
            )


@pytest.mark.parametrize("who", ["other_coordinator", "group_coordinator", "head", "executive"])
def test_nobody_enters_trainings_of_other_units(hold, who):
    with pytest.raises(NotPermittedError):
        hold(who=who)


def test_the_office_enters_on_behalf_with_a_reason(hold):
    with pytest.raises(RefusedError) as refused:
        hold(who="office")
    assert refused.value.field == "on_behalf_reason"

    assert hold(who="office", on_behalf_reason="หน่วยงานแจ้งทางหนังสือ").on_behalf_reason


@pytest.mark.usefixtures("closed_stage")
def test_a_closed_stage_is_for_the_office_with_a_reason(hold):
    with pytest.raises(RefusedError, match="ระยะที่ 2 ปิดแล้ว"):
        hold(on_behalf_reason="ตกหล่น")
    with pytest.raises(RefusedError):
        hold(who="office")

    assert hold(who="office", on_behalf_reason="ตกหล่น").id


def test_editing_moves_the_measure_with_the_people(hold, edit, make, session, measured):
    here, there = make.facilitator("P001"), make.facilitator("P002")
    training = hold({here.id: True})

    edited = edit(training, {there.id: True}, course="หลักสูตรคุณอำนวยขั้นสูง")

    assert (measured("P001"), measured("P002"), differences(session)) == (0, 1, [])
    assert edited.version == 2
    changes = session.scalars(select(AuditEntry).where(AuditEntry.verb == "edited")).one().details["changes"]
    assert changes["course"] == ["หลักสูตรคุณอำนวยขั้นต้น", "หลักสูตรคุณอำนวยขั้นสูง"]
    assert changes["attendances"] == [{str(here.id): True}, {str(there.id): True}]


def test_changing_the_stage_moves_the_measure(hold, edit, make, session, measured):
    person = make.facilitator("P001-G1")
    training = hold({person.id: True}, code="P001")

    edit(training, {person.id: True}, stage=3, outside_stage_reason="นับให้ระยะถัดไป")

    assert (measured("P001", 2), measured("P001", 3), differences(session)) == (0, 1, [])


def test_changing_only_the_people_makes_a_new_version(hold, edit, make):
    person = make.facilitator("P001")

    assert edit(hold({person.id: True}), {person.id: False}).version == 2


def test_editing_without_a_difference_leaves_no_trace(hold, edit, session):
    assert edit(hold(), {}).version == 1
    assert session.scalars(select(AuditEntry.verb)).all() == ["held"]


def test_a_stale_form_is_told(hold, edit):
    training = hold()
    edit(training, {}, course="หลักสูตรใหม่")

    with pytest.raises(StaleError):
        edit(training, {}, course="หลักสูตรอื่น", opened_with=1)


def test_somebody_who_left_the_register_may_stay_in_an_old_training(hold, edit, make, session):
    person = make.facilitator("P001")
    training = hold({person.id: True})
    person.withdrawn_on = TODAY
    session.commit()

    assert edit(training, {person.id: True}, course="หลักสูตรใหม่").version == 2


def test_one_mark_is_set_and_taken_away(hold, make, change_as, session, measured):
    person, training = make.facilitator("P001"), hold()
    with change_as("coordinator") as change:
        set_attendance(change, training_id=training.id, facilitator_id=person.id, passed=True)
        set_attendance(change, training_id=training.id, facilitator_id=person.id, passed=True)
    assert (measured("P001"), differences(session)) == (1, [])

    with change_as("coordinator") as change:
        set_attendance(change, training_id=training.id, facilitator_id=person.id, passed=None)
    assert (measured("P001"), differences(session)) == (0, [])
    assert session.get(Training, training.id).version == 3
    with pytest.raises(NotPermittedError), change_as("other_coordinator") as change:
        set_attendance(change, training_id=training.id, facilitator_id=person.id, passed=True)


def test_a_withdrawn_training_counts_nowhere_until_it_is_restored(
    hold, edit, make, change_as, session, measured
):
    person = make.facilitator("P001")
    training = hold({person.id: True})
    with change_as("coordinator") as change:
        withdraw_training(change, training_id=training.id, reason="บันทึกซ้ำ")
        withdraw_training(change, training_id=training.id, reason="บันทึกซ้ำ")
    assert (measured("P001"), differences(session)) == (0, [])
    with pytest.raises(RefusedError, match="กู้คืนก่อน"):
        edit(training, {}, opened_with=2)

    with change_as("coordinator") as change:
        restore_training(change, training_id=training.id)
    assert (measured("P001"), differences(session)) == (1, [])
    assert session.scalars(select(AuditEntry.verb)).all() == ["held", "withdrawn", "restored"]


def test_withdrawing_needs_a_reason_the_unit_and_a_training(hold, change_as):
    training = hold()
    for who, training_id, reason, error in (
        ("coordinator", training.id, " ", RefusedError),
        ("coordinator", 999, "ซ้ำ", RefusedError),
        ("other_coordinator", training.id, "ซ้ำ", NotPermittedError),
    ):
        with pytest.raises(error), change_as(who) as change:
            withdraw_training(change, training_id=training_id, reason=reason)


def test_only_the_office_hides_and_a_hidden_training_counts_nowhere(hold, make, change_as, session, measured):
    training = hold({make.facilitator("P001").id: True}, audience=Audience.UNIT)
    with pytest.raises(NotPermittedError), change_as("coordinator") as change:
        hide_training(change, training_id=training.id, reason="มีข้อมูลลับ")
    with change_as("office") as change:
        hide_training(change, training_id=training.id, reason="มีข้อมูลลับ")
    assert (measured("P001"), differences(session)) == (0, [])

    with change_as("office") as change:
        unhide_training(change, training_id=training.id)
    assert (measured("P001"), differences(session)) == (1, [])
