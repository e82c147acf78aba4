"""Moving facilitators, ending postings and taking that back; who serves where on a day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.world import TODAY
from tracker.change import NotPermittedError, RefusedError, StaleError
from tracker.facilitators.models import Posting
from tracker.facilitators.operations import (
    end_posting,
    resume_posting,
    withdraw_facilitator,
)
from tracker.facilitators.queries import facilitators_at, postings_of, trained_among
from tracker.progress.check import differences


def test_a_move_ends_the_former_posting_the_day_before(add, move, session, make):
    person = add(since=date(2026, 1, 5))

    move(person, "P002", since=date(2026, 6, 1))

    now, before = postings_of(session, person.id)
    assert (now.unit_id, now.since, now.until) == (make.node("P002").id, date(2026, 6, 1), None)
    assert before.until == date(2026, 5, 31)


@pytest.mark.parametrize(
    ("code", "since", "field"),
    [
        ("P001", TODAY, "unit"),
        ("P002", date(2026, 1, 5), "since"),
        ("P002", TODAY + timedelta(days=1), "since"),
    ],
)
def test_a_move_that_cannot_be_is_refused(add, move, code, since, field):
    person = add(since=date(2026, 1, 5))

    with pytest.raises(RefusedError) as refused:
        move(person, code, since=since)

    assert refused.value.field == field


def test_nobody_takes_a_serving_person_from_another_unit(add, move):
    person = add(since=date(2026, 1, 5))

    with pytest.raises(NotPermittedError):
        move(person, "P002", who="other_coordinator")


def test_a_person_who_serves_nowhere_is_taken_in_by_the_new_unit(add, move, change_as, session):
    person = add(since=date(2026, 1, 5))
    with change_as("coordinator") as change:
        end_posting(change, posting_id=postings_of(session, person.id)[0].id, until=date(2026, 3, 1))

    move(person, "P002", who="other_coordinator")

    assert [p.until for p in postings_of(session, person.id)] == [None, date(2026, 3, 1)]


@pytest.mark.parametrize("who", ["other_coordinator", "office"])
def test_who_takes_somebody_in_cuts_no_posting_that_ended(add, move, change_as, session, who):
    person = add(since=date(2026, 1, 5))
    with change_as("coordinator") as change:
        end_posting(change, posting_id=postings_of(session, person.id)[0].id, until=date(2026, 4, 30))

    for since in (date(2025, 12, 1), date(2026, 1, 5), date(2026, 4, 30)):
        with pytest.raises(RefusedError, match="วันสุดท้ายที่ประจำหน่วยงานก่อนหน้า") as refused:
            move(person, "P002", who=who, since=since, reason="รับเข้า")
        assert refused.value.field == "since"
    move(person, "P002", who=who, since=date(2026, 5, 1), reason="รับเข้า")

    assert [p.until for p in postings_of(session, person.id)] == [None, date(2026, 4, 30)]


def test_an_end_before_the_beginning_or_twice_is_refused(add, change_as, session):
    person = add(since=date(2026, 1, 5))
    posting_id = postings_of(session, person.id)[0].id
    with pytest.raises(RefusedError) as refused, change_as("coordinator") as change:
        end_posting(change, posting_id=posting_id, until=date(2026, 1, 4))
    assert refused.value.field == "until"
    with change_as("coordinator") as change:
        end_posting(change, posting_id=posting_id, until=date(2026, 3, 1))
    with pytest.raises(RefusedError), change_as("coordinator") as change:
        end_posting(change, posting_id=posting_id, until=date(2026, 3, 2))
    with pytest.raises(RefusedError), change_as("coordinator") as change:
        end_posting(change, posting_id=999, until=TODAY)


def test_a_move_can_be_taken_back_by_who_made_it(add, move, change_as, session, make):
    person = add(since=date(2026, 1, 5))
    move(person, "P002")

    with change_as("coordinator") as change:
        resume_posting(change, facilitator_id=person.id)

    only = session.scalars(select(Posting)).one()
    assert (only.unit_id, only.until) == (make.node("P001").id, None)


def test_an_end_can_be_taken_back_but_a_first_posting_cannot(add, change_as, session):
    person = add(since=date(2026, 1, 5))
    with pytest.raises(RefusedError), change_as("coordinator") as change:
        resume_posting(change, facilitator_id=person.id)
    with change_as("coordinator") as change:
        end_posting(change, posting_id=postings_of(session, person.id)[0].id, until=TODAY)
    with pytest.raises(NotPermittedError), change_as("other_coordinator") as change:
        resume_posting(change, facilitator_id=person.id)
    with change_as("coordinator") as change:
        resume_posting(change, facilitator_id=person.id)

    assert postings_of(session, person.id)[0].until is None


def test_taking_back_twice_leaves_the_earlier_moves_alone(add, move, change_as, session):
    person = add(since=date(2026, 1, 5))
    move(person, "P001-G1", since=date(2026, 3, 1))
    move(person, "P001", since=date(2026, 6, 1))
    with change_as("coordinator") as change:
        resume_posting(change, facilitator_id=person.id)

    with pytest.raises(RefusedError, match="คุณบันทึกวันนี้"), change_as("coordinator") as change:
        resume_posting(change, facilitator_id=person.id)

    assert [p.since for p in postings_of(session, person.id)] == [date(2026, 3, 1), date(2026, 1, 5)]


def test_taking_back_needs_the_version_that_the_move_made(add, move, change_as):
    person = add(since=date(2026, 1, 5))
    move(person, "P002")

    with pytest.raises(StaleError), change_as("coordinator") as change:
        resume_posting(change, facilitator_id=person.id, opened_with=person.version - 1)
    with change_as("coordinator") as change:
        resume_posting(change, facilitator_id=person.id, opened_with=person.version)


def test_a_move_of_another_day_or_person_is_not_taken_back(add, move, change_as):
    person = add(since=date(2026, 1, 5))
    move(person, "P002")

    with pytest.raises(RefusedError), change_as("office") as change:
        resume_posting(change, facilitator_id=person.id, reason="ตามหนังสือ")
    tomorrow = change_as("coordinator")
    tomorrow.today = TODAY + timedelta(days=1)
    with pytest.raises(RefusedError), tomorrow as change:
        resume_posting(change, facilitator_id=person.id)


def test_taking_back_that_somebody_was_taken_in_opens_no_posting_of_another_unit(
    add, move, change_as, session
):
    person = add(since=date(2026, 1, 5))
    with change_as("coordinator") as change:
        end_posting(change, posting_id=postings_of(session, person.id)[0].id, until=date(2026, 4, 30))
    move(person, "P002", who="other_coordinator", since=date(2026, 5, 1))

    with change_as("other_coordinator") as change:
        resume_posting(change, facilitator_id=person.id)

    assert [p.until for p in postings_of(session, person.id)] == [date(2026, 4, 30)]


def test_a_backdated_move_moves_what_was_passed_since(make, move, session, measured):
    person = make.facilitator("P001")
    make.training("P001", person)

    move(person, "P002", since=date(2026, 1, 5))

    assert (measured("P001"), measured("P002"), differences(session)) == (0, 1, [])


def test_choice_lists_hold_who_serves_there_on_the_day(make, move, change_as, session):
    one, two = make.facilitator("P001", name="กมล สมมติ"), make.facilitator("P001", name="มาลี สมมติ")
    gone = make.facilitator("P001", name="ขวัญ สมมติ")
    make.training("P001", two)
    with change_as("coordinator") as change:
        withdraw_facilitator(change, facilitator_id=gone.id, reason="ซ้ำ")
    move(one, "P002", since=TODAY)
    here = [make.node("P001").id]

    assert [person.id for person in facilitators_at(session, here, TODAY)] == [two.id]
    assert len(facilitators_at(session, here, TODAY - timedelta(days=1))) == 2
    assert trained_among(session, [one.id, two.id], TODAY) == {two.id}


def test_who_is_trained_on_a_day_passed_something_that_had_ended(make, session):
    person = make.facilitator("P001")
    training = make.training("P001", person)

    assert trained_among(session, [person.id], training.ends_on) == {person.id}
    assert trained_among(session, [person.id], training.ends_on - timedelta(days=1)) == frozenset()
