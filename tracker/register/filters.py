"""Which rows of the two lists are asked for, read from an address."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.facilitators.models import KmRole
from tracker.organisation.tree import UnitNode, UnitTree
from tracker.programme.plan import Plan

PEOPLE_ORDERS = ("name", "unit", "since", "passed", "led")
TRAINING_ORDERS = ("day", "course", "unit", "passed")


@dataclass(frozen=True)
class PeopleFilter:
    """Which facilitators, in which order; an order that begins with "-" descends.

    `passed_in` is the number of a stage: who passed one of its trainings while posted in the unit.
    """

    q: str = ""
    unit: UnitNode | None = None
    role: KmRole | None = None
    trained: bool | None = None
    active: bool | None = None
    passed_in: int | None = None
    withdrawn: bool = False
    order: str = "name"


@dataclass(frozen=True)
class TrainingFilter:
    """Which trainings, in which order."""

    q: str = ""
    unit: UnitNode | None = None
    stage_id: int | None = None
    withdrawn: bool = False
    order: str = "-day"


def _yes_no(word: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(word or "")


def _order(word: str | None, known: tuple[str, ...], usual: str) -> str:
    return word if word and word.removeprefix("-") in known else usual


def _small(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None


def people_filter(arguments: Mapping[str, str], tree: UnitTree) -> PeopleFilter:
    """Return the filter that an address says; what it does not know is left out."""
    role = arguments.get("role", "")
    return PeopleFilter(
        q=arguments.get("q", "").strip()[:200],
        unit=tree.by_code.get(arguments.get("unit", "")),
        role=KmRole(role) if role in set(KmRole) else None,
        trained=_yes_no(arguments.get("trained")),
        active=_yes_no(arguments.get("active")),
        passed_in=_small(arguments.get("passed", "")),
        withdrawn=arguments.get("withdrawn") == "yes",
        order=_order(arguments.get("sort"), PEOPLE_ORDERS, "name"),
    )


def training_filter(arguments: Mapping[str, str], tree: UnitTree, plan: Plan) -> TrainingFilter:
    """Return the filter that an address says; what it does not know is left out."""
    number = arguments.get("stage", "")
    stage = plan.stage(int(number)) if number.isascii() and number.isdigit() and len(number) < 3 else None
    return TrainingFilter(
        q=arguments.get("q", "").strip()[:200],
        unit=tree.by_code.get(arguments.get("unit", "")),
        stage_id=stage.id if stage else None,
        withdrawn=arguments.get("withdrawn") == "yes",
        order=_order(arguments.get("sort"), TRAINING_ORDERS, "-day"),
    )
