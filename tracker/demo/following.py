"""What the office and executives said to units: calls, pauses, questions, encouragement."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from tracker.demo.bank import words
from tracker.demo.days import DEMO_DAY, draw_day, draw_days, on_or_before, stage_start
from tracker.demo.plan import PlannedAnnouncement, PlannedCall, PlannedPause, PlannedQuestion, UnitPlan

T = TypeVar("T")
_WORRYING = ("silent", "stalled", "no_facilitator", "unproven")


def plan_calls(rng: Random, plans: Sequence[UnitPlan]) -> list[PlannedCall]:
    """Plan calls to units that worry the office; most have a next day, some of them still ahead."""
    notes = _shuffled(rng, words("story")["calls"]["notes"])
    calls: list[PlannedCall] = []
    for plan in plans:
        if plan.profile not in _WORRYING or rng.random() < 0.25:
            continue
        for day in draw_days(
            rng, max(plan.cut, date(2026, 3, 2)) if plan.is_silent else date(2026, 4, 20), DEMO_DAY, 1
        ):
            ahead = on_or_before(day + timedelta(days=rng.choice((7, 10, 14, 21))))
            calls.append(
                PlannedCall(
                    plan.unit_code, plan.stage, day, next(notes), ahead if rng.random() < 0.8 else None
                )
            )
    return sorted(calls, key=lambda call: (call.on, call.unit_code))


def plan_pauses(rng: Random, plans: Sequence[UnitPlan]) -> list[PlannedPause]:
    """Plan a pause that holds today for each flooded unit, and two that are over."""
    reasons = _shuffled(rng, words("story")["pauses"]["reasons"])
    pauses = [
        PlannedPause(
            plan.unit_code,
            plan.stage,
            plan.cut + timedelta(days=1),
            DEMO_DAY + timedelta(days=rng.randint(12, 45)),
            next(reasons),
        )
        for plan in plans
        if plan.profile == "flooded"
    ]
    for plan in rng.sample([plan for plan in plans if plan.profile == "steady"], 2):
        start = draw_day(rng, date(2025, 10, 20), date(2025, 11, 20))
        pauses.append(
            PlannedPause(plan.unit_code, plan.stage, start, start + timedelta(days=28), next(reasons))
        )
    return sorted(pauses, key=lambda pause: (pause.on, pause.unit_code))


def plan_questions(rng: Random, plans: Sequence[UnitPlan]) -> list[PlannedQuestion]:
    """Plan 24 questions, three quarters of them answered, and 45 words of encouragement."""
    bank = words("story")["questions"]
    lively = [plan for plan in plans if plan.cut == DEMO_DAY and plan.reached]
    pairs = _shuffled(rng, list(zip(bank["ask"], bank["answer"], strict=True)))
    cheers = _shuffled(rng, bank["cheer"])
    found = [_question(rng, plan, *next(pairs)) for plan in rng.sample(lively, 24)]
    for plan in rng.sample([plan for plan in lively if plan.reached >= 2], 45):
        day = draw_day(rng, date(2026, 1, 12), DEMO_DAY)
        found.append(
            PlannedQuestion(plan.unit_code, 2, "encouragement", _by(rng), day, next(cheers), None, None)
        )
    return sorted(found, key=lambda question: (question.on, question.unit_code))


def _question(rng: Random, plan: UnitPlan, text: str, answer: str) -> PlannedQuestion:
    day = draw_day(rng, date(2026, 2, 9), DEMO_DAY - timedelta(days=1))
    answered = on_or_before(day + timedelta(days=rng.randint(1, 9)))
    if rng.random() > 0.78 or not day <= answered <= DEMO_DAY:
        return PlannedQuestion(plan.unit_code, 2, "question", _by(rng), day, text, None, None)
    return PlannedQuestion(plan.unit_code, 2, "question", _by(rng), day, text, answer, answered)


def _by(rng: Random) -> str:
    return rng.choice(("executive", "executive", "office"))


def plan_announcements() -> list[PlannedAnnouncement]:
    """Plan the office's lines on every home page on the demo's day."""
    texts = words("story")["announcements"]
    since, until = max(DEMO_DAY - timedelta(days=8), stage_start(2)), DEMO_DAY + timedelta(days=12)
    return [
        PlannedAnnouncement(thai, english, since, until)
        for thai, english in zip(texts["thai"], texts["english"], strict=True)
    ]


def _shuffled(rng: Random, items: Sequence[T]) -> Iterator[T]:
    """Yield every item once in a random order, then again in another."""
    while True:
        yield from rng.sample(items, len(items))
