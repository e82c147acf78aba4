"""What is stored of a cell follows from its records, and from nothing else."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.world import TODAY
from tracker.organisation.models import Manner, Unit
from tracker.organisation.revision import renew_revision
from tracker.programme.models import Enrolment
from tracker.progress.check import differences
from tracker.progress.models import EnrolmentProgress, MonthCount, StepProgress
from tracker.sharing.models import EventState


@pytest.fixture
def cell(session, make):
    def find(code="P001", step=3, stage=2):
        return session.scalars(
            select(StepProgress).where(
                StepProgress.enrolment_id == make.enrolment(code, stage).id,
                StepProgress.step_id == make.step_id(step),
            )
        ).one_or_none()

    return find


@pytest.fixture
def whole(session, make):
    def find(code="P001", stage=2):
        return session.scalars(
            select(EnrolmentProgress).where(EnrolmentProgress.enrolment_id == make.enrolment(code, stage).id)
        ).one()

    return find


def test_activities_are_counted_by_their_kind(make, cell, session):
    for kind in ("s3_cop", "s3_cop", "s3_story", "other"):
        make.activity("P001", step=3, kind=kind)

    found = cell()

    assert found.evidence == {"r3_interview": 0, "r3_cop": 2, "r3_other": 1}
    assert (found.measured_met, found.measured_rules) == (2, 3)
    assert (found.activities, found.evidence_records) == (4, 4)
    assert found.last_record_on == found.first_evidence_on == TODAY
    assert differences(session) == []


def test_a_withdrawn_and_a_hidden_record_count_nowhere(make, cell, whole, change_as, session):
    kept = make.activity("P001", step=3, kind="s3_cop", entered_on=date(2026, 3, 1))
    gone = make.activity("P001", step=3, kind="s3_cop")
    hidden = make.activity("P001", step=3, kind="s3_interview")
    with change_as("system") as change:
        gone.withdrawn_on, gone.withdrawn_at = TODAY, change.at
        hidden.hidden_at = change.at
        change.touch(kept.enrolment_id, kept.step_id)

    assert cell().activities == 1
    assert cell().last_record_on == date(2026, 3, 1)
    assert whole().records == 1
    assert session.scalars(select(MonthCount.activities)).all() == [1]
    assert differences(session) == []


def test_preparation_is_counted_outside_the_steps(make, whole, session):
    make.activity("P001", step=None, participants=40)
    make.activity("P001", step=None, participants=None)

    assert (whole().ready_times, whole().ready_people) == (2, 40)
    assert session.scalars(select(StepProgress)).all() == []


def test_a_facilitator_counts_where_posted_on_the_last_day_of_the_training(make, cell, session):
    here, below, elsewhere = make.facilitator("P001"), make.facilitator("P001-G1"), make.facilitator("P002")
    make.training("P001", here, below, elsewhere)
    make.training("P001", here)

    assert cell(step=2).evidence["r2_passed"] == 2
    assert cell(step=2).last_record_on == TODAY


def test_entries_count_for_their_own_unit_once_the_event_was_held(make, cell, session):
    make.entry(make.event("P002"), "P001")
    make.entry(make.event("P002", state=EventState.PLANNED), "P001")
    make.entry(make.event("P002", state=EventState.CANCELLED), "P001")

    assert cell(step=7).evidence["r7_entry"] == 1
    assert differences(session) == []


def test_only_taking_part_themselves_counts_for_executives(make, whole):
    commander = make.post("P001", is_head=True)
    make.activity("P001", executives=((commander, Manner.OPENED),))
    assert whole().executive_first_on is None

    make.activity("P001", executives=((commander, Manner.LED),), entered_on=date(2026, 5, 5))
    april = date(2026, 4, 4)
    make.event("P001", executives=((commander, Manner.SHARED),), held_on=april, entered_on=april)
    make.event("P001", executives=((commander, Manner.SHARED),), state=EventState.PLANNED)

    assert whole().executive_first_on == april


def test_a_visit_from_above_or_beside_is_not_the_units_own_part(make, whole, session):
    deputy, neighbour = make.post("DOC", title_th="รองอธิบดี"), make.post("P002")
    for post in (deputy, neighbour):
        make.activity("P001", executives=((post, Manner.LED),))
        make.event("P001", executives=((post, Manner.SHARED),))
    assert whole().executive_first_on is None

    make.activity("P001", executives=((make.post("P001-G1"), Manner.SHARED),))

    assert whole().executive_first_on == TODAY
    assert differences(session) == []


def test_the_executives_of_a_pilot_group_are_those_of_its_prison(make, whole):
    make.activity("P001-G1", stage=1, executives=((make.post("PG01"), Manner.LED),))
    assert whole("P001-G1", 1).executive_first_on is None

    make.activity("P001-G1", stage=1, executives=((make.post("P001"), Manner.LED),))

    assert whole("P001-G1", 1).executive_first_on == TODAY


def test_members_join_by_their_own_record_or_by_being_named(make, cell, session):
    make.activity("PG01", stage=3, step=3)
    assert cell("PG01", 3, 3).joined_units == 0

    make.activity("P001", stage=3, step=3, joined=("P002", "P004"))
    make.activity("P001-G1", stage=3, step=3)
    make.activity("P003", stage=3, step=4)

    assert cell("PG01", 3, 3).joined_units == 2
    assert cell("PG01", 4, 3).joined_units == 1
    assert differences(session) == []


def test_months_follow_the_day_it_happened(make, session):
    activity = make.activity("P001", held_on=date(2026, 1, 31))
    make.activity("P001", held_on=date(2026, 1, 1))
    make.activity("P001", held_on=date(2026, 2, 1))

    rows = session.execute(select(MonthCount.month, MonthCount.activities).order_by(MonthCount.month)).all()
    assert rows == [(date(2026, 1, 1), 2), (date(2026, 2, 1), 1)]
    assert activity.enrolment_id == make.enrolment("P001").id


def test_records_find_their_enrolment_when_it_comes_later(make, cell, session, change_as):
    unit = make.unit("P009", "PG02")
    activity = make.activity("P009", step=3)
    assert activity.enrolment_id is None
    with change_as("system") as change:
        session.add(Enrolment(stage_id=make.stage(2).id, unit_id=unit.id, enrolled_on=TODAY))
        unit.name_en = "Ninth prison"
        renew_revision(session)

    assert cell("P009").activities == 1
    assert change.touched == set()
    assert differences(session) == []


def test_a_unit_that_moves_takes_its_records_to_the_new_group(make, cell, session, change_as):
    make.activity("P001", stage=3, step=3)
    make.training("P001", make.facilitator("P001"), stage=3)
    with change_as("system"):
        unit = session.scalars(select(Unit).where(Unit.code == "P001")).one()
        unit.parent_id = make.node("PG02").id
        renew_revision(session)

    assert cell("PG01", 3, 3).activities == 0
    assert (cell("PG02", 3, 3).activities, cell("PG02", 3, 3).joined_units) == (1, 1)
    assert cell("PG02", 2, 3).evidence["r2_passed"] == 1
    assert differences(session) == []


def test_records_from_a_withdrawal_on_count_for_the_group_above(make, cell, session, change_as):
    with change_as("system"):
        session.add(Enrolment(stage_id=make.stage(2).id, unit_id=make.node("PG01").id, enrolled_on=TODAY))
        renew_revision(session)
    make.activity("P001", held_on=date(2026, 6, 1))
    make.activity("P001", held_on=date(2026, 6, 18))
    with change_as("system"):
        enrolment = make.enrolment("P001")
        enrolment.withdrawn_on = date(2026, 6, 10)
        session.scalars(select(Unit).where(Unit.code == "P001")).one().name_en = "Renamed"
        renew_revision(session)
    kept = session.scalars(select(StepProgress).where(StepProgress.enrolment_id == enrolment.id)).all()

    assert sum(row.activities for row in kept) == 1
    assert cell("PG01").activities == 1
    assert differences(session) == []


def test_a_wrong_figure_is_found(make, cell, session):
    make.activity("P001", kind="s3_cop")
    cell().activities = 7
    session.scalars(select(MonthCount)).one().activities = 2
    session.commit()

    lines = differences(session)

    assert len(lines) == 2
    assert "stored 7, counted 1" in lines[0]


def test_a_change_of_one_cell_takes_few_statements(make, change_as, statements):
    make.activity("P001", kind="s3_cop")
    enrolment = make.enrolment("P001")
    step_id = make.step_id(3)
    with change_as("system") as change:
        change.touch(enrolment.id, step_id)
        statements.clear()

    assert len(statements) <= 11, "\n".join(statements)
