"""What the lists of the register share: who reads, which rows, searching, ordering."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_

from tracker.accounts.permissions import Actor
from tracker.facilitators.models import KmRole
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitTree
from tracker.programme.reading import Aside, is_live, open_to
from tracker.thai.text import search_text


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, on which day: what the audience of records is asked against."""

    actor: Actor
    day: date


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which facilitators; every part may be left out, `nothing` finds nothing.

    `passed_in` is the id of a stage: who passed one of its trainings while posted in the units.
    """

    q: str = ""
    unit_ids: frozenset[int] | None = None
    role: KmRole | None = None
    trained: bool | None = None
    active: bool | None = None
    passed_in: int | None = None
    aside: Aside | None = None
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class TrainingFilter:
    """Which trainings; every part may be left out, `nothing` finds nothing.

    `since` and `until` find those of which a day lies in that period.
    """

    q: str = ""
    unit_ids: frozenset[int] | None = None
    stage_id: int | None = None
    audience: Audience | None = None
    since: date | None = None
    until: date | None = None
    aside: Aside | None = None
    nothing: bool = False


def searched(q: str, column: Any, unit_column: Any, tree: UnitTree) -> list[ColumnElement[bool]]:
    """Return one condition for each word: it stands in the text, or in the name or code of the unit."""
    conditions = []
    for word in search_text(q).split()[:8]:
        units = sorted(node.id for node in tree if word in node.search_text)
        here = unit_column.in_(units) if units else false()
        conditions.append(or_(column.contains(word, autoescape=True), here))
    return conditions


def readable(model: Any, reader: Reader, tree: UnitTree) -> ColumnElement[bool]:
    """Return the condition under which a record counts and somebody may read it."""
    return and_(is_live(model), open_to(reader.actor, tree, model))


def ordered(query: Select[Any], order: str, columns: dict[str, Any], tie: Sequence[Any]) -> Select[Any]:
    """Return a query in an order: one of the columns, descending after a "-", then what breaks ties."""
    column = columns[order.removeprefix("-")]
    return query.order_by(column.desc() if order.startswith("-") else column.asc(), *tie)
