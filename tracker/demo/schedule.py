"""When a unit does what: windows of steps, days of activities, days of claims."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from tracker.demo.bank import DemoUnit, demo_units
from tracker.demo.days import DEMO_DAY, draw_day, draw_days, on_or_before, seeded, stage_end, stage_start
from tracker.demo.paces import Pace, decide_paces
from tracker.demo.plan import StepPlan, UnitPlan

_SHARE = {1: 1.0, 2: 1.3, 3: 1.9, 4: 1.2, 5: 0.9, 6: 0.6, 7: 0.4}
_DONE_COUNT = {1: (2, 3), 2: (2, 3), 3: (3, 5), 4: (3, 4), 5: (2, 4), 6: (3, 5), 7: (2, 3)}
_DOING_COUNT = {1: (1, 1), 2: (1, 2), 3: (2, 4), 4: (1, 3), 5: (1, 2), 6: (1, 3), 7: (1, 2)}
_LAST_DONE = {
    7: (236, 255),
    6: (226, 255),
    5: (205, 254),
    4: (190, 252),
    3: (150, 248),
    2: (95, 205),
    1: (30, 140),
}
_PINNED_SILENCE = {"P105": 74, "P027": 61}


def plan_units(units: Sequence[DemoUnit], seed: int) -> tuple[UnitPlan, ...]:
    """Plan the current stage of the prisons and divisions among `units`, the same for the same seed."""
    rng = seeded(seed, "paces")
    paces = decide_paces(rng, [unit for unit in units if unit.is_enrolled_in_stage_2])
    return tuple(_unit_plan(rng, pace) for pace in paces)


def enrolled_units() -> tuple[DemoUnit, ...]:
    """List the demo's units that take part in stage 2."""
    return tuple(unit for unit in demo_units() if unit.is_enrolled_in_stage_2)


def _unit_plan(rng: Random, pace: Pace) -> UnitPlan:
    cut = _cut(rng, pace)
    steps = () if pace.profile == "silent" else _steps(rng, pace, cut)
    return UnitPlan(
        unit_code=pace.unit.code,
        stage=2,
        profile=pace.profile,
        reached=pace.reached,
        cut=cut,
        is_silent=pace.profile in ("silent", "stalled"),
        has_trained=pace.has_trained,
        has_executive=pace.has_executive and pace.profile != "silent",
        steps=steps,
    )


def _cut(rng: Random, pace: Pace) -> date:
    if pace.profile == "silent":
        return stage_start(2)
    if pace.profile == "stalled":
        return DEMO_DAY - timedelta(days=_PINNED_SILENCE.get(pace.unit.code, rng.randint(33, 70)))
    if pace.profile == "flooded":
        return on_or_before(DEMO_DAY - timedelta(days=rng.randint(10, 28)))
    return DEMO_DAY


def _steps(rng: Random, pace: Pace, cut: date) -> tuple[StepPlan, ...]:
    start = stage_start(2)
    offset = _offset(rng, pace)
    latest = (cut - start).days
    ends = _ends(rng, pace, offset, latest)
    plans = (
        [_ready(rng, start + timedelta(days=max(offset - 6, 1)), cut)]
        if pace.reached or rng.random() < 0.5
        else []
    )
    before = offset
    for step in range(1, 8):
        first = start + timedelta(days=min(max(before - rng.randint(0, 12), offset), latest - 2))
        if step in pace.done:
            plans.append(_done(rng, pace, step, first, start + timedelta(days=ends[step])))
            before = ends[step]
        elif step in pace.doing:
            plans.append(_doing(rng, step, max(first, cut - timedelta(days=rng.randint(30, 130))), cut))
    window = 2 if pace.profile == "stalled" else 18
    return _kept_fresh(rng, tuple(plans), cut, window)


def _offset(rng: Random, pace: Pace) -> int:
    if pace.profile == "late_starter":
        return rng.randint(55, 100)
    return rng.randint(3, 20) if pace.profile == "leader" else rng.randint(5, 48)


def _ends(rng: Random, pace: Pace, offset: int, latest: int) -> dict[int, int]:
    done = sorted(pace.done)
    if not done:
        return {}
    low, high = _LAST_DONE[pace.reached]
    last = min(max(rng.randint(low, high), offset + 30), latest - 2)
    shares = [_SHARE[step] * rng.uniform(0.7, 1.3) for step in done]
    total, run, ends = sum(shares), 0.0, {}
    for step, share in zip(done, shares, strict=True):
        run += share
        ends[step] = offset + round((last - offset) * run / total)
    return ends


def _ready(rng: Random, first: date, cut: date) -> StepPlan:
    last = min(first + timedelta(days=24), cut)
    return StepPlan(2, 0, first, None, None, draw_days(rng, first, last, rng.choice((1, 1, 1, 2))), True)


def _done(rng: Random, pace: Pace, step: int, first: date, last: date) -> StepPlan:
    last = on_or_before(last)
    first = min(on_or_before(first), last)
    if step == pace.unproven_step:
        return StepPlan(2, step, first, first, last, (), False)
    days = draw_days(rng, first, last, rng.randint(*_DONE_COUNT[step]))
    return StepPlan(2, step, first, days[0], max(last, days[-1]), days, True)


def _doing(rng: Random, step: int, first: date, cut: date) -> StepPlan:
    last = max(cut - timedelta(days=1), first)
    days = draw_days(rng, first, last, rng.randint(*_DOING_COUNT[step]))
    return StepPlan(2, step, first, days[0], None, days, True)


def _kept_fresh(rng: Random, plans: tuple[StepPlan, ...], cut: date, window: int) -> tuple[StepPlan, ...]:
    """Give the latest step one more activity within `window` days before `cut` if there is none."""
    if max((day for plan in plans for day in plan.days), default=cut) >= cut - timedelta(days=window):
        return plans
    index = max(
        range(len(plans)), key=lambda n: plans[n].days[-1] if plans[n].days and plans[n].step else date.min
    )
    plan = plans[index]
    day = draw_day(rng, cut - timedelta(days=window), cut - timedelta(days=1))
    fresh = StepPlan(
        plan.stage, plan.step, plan.started_on, plan.doing_on, plan.done_on, (*plan.days, day), True
    )
    return (*plans[:index], fresh, *plans[index + 1 :])


def plan_pilots(seed: int) -> tuple[UnitPlan, ...]:
    """Plan stage 1: 24 small groups inside prisons and divisions, most of them done."""
    rng = seeded(seed, "pilots")
    reached = [7] * 9 + [6] * 3 + [5] * 5 + [4] * 2 + [3] * 3 + [2] * 2
    candidates = [
        unit
        for unit in enrolled_units()
        if unit.kind in ("central_prison", "division", "correctional_institution")
    ]
    parents = sorted(rng.sample(candidates, 22), key=lambda unit: unit.code)
    codes = [f"{unit.code}-G1" for unit in parents] + [f"{unit.code}-G2" for unit in rng.sample(parents, 2)]
    rng.shuffle(reached)
    return tuple(_pilot(rng, code, last) for code, last in zip(sorted(codes), reached, strict=True))


def _pilot(rng: Random, code: str, reached: int) -> UnitPlan:
    start, end = stage_start(1), stage_end(1)
    offset, last = rng.randint(10, 45), rng.randint(285, 355)
    shares = [_SHARE[step] for step in range(1, reached + 1)]
    steps = [
        StepPlan(1, 0, start, None, None, draw_days(rng, start, start + timedelta(days=offset), 1), True)
    ]
    run = 0.0
    for step, share in enumerate(shares, start=1):
        first = start + timedelta(days=offset + round((last - offset) * run / sum(shares)))
        run += share
        until = on_or_before(start + timedelta(days=offset + round((last - offset) * run / sum(shares))))
        days = draw_days(rng, first, until, rng.choice((1, 2, 2) if step != 3 else (2, 3)))
        steps.append(StepPlan(1, step, first, days[0], until, days, True))
    return UnitPlan(code, 1, "pilot", reached, end, False, True, rng.random() < 0.6, tuple(steps))
