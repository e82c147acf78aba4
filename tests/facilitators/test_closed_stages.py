"""What a closed stage rests on is changed by the office only, with a reason."""

from datetime import date, timedelta

import pytest

from tests.world import TODAY
from tracker.change import RefusedError
from tracker.facilitators.operations import (
    correct_since,
    end_posting,
    hide_facilitator,
    hide_training,
    restore_facilitator,
    restore_training,
    resume_posting,
    unhide_facilitator,
    unhide_training,
    withdraw_facilitator,
    withdraw_training,
)
from tracker.facilitators.queries import postings_of
from tracker.organisation.revision import renew_revision
from tracker.programme.models import Stage

WHY = "แก้ตามหนังสือของหน่วยงาน"


@pytest.fixture
def close(session, make):
    def say(number=2):
        session.get(Stage, make.stage(number).id).closed_on = TODAY
        renew_revision(session)
        session.commit()

    return say


@pytest.fixture
def trained(make):
    """Give somebody who passed a training of stage 2, and the training."""
    person = make.facilitator("P001")
    return person, make.training("P001", person)


def only_for_the_office_with_a_reason(change_as, do):
    """Check that a coordinator may not do it, nor the office without a reason; then do it."""
    with (
        pytest.raises(RefusedError, match="ระยะที่ 2 ปิดแล้ว แก้ไขได้โดยฝ่ายเลขานุการ"),
        change_as("coordinator") as change,
    ):
        do(change, WHY)
    with pytest.raises(RefusedError) as refused, change_as("office") as change:
        do(change, "")
    assert refused.value.field == "reason"
    with change_as("office") as change:
        do(change, WHY)


def test_who_passed_a_training_of_it_is_withdrawn_and_restored(trained, close, change_as, measured):
    person, _training = trained
    close()

    only_for_the_office_with_a_reason(
        change_as, lambda change, why: withdraw_facilitator(change, facilitator_id=person.id, reason=why)
    )
    assert measured("P001") == 0
    only_for_the_office_with_a_reason(
        change_as, lambda change, why: restore_facilitator(change, facilitator_id=person.id, reason=why)
    )
    assert measured("P001") == 1


def test_its_training_is_withdrawn_and_restored(trained, close, change_as, measured):
    _person, training = trained
    close()

    only_for_the_office_with_a_reason(
        change_as, lambda change, why: withdraw_training(change, training_id=training.id, reason=why)
    )
    only_for_the_office_with_a_reason(
        change_as, lambda change, why: restore_training(change, training_id=training.id, reason=why)
    )
    assert measured("P001") == 1


def test_what_was_hidden_is_shown_again_with_a_reason(trained, close, change_as):
    person, training = trained
    with change_as("office") as change:
        hide_facilitator(change, facilitator_id=person.id, reason=WHY)
        hide_training(change, training_id=training.id, reason=WHY)
    close()

    for do in (
        lambda change, why: unhide_training(change, training_id=training.id, reason=why),
        lambda change, why: unhide_facilitator(change, facilitator_id=person.id, reason=why),
    ):
        with pytest.raises(RefusedError) as refused, change_as("office") as change:
            do(change, "")
        assert refused.value.field == "reason"
        with change_as("office") as change:
            do(change, WHY)


def test_who_passed_nothing_in_it_stays_the_units_own(make, close, change_as):
    person = make.facilitator("P001")
    make.training("P001", person, stage=3)
    close()

    with change_as("coordinator") as change:
        withdraw_facilitator(change, facilitator_id=person.id, reason=WHY)
        restore_facilitator(change, facilitator_id=person.id)

    assert person.withdrawn_on is None


def test_what_is_said_about_a_person_changes_no_stage(trained, close, edit):
    person, _training = trained
    close()

    assert edit(person, position_title="นักทัณฑวิทยาชำนาญการ").position_title == "นักทัณฑวิทยาชำนาญการ"


def test_a_move_or_an_end_on_its_days_is_for_the_office(trained, close, move, change_as, session):
    person, _training = trained
    close()
    posting = postings_of(session, person.id)[0]

    only_for_the_office_with_a_reason(
        change_as,
        lambda change, why: end_posting(change, posting_id=posting.id, until=date(2026, 1, 31), reason=why),
    )
    with pytest.raises(RefusedError, match="ระยะที่ 2 ปิดแล้ว"):
        move(person, "P001-G1", since=date(2026, 2, 1))
    move(person, "P002", who="office", since=date(2026, 2, 1), reason=WHY)
    with change_as("office") as change:
        resume_posting(change, facilitator_id=person.id, reason=WHY)


def test_a_move_after_its_days_is_no_question(trained, close, move):
    close(1)

    assert move(trained[0], "P002", since=TODAY - timedelta(days=10)).id


def test_the_office_restores_for_a_unit_with_a_reason_of_its_own(trained, change_as, session):
    person, training = trained
    with change_as("coordinator") as change:
        withdraw_training(change, training_id=training.id, reason="บันทึกซ้ำ")
        withdraw_facilitator(change, facilitator_id=person.id, reason="บันทึกซ้ำ")

    for do in (
        lambda change, why: restore_training(change, training_id=training.id, reason=why),
        lambda change, why: restore_facilitator(change, facilitator_id=person.id, reason=why),
    ):
        with pytest.raises(RefusedError, match="แทนหน่วยงาน"), change_as("office") as change:
            do(change, "")
        with change_as("office") as change:
            do(change, WHY)
    assert (training.withdrawn_on, person.withdrawn_on) == (None, None)


def test_the_first_day_of_a_posting_is_corrected(add, make, close, change_as, measured):
    person = add(since=TODAY)
    ended = make.training("P001", person).ends_on
    close()
    assert measured("P001") == 0

    only_for_the_office_with_a_reason(
        change_as,
        lambda change, why: correct_since(change, facilitator_id=person.id, since=ended, reason=why),
    )
    assert measured("P001") == 1
