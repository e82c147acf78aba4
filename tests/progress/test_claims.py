"""Saying how far a step is: what is asked for, what is refused, what is kept."""

from datetime import date

import pytest
from sqlalchemy import func, select

from tests.world import TODAY
from tracker.administration.operations import close_unit
from tracker.audit.models import AuditEntry
from tracker.change import NotPermittedError, RefusedError, StaleError
from tracker.organisation.revision import renew_revision
from tracker.programme.models import Stage
from tracker.progress.check import differences
from tracker.progress.models import Claim, ClaimChange, StepProgress
from tracker.progress.operations import UNDONE, claim_step, undo_claim


@pytest.fixture
def claim(make, change_as):
    def say(after, *, who="coordinator", code="P001", step=3, stage=2, **details):
        values = {"claimed_on": TODAY, **details}
        with change_as(who) as change:
            return claim_step(
                change,
                enrolment_id=make.enrolment(code, stage).id,
                step_id=make.step_id(step),
                claim=Claim(after),
                **values,
            )

    return say


def test_a_claim_is_kept_with_its_history(claim, session):
    claim("doing", note="เริ่มสัมภาษณ์แล้ว")

    cell = session.scalars(select(StepProgress)).one()
    entry = session.scalars(select(ClaimChange)).one()
    assert (cell.claim, cell.claimed_on, cell.claim_entered_on, cell.version) == ("doing", TODAY, TODAY, 2)
    assert (entry.before, entry.after, entry.note) == ("none", "doing", "เริ่มสัมภาษณ์แล้ว")
    assert entry.person_name == "มาลี ตั้งสมมติ"
    assert session.scalars(select(AuditEntry.verb)).all() == ["claimed"]
    assert differences(session) == []


def test_done_without_all_evidence_asks_for_a_note(claim, make):
    with pytest.raises(RefusedError, match="หลักฐานในระบบยังไม่ครบ") as refused:
        claim("done")
    assert refused.value.field == "note"

    assert claim("done", note="มีหลักฐานเป็นเอกสาร").after == "done"


def test_done_with_all_evidence_needs_no_note(claim, make):
    make.activity("P001", step=5, kind="s5_blog")
    make.activity("P001", step=5, kind="s5_talk")

    assert claim("done", step=5).after == "done"


def test_going_back_asks_for_a_reason(claim):
    claim("doing")
    with pytest.raises(RefusedError, match="ย้อนกลับ"):
        claim("none")

    assert claim("none", note="แจ้งผิดขั้นตอน").before == "doing"


@pytest.mark.parametrize(
    ("day", "sentence"), [(date(2026, 6, 19), "อนาคต"), (date(2025, 9, 30), "ก่อนวันเริ่มระยะ")]
)
def test_a_day_outside_is_refused(claim, day, sentence):
    with pytest.raises(RefusedError, match=sentence):
        claim("doing", claimed_on=day)


def test_a_day_after_the_stage_asks_for_a_reason(claim, make):
    group = {"code": "P001-G1", "stage": 1, "claimed_on": TODAY}
    with pytest.raises(RefusedError, match="หลังวันสิ้นระยะ"):
        claim("doing", **group)

    assert claim("doing", note="ทำต่อจากปีแรก", **group).after == "doing"


def test_the_office_says_why_it_writes_for_a_unit(claim):
    with pytest.raises(RefusedError) as refused:
        claim("doing", who="office")
    assert refused.value.field == "on_behalf_reason"

    assert claim("doing", who="office", on_behalf_reason="แจ้งทางโทรศัพท์").on_behalf_reason == "แจ้งทางโทรศัพท์"


@pytest.mark.parametrize(
    "who", ["other_coordinator", "group_coordinator", "head", "executive", "administrator"]
)
def test_nobody_else_claims(claim, who):
    with pytest.raises(NotPermittedError):
        claim("doing", who=who)


def test_a_closed_stage_is_the_offices(claim, change_as, make, session):
    with change_as("system"):
        session.get_one(Stage, make.stage(2).id).closed_on = TODAY
        renew_revision(session)
    with pytest.raises(RefusedError, match="ปิดระยะ"):
        claim("doing")

    assert claim("doing", who="office", on_behalf_reason="แก้ตามหนังสือ").after == "doing"


def test_a_withdrawn_unit_claims_nothing(claim, change_as, make, session):
    enrolment = make.enrolment("P001")
    with change_as("system"):
        enrolment.withdrawn_on = TODAY
        renew_revision(session)
    values = {"step_id": make.step_id(3), "claim": Claim.DOING, "claimed_on": TODAY}
    with change_as("coordinator") as change, pytest.raises(RefusedError, match="ถอนตัว"):
        claim_step(change, enrolment_id=enrolment.id, **values)


def test_an_unknown_enrolment_is_refused(change, make):
    with pytest.raises(RefusedError):
        claim_step(change, enrolment_id=9999, step_id=1, claim=Claim.DOING, claimed_on=TODAY)


def test_a_stale_form_does_not_overwrite(claim):
    claim("doing", opened_with=1)
    with pytest.raises(StaleError):
        claim("none", note="ผิด", opened_with=1)


def test_an_undo_restores_what_was_before(claim, change_as, session):
    claim("doing", claimed_on=date(2026, 5, 1), note="เริ่มแล้ว")
    made = claim("done", note="ครบแล้ว")
    with change_as("coordinator") as change:
        undo_claim(change, claim_change_id=made.id)

    cell = session.scalars(select(StepProgress)).one()
    assert (cell.claim, cell.claimed_on, cell.claim_note) == ("doing", date(2026, 5, 1), "เริ่มแล้ว")
    assert session.scalar(select(func.count()).select_from(ClaimChange)) == 3
    assert session.scalars(select(ClaimChange.note).order_by(ClaimChange.id.desc())).first() == UNDONE
    assert differences(session) == []


def test_only_the_last_claim_is_undone_and_by_its_maker(claim, change_as):
    first = claim("doing")
    with change_as("system") as change, pytest.raises(RefusedError, match="เฉพาะผู้ที่ปรับ"):
        undo_claim(change, claim_change_id=first.id)
    claim("none", note="แจ้งผิด")
    with change_as("coordinator") as change, pytest.raises(RefusedError, match="หลังจากนั้น"):
        undo_claim(change, claim_change_id=first.id)


def test_a_unit_that_is_closed_says_nothing_from_that_day_on(claim, change_as, make, session):
    with change_as("administrator") as change:
        for code in ("P001-G1", "P001"):
            close_unit(change, unit_id=make.node(code).id, closed_on=date(2026, 6, 10))

    with pytest.raises(RefusedError, match="หน่วยงานนี้ปิดไปแล้วในวันนั้น") as refused:
        claim("doing", claimed_on=date(2026, 6, 10))
    assert refused.value.field == "claimed_on"

    assert claim("doing", claimed_on=date(2026, 6, 9)).after == "doing"
