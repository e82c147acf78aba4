"""Postings and attendances know the day on which they were entered."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import writable
from tests.make import Make
from tests.world import TODAY
from tracker.cli.schema import migrate
from tracker.database import open_engine
from tracker.facilitators.models import Attendance, Posting
from tracker.facilitators.operations import end_posting, hold_training, resume_posting, set_attendance

LATER = date(2026, 6, 20)
BEFORE = "words_withdrawn"


@pytest.fixture
def days_of(session):
    def find(training, person):
        row = session.scalars(
            select(Attendance).where(
                Attendance.training_id == training.id, Attendance.facilitator_id == person.id
            )
        ).one()
        return row.entered_on, row.passed_on

    return find


@pytest.fixture
def mark(change_as):
    def say(training, person, passed, day):
        with change_as("coordinator") as change:
            change.today = day
            set_attendance(change, training_id=training.id, facilitator_id=person.id, passed=passed)

    return say


def test_a_posting_is_entered_on_the_day_on_which_it_is_said_not_on_its_first(add, move, session):
    person = add(since=date(2026, 1, 5))

    move(person, "P002", since=date(2026, 6, 1))

    postings = session.scalars(select(Posting).order_by(Posting.since)).all()
    assert [(p.since, p.entered_on) for p in postings] == [
        (date(2026, 1, 5), TODAY),
        (date(2026, 6, 1), TODAY),
    ]


def test_an_end_is_entered_on_the_day_on_which_it_is_said_and_taken_back_with_it(
    add, move, session, change_as
):
    person = add(since=date(2026, 1, 5))
    move(person, "P002", since=date(2026, 6, 1))
    first, second = session.scalars(select(Posting).order_by(Posting.since)).all()
    assert (first.until, first.until_entered_on) == (date(2026, 5, 31), TODAY)
    with change_as("office") as change:
        end_posting(change, posting_id=second.id, until=date(2026, 6, 10), reason="ย้ายกรม")
    session.refresh(second)
    assert (second.until, second.until_entered_on) == (date(2026, 6, 10), TODAY)

    with change_as("office") as change:
        resume_posting(change, facilitator_id=person.id, reason="บันทึกผิด")

    last = session.scalars(select(Posting.until_entered_on).order_by(Posting.since.desc())).first()
    assert last is None


def test_ends_from_before_have_the_first_day_on_which_they_can_have_been_known(app, databases):
    url = databases.copy("days_of_ends")
    engine = open_engine(url)
    early, late = date(2026, 1, 10), date(2026, 3, 10)
    with Session(writable(engine)) as session:
        session.connection(execution_options={"writes": True})
        make = Make(session)
        person, unit_id = make.facilitator("P001"), make.node("P002").id
        for entered_on, until in ((early, late), (late, early), (early, None)):
            session.add(
                Posting(
                    facilitator_id=person.id, unit_id=unit_id, since=date(2026, 1, 1), until=until,
                    entered_on=entered_on, until_entered_on=until and TODAY,
                )
            )  # fmt: skip
        session.commit()

    migrate(url, "progress_undone")
    migrate(url)

    with Session(writable(engine)) as session:
        ends = session.scalars(select(Posting).where(Posting.unit_id == unit_id).order_by(Posting.id)).all()
        assert [end.until_entered_on for end in ends] == [late, late, None]
    engine.dispose()


def test_an_attendance_is_entered_with_its_training(make, change_as, days_of):
    passed, present = make.facilitator("P001"), make.facilitator("P001")
    with change_as("coordinator") as change:
        training = hold_training(
            change, unit_id=make.node("P001").id, stage_id=make.stage(2).id, course="หลักสูตร",
            starts_on=date(2026, 2, 2), ends_on=date(2026, 2, 2),
            attendances={passed.id: True, present.id: False},
        )  # fmt: skip

    assert days_of(training, passed) == (TODAY, TODAY)
    assert days_of(training, present) == (TODAY, None)


def test_a_mark_that_comes_later_has_its_own_day_and_the_others_keep_theirs(make, mark, days_of):
    first, second = make.facilitator("P001"), make.facilitator("P001")
    training = make.training("P001", first)

    mark(training, second, False, LATER)
    assert days_of(training, second) == (LATER, None)
    mark(training, second, True, date(2026, 6, 21))

    assert days_of(training, second) == (LATER, date(2026, 6, 21))
    assert days_of(training, first) == (TODAY, TODAY)
    mark(training, second, False, date(2026, 6, 22))
    assert days_of(training, second) == (LATER, None)


def test_who_is_taken_out_and_marked_again_is_entered_anew(make, mark, days_of):
    person = make.facilitator("P001")
    training = make.training("P001", person)

    mark(training, person, None, LATER)
    mark(training, person, True, LATER)

    assert days_of(training, person) == (LATER, LATER)


def test_rows_from_before_have_the_first_day_on_which_they_can_have_been_known(app, databases):
    url = databases.copy("days_of_entry")
    engine = open_engine(url)
    early, late = date(2026, 1, 10), date(2026, 3, 10)
    with Session(writable(engine)) as session:
        session.connection(execution_options={"writes": True})
        make = Make(session)
        person = make.facilitator("P001", entered_on=early)
        session.add(
            Posting(
                facilitator_id=person.id,
                unit_id=make.node("P002").id,
                since=late,
                entered_on=date(2027, 1, 1),
            )
        )
        make.training("P001", person, entered_on=late)
        make.training("P001", person, entered_on=date(2026, 1, 1))
        session.scalars(select(Attendance)).all()[1].passed = False
        session.commit()

    migrate(url, BEFORE)
    migrate(url)

    with Session(writable(engine)) as session:
        postings = session.scalars(select(Posting).order_by(Posting.since)).all()
        marks = session.scalars(select(Attendance).order_by(Attendance.id)).all()
        assert [p.entered_on for p in postings] == [early, late]
        assert [(row.entered_on, row.passed_on) for row in marks] == [(late, late), (early, None)]
    engine.dispose()
