"""The demo's calendar: stages as fiscal years, working days and how busy each month is."""

from datetime import date, timedelta
from functools import cache
from random import Random

DEMO_DAY = date(2026, 6, 18)
FIRST_FISCAL_YEAR = 2568
_BUSY = {10: 0.75, 11: 1.0, 12: 1.0, 1: 1.0, 2: 1.15, 3: 1.4, 4: 0.8, 5: 1.25, 6: 1.0, 7: 1.0, 8: 1.1, 9: 0.7}
_HOLIDAYS = {
    (12, 5),
    (12, 10),
    (12, 31),
    (1, 1),
    (1, 2),
    (4, 6),
    (4, 13),
    (4, 14),
    (4, 15),
    (5, 1),
    (6, 3),
    (10, 13),
    (10, 23),
}


def seeded(seed: int, name: str) -> Random:
    """Give a part of the demo its own stream of chance, so that parts do not disturb each other."""
    return Random(f"{seed}:{name}")  # noqa: S311 - an invented story, nothing secret


def stage_start(stage: int) -> date:
    """Find the first day of a stage: 1 October before its fiscal year."""
    return date(FIRST_FISCAL_YEAR + stage - 1 - 544, 10, 1)


def stage_end(stage: int) -> date:
    """Find the last day of a stage: 30 September of its fiscal year."""
    return date(FIRST_FISCAL_YEAR + stage - 1 - 543, 9, 30)


def is_working_day(day: date) -> bool:
    """Tell whether offices are open: no weekend, no holiday of a fixed day."""
    return day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS


@cache
def _weight(day: date) -> float:
    return _BUSY[day.month] if is_working_day(day) else 0.0


def on_or_before(day: date) -> date:
    """Find the last working day up to `day`."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def draw_days(rng: Random, first: date, last: date, count: int) -> tuple[date, ...]:
    """Draw `count` working days between first and last (both included), in order; busy months weigh more.

    The same day may come twice only where the window is short. An empty window gives its last working day.
    """
    span = [first + timedelta(days=n) for n in range(max((last - first).days, 0) + 1)]
    weights = [_weight(day) for day in span]
    chosen: list[date] = []
    for _ in range(count):
        if sum(weights) <= 0:
            chosen.append(on_or_before(last))
            continue
        index = rng.choices(range(len(span)), weights)[0]
        weights[index] *= 0.02
        chosen.append(span[index])
    return tuple(sorted(chosen))


def draw_day(rng: Random, first: date, last: date) -> date:
    """Draw one working day between first and last."""
    return draw_days(rng, first, last, 1)[0]


def entering_day(rng: Random, held_on: date, latest: date) -> date:
    """Decide when a record of `held_on` was typed: 0 to 12 days later, never after `latest`."""
    lag = rng.choices(range(13), (34, 16, 10, 8, 7, 6, 5, 4, 3, 2, 2, 2, 1))[0]
    return max(held_on, min(held_on + timedelta(days=lag), latest))
