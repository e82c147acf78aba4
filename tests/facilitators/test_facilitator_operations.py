"""Adding, changing, moving and withdrawing facilitators: what is asked for, refused, kept and counted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.world import TODAY
from tracker.audit.models import AuditEntry
from tracker.change import NotPermittedError, RefusedError, StaleError
from tracker.facilitators.models import Facilitator, KmRole, Posting
from tracker.facilitators.operations import (
    add_facilitator,
    edit_facilitator,
    end_posting,
    hide_facilitator,
    post_facilitator,
    restore_facilitator,
    resume_posting,
    unhide_facilitator,
    withdraw_facilitator,
)
from tracker.facilitators.queries import facilitators_at, postings_of, roles_of, trained_among
from tracker.progress.check import differences
from tracker.progress.models import StepProgress


@pytest.fixture
def add(make, change_as):
    def say(name="มาลี สมมติ", *, who="coordinator", code="P001", **details):
        with change_as(who) as change:
            return add_facilitator(change, unit_id=make.node(code).id, name=name, **details)

    return say


@pytest.fixture
def edit(change_as):
    def say(person, *, who="coordinator", **details):
        values = {
            "name": person.name, "position_title": person.position_title, "roles": [KmRole.FACILITATOR],
            "appointed_by": "", "appointed_on": None, "remarks": "", "opened_with": person.version, **details,
        }  # fmt: skip
        with change_as(who) as change:
            return edit_facilitator(change, facilitator_id=person.id, **values)

    return say


@pytest.fixture
def move(make, change_as):
    def say(person, code, *, who="coordinator", since=TODAY, **details):
        with change_as(who) as change:
            return post_facilitator(
                change, facilitator_id=person.id, unit_id=make.node(code).id, since=since, **details
            )

    return say


@pytest.fixture
def measured(session, make):
    def rules_met(code):
        found = session.scalars(
            select(StepProgress).where(
                StepProgress.enrolment_id == make.enrolment(code).id, StepProgress.step_id == make.step_id(2)
            )
        ).one_or_none()
        return found.measured_met if found else 0

    return rules_met


def verbs(session):
    return session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)).all()


def test_a_coordinator_adds_a_facilitator_to_the_own_unit(add, session, make):
    person = add(" มาลี   สมมติ ", position_title="นักทัณฑวิทยา", roles=[KmRole.NOTE_TAKER, KmRole.FACILITATOR])

    posting = session.scalars(select(Posting)).one()
    assert (person.name, person.entered_on, person.entered_by) == ("มาลี สมมติ", TODAY, "มาลี ตั้งสมมติ")
    assert (posting.unit_id, posting.since, posting.until) == (make.node("P001").id, TODAY, None)
    assert roles_of(session, [person.id]) == {person.id: [KmRole.FACILITATOR, KmRole.NOTE_TAKER]}
    assert verbs(session) == ["added"]


def test_a_pilot_group_below_the_own_unit_is_written_for_too(add):
    assert add(code="P001-G1").id


@pytest.mark.parametrize(
    ("who", "code"),
    [("coordinator", "P002"), ("group_coordinator", "P001"), ("head", "P001"), ("executive", "P001")],
)
def test_nobody_adds_to_units_of_others(add, who, code):
    with pytest.raises(NotPermittedError):
        add(who=who, code=code)


def test_the_office_adds_on_behalf_with_a_reason(add):
    with pytest.raises(RefusedError) as refused:
        add(who="office")
    assert refused.value.field == "on_behalf_reason"

    assert add(who="office", on_behalf_reason="หน่วยงานแจ้งทางหนังสือ").on_behalf_reason


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "ก" * 201}, "name"),
        ({"name": "มาลี 1101700230708"}, "name"),
        ({"remarks": "มา\0ลี"}, "remarks"),
        ({"since": TODAY + timedelta(days=1)}, "since"),
        ({"since": date(1900, 1, 1)}, "since"),
        ({"appointed_on": TODAY + timedelta(days=1)}, "appointed_on"),
        ({"roles": []}, "roles"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(add, details, field):
    with pytest.raises(RefusedError) as refused:
        add(**details)

    assert refused.value.field == field


def test_a_closed_or_unknown_unit_takes_nobody_in(change, make, change_as):
    closed = make.unit("P009", "PG01", closed_on=TODAY)
    for unit_id in (closed.id, 999):
        with pytest.raises(RefusedError), change_as("system") as change:
            add_facilitator(change, unit_id=unit_id, name="มาลี สมมติ")


def test_a_namesake_at_the_same_unit_must_be_confirmed(add):
    add()
    with pytest.raises(RefusedError, match="มาลี สมมติ") as refused:
        add()
    assert refused.value.field == "namesake_confirmed"

    add(namesake_confirmed=True)


def test_a_namesake_elsewhere_is_no_question(add):
    add()

    add(who="other_coordinator", code="P002")


def test_editing_keeps_what_changed_in_the_trail(add, edit, session):
    person = add()

    edit(person, name="มาลี ใหม่สมมติ", roles=[KmRole.SPONSOR], remarks="ย้ายมาจากเขต 2")

    entry = session.scalars(select(AuditEntry).where(AuditEntry.verb == "edited")).one()
    assert entry.details["changes"]["name"] == ["มาลี สมมติ", "มาลี ใหม่สมมติ"]
    assert entry.details["changes"]["roles"] == [["facilitator"], ["sponsor"]]
    assert "sort_key" not in entry.details["changes"]
    assert session.get(Facilitator, person.id).version == 2


def test_changing_only_the_roles_makes_a_new_version(add, edit):
    assert edit(add(), roles=[KmRole.SPONSOR]).version == 2


def test_editing_without_a_difference_leaves_no_trace(add, edit, session):
    assert edit(add()).version == 1
    assert verbs(session) == ["added"]


def test_a_stale_form_is_told(add, edit):
    person = add()
    edit(person, name="มาลี ใหม่สมมติ")

    with pytest.raises(StaleError):
        edit(person, name="มาลี อื่นสมมติ", opened_with=1)


def test_only_who_looks_after_the_present_unit_edits(add, edit, move):
    person = add(since=date(2026, 1, 5))
    move(person, "P002")

    with pytest.raises(NotPermittedError):
        edit(person, name="มาลี ใหม่สมมติ")
    edit(person, who="other_coordinator", name="มาลี ใหม่สมมติ")


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


def test_withdrawing_takes_a_trained_person_out_of_the_measure(make, change_as, session, measured):
    person = make.facilitator("P001")
    make.training("P001", person)
    assert measured("P001") == 1

    with change_as("coordinator") as change:
        withdraw_facilitator(change, facilitator_id=person.id, reason="บันทึกซ้ำ")
        withdraw_facilitator(change, facilitator_id=person.id, reason="บันทึกซ้ำ")
    assert (measured("P001"), differences(session)) == (0, [])

    with change_as("coordinator") as change:
        restore_facilitator(change, facilitator_id=person.id)
        restore_facilitator(change, facilitator_id=person.id)
    assert (measured("P001"), differences(session)) == (1, [])
    assert verbs(session) == ["withdrawn", "restored"]


def test_withdrawing_needs_a_reason_and_the_unit(make, change_as):
    person = make.facilitator("P001")
    with pytest.raises(RefusedError) as refused, change_as("coordinator") as change:
        withdraw_facilitator(change, facilitator_id=person.id, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(NotPermittedError), change_as("other_coordinator") as change:
        withdraw_facilitator(change, facilitator_id=person.id, reason="ซ้ำ")
    with pytest.raises(RefusedError), change_as("coordinator") as change:
        withdraw_facilitator(change, facilitator_id=999, reason="ซ้ำ")


def test_a_withdrawn_person_is_restored_before_a_change(make, change_as, edit, move):
    person = make.facilitator("P001")
    with change_as("coordinator") as change:
        withdraw_facilitator(change, facilitator_id=person.id, reason="ซ้ำ")

    with pytest.raises(RefusedError, match="กู้คืนก่อน"):
        edit(person, opened_with=2)
    with pytest.raises(RefusedError, match="กู้คืนก่อน"):
        move(person, "P002")


def test_only_the_office_hides_and_hidden_people_count_nowhere(make, change_as, session, measured):
    person = make.facilitator("P001")
    make.training("P001", person)
    with pytest.raises(NotPermittedError), change_as("coordinator") as change:
        hide_facilitator(change, facilitator_id=person.id, reason="มีข้อมูลส่วนบุคคล")

    with change_as("office") as change:
        hide_facilitator(change, facilitator_id=person.id, reason="มีข้อมูลส่วนบุคคล")
    assert (measured("P001"), differences(session)) == (0, [])

    with change_as("office") as change:
        unhide_facilitator(change, facilitator_id=person.id)
    assert (measured("P001"), differences(session)) == (1, [])


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
    assert trained_among(session, [one.id, two.id]) == {two.id}
