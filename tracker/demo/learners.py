"""Facilitators (คุณอำนวย) with their postings, and the trainings they went through."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tracker.demo.bank import DemoUnit, demo_units, unit_by_code, words
from tracker.demo.days import DEMO_DAY, on_or_before, stage_end, stage_start
from tracker.demo.people import People, office_phone
from tracker.demo.plan import PlannedAttendance, PlannedFacilitator, PlannedPosting, PlannedTraining, UnitPlan

FACILITATORS = 300
_COORDINATORS = 13
_MOVED = 8
_TRAINING_DAYS = (
    (1, date(2024, 12, 11), 2), (1, date(2025, 1, 22), 2), (1, date(2025, 3, 19), 2),
    (1, date(2025, 7, 9), 1), (2, date(2025, 10, 20), 2), (2, date(2025, 11, 12), 2),
    (2, date(2025, 12, 1), 2), (2, date(2025, 12, 17), 2), (2, date(2026, 1, 14), 2),
    (2, date(2026, 2, 4), 2), (2, date(2026, 2, 25), 3), (2, date(2026, 3, 25), 2),
    (2, date(2026, 5, 13), 2), (2, date(2026, 6, 9), 2),
)  # fmt: skip
_ROLES = (
    ("facilitator",), ("facilitator",), ("facilitator", "note_taker"), ("facilitator", "practitioner"),
    ("facilitator", "coordinator"), ("note_taker", "practitioner"),
)  # fmt: skip


@dataclass(slots=True)
class _Learner:
    person: PlannedFacilitator
    training: int | None
    passed: bool
    cut: date = DEMO_DAY


def plan_learners(
    rng: Random, people: People, plans: Sequence[UnitPlan], heads: dict[str, str], phones: dict[str, str]
) -> tuple[list[PlannedFacilitator], list[PlannedTraining]]:
    """Plan 300 facilitators and 14 trainings.

    Exactly the units with `has_trained` have an active person who passed a training; `heads` gives each
    unit's title of its head (who appoints), `phones` its office phone.
    """
    units = unit_by_code()
    stage_2 = [plan for plan in plans if plan.stage == 2]
    learners: list[_Learner] = []
    for plan in stage_2:
        unit = units[plan.unit_code]
        for number in range(_own_count(rng, plan)):
            learners.append(_learner(rng, people, unit, plan, number, heads, phones, len(learners)))
    learners += _who_left(rng, people, stage_2, units, heads, phones, len(learners))
    groups = [unit for unit in demo_units() if unit.level in ("prison_group", "division_group")][
        :_COORDINATORS
    ]
    for unit in groups:
        learners.append(_group_learner(rng, people, unit, heads, phones, len(learners)))
    able = [plan for plan in stage_2 if plan.has_trained]
    cuts = {plan.unit_code: plan.cut for plan in able}
    for plan in plans:
        parent = plan.unit_code.partition("-")[0]
        if plan.stage == 1 and parent in cuts:
            learner = _pilot_learner(rng, people, units[parent], plan, heads, phones, len(learners))
            learners.append(replace(learner, cut=cuts[parent]))
    while len(learners) < FACILITATORS:
        plan = rng.choice(able)
        unit = units[plan.unit_code]
        learners.append(_learner(rng, people, unit, plan, 1, heads, phones, len(learners)))
    return [learner.person for learner in learners], _trainings(rng, learners)


def _own_count(rng: Random, plan: UnitPlan) -> int:
    if plan.has_trained:
        return 3 if plan.profile == "leader" else rng.choice((1, 2, 2, 2))
    return 0 if plan.profile == "silent" else rng.choice((0, 0, 1, 1))


def _learner(
    rng: Random, people: People, unit: DemoUnit, plan: UnitPlan, number: int,
    heads: dict[str, str], phones: dict[str, str], index: int,
) -> _Learner:  # fmt: skip
    passed = plan.has_trained and (number == 0 or rng.random() < 0.86)
    choices = [
        n for n, (_, day, length) in enumerate(_TRAINING_DAYS) if day + timedelta(days=length - 1) <= plan.cut
    ]
    done_2 = next((step.done_on for step in plan.steps if step.step == 2 and step.done_on), None)
    before = [n for n in choices if done_2 and _TRAINING_DAYS[n][1] <= done_2 and _TRAINING_DAYS[n][0] == 2]
    if number == 0 and done_2 and before:
        training: int | None = rng.choice(before[-3:])
    else:
        training = rng.choice(choices) if choices and (passed or rng.random() < 0.5) else None
    started = stage_start(2) if training is None else _TRAINING_DAYS[training][1]
    appointed = on_or_before(min(started - timedelta(days=rng.randint(5, 60)), plan.cut))
    person = _person(rng, people, unit, appointed, heads, phones, index, None)
    return _Learner(person, training, passed and training is not None, plan.cut)


def _who_left(
    rng: Random, people: People, plans: Sequence[UnitPlan], units: dict[str, DemoUnit],
    heads: dict[str, str], phones: dict[str, str], index: int,
) -> list[_Learner]:  # fmt: skip
    """Add people who passed and then moved: four left their unit with nobody."""
    empty = [plan for plan in plans if plan.reached == 2 and not plan.has_trained]
    others = rng.sample(
        [plan for plan in plans if plan.has_trained and plan.reached >= 3], _MOVED - len(empty)
    )
    found: list[_Learner] = []
    for plan in [*empty, *others]:
        unit = units[plan.unit_code]
        until = on_or_before(min(plan.cut, date(2026, 4, 1)) - timedelta(days=rng.randint(5, 40)))
        person = _person(rng, people, unit, date(2025, 3, 3), heads, phones, index + len(found), until)
        if plan in others:
            host = rng.choice([other for other in others if other is not plan]).unit_code
            moved = PlannedPosting(host, until + timedelta(days=1), None)
            person = _with_posting(person, moved)
        found.append(_Learner(person, 2, True))
    return found


def _pilot_learner(
    rng: Random, people: People, parent: DemoUnit, plan: UnitPlan,
    heads: dict[str, str], phones: dict[str, str], index: int,
) -> _Learner:  # fmt: skip
    """Plan who led a pilot group in stage 1, and then went on in the prison or division itself."""
    done = next((step.done_on for step in plan.steps if step.step == 2 and step.done_on), plan.cut)
    before = [n for n, (stage, first, _days) in enumerate(_TRAINING_DAYS) if stage == 1 and first < done]
    training = max(before, default=0)
    appointed = on_or_before(_TRAINING_DAYS[training][1] - timedelta(days=rng.randint(5, 30)))
    person = _person(rng, people, parent, appointed, heads, phones, index, None)
    postings = (
        PlannedPosting(plan.unit_code, appointed, stage_end(1)),
        PlannedPosting(parent.code, stage_start(2), None),
    )
    return _Learner(replace(person, postings=postings), training, True)


def _group_learner(
    rng: Random, people: People, unit: DemoUnit, heads: dict[str, str], phones: dict[str, str], index: int
) -> _Learner:
    training = rng.choice((1, 2, 4, 5))
    appointed = on_or_before(_TRAINING_DAYS[training][1] - timedelta(days=20))
    person = _person(rng, people, unit, appointed, heads, phones, index, None, ("coordinator", "facilitator"))
    return _Learner(person, training, True)


def _person(
    rng: Random, people: People, unit: DemoUnit, appointed: date, heads: dict[str, str],
    phones: dict[str, str], index: int, until: date | None, roles: tuple[str, ...] | None = None,
) -> PlannedFacilitator:  # fmt: skip
    title, first, last = people.person(unit)
    base = phones.get(unit.code, office_phone(11))
    return PlannedFacilitator(
        key=f"F{index + 1:03d}",
        title=title,
        first_name=first,
        last_name=last,
        position=people.position(unit),
        phone=f"{base} ต่อ {rng.randint(10, 48)}",
        roles=roles or rng.choice(_ROLES),
        appointed_by=heads[unit.code],
        appointed_on=appointed,
        entered_on=appointed,
        postings=(PlannedPosting(unit.code, appointed, until),),
    )


def _with_posting(person: PlannedFacilitator, posting: PlannedPosting) -> PlannedFacilitator:
    return replace(person, postings=(*person.postings, posting))


def _trainings(rng: Random, learners: Sequence[_Learner]) -> list[PlannedTraining]:
    by_training: dict[int, list[PlannedAttendance]] = defaultdict(list)
    for learner in learners:
        if learner.training is not None:
            by_training[learner.training].append(PlannedAttendance(learner.person.key, learner.passed))
            later = [
                n
                for n in range(learner.training + 1, len(_TRAINING_DAYS))
                if _TRAINING_DAYS[n][1] < learner.cut
            ]
            if learner.passed and later and learner.person.postings[-1].until is None and rng.random() < 0.12:
                again = rng.choice(later)
                by_training[again].append(PlannedAttendance(learner.person.key, True))
    courses = words("story")["trainings"]["courses"]
    trainings, numbers = [], defaultdict[str, int](int)
    for n, (stage, first, length) in enumerate(_TRAINING_DAYS):
        course = courses[n % len(courses)]
        numbers[course] += 1
        trainings.append(
            PlannedTraining(
                key=f"T{n + 1:02d}",
                course=f"{course} รุ่นที่ {numbers[course]}",
                holding_unit="D10" if n % 4 != 3 else ("D06", "P035", "D11")[n // 4 % 3],
                stage=stage,
                first_day=first,
                last_day=first + timedelta(days=length - 1),
                hours=6 * length,
                attendances=tuple(by_training[n]),
            )
        )
    return trainings
