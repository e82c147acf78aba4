"""The progress report as values: the overview's figures, a period with its edges, its readers."""

from datetime import date

import pytest

from tests.world import TODAY
from tracker.accounts.permissions import system_actor
from tracker.change import NotPermittedError, RefusedError, StaleError
from tracker.following.headlines import Figure
from tracker.following.stage_view import stage_view, whole_matrix
from tracker.organisation.models import Audience, Manner
from tracker.organisation.tree import unit_tree
from tracker.programme.plan import programme_plan
from tracker.progress.figures import scope_of
from tracker.progress.models import Claim
from tracker.progress.operations import claim_step, undo_claim
from tracker.reporting.operations import write_texts
from tracker.reporting.paper_records import activities, events
from tracker.reporting.paper_standing import to_follow
from tracker.reporting.report import default_period, progress_report
from tracker.sharing.models import EventState

START = date(2025, 10, 1)


@pytest.fixture
def report_of(session, actor_of):
    def make_report(who="office", unit=None, stage=2, since=START, until=TODAY, annex=False, today=TODAY):
        session.commit()
        tree, plan = unit_tree(session), programme_plan(session)
        place = plan.stage(stage)
        assert place is not None
        scope = scope_of(session, place, tree, today, tree.by_code[unit] if unit else None)
        actor = system_actor("tests") if who == "system" else actor_of(who)
        return progress_report(session, actor, scope, since, until, annex)

    return make_report


@pytest.fixture
def busy(make, change_as):
    """Make a stage in which something happened everywhere."""
    trained = make.facilitator("P001")
    make.training("P001", trained)
    post = make.post("P002")
    make.activity("P001", step=3, held_on=date(2026, 1, 10), facilitators=(trained,))
    make.activity("P002", step=1, executives=((post, Manner.LED),))
    make.activity("P001", step=None, held_on=date(2025, 10, 1))
    event = make.event("P004", held_on=date(2026, 3, 3))
    make.entry(event, "P001", taken_up_by=("P002",))
    make.entry(event, "P004")
    with change_as("office") as change:
        for code, step, claim in (
            ("P001", 1, Claim.DONE),
            ("P001", 2, Claim.DOING),
            ("P002", 1, Claim.DONE),
            ("D01", 1, Claim.DOING),
        ):
            claim_step(
                change,
                enrolment_id=make.enrolment(code).id,
                step_id=make.step_id(step),
                claim=claim,
                claimed_on=date(2026, 2, 1),
                note="ตามรายงานกระดาษ",
                on_behalf_reason="หน่วยงานส่งทางหนังสือ",
            )


@pytest.mark.parametrize("unit", [None, "DOC", "PG01", "P001", "DG01", "P001-G1"])
@pytest.mark.parametrize("stage", [1, 2, 3])
def test_the_figures_are_those_of_the_overview(busy, report_of, session, make, unit, stage):
    plan, within = programme_plan(session), make.node(unit) if unit else None
    report = report_of(unit=unit, stage=stage, since=START, until=TODAY)
    view = stage_view(session, plan, make.stage(stage), TODAY, within, as_now=stage == 1)

    assert [(f.figure, f.n, f.of) for f in report.standing.figures] == [
        (h.figure, h.n, h.of) for h in view.headlines
    ]
    matrix = whole_matrix(session, plan, TODAY, within)
    assert [
        (line.done, line.doing, line.of, line.joined, line.members) for line in report.standing.steps
    ] == [
        (cell.done, cell.doing, cell.of, cell.joined, cell.members)
        for cell in (matrix[make.stage(stage).id, step.id] for step in plan.steps)
    ]


def test_the_groups_add_up_to_the_steps_and_the_units_to_follow(busy, report_of):
    report = report_of()
    standing = report.standing

    assert [sum(g.done[at] for g in standing.groups) for at in range(7)] == [s.done for s in standing.steps]
    assert sum(g.of for g in standing.groups) == standing.of
    assert sum(g.to_follow for g in standing.groups) == standing.figure(Figure.TO_FOLLOW).n
    inside = sum(report.activities_of(g.unit) for g in standing.groups)
    assert inside + report.activities_of(None) == report.happened.activities == 3


def test_activities_count_by_the_day_they_happened_with_both_ends(make, report_of):
    for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1)):
        make.activity("P001", held_on=day)

    report = report_of(since=date(2026, 2, 1), until=date(2026, 2, 28))

    assert report.happened.activities == 2
    assert [line.held_on for line in report.every()] == [date(2026, 2, 1), date(2026, 2, 28)]


def test_claims_stand_as_at_the_last_day_of_the_period(busy, report_of):
    before = report_of(until=date(2026, 1, 31))
    after = report_of(until=date(2026, 2, 1))

    assert before.standing.steps_done == 0
    assert after.standing.steps_done == 2


def test_a_claim_that_was_taken_back_does_not_stand(make, report_of, change_as):
    place = {"enrolment_id": make.enrolment("P001").id, "step_id": make.step_id(3), "note": "เหตุผล"}
    with change_as("coordinator") as change:
        claim_step(change, claim=Claim.DOING, claimed_on=date(2026, 3, 1), **place)
    with change_as("coordinator") as change:
        last = claim_step(change, claim=Claim.DONE, claimed_on=date(2026, 6, 1), **place)
    with change_as("coordinator") as change:
        undo_claim(change, claim_change_id=last.id)

    assert (report_of().standing.steps[2].done, report_of().standing.steps[2].doing) == (0, 1)


def test_a_withdrawn_enrolment_leaves_the_report_from_its_day(make, report_of, session):
    from tracker.organisation.revision import renew_revision

    enrolment = make.enrolment("P005")
    enrolment.withdrawn_on = date(2026, 5, 1)
    renew_revision(session)
    session.commit()

    assert report_of(until=date(2026, 4, 30)).standing.of == 7
    assert report_of(until=date(2026, 5, 1)).standing.of == 6


def test_a_period_that_is_not_over_makes_a_draft_as_at_today(report_of):
    report = report_of(until=date(2026, 9, 30))

    assert report.is_draft
    assert report.period.day == report.standing.day == TODAY


def test_an_earlier_day_follows_the_units_as_they_were_known_then(busy, report_of):
    then = report_of(until=date(2025, 10, 15)).standing

    assert then.is_followed
    assert {r.kind.value for f in then.follow for r in f.reasons} == {"no_facilitator"}
    assert then.figure(Figure.TO_FOLLOW).n == len(then.follow)


def test_a_past_stage_tells_who_was_to_be_followed_on_its_last_day(report_of):
    standing = report_of(stage=1, since=date(2024, 10, 1), until=date(2025, 9, 30)).standing

    assert standing.is_followed
    assert standing.figure(Figure.TO_FOLLOW).n == len(standing.follow) == standing.of > 0


def test_what_the_maker_may_not_read_is_not_in_it(make, report_of):
    make.activity("P001", audience=Audience.UNIT, title="เฉพาะหน่วยงาน")
    make.activity("P002", audience=Audience.UNIT, title="ของหน่วยงานอื่น")
    make.activity("P001", title="ยกเลิกแล้ว", withdrawn_on=TODAY)

    assert [line.title for line in report_of("coordinator", "P001").happened.latest] == ["เฉพาะหน่วยงาน"]
    assert report_of("group_head", "PG01").happened.activities == 2


def test_paper_says_what_is_kept_to_a_unit_only_in_the_report_of_that_unit(make, report_of):
    make.activity("P001", audience=Audience.UNIT, title="วงในเรือนจำ", outcome="ผลภายใน")
    event = make.event("P001", title="งานภายใน", held_on=date(2026, 3, 3), audience=Audience.UNIT)
    make.entry(event, "P001")

    whole, own = report_of("office"), report_of("office", "P001")

    assert whole.happened.activities == own.happened.activities == 1
    assert [(line.title, line.outcome) for line in whole.happened.latest] == [("", "")]
    assert [(line.title, line.outcome) for line in own.happened.latest] == [("วงในเรือนจำ", "ผลภายใน")]
    assert [line.title for line in whole.every()] == [""]
    assert [(e.title, e.entries) for e in whole.happened.events] == [("", 1)]
    assert [e.title for e in own.happened.events] == ["งานภายใน"]
    assert (len(whole.happened.entries), len(own.happened.entries)) == (0, 1)
    assert "วงใน" not in repr(activities(whole))
    assert "(ใช้ภายในหน่วยงาน)" in repr(events(whole))


@pytest.mark.parametrize(("who", "unit"), [("coordinator", "P002"), ("coordinator", None), ("head", "PG01")])
def test_only_who_may_make_reports_of_the_unit_gets_one(report_of, who, unit):
    with pytest.raises(NotPermittedError):
        report_of(who, unit)


def test_the_annex_is_for_those_who_read_the_list_of_units_to_follow(report_of):
    with pytest.raises(NotPermittedError):
        report_of("coordinator", "P001", annex=True)

    assert report_of("office").annex is None
    lines = report_of("office", annex=True).annex
    assert [line.unit.code for line in lines] == ["P001", "P002", "P003", "P004", "P005", "D01", "D02"]
    assert lines[0].head.title_th == "ผู้บัญชาการเรือนจำ"
    assert "ธงชัย" not in repr(lines)


def test_events_that_were_held_and_what_others_took_up_are_in_it(busy, make, report_of):
    make.event("P001", state=EventState.PLANNED)
    make.event("P001", state=EventState.CANCELLED)

    whole, own = report_of(), report_of("coordinator", "P001")

    assert [(e.unit_id, e.entries) for e in whole.happened.events] == [(make.node("P004").id, 2)]
    assert [e.taken_up_by for e in whole.happened.entries] == [(make.node("P002").id,), ()]
    assert len(own.happened.events) == 0
    assert [e.unit_id for e in own.happened.entries] == [make.node("P001").id]


def test_facilitators_and_trainings_of_the_period_are_counted(busy, report_of):
    inside, before = report_of(), report_of(until=date(2026, 2, 1))

    assert (inside.happened.active, inside.happened.trained, inside.happened.led) == (1, 1, 1)
    assert [(t.attended, t.passed) for t in inside.happened.trainings] == [(1, 1)]
    assert before.happened.trainings == ()


def test_the_default_period_runs_until_today_or_the_last_day_of_the_stage(make):
    assert default_period(make.stage(2), TODAY) == (START, TODAY)
    assert default_period(make.stage(1), TODAY) == (date(2024, 10, 1), date(2025, 9, 30))
    assert default_period(make.stage(3), TODAY) == (date(2026, 10, 1), date(2026, 10, 1))


def test_who_makes_it_is_named_and_the_command_line_is_not(report_of):
    assert report_of("head", "P001").made_by == "ประเสริฐ ดีสมมติ"
    assert report_of("system").made_by == ""


def test_texts_are_written_by_who_may_make_the_report_and_once_at_a_time(make, change_as, session):
    place = {
        "stage_id": make.stage(2).id,
        "unit_id": make.node("P002").id,
        "since": START,
        "until": TODAY,
    }
    with pytest.raises(NotPermittedError), change_as("coordinator") as change:
        write_texts(change, **place)
    with pytest.raises(RefusedError), change_as("office") as change:
        write_texts(change, **{**place, "until": date(2025, 9, 1)})
    with change_as("office") as change:
        write_texts(change, **place, problems="ก่อน")
    with pytest.raises(StaleError), change_as("other_coordinator") as change:
        write_texts(change, **place, problems="พร้อมกัน", opened_with=0)


def test_two_who_write_the_first_text_at_once_are_told(make, change_as, session, monkeypatch):
    place = {"stage_id": make.stage(2).id, "unit_id": make.node("P001").id, "since": START, "until": TODAY}
    with change_as("coordinator") as change:
        first = write_texts(change, **place, problems="ก่อน")
    seen = iter([None, first])
    monkeypatch.setattr("tracker.reporting.operations.report_text", lambda *_place: next(seen))

    with pytest.raises(StaleError), change_as("office") as change:
        write_texts(change, **place, problems="พร้อมกัน")


def test_no_unit_is_told_to_be_followed_by_being_alone_in_its_group(report_of):
    year_3 = date(2027, 3, 1)
    groups = report_of(stage=3, since=date(2026, 10, 1), until=year_3, today=year_3)
    prisons = report_of()

    assert {group.of for group in groups.standing.groups} == {1}, "each group is enrolled itself"
    of_groups, of_prisons = (to_follow(report).tables[0] for report in (groups, prisons))
    assert of_groups.rows == ()
    assert of_groups.total is not None and of_groups.total[1] == len(groups.standing.groups)
    assert [row[0] for row in of_prisons.rows] == [
        g.unit.name_th for g in prisons.standing.groups if g.of > 1
    ]
