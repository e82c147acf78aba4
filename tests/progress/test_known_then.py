"""A past day is counted with what was known then: records withdrawn, marked held, taken back since."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select

from tests.world import TODAY
from tracker.activities.operations import withdraw_activity
from tracker.facilitators.models import Posting
from tracker.facilitators.operations import end_posting, withdraw_training
from tracker.following.attention import ReasonKind, units_to_follow
from tracker.following.headlines import Figure, headlines, reasons_then, stage_data
from tracker.following.stage_view import first_step_ids
from tracker.organisation.models import Manner
from tracker.organisation.revision import renew_revision
from tracker.organisation.tree import unit_tree
from tracker.programme.models import EvidenceRule
from tracker.programme.operations import enrol_units, withdraw_enrolment
from tracker.programme.plan import programme_plan
from tracker.progress.check import differences
from tracker.progress.figures import scope_of
from tracker.progress.models import Claim, StepProgress
from tracker.progress.operations import claim_step, undo_claim
from tracker.progress.queries import step_states, step_states_known
from tracker.reporting.standing import standing
from tracker.sharing.models import EventState
from tracker.sharing.operations_adoptions import withdraw_adoption
from tracker.sharing.operations_entries import withdraw_entry
from tracker.sharing.operations_life import mark_held

APRIL, MAY, YESTERDAY = date(2026, 4, 1), date(2026, 5, 18), date(2026, 6, 17)
WHY: Any = {"reason": "บันทึกซ้ำ"}


@pytest.fixture
def data_of(session, make):
    def read(stage=2, today=TODAY, as_now=False):
        session.commit()
        scope = scope_of(session, make.stage(stage), unit_tree(session), today, as_now=as_now)
        return stage_data(session, scope, first_step_ids(programme_plan(session)))

    return read


@pytest.fixture
def head(session, data_of):
    def of(figure, stage=2):
        data = data_of(stage)
        follow = units_to_follow(session, data.scope, data.postings)
        found = next(h for h in headlines(session, data, follow) if h.figure is figure)
        return found.n, found.of, found.change

    return of


def test_an_event_planned_in_april_and_held_yesterday_is_news(make, change_as, head):
    own = ((make.post("P001"), Manner.LED),)
    event = make.event("P001", state=EventState.PLANNED, held_on=YESTERDAY, entered_on=APRIL, executives=own)
    make.entry(event, "P002", taken_up_by=("P004",), entered_on=APRIL)
    with change_as("coordinator") as change:
        mark_held(change, event_id=event.id)

    assert head(Figure.EXECUTIVES) == (1, 7, 1)
    assert head(Figure.TAKEN_UP) == (1, 1, 1)


def test_an_activity_withdrawn_today_was_known_a_month_ago(make, change_as, head):
    made = [
        make.activity(code, executives=((make.post(code), Manner.LED),), held_on=APRIL, entered_on=APRIL)
        for code in ("P001", "P004")
    ]
    with change_as("office") as change:
        withdraw_activity(change, activity_id=made[1].id, **WHY)

    assert head(Figure.EXECUTIVES) == (1, 7, -1)


def test_a_training_withdrawn_today_was_known_a_month_ago(make, change_as, head):
    training = make.training("P001", make.facilitator("P001", entered_on=APRIL), entered_on=APRIL)
    assert head(Figure.TRAINED) == (1, 7, 0)
    with change_as("office") as change:
        withdraw_training(change, training_id=training.id, **WHY)

    assert head(Figure.TRAINED) == (0, 7, -1)


def _served(session, person):
    return session.scalars(select(Posting).where(Posting.facilitator_id == person.id)).one()


def test_an_end_that_was_entered_today_was_not_known_a_month_ago(make, change_as, head, data_of, session):
    person = make.facilitator("P001", entered_on=APRIL)
    make.training("P001", person, entered_on=APRIL)
    with change_as("coordinator") as change:
        end_posting(change, posting_id=_served(session, person).id, until=APRIL)

    assert head(Figure.TRAINED) == (0, 7, -1)
    unit = make.enrolment("P001").id
    then, now = reasons_then(session, data_of(), [MAY, TODAY])
    assert not any(reason.kind is ReasonKind.NO_FACILITATOR for reason in then.get(unit, []))
    assert any(reason.kind is ReasonKind.NO_FACILITATOR for reason in now[unit])


def test_an_end_that_was_known_a_month_ago_counts_there(make, change_as, head, session):
    person = make.facilitator("P001", entered_on=APRIL)
    make.training("P001", person, entered_on=APRIL)
    with change_as("coordinator") as change:
        change.today = date(2026, 4, 20)
        end_posting(change, posting_id=_served(session, person).id, until=APRIL)

    assert head(Figure.TRAINED) == (0, 7, 0)


def test_who_is_said_today_to_have_left_before_a_training_had_passed_it_until_then(
    make, change_as, data_of, session
):
    place = {"enrolment_id": make.enrolment("P001").id, "step_id": make.step_id(2)}
    person = make.facilitator("P001", entered_on=APRIL)
    make.training("DOC", person, entered_on=APRIL)
    with change_as("coordinator") as change:
        change.today = APRIL
        claim_step(change, claim=Claim.DONE, claimed_on=APRIL, note="ครบ", **place)
    with change_as("coordinator") as change:
        end_posting(change, posting_id=_served(session, person).id, until=date(2026, 1, 31))

    then, now = reasons_then(session, data_of(), [MAY, TODAY])
    kinds = [{r.kind for r in reasons.get(place["enrolment_id"], [])} for reasons in (then, now)]

    assert [ReasonKind.NO_RECORD in found for found in kinds] == [False, True]


def test_a_step_as_known_then_counts_who_is_said_since_to_have_left(make, change_as, session):
    person = make.facilitator("P001", entered_on=APRIL)
    make.training("DOC", person, entered_on=APRIL)
    with change_as("coordinator") as change:
        end_posting(change, posting_id=_served(session, person).id, until=date(2026, 1, 31))

    then = step_states_known(session, make.enrolment("P001"), MAY)[1]
    now = step_states(session, make.enrolment("P001").id)[1]

    assert (then.evidence_records, now.evidence_records) == (1, 0)


def test_an_entry_or_an_adoption_withdrawn_today_was_known_a_month_ago(make, change_as, head, session):
    event = make.event("P001", held_on=APRIL, entered_on=APRIL)
    entries = [make.entry(event, "P002", taken_up_by=("P004",), entered_on=APRIL) for _ in range(3)]
    from tracker.sharing.models import Adoption

    adoptions = session.scalars(select(Adoption).order_by(Adoption.id)).all()
    for adoption in adoptions:
        adoption.entered_on = APRIL
    session.commit()
    with change_as("office") as change:
        withdraw_entry(change, entry_id=entries[0].id, **WHY)
        withdraw_adoption(change, adoption_id=adoptions[1].id, **WHY)

    assert head(Figure.TAKEN_UP) == (1, 2, -2)


def test_evidence_withdrawn_today_was_seen_a_month_ago(make, change_as, data_of, session):
    place = {"enrolment_id": make.enrolment("P001").id, "step_id": make.step_id(3)}
    last = make.activity("P001", step=3, held_on=APRIL, entered_on=APRIL)
    with change_as("coordinator") as change:
        change.today = APRIL
        claim_step(change, claim=Claim.DONE, claimed_on=APRIL, note="ครบ", **place)
    with change_as("office") as change:
        withdraw_activity(change, activity_id=last.id, **WHY)

    then, now = reasons_then(session, data_of(), [MAY, TODAY])
    kinds = [{r.kind for r in reasons[place["enrolment_id"]]} for reasons in (then, now)]

    assert [ReasonKind.NO_RECORD in found for found in kinds] == [False, True]


def test_a_past_stage_stands_with_what_was_known_on_its_last_day(make, change_as, head, session):
    day = date(2025, 5, 1)
    own = ((make.post("P001"), Manner.LED),)
    last = make.activity("P001-G1", stage=1, step=1, held_on=day, entered_on=day, executives=own)
    with change_as("office") as change:
        withdraw_activity(change, activity_id=last.id, **WHY)

    assert head(Figure.EXECUTIVES, stage=1)[:2] == (1, 1)


def test_a_step_as_known_then_does_not_know_of_an_event_ahead(make, session):
    event = make.event("P001", held_on=YESTERDAY, entered_on=APRIL)
    make.entry(event, "P001", entered_on=APRIL)

    then = step_states_known(session, make.enrolment("P001"), MAY)[6]
    now = step_states(session, make.enrolment("P001").id)[6]

    assert (then.evidence_records, now.evidence_records) == (0, 1)


def test_a_unit_enrolled_today_was_not_of_those_of_march(make, change_as, head, session):
    make.unit("P009", "PG02")
    with change_as("office") as change:
        enrol_units(change, stage_id=make.stage(2).id, unit_ids=[make.node("P009").id])
    scope = scope_of(session, make.stage(2), unit_tree(session), TODAY)

    assert head(Figure.TO_FOLLOW) == (8, 8, 1)
    assert standing(session, programme_plan(session), scope, date(2026, 3, 31)).of == 7


def test_a_unit_withdrawn_today_was_one_of_those_of_a_month_ago(make, change_as, head):
    with change_as("office") as change:
        withdraw_enrolment(change, enrolment_id=make.enrolment("P002").id, withdrawn_on=TODAY, **WHY)

    assert head(Figure.TO_FOLLOW) == (6, 6, -1)


def test_a_unit_enrolled_after_the_end_counts_only_as_it_stands_now(make, change_as, data_of):
    make.unit("P001-G2", "P001", level="pilot_group", kind="pilot_group")
    with change_as("office") as change:
        enrol_units(change, stage_id=make.stage(1).id, unit_ids=[make.node("P001-G2").id])

    assert len(data_of(1).enrolments) == 1
    assert len(data_of(1, as_now=True).enrolments) == 2


@pytest.fixture
def claim(make, change_as):
    def say(after, day=TODAY, step=1):
        with change_as("coordinator") as change:
            change.today = day
            return claim_step(
                change, enrolment_id=make.enrolment("P001").id, step_id=make.step_id(step), claim=after,
                claimed_on=day, note="ตามแผน",
            )  # fmt: skip

    return say


def test_a_claim_that_was_taken_back_ends_no_silence(make, claim, change_as, data_of, session):
    claim(Claim.DONE, APRIL)
    last = claim(Claim.DOING)
    with change_as("coordinator") as change:
        undo_claim(change, claim_change_id=last.id)

    cell = session.scalars(select(StepProgress)).one()
    reasons = reasons_then(session, data_of(), [TODAY])[0][make.enrolment("P001").id]

    assert (cell.claim, cell.claim_entered_on) == (Claim.DONE, APRIL)
    days = {r.kind: r.days for r in reasons if r.kind in (ReasonKind.SILENT, ReasonKind.NO_RECORD)}
    assert days == dict.fromkeys((ReasonKind.SILENT, ReasonKind.NO_RECORD), (TODAY - APRIL).days)
    assert differences(session) == []


def test_a_first_claim_that_was_taken_back_leaves_no_day(make, claim, change_as, session):
    made = claim(Claim.DOING)
    with change_as("coordinator") as change:
        undo_claim(change, claim_change_id=made.id)

    cell = session.scalars(select(StepProgress)).one()

    assert (cell.claim, cell.claimed_on, cell.claim_entered_on, cell.claim_note) == (
        Claim.NONE,
        None,
        None,
        "",
    )
    assert differences(session) == []


def test_a_step_that_counts_nothing_as_evidence_lacks_none(make, claim, data_of, session):
    session.execute(delete(EvidenceRule).where(EvidenceRule.step_id == make.step_id(1)))
    renew_revision(session)
    session.commit()
    claim(Claim.DONE)

    found = reasons_then(session, data_of(), [TODAY])[0][make.enrolment("P001").id]

    assert ReasonKind.NO_RECORD not in {reason.kind for reason in found}
    assert not step_states(session, make.enrolment("P001").id)[0].is_unseen
