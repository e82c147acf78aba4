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
    hide_facilitator,
    restore_facilitator,
    unhide_facilitator,
    withdraw_facilitator,
)
from tracker.facilitators.queries import roles_of
from tracker.progress.check import differences


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
