"""Turn unit plans into activities and claims."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tracker.demo.bank import DemoUnit, unit_by_code, words
from tracker.demo.days import FIRST_FISCAL_YEAR, entering_day, on_or_before
from tracker.demo.plan import (
    PlannedActivity,
    PlannedClaim,
    PlannedFacilitator,
    PlannedTraining,
    StepPlan,
    UnitPlan,
)
from tracker.demo.posts import head_title
from tracker.demo.topics import Topic, choose_topics
from tracker.demo.writer import Story, Writer

KINDS = {
    0: ("ready",),
    1: ("s1_meeting", "s1_survey"),
    2: ("s2_training", "s2_practice"),
    3: ("s3_interview", "s3_cop", "s3_story", "s3_peer", "s3_aar"),
    4: ("s4_appoint", "s4_meeting", "s4_joint"),
    5: ("s5_blog", "s5_circular", "s5_talk"),
    6: ("s6_aar", "s6_regular", "s6_assess"),
    7: ("s7_trial", "s7_scale"),
}
_WITH_EXECUTIVE = frozenset(
    [
        "ready",
        "s1_meeting",
        "s2_training",
        "s3_cop",
        "s3_story",
        "s3_aar",
        "s4_appoint",
        "s4_joint",
        "s5_talk",
        "s6_aar",
        "s6_regular",
        "s6_assess",
        "s7_scale",
    ]
)
_LED = frozenset(
    [
        "s2_practice",
        "s3_interview",
        "s3_cop",
        "s3_story",
        "s3_peer",
        "s3_aar",
        "s4_meeting",
        "s6_aar",
        "s6_regular",
    ]
)


def plan_topics(rng: Random, units: Sequence[DemoUnit]) -> dict[str, tuple[Topic, ...]]:
    """Choose the year's topics of each unit, by code."""
    load: dict[str, int] = {}
    return {unit.code: choose_topics(rng, unit, load) for unit in units}


def plan_activities(
    rng: Random,
    plans: Sequence[UnitPlan],
    topics: dict[str, tuple[Topic, ...]],
    leaders: dict[str, tuple[tuple[str, date], ...]],
) -> list[PlannedActivity]:
    """Make all activities of the plans, sorted by the day they were entered; keys count up in that order.

    `leaders` names for each unit the facilitators who may lead a session from a day on.
    """
    writer = Writer(rng)
    units = unit_by_code()
    quiet = {plan.unit_code for plan in plans if plan.is_silent}
    made: list[PlannedActivity] = []
    for plan in plans:
        unit = units[plan.unit_code.partition("-")[0]]
        peers = tuple(
            u
            for u in units.values()
            if u.parent_code == unit.parent_code and u is not unit and u.code not in quiet
        )
        chosen = topics[unit.code] if plan.stage == 2 else topics[unit.code][:2]
        story = Story(unit, chosen, peers, FIRST_FISCAL_YEAR + plan.stage - 1)
        own = [_activity(rng, writer, story, plan, *what, leaders) for what in _agenda(rng, plan)]
        made += _with_executives(rng, own, unit, plan.has_executive)
    made.sort(key=lambda activity: (activity.entered_on, activity.held_on, activity.unit_code, activity.kind))
    return [replace(activity, key=f"A{index:04d}") for index, activity in enumerate(made, start=1)]


def _agenda(rng: Random, plan: UnitPlan) -> list[tuple[date, int, str]]:
    agenda = [
        (day, step.step, kind)
        for step in plan.steps
        for day, kind in zip(step.days, _kinds(rng, step), strict=True)
    ]
    return sorted(agenda)


def _kinds(rng: Random, step: StepPlan) -> list[str]:
    """Find an order of kinds that makes sense: survey before meeting, appointment before the panel meets."""
    arcs = {
        0: ["ready"] * 2,
        1: rng.choice((["s1_survey", "s1_meeting", "s1_meeting"], ["s1_meeting", "s1_survey", "s1_meeting"])),
        2: ["s2_training", "s2_practice", "s2_practice"],
        3: [
            rng.choice(("s3_interview", "s3_cop")), "s3_cop",
            rng.choice(("s3_interview", "s3_story", "s3_peer")),
            rng.choice(("s3_aar", "s3_peer", "s3_interview")), "s3_cop", "s3_aar",
        ],
        4: ["s4_appoint", "s4_meeting", "s4_joint", "s4_meeting", "s4_joint"],
        5: [*rng.sample(("s5_blog", "s5_circular", "s5_talk"), 3), "s5_blog"],
        6: [rng.choice(("s6_aar", "s6_regular")), "s6_assess", "s6_aar", "s6_regular", "s6_aar"],
        7: ["s7_trial", "s7_scale", "s7_trial"],
    }  # fmt: skip
    count = len(step.days)
    arc = arcs[step.step]
    kinds = (arc + arc[1:] * count)[:count]
    if count >= 3 and rng.random() < 0.12:
        kinds[-1] = "other"
    return kinds


def _activity(
    rng: Random, writer: Writer, story: Story, plan: UnitPlan, day: date, step: int, kind: str,
    leaders: dict[str, tuple[tuple[str, date], ...]],
) -> PlannedActivity:  # fmt: skip
    written = writer.write(story, kind, day)
    joined = [written.peer.code] if written.peer else []
    if kind == "s5_talk" and len(story.peers) > 3:
        joined += [
            unit.code for unit in rng.sample(story.peers, rng.randint(1, 3)) if unit is not written.peer
        ]
    able = [key for key, since in leaders.get(story.unit.code, ()) if since <= day]
    led = (
        rng.sample(able, min(len(able), rng.choice((1, 1, 2))))
        if kind in _LED and rng.random() < 0.85
        else []
    )
    link = f"https://km.example.org/{plan.unit_code.lower()}/{day:%y%m%d}" if kind == "s5_blog" else None
    return PlannedActivity(
        key="",
        unit_code=plan.unit_code,
        stage=plan.stage,
        step=step or None,
        kind=kind,
        held_on=day,
        entered_on=entering_day(rng, day, plan.cut),
        title=written.title,
        outcome=written.outcome,
        participants=written.participants,
        executive_manner=None,
        audience=_audience(rng, kind),
        joined=tuple(joined),
        link=link,
        led_by=tuple(led),
    )


def _audience(rng: Random, kind: str) -> str:
    chance = rng.random()
    if kind.startswith("s5"):
        return "open" if chance < 0.3 else "department"
    return "unit" if chance < 0.05 else "department"


def _with_executives(
    rng: Random, own: list[PlannedActivity], unit: DemoUnit, take_part: bool
) -> list[PlannedActivity]:
    fitting = [n for n, activity in enumerate(own) if activity.kind in _WITH_EXECUTIVE] or list(
        range(len(own))
    )[:1]
    sure = rng.choice(fitting) if take_part and fitting else None
    for n in fitting:
        manner = None
        if n == sure:
            manner = rng.choice(("shared", "shared", "led"))
        elif take_part and rng.random() < 0.24:
            manner = rng.choices(("opened", "shared", "led"), (40, 42, 18))[0]
        elif rng.random() < 0.08:
            manner = "opened"
        outcome = own[n].outcome
        if manner == "shared" and rng.random() < 0.3:
            outcome = f"{outcome} {head_title(unit)[0]}ร่วมแลกเปลี่ยน"
        own[n] = replace(own[n], executive_manner=manner, outcome=outcome)
    return own


def plan_claims(rng: Random, plans: Sequence[UnitPlan]) -> list[PlannedClaim]:
    """Say what the units claimed about their steps, by day; a few went back once and gave a reason."""
    bank = words("story")["claims"]
    claims = [claim for plan in plans for claim in _claims(rng, plan, bank)]
    return sorted(claims, key=lambda claim: (claim.on, claim.unit_code, claim.step))


def _claims(rng: Random, plan: UnitPlan, bank: dict[str, list[str]]) -> Iterator[PlannedClaim]:
    for step in plan.steps:
        if step.doing_on is None:
            continue
        doing_on = min(
            step.doing_on + timedelta(days=rng.choice((0, 0, 1, 2, 4))), step.done_on or plan.cut, plan.cut
        )
        yield PlannedClaim(
            plan.unit_code, plan.stage, step.step, "doing", doing_on, rng.choice(bank["doing"])
        )
        if step.done_on is None:
            continue
        done_on = min(on_or_before(step.done_on + timedelta(days=rng.choice((0, 0, 1, 3)))), plan.cut)
        if step.step == 4 and (done_on - doing_on).days > 30 and rng.random() < 0.12:
            early = on_or_before(doing_on + timedelta(days=14))
            back = on_or_before(doing_on + timedelta(days=21))
            yield PlannedClaim(plan.unit_code, plan.stage, 4, "done", early, rng.choice(bank["done"]))
            yield PlannedClaim(plan.unit_code, plan.stage, 4, "doing", back, rng.choice(bank["back"]))
        notes = bank["done"] if step.has_evidence else bank["unproven"]
        yield PlannedClaim(
            plan.unit_code, plan.stage, step.step, "done", max(done_on, doing_on), rng.choice(notes)
        )


def session_leaders(
    facilitators: Sequence[PlannedFacilitator], trainings: Sequence[PlannedTraining]
) -> dict[str, tuple[tuple[str, date], ...]]:
    """Find for each unit those who passed a training, each with the day from which they may lead there."""
    passed: dict[str, date] = {}
    for training in trainings:
        for attendance in training.attendances:
            if attendance.passed:
                key = attendance.facilitator_key
                passed[key] = min(passed.get(key, training.last_day), training.last_day)
    found: dict[str, list[tuple[str, date]]] = {}
    for person in facilitators:
        if person.key in passed:
            for posting in person.postings:
                if posting.until is None:
                    found.setdefault(posting.unit_code, []).append(
                        (person.key, max(posting.since, passed[person.key]))
                    )
    return {code: tuple(leaders) for code, leaders in found.items()}
