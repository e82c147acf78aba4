"""What the programme promises, without a page: its enrolments and stages."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.world import TODAY
from tracker.audit.models import AuditEntry
from tracker.change import NotPermittedError, RefusedError
from tracker.organisation.models import ExecutivePost
from tracker.organisation.revision import renew_revision
from tracker.programme import attribution
from tracker.programme.enrolments import enrolment_book
from tracker.programme.models import Stage
from tracker.programme.operations import (
    create_pilot_group,
    enrol_level,
    enrol_subtree,
    enrol_units,
    move_due_month,
    reinstate_enrolment,
    reopen_stage,
    withdraw_enrolment,
)


def test_enrolling_touches_both_sides_and_tells_the_records(change_as, session, make, monkeypatch):
    told = []
    monkeypatch.setattr(attribution, "_MOVERS", [lambda _change, stage: told.append(stage)])
    unit = make.unit("P009", "PG01")
    change = change_as("office")

    made = enrol_units(change, stage_id=make.stage(2).id, unit_ids=[unit.id, unit.id])

    assert [enrolment.unit_id for enrolment in made] == [unit.id]
    assert change.touched == {(made[0].id, None), *((made[0].id, make.step_id(n)) for n in range(1, 8))}
    assert told == [make.stage(2).id]


def test_the_enrolment_above_is_counted_anew_too(change_as, make, session):
    both = session.scalars(select(Stage).where(Stage.number == 3)).one()
    both.levels = [*both.levels, "prison"]
    renew_revision(session)
    session.commit()
    group, change = make.enrolment("PG01", 3), change_as("office")

    made = enrol_units(change, stage_id=both.id, unit_ids=[make.node("P001").id])

    assert {enrolment for enrolment, _step in change.touched} == {group.id, made[0].id}


def test_enrolling_again_changes_nothing(change_as, session, make):
    change = change_as("office")

    assert enrol_level(change, stage_id=make.stage(2).id) == []
    assert enrol_subtree(change, stage_id=make.stage(2).id, unit_id=make.node("PG01").id) == []
    assert change.touched == set()


def test_a_withdrawn_unit_is_only_taken_back_by_name(change_as, session, make):
    enrolment = make.enrolment("P001")
    with change_as("office") as change:
        withdraw_enrolment(change, enrolment_id=enrolment.id, withdrawn_on=TODAY, reason="น้ำท่วม")
    with change_as("office") as change:
        assert enrol_level(change, stage_id=make.stage(2).id) == []
        reinstate_enrolment(change, enrolment_id=enrolment.id, reason="น้ำลด")

    assert enrolment_book(session).by_id[enrolment.id].withdrawn_on is None
    with pytest.raises(RefusedError, match="อยู่แล้ว"):
        reinstate_enrolment(change_as("office"), enrolment_id=enrolment.id)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"withdrawn_on": TODAY + timedelta(days=1), "reason": "ก"}, "อนาคต"),
        ({"withdrawn_on": date(1990, 1, 1), "reason": "ก"}, "ไม่ก่อนวันที่เข้าร่วม"),
        ({"withdrawn_on": TODAY, "reason": "  "}, "เหตุผล"),
    ],
)
def test_an_odd_withdrawal_is_refused(change_as, make, given, said):
    with pytest.raises(RefusedError, match=said):
        withdraw_enrolment(change_as("office"), enrolment_id=make.enrolment("P001").id, **given)


def test_units_that_do_not_belong_into_a_stage_are_refused(change_as, make):
    change, stage = change_as("office"), make.stage(2).id
    closed = make.unit("P009", "PG01", closed_on=TODAY)
    for unit_id, said in (
        (make.node("PG01").id, "ไม่อยู่ในระดับ"),
        (closed.id, "ปิดไปแล้ว"),
        (99999, "ไม่พบหน่วยงาน"),
    ):
        with pytest.raises(RefusedError, match=said):
            enrol_units(change, stage_id=stage, unit_ids=[unit_id])
    with pytest.raises(RefusedError, match="ไม่พบระยะ"):
        enrol_level(change, stage_id=99999)
    with pytest.raises(RefusedError, match="อนาคต"):
        enrol_units(change, stage_id=stage, unit_ids=[], enrolled_on=TODAY + timedelta(days=1))


@pytest.mark.parametrize("who", ["coordinator", "executive", "administrator"])
def test_only_the_office_enrols(change_as, make, who):
    with pytest.raises(NotPermittedError):
        enrol_level(change_as(who), stage_id=make.stage(2).id)


def test_a_pilot_group_has_a_code_a_head_and_a_trail(change_as, session, make):
    with change_as("office") as change:
        unit = create_pilot_group(change, parent_id=make.node("P002").id, name_th="กลุ่มห้องครัว")

    assert (unit.code, unit.level) == ("P002-G1", "pilot_group")
    head = session.scalars(select(ExecutivePost).where(ExecutivePost.unit_id == unit.id)).one()
    assert head.title_th == "หัวหน้ากลุ่มนำร่อง"
    assert session.query(AuditEntry).filter_by(unit_id=unit.id, verb="added").count() == 2
    for parent in ("PG01", "P001-G1"):
        with pytest.raises(RefusedError, match="เฉพาะในเรือนจำหรือกอง"):
            create_pilot_group(change_as("office"), parent_id=make.node(parent).id, name_th="ก")


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_outside_the_year_is_refused(change_as, make, month):
    with pytest.raises(RefusedError, match="เดือนที่ 1 ถึง 12"):
        move_due_month(change_as("office"), stage_id=make.stage(2).id, step_id=make.step_id(1), month=month)


def test_a_closed_stage_is_not_moved_and_an_open_one_not_opened(change_as, session, make):
    session.scalars(select(Stage).where(Stage.number == 1)).one().closed_on = TODAY
    renew_revision(session)
    session.commit()
    with pytest.raises(RefusedError, match="ปิดแล้ว"):
        move_due_month(change_as("office"), stage_id=make.stage(1).id, step_id=make.step_id(1), month=1)
    with pytest.raises(RefusedError, match="เปิดอยู่แล้ว"):
        reopen_stage(change_as("office"), stage_id=make.stage(2).id)
