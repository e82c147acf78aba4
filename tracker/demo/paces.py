"""Who is how far: every prison and division of the current stage gets a profile and the last step it did.

The figures are quotas, so that the overview of the demo looks alike under every seed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tracker.demo.bank import DemoUnit

REACHED = {7: 8, 6: 8, 5: 25, 4: 27, 3: 40, 2: 13, 1: 27, 0: 7}
DOING = {1: 4, 2: 29, 3: 36, 4: 52, 5: 58, 6: 61, 7: 34}
EXECUTIVES = 87
AHEAD = 6
_LOST = 4
_PINNED = {
    "P035": 6, "P042": 6, "D10": 7, "D05": 5, "P013": 3, "P022": 3, "P023": 5, "P029": 4,
    "P105": 1, "P027": 1, "P072": 1, "D03": 2,
}  # fmt: skip
_PINNED_PROFILE = {
    "P023": "unproven",
    "P029": "unproven",
    "P105": "stalled",
    "P027": "stalled",
    "P072": "no_facilitator",
}
_BIAS = {"central_prison": 0.35, "district_prison": -0.35, "division": 0.2, "special_prison": 0.3}


@dataclass(slots=True)
class Pace:
    """What a unit will come to; `doing` are the steps it works on beyond the last one it did."""

    unit: DemoUnit
    score: float
    reached: int
    profile: str = "steady"
    done: set[int] = field(default_factory=set)
    doing: set[int] = field(default_factory=set)
    unproven_step: int = 0
    has_trained: bool = False
    has_executive: bool = False


def decide_paces(rng: Random, units: Sequence[DemoUnit]) -> list[Pace]:
    """Decide a pace for each unit, in the order given."""
    paces = _ranked(rng, units)
    _give_profiles(rng, paces)
    _give_steps(rng, paces)
    _give_people(rng, paces)
    order = {unit.code: index for index, unit in enumerate(units)}
    return sorted(paces, key=lambda pace: order[pace.unit.code])


def _ranked(rng: Random, units: Sequence[DemoUnit]) -> list[Pace]:
    scored = sorted(
        ((rng.gauss(0, 1) + _BIAS.get(unit.kind, 0.0), unit) for unit in units), key=lambda pair: -pair[0]
    )
    left = dict(REACHED)
    for code in _PINNED.values():
        left[code] -= 1
    places = [reached for reached, count in left.items() for _ in range(count)]
    free = iter(places)
    return [
        Pace(unit, score, _PINNED[unit.code] if unit.code in _PINNED else next(free))
        for score, unit in scored
    ]


def _give_profiles(rng: Random, paces: list[Pace]) -> None:
    by_reached = {n: [p for p in paces if p.reached == n] for n in REACHED}
    for pace in paces:
        pace.profile = "leader" if pace.reached >= 6 else "steady"
    # Among those whose third step is late lie nearly all who are silent, flooded or without evidence.
    mix = {
        0: ["silent"] * 3 + ["late_starter"] * 4,
        1: ["stalled"] * 4 + ["flooded"] * 3 + ["unproven"] * 3 + ["no_facilitator"] * 14,
        2: ["stalled"] * 3 + ["flooded"] * 3 + ["unproven"] * 2 + ["steady"] * 4,
        3: ["late_starter"] * 10,
        4: ["stalled", "unproven"],
    }
    for reached, profiles in mix.items():
        free = [pace for pace in by_reached[reached] if pace.unit.code not in _PINNED]
        rng.shuffle(free)
        for pace, profile in zip(free, profiles, strict=False):
            pace.profile = profile
    for pace in paces:
        pace.profile = _PINNED_PROFILE.get(pace.unit.code, pace.profile)
        if pace.profile == "unproven":
            pace.unproven_step = {5: 4, 4: 4}.get(pace.reached, 1)
        if pace.unit.code == "P029":
            pace.unproven_step = 3


def _give_steps(rng: Random, paces: list[Pace]) -> None:
    for pace in paces:
        pace.done = set(range(1, pace.reached + 1))
    willing = [
        p for p in paces if p.reached == 3 and p.profile == "steady" and p.unit.code not in ("P013", "P022")
    ]
    ahead = [*rng.sample(willing, AHEAD - 1), *(p for p in paces if p.unit.code == "P013")]
    for pace in ahead:
        pace.done.add(5)
        pace.doing.add(4)
    for step, quota in DOING.items():
        able = [pace for pace in paces if _may_do(pace, step)]
        able.sort(key=lambda pace: -(pace.reached + rng.gauss(0, 0.45) + 9 * (step in pace.doing)))
        for pace in able[:quota]:
            pace.doing.add(step)


def _may_do(pace: Pace, step: int) -> bool:
    if step in pace.done or pace.profile == "silent":
        return False
    return step == pace.reached + 1 if pace.profile in ("stalled", "flooded") else True


def _give_people(rng: Random, paces: list[Pace]) -> None:
    for pace in paces:
        pace.has_trained = 2 in pace.done
    lost = rng.sample([p for p in paces if p.reached == 2], _LOST)
    won = rng.sample(
        [p for p in paces if p.reached == 1 and p.profile == "no_facilitator" and p.unit.code != "P072"],
        _LOST,
    )
    for pace in lost:
        pace.has_trained = False
        if pace.profile == "steady":
            pace.profile = "no_facilitator"
    for pace in won:
        pace.has_trained = True
        pace.profile = "late_starter"
    active = [pace for pace in paces if pace.profile != "silent"]
    active.sort(key=lambda pace: -(pace.reached + rng.gauss(0, 2.2)))
    for pace in active[:EXECUTIVES]:
        pace.has_executive = True
