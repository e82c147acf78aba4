"""Learning topics: each unit works on two to four subjects of its own for the year."""

from dataclasses import dataclass
from functools import cache
from random import Random

from tracker.demo.bank import DemoUnit, words


@dataclass(frozen=True, slots=True)
class Measure:
    """Something counted before and after; a falling number is the usual good news."""

    name: str
    unit: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Topic:
    """One learning topic with the words people use about it."""

    name: str
    is_competency: bool
    cops: tuple[str, ...]
    holders: tuple[str, ...]
    angles: tuple[str, ...]
    findings: tuple[str, ...]
    actions: tuple[str, ...]
    measures: tuple[Measure, ...]
    things: tuple[str, ...]
    only: tuple[str, ...]
    unit: str | None


@cache
def _bank(name: str) -> tuple[Topic, ...]:
    return tuple(
        Topic(
            name=item["name"],
            is_competency=item.get("competency", False),
            cops=tuple(item["cops"]),
            holders=tuple(item["holders"]),
            angles=tuple(item["angles"]),
            findings=tuple(item["findings"]),
            actions=tuple(item["actions"]),
            measures=tuple(Measure(*measure) for measure in item["measures"]),
            things=tuple(item["things"]),
            only=tuple(item.get("only", ())),
            unit=item.get("unit"),
        )
        for item in words(name)["topic"]
    )


def choose_topics(rng: Random, unit: DemoUnit, load: dict[str, int]) -> tuple[Topic, ...]:
    """Choose two to four topics for a unit; `load` counts how often each was given."""
    if unit.level == "division":
        return tuple(topic for topic in _bank("topics_division") if topic.unit == unit.code)
    name = unit.name_th
    fitting = [
        topic
        for topic in _bank("topics_prison")
        if not topic.only or any(word in name for word in topic.only)
    ]
    fitting.sort(key=lambda topic: load.get(topic.name, 0) - 3 * _is_special(topic, name) + 2 * rng.random())
    chosen = tuple(fitting[: rng.choice((2, 3, 3, 3, 4))])
    for topic in chosen:
        load[topic.name] = load.get(topic.name, 0) + 1
    return chosen


def _is_special(topic: Topic, name: str) -> bool:
    return 0 < len(topic.only) <= 2 and any(word in name for word in topic.only)
