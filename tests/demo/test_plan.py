"""What the demo promises of its plan: the same for a seed, as many as said, coherent in days and codes."""

from collections import Counter
from datetime import date, timedelta

import pytest

from tracker.demo.activities import KINDS
from tracker.demo.bank import demo_units
from tracker.demo.days import DEMO_DAY, is_working_day, stage_end, stage_start
from tracker.demo.make import plan_demo
from tracker.demo.paces import EXECUTIVES
from tracker.demo.plan import DemoPlan
from tracker.demo.schedule import enrolled_units, plan_units

SEEDS = (2569, 1, 7)


@pytest.fixture(scope="module", params=SEEDS)
def plan(request: pytest.FixtureRequest) -> DemoPlan:
    return plan_demo(request.param)


def done_counts(plan: DemoPlan, stage: int) -> list[int]:
    latest = {(c.unit_code, c.step): c.claim for c in plan.claims if c.stage == stage}
    return [
        sum(1 for (_, at), claim in latest.items() if at == step and claim == "done") for step in range(1, 8)
    ]


def last_entries(plan: DemoPlan) -> dict[str, date]:
    """The last day anything of stage 2 was entered, by unit."""
    last = {unit.code: stage_start(2) for unit in enrolled_units()}
    entered = [(a.unit_code, a.entered_on) for a in plan.activities] + [
        (c.unit_code, c.on) for c in plan.claims
    ]
    entered += [
        (posting.unit_code, posting.since) for person in plan.facilitators for posting in person.postings
    ]
    entered += [(e.host_unit, e.entered_on) for e in plan.events]
    entered += [(n.unit_code, e.held_on) for e in plan.events for n in e.entries]
    entered += [(taken.unit_code, taken.on) for e in plan.events for n in e.entries for taken in n.adoptions]
    homes = {person.key: person.postings[-1].unit_code for person in plan.facilitators}
    entered += [(homes[a.facilitator_key], t.last_day) for t in plan.trainings for a in t.attendances]
    for code, day in entered:
        if code in last:
            last[code] = max(last[code], day)
    return last


def test_the_same_seed_gives_the_same_plan() -> None:
    assert plan_demo(42) == plan_demo(42)
    assert plan_demo(42) != plan_demo(43)


def test_units_planned_alone_are_those_of_the_whole_plan() -> None:
    whole = plan_demo(5)
    assert plan_units(demo_units(), 5) == tuple(plan for plan in whole.unit_plans if plan.stage == 2)


def test_there_is_as_much_as_promised(plan: DemoPlan) -> None:
    assert 2000 <= sum(a.stage == 2 for a in plan.activities) <= 2500
    assert 200 <= sum(a.stage == 1 for a in plan.activities) <= 300
    assert len(plan.facilitators) == 300
    assert len(plan.trainings) == 14
    assert all(training.attendances for training in plan.trainings)
    assert len(plan.pilot_groups) == 24
    current = [event for event in plan.events if event.stage == 2]
    entries = [entry for event in current for entry in event.entries]
    assert (len(current), len(entries)) == (25, 62)
    assert sum(bool(entry.adoptions) for entry in entries) == 14


def test_the_overview_looks_as_drawn(plan: DemoPlan) -> None:
    assert done_counts(plan, 2) == [148, 121, 108, 68, 47, 16, 8]
    assert done_counts(plan, 1) == [24, 24, 22, 19, 17, 12, 9]
    took_part = {
        a.unit_code for a in plan.activities if a.stage == 2 and a.executive_manner in ("shared", "led")
    }
    assert len(took_part) == EXECUTIVES


def test_121_units_have_a_trained_facilitator(plan: DemoPlan) -> None:
    passed = {a.facilitator_key for training in plan.trainings for a in training.attendances if a.passed}
    postings = [
        posting for person in plan.facilitators if person.key in passed for posting in person.postings
    ]
    enrolled = {unit.code for unit in enrolled_units()}
    trained = {posting.unit_code for posting in postings if posting.until is None} & enrolled
    assert trained == {p.unit_code for p in plan.unit_plans if p.stage == 2 and p.has_trained}
    assert len(trained) == 121


def test_silent_units_are_silent_for_thirty_days_and_no_other(plan: DemoPlan) -> None:
    last = last_entries(plan)
    paused = {pause.unit_code for pause in plan.pauses if pause.on <= DEMO_DAY <= pause.until}
    silent = {code for code, day in last.items() if DEMO_DAY - day >= timedelta(days=30)} - paused
    assert silent == {p.unit_code for p in plan.unit_plans if p.stage == 2 and p.is_silent}
    assert len(silent) == 13


def test_forty_to_forty_eight_units_need_attention(plan: DemoPlan) -> None:
    done = {(c.unit_code, c.step) for c in plan.claims if c.stage == 2 and c.claim == "done"}
    logged = {(a.unit_code, a.step) for a in plan.activities if a.stage == 2}
    paused = {pause.unit_code for pause in plan.pauses if pause.on <= DEMO_DAY <= pause.until}
    worrying = {
        p.unit_code
        for p in plan.unit_plans
        if p.stage == 2
        and (
            p.is_silent
            or not p.has_trained
            or any((p.unit_code, step) not in done for step in (1, 2, 3))
            or any((p.unit_code, step) in done and (p.unit_code, step) not in logged for step in range(1, 8))
        )
    }
    assert len(paused) == 6
    assert 40 <= len(worrying - paused) <= 48


def test_days_lie_inside_the_stage_and_are_never_ahead(plan: DemoPlan) -> None:
    for activity in plan.activities:
        assert stage_start(activity.stage) <= activity.held_on <= min(stage_end(activity.stage), DEMO_DAY)
        assert timedelta(0) <= activity.entered_on - activity.held_on <= timedelta(days=12)
        assert activity.entered_on <= DEMO_DAY
        assert is_working_day(activity.held_on)
    assert all(stage_start(c.stage) <= c.on <= min(stage_end(c.stage), DEMO_DAY) for c in plan.claims)
    ahead = {event.state for event in plan.events if event.held_on > DEMO_DAY}
    assert ahead == {"scheduled"}
    assert all(event.entered_on <= DEMO_DAY for event in plan.events)
    adoptions = [(e, taken) for e in plan.events for n in e.entries for taken in n.adoptions]
    assert all(event.held_on < taken.on <= DEMO_DAY for event, taken in adoptions)
    assert all(call.on <= DEMO_DAY for call in plan.calls)
    assert all(q.on <= (q.answered_on or q.on) <= DEMO_DAY for q in plan.questions)


def test_claims_of_a_step_make_sense_in_order(plan: DemoPlan) -> None:
    before: dict[tuple[str, int, int], str] = {}
    for claim in plan.claims:
        cell = (claim.unit_code, claim.stage, claim.step)
        assert before.get(cell, "none") != claim.claim, cell
        assert claim.note
        before[cell] = claim.claim


def test_every_code_exists(plan: DemoPlan) -> None:
    units = {unit.code for unit in demo_units()} | {group.code for group in plan.pilot_groups}
    people = {person.key for person in plan.facilitators}
    kinds = {kind for kinds in KINDS.values() for kind in kinds} | {"other"}
    for activity in plan.activities:
        assert {activity.unit_code, *activity.joined} <= units
        assert activity.unit_code not in activity.joined
        assert set(activity.led_by) <= people
        assert activity.kind in kinds
        assert activity.kind == "other" or activity.kind in KINDS[activity.step or 0]
        assert activity.executive_manner in (None, "opened", "shared", "led")
        assert activity.audience in ("open", "department", "unit")
    named = {post.unit_code for post in plan.posts} | {t.holding_unit for t in plan.trainings}
    named |= {posting.unit_code for person in plan.facilitators for posting in person.postings}
    named |= {event.host_unit for event in plan.events} | {
        n.unit_code for e in plan.events for n in e.entries
    }
    named |= {call.unit_code for call in plan.calls} | {pause.unit_code for pause in plan.pauses}
    named |= {question.unit_code for question in plan.questions} | {claim.unit_code for claim in plan.claims}
    assert named <= units
    assert {a.facilitator_key for t in plan.trainings for a in t.attendances} <= people


def test_every_unit_has_one_head_today(plan: DemoPlan) -> None:
    heads = Counter(post.unit_code for post in plan.posts if post.is_head and post.until is None)
    assert heads == Counter(unit.code for unit in demo_units())


def test_entries_are_taken_up_by_other_units_only(plan: DemoPlan) -> None:
    for event in plan.events:
        for entry in event.entries:
            assert entry.unit_code not in {taken.unit_code for taken in entry.adoptions}


def test_an_earlier_day_knows_only_what_was_entered_by_then() -> None:
    day = date(2026, 2, 2)
    plan = plan_demo(today=day)
    assert plan.today == day
    assert plan.activities
    assert all(activity.entered_on <= day for activity in plan.activities)
    assert all(
        event.state == "scheduled" and not event.entries for event in plan.events if event.held_on > day
    )
    assert all(q.answered_on is None or q.answered_on <= day for q in plan.questions)
    known = {person.key for person in plan.facilitators}
    assert all(a.facilitator_key in known for t in plan.trainings for a in t.attendances)
    assert all(set(activity.led_by) <= known for activity in plan.activities)
