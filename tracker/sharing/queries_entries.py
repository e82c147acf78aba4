"""Questions about entries: lists by filters, and who took an entry up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitTree
from tracker.programme.reading import is_live, listed_for, open_to, was_live, words_open_to
from tracker.sharing.models import HELD, Adoption, Event, EventEntry
from tracker.sharing.queries import words_found

_LAST = "\U0010ffff"  # sorts after every name


class EntryOrder(StrEnum):
    """How a list of entries is sorted."""

    NEWEST = "-day"
    OLDEST = "day"
    NAME = "name"
    UNIT = "unit"
    TAKEN_UP = "taken_up"


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries: every part may be left out.

    `enrolment_ids`: those that count for one of them; `known_by`: as it was known at the end of that day.
    """

    q: str = ""
    stage_id: int | None = None
    unit_ids: frozenset[int] | None = None
    enrolment_ids: frozenset[int] | None = None
    taken_up: bool | None = None
    audience: Audience | None = None
    event_id: int | None = None
    known_by: date | None = None
    since: date | None = None
    until: date | None = None
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry in a list, with its event; one kept to another unit, or withdrawn since, shows no words."""

    entry: EventEntry
    event: Event
    is_open: bool


def _taken_by(day: date | None) -> list[ColumnElement[bool]]:
    """Return the conditions that an entry is taken up, or was as known at the end of a day."""
    if day is None:
        return [Adoption.withdrawn_on.is_(None)]
    gone = Adoption.withdrawn_on
    return [Adoption.entered_on <= day, or_(gone.is_(None), gone > day)]


def _shown_by(day: date | None) -> list[ColumnElement[bool]]:
    """Return the conditions that an entry counts as shown, or did as known at the end of a day."""
    if day is None:
        return [is_live(EventEntry), is_live(Event)]
    return [was_live(EventEntry, day), was_live(Event, day), Event.held_on <= day]


def _taken_up(known_by: date | None) -> Select[int]:
    """Return which other units took an entry up, as it was known at the end of a day: to be counted."""
    return (
        select(Adoption.id)
        .where(
            Adoption.entry_id == EventEntry.id, Adoption.unit_id != EventEntry.unit_id, *_taken_by(known_by)
        )
        .correlate(EventEntry)
    )


def _entries(actor: Actor, tree: UnitTree, f: EntryFilter) -> Select[EventEntry, Event, bool]:
    is_open = and_(words_open_to(actor, tree, Event), is_live(EventEntry), is_live(Event))
    statement = (
        select(EventEntry, Event, is_open)
        .join(Event, Event.id == EventEntry.event_id)
        .where((open_to if f.q else listed_for)(actor, tree, Event), Event.state.in_(HELD))
        .where(*_shown_by(f.known_by))
    )
    wanted: dict[Any, Any] = {
        Event.stage_id: f.stage_id,
        Event.audience: f.audience,
        EventEntry.event_id: f.event_id,
    }
    parts = [column == value for column, value in wanted.items() if value is not None]
    if f.unit_ids is not None:
        parts.append(EventEntry.unit_id.in_(f.unit_ids))
    if f.enrolment_ids is not None:
        parts.append(EventEntry.enrolment_id.in_(f.enrolment_ids))
    if f.taken_up is not None:
        taken = _taken_up(f.known_by).exists()
        parts.append(taken if f.taken_up else ~taken)
    if f.since is not None:
        parts.append(Event.held_on >= f.since)
    if f.until is not None:
        parts.append(Event.held_on <= f.until)
    if f.nothing:
        parts.append(false())
    return statement.where(*parts, *words_found(tree, f.q, EventEntry))


def _entries_ordered(actor: Actor, tree: UnitTree, f: EntryFilter, order: EntryOrder) -> tuple[Any, ...]:
    newest = (Event.held_on.desc(), Event.id.desc(), EventEntry.position)
    if order is EntryOrder.OLDEST:
        return (Event.held_on, Event.id, EventEntry.position)
    if order is EntryOrder.NAME:
        return (case((words_open_to(actor, tree, Event), EventEntry.sort_key), else_=_LAST), *newest)
    if order is EntryOrder.UNIT and len(tree):
        return (case({node.id: node.order for node in tree}, value=EventEntry.unit_id), *newest)
    if order is EntryOrder.TAKEN_UP:
        number = _taken_up(f.known_by).with_only_columns(func.count()).scalar_subquery()
        return (number.desc(), *newest)
    return newest


def count_entries(session: Session, actor: Actor, tree: UnitTree, f: EntryFilter) -> int:
    """Count the entries of a filter, of events that were held."""
    inner = _entries(actor, tree, f).with_only_columns(EventEntry.id).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0


def entry_list(
    session: Session,
    actor: Actor,
    tree: UnitTree,
    f: EntryFilter,
    *,
    limit: int | None = None,
    offset: int = 0,
    order: EntryOrder = EntryOrder.NEWEST,
) -> Iterator[ListedEntry]:
    """Give the entries of a filter with their events, of events that were held, the newest first."""
    statement = _entries(actor, tree, f).order_by(*_entries_ordered(actor, tree, f, order))
    for entry, event, is_open in session.execute(statement.limit(limit).offset(offset)):
        yield ListedEntry(entry, event, bool(is_open))


def adoptions_of(session: Session, entry_ids: Sequence[int]) -> dict[int, list[Adoption]]:
    """Return {entry id: who took it up}, the first first."""
    rows = session.scalars(
        select(Adoption)
        .where(Adoption.entry_id.in_(entry_ids), Adoption.withdrawn_on.is_(None))
        .order_by(Adoption.adopted_on, Adoption.id)
    )
    found: dict[int, list[Adoption]] = {}
    for adoption in rows:
        found.setdefault(adoption.entry_id, []).append(adoption)
    return found
