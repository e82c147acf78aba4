"""Correcting the first day at a unit: what was wrong when it was entered can be put right."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.world import TODAY
from tracker.audit.models import AuditEntry
from tracker.change import NotPermittedError, RefusedError, StaleError
from tracker.facilitators.operations import correct_since, end_posting, withdraw_facilitator
from tracker.facilitators.queries import postings_of
from tracker.progress.check import differences

BEGAN = date(2026, 3, 1)


@pytest.fixture
def person(add):
    return add(since=BEGAN)


@pytest.fixture
def correct(change_as):
    def say(person, since, *, who="coordinator", **details):
        with change_as(who) as change:
            return correct_since(change, facilitator_id=person.id, since=since, **details)

    return say


def entries(session, person):
    found = select(AuditEntry).where(
        AuditEntry.subject_id == person.id, AuditEntry.verb == "posting_corrected"
    )
    return session.scalars(found).all()


def test_a_training_counts_for_the_unit_once_the_day_is_right(person, correct, make, measured, session):
    ended = make.training("P001", person).ends_on
    assert measured("P001") == 0

    correct(person, ended)
    assert measured("P001") == 1

    correct(person, ended + timedelta(days=1))
    assert measured("P001") == 0
    assert differences(session) == []


def test_the_trail_says_from_which_day_to_which(person, correct, session):
    correct(person, date(2026, 1, 5))

    assert [e.details["changes"] for e in entries(session, person)] == [
        {"since": ["2026-03-01", "2026-01-05"]}
    ]


def test_the_same_day_writes_nothing(person, correct, session):
    correct(person, BEGAN, opened_with=person.version)

    assert entries(session, person) == []
    assert person.version == 1


def test_a_day_to_come_is_refused(person, correct):
    with pytest.raises(RefusedError) as refused:
        correct(person, TODAY + timedelta(days=1))

    assert refused.value.field == "since"


def test_it_lies_within_what_is_before_and_after(person, move, correct, change_as, session):
    move(person, "P001-G1", since=date(2026, 4, 1))
    last = postings_of(session, person.id)[0]
    with change_as("coordinator") as change:
        end_posting(change, posting_id=last.id, until=date(2026, 5, 1))

    for wrong in (date(2026, 3, 31), date(2026, 5, 2)):
        with pytest.raises(RefusedError) as refused:
            correct(person, wrong)
        assert refused.value.field == "since"

    correct(person, date(2026, 5, 1))
    assert [p.since for p in postings_of(session, person.id)] == [date(2026, 5, 1), BEGAN]


def test_other_units_and_stale_forms_correct_nothing(person, correct, session):
    with pytest.raises(NotPermittedError):
        correct(person, date(2026, 1, 5), who="other_coordinator")
    with pytest.raises(StaleError):
        correct(person, date(2026, 1, 5), opened_with=person.version + 1)

    assert postings_of(session, person.id)[0].since == BEGAN


def test_who_is_withdrawn_is_restored_first(person, correct, change_as):
    with change_as("coordinator") as change:
        withdraw_facilitator(change, facilitator_id=person.id, reason="ซ้ำ")

    with pytest.raises(RefusedError, match="กู้คืนก่อน"):
        correct(person, date(2026, 1, 5))
