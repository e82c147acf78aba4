"""Figures over small histories: now, a month ago, and as at the end of a stage that is over."""

from datetime import date

import pytest

from tests.world import TODAY
from tracker.following.attention import ReasonKind, reasons_now, units_to_follow
from tracker.following.headlines import Figure, headlines, reasons_then, stage_data
from tracker.following.heard import heard_by, last_heard
from tracker.following.operations import end_pause, note_call, pause_following
from tracker.following.stage_view import first_step_ids
from tracker.organisation.models import Manner
from tracker.organisation.tree import unit_tree
from tracker.programme.plan import programme_plan
from tracker.progress.figures import a_month_before, done_by_step, matrix, scope_of, shade
from tracker.progress.models import Claim
from tracker.progress.operations import claim_step

MAY = date(2026, 5, 4)


@pytest.fixture
def data_of(session, make):
    def read(stage=2, unit=None, today=TODAY, as_now=False):
        within = make.node(unit) if unit else None
        scope = scope_of(session, make.stage(stage), unit_tree(session), today, within, as_now=as_now)
        return stage_data(session, scope, first_step_ids(programme_plan(session)))

    return read


@pytest.fixture
def claim(change_as, make):
    def say(code, step, claim=Claim.DONE, stage=2, on=TODAY):
        with change_as("office") as change:
            change.today = on
            claim_step(
                change, enrolment_id=make.enrolment(code, stage).id, step_id=make.step_id(step), claim=claim,
                claimed_on=on, note="ครบตามแผน", on_behalf_reason="หน่วยงานแจ้งทางโทรศัพท์",
            )  # fmt: skip

    return say


def by_figure(session, data):
    follow = units_to_follow(session, data.scope, data.postings)
    return {head.figure: head for head in headlines(session, data, follow)}


def test_a_shade_is_a_bin_of_n_of_all():
    assert [shade(n, 8) for n in range(9)] == [0, 1, 2, 2, 3, 3, 4, 4, 4]
    assert shade(0, 0) == 0


def test_a_month_before_the_last_of_a_long_month_is_the_last_of_the_short_one():
    assert a_month_before(date(2026, 3, 31)) == date(2026, 2, 28)
    assert a_month_before(TODAY) == date(2026, 5, 18)


def test_a_figure_changes_by_what_became_known_since_a_month_ago(session, make, data_of):
    make.activity("P001", executives=((make.post("P001"), Manner.LED),), held_on=MAY, entered_on=MAY)
    make.activity("P002", executives=((make.post("P002"), Manner.SHARED),), held_on=MAY)
    make.activity("P003", executives=((make.post("P003"), Manner.OPENED),))

    head = by_figure(session, data_of())[Figure.EXECUTIVES]

    assert (head.n, head.of, head.before, head.change) == (2, 7, 1, 1)
    assert head.series == (0, 0, 0, 0, 0, 0, 0, 1, 2)


def test_a_claim_counts_from_the_day_it_was_entered(session, claim, data_of):
    for step in (1, 2, 3, 4, 5):
        claim("P001", step, on=MAY)
    claim("P001", 5, Claim.DOING)

    head = by_figure(session, data_of())[Figure.FIRST_FIVE]
    history = data_of().history

    assert (head.n, head.before) == (0, 1)
    assert done_by_step(history, data_of().enrolments, [date(2026, 4, 30), MAY, TODAY])[
        data_of().first_step_ids[4]
    ] == [0, 1, 0]


def test_an_entry_that_its_own_unit_uses_is_not_taken_up(session, make, data_of):
    event = make.event("P001")
    make.entry(event, "P001", taken_up_by=("P001",))
    make.entry(event, "P001", taken_up_by=("P004",))

    head = by_figure(session, data_of())[Figure.TAKEN_UP]

    assert (head.n, head.of, head.before) == (1, 2, 0)


def test_a_trained_facilitator_below_the_unit_counts_for_it(session, make, data_of):
    make.training("P001", make.facilitator("P001-G1"))

    data = data_of()

    assert [data.scope.tree[e.unit_id].code for e in data.with_trained(TODAY)] == ["P001"]


def test_a_withdrawn_enrolment_leaves_n_from_its_day(session, make, data_of):
    enrolment = make.enrolment("P001")
    enrolment.withdrawn_on = TODAY
    session.flush()
    from tracker.organisation.revision import renew_revision

    renew_revision(session)
    session.commit()

    data = data_of()

    assert len(data.enrolments) == 6
    assert len(data.enrolled(date(2026, 6, 17))) == 7


def test_a_past_stage_stands_as_at_its_last_day_and_as_now(session, claim, make, data_of):
    claim("P001-G1", 1, stage=1, on=date(2025, 9, 30))
    claim("P001-G1", 2, stage=1)
    last, now = data_of(1), data_of(1, as_now=True)

    assert last.claims(last.scope.day).get((last.enrolments[0].id, make.step_id(2))) is None
    assert now.claims(now.scope.day)[now.enrolments[0].id, make.step_id(2)] is Claim.DONE


def test_the_matrix_counts_members_below_the_groups(session, make):
    make.activity("P001", step=3, stage=3, joined=("P002",))
    make.activity("P004", step=3, stage=3)
    scope = scope_of(session, make.stage(3), unit_tree(session), TODAY)

    cell = matrix(session, [scope], [make.step_id(3)])[make.stage(3).id, make.step_id(3)]

    assert (cell.of, cell.joined, cell.members) == (3, 3, 7)


def test_under_a_unit_without_enrolments_the_enrolled_one_above_is_named(session, make, data_of):
    scope = data_of(3, unit="P001").scope

    assert scope.enrolments() == []
    assert scope.enrolled_ancestor().code == "PG01"


def test_what_was_heard_by_today_is_what_recounting_stored(session, make, claim, data_of):
    make.activity("P001", held_on=MAY, entered_on=MAY)
    make.training("P002", make.facilitator("P002"), entered_on=MAY)
    event = make.event("P003", held_on=MAY, entered_on=MAY)
    make.entry(event, "P004", entered_on=date(2026, 5, 6))
    claim("P005", 1, on=MAY)
    make.activity("D01", entered_on=MAY, withdrawn_on=date(2026, 5, 20))
    data = data_of()

    heard = heard_by(session, data.scope, data.enrolments, data.history, [MAY, date(2026, 5, 10), TODAY])

    assert heard[TODAY] == last_heard(session, data.enrolments)
    assert len(heard[date(2026, 5, 10)]) == 6
    assert len(heard[MAY]) == 5


def test_each_reason_has_its_own_days_and_the_worst_stands_first(session, make, claim, data_of):
    claim("P001", 1, on=MAY)
    data = data_of()
    mine = make.enrolment("P001").id

    reasons = reasons_now(session, data.scope, data.postings)[mine]
    kinds = {(r.kind, make.step_id(1) == r.step_id): r.days for r in reasons}

    assert kinds[ReasonKind.NO_RECORD, True] == (TODAY - MAY).days
    assert kinds[ReasonKind.SILENT, False] == (TODAY - MAY).days
    assert kinds[ReasonKind.NO_FACILITATOR, False] == (TODAY - date(2025, 10, 1)).days
    assert (ReasonKind.LATE, True) not in kinds
    assert reasons[0].kind is ReasonKind.NO_FACILITATOR
    assert sorted(-r.days for r in reasons) == [-r.days for r in reasons]


def test_twenty_nine_days_of_silence_are_not_silence(session, make, data_of):
    make.activity("P001", entered_on=date(2026, 5, 20))
    make.activity("P002", entered_on=date(2026, 5, 19))
    data = data_of()
    reasons = reasons_now(session, data.scope, data.postings)

    silent = {code for code in ("P001", "P002")
              if any(r.kind is ReasonKind.SILENT for r in reasons[make.enrolment(code).id])}  # fmt: skip

    assert silent == {"P002"}


def test_reasons_of_today_are_those_of_history(session, make, claim, data_of):
    make.activity("P001", entered_on=MAY)
    claim("P002", 1)
    data = data_of()

    assert reasons_then(session, data, [TODAY])[0] == reasons_now(session, data.scope, data.postings)


def test_a_paused_unit_leaves_the_list_and_stays_in_n(session, make, change_as, data_of):
    mine = make.enrolment("P001").id
    with change_as("office") as change:
        pause_following(change, enrolment_id=mine, until=date(2026, 7, 1), reason="น้ำท่วม")

    data = data_of()
    followed = [f.enrolment.id for f in units_to_follow(session, data.scope, data.postings)]

    assert mine not in followed and len(followed) == 6 and len(data.enrolments) == 7

    with change_as("office") as change:
        end_pause(change, enrolment_id=mine)
    assert len(units_to_follow(session, data.scope, data.postings)) == 7


def test_a_called_unit_stands_last_until_the_next_date(session, make, change_as, data_of):
    mine = make.enrolment("P001").id
    with change_as("office") as change:
        note_call(change, enrolment_id=mine, note="รับทราบ", called_on=TODAY, next_on=date(2026, 6, 25))

    def order(today):
        data = data_of(today=today)
        return [f.enrolment.id for f in units_to_follow(session, data.scope, data.postings)]

    assert order(TODAY)[-1] == mine
    assert order(date(2026, 6, 25))[0] == mine


def test_a_stage_that_is_not_the_current_one_is_not_chased(session, data_of):
    for stage in (1, 3):
        data = data_of(stage)
        assert units_to_follow(session, data.scope, data.postings) == []
