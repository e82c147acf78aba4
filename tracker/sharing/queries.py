"""Questions about events and entries: lists by filters, one of them, and who took an entry up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor
from tracker.organisation.models import Manner
from tracker.organisation.posts import PostInfo, post_book
from tracker.organisation.tree import UnitTree
from tracker.programme.reading import is_live, listed_for, open_to, was_live, withdrawn_inside, words_open_to
from tracker.sharing.models import HELD, Adoption, Event, EventEntry, EventExecutive, EventState, EventType
from tracker.thai.text import search_text


class EventOrder(StrEnum):
    """How a list of events is sorted."""

    NEWEST = "-day"
    OLDEST = "day"
    TITLE = "title"
    UNIT = "unit"
    ATTENDANCE = "attendance"
    ENTRIES = "entries"


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events: every part may be left out; `nothing` finds nothing."""

    q: str = ""
    stage_id: int | None = None
    unit_ids: frozenset[int] | None = None
    type: EventType | None = None
    state: EventState | None = None
    since: date | None = None
    until: date | None = None
    withdrawn: bool = False
    post_id: int | None = None
    enrolment_ids: frozenset[int] | None = None
    nothing: bool = False


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
    event_id: int | None = None
    known_by: date | None = None
    since: date | None = None
    until: date | None = None
    nothing: bool = False


def _matches(tree: UnitTree, typed: str, model: Any) -> list[ColumnElement[bool]]:
    """Return the conditions that every word typed stands in a record's words or its unit's names."""
    conditions = []
    for word in search_text(typed).split():
        units = [node.id for node in tree if word in node.search_text]
        conditions.append(or_(model.search_text.contains(word, autoescape=True), model.unit_id.in_(units)))
    return conditions


def _events(actor: Actor, tree: UnitTree, f: EventFilter) -> list[ColumnElement[bool]]:
    if f.nothing:
        return [false()]
    parts = [open_to(actor, tree, Event)]
    parts.append(withdrawn_inside(actor, tree, Event) if f.withdrawn else Event.withdrawn_on.is_(None))
    wanted: dict[Any, Any] = {Event.stage_id: f.stage_id, Event.type: f.type, Event.state: f.state}
    parts += [column == value for column, value in wanted.items() if value is not None]
    if f.unit_ids is not None:
        parts.append(Event.unit_id.in_(f.unit_ids))
    if f.enrolment_ids is not None:
        parts.append(Event.enrolment_id.in_(f.enrolment_ids))
    if f.since is not None:
        parts.append(Event.held_on >= f.since)
    if f.until is not None:
        parts.append(Event.held_on <= f.until)
    if f.post_id is not None:
        parts.append(exists().where(EventExecutive.event_id == Event.id, EventExecutive.post_id == f.post_id))
    return [*parts, *_matches(tree, f.q, Event)]


def count_events(session: Session, actor: Actor, tree: UnitTree, f: EventFilter) -> int:
    """Count the events of a filter that somebody may read."""
    return session.scalar(select(func.count()).select_from(Event).where(*_events(actor, tree, f))) or 0


def _ordered(tree: UnitTree, order: EventOrder) -> tuple[Any, ...]:
    newest = (Event.held_on.desc(), Event.id.desc())
    if order is EventOrder.OLDEST:
        return (Event.held_on, Event.id)
    if order is EventOrder.TITLE:
        return (Event.sort_key, *newest)
    if order is EventOrder.UNIT and len(tree):
        return (case({node.id: node.order for node in tree}, value=Event.unit_id), *newest)
    if order is EventOrder.ATTENDANCE:
        return (func.coalesce(Event.attendance, -1).desc(), *newest)
    if order is EventOrder.ENTRIES:
        shown = (
            select(func.count())
            .where(EventEntry.event_id == Event.id, is_live(EventEntry))
            .correlate(Event)
            .scalar_subquery()
        )
        return (shown.desc(), *newest)
    return newest


def event_list(
    session: Session,
    actor: Actor,
    tree: UnitTree,
    f: EventFilter,
    *,
    limit: int | None = None,
    offset: int = 0,
    order: EventOrder = EventOrder.NEWEST,
) -> Sequence[Event]:
    """Return the events of a filter that somebody may read, the newest first."""
    statement = select(Event).where(*_events(actor, tree, f)).order_by(*_ordered(tree, order))
    return session.scalars(statement.limit(limit).offset(offset)).all()


def readable_event(session: Session, actor: Actor, tree: UnitTree, event_id: int) -> Event | None:
    """Return an event that somebody may read, or None; a withdrawn one is for those inside its unit."""
    there = or_(Event.withdrawn_on.is_(None), withdrawn_inside(actor, tree, Event))
    return session.scalar(select(Event).where(Event.id == event_id, open_to(actor, tree, Event), there))


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


def _entries(actor: Actor, tree: UnitTree, f: EntryFilter) -> Select[EventEntry, Event, bool]:
    taken = exists().where(
        Adoption.entry_id == EventEntry.id, Adoption.unit_id != EventEntry.unit_id, *_taken_by(f.known_by)
    )
    is_open = and_(words_open_to(actor, tree, Event), is_live(EventEntry), is_live(Event))
    statement = (
        select(EventEntry, Event, is_open)
        .join(Event, Event.id == EventEntry.event_id)
        .where((open_to if f.q else listed_for)(actor, tree, Event), Event.state.in_(HELD))
        .where(*_shown_by(f.known_by))
    )
    if f.stage_id is not None:
        statement = statement.where(Event.stage_id == f.stage_id)
    if f.unit_ids is not None:
        statement = statement.where(EventEntry.unit_id.in_(f.unit_ids))
    if f.enrolment_ids is not None:
        statement = statement.where(EventEntry.enrolment_id.in_(f.enrolment_ids))
    if f.taken_up is not None:
        statement = statement.where(taken if f.taken_up else ~taken)
    if f.event_id is not None:
        statement = statement.where(EventEntry.event_id == f.event_id)
    if f.since is not None:
        statement = statement.where(Event.held_on >= f.since)
    if f.until is not None:
        statement = statement.where(Event.held_on <= f.until)
    if f.nothing:
        statement = statement.where(false())
    return statement.where(*_matches(tree, f.q, EventEntry))


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
) -> Iterator[ListedEntry]:
    """Give the entries of a filter with their events, of events that were held, the newest first."""
    statement = _entries(actor, tree, f).order_by(Event.held_on.desc(), Event.id.desc(), EventEntry.position)
    for entry, event, is_open in session.execute(statement.limit(limit).offset(offset)):
        yield ListedEntry(entry, event, bool(is_open))


def entries_of(session: Session, event_id: int, *, live: bool = True) -> Sequence[EventEntry]:
    """Return the entries of an event in their order: those that count, or the withdrawn and hidden ones."""
    counts = is_live(EventEntry) if live else ~is_live(EventEntry)
    statement = select(EventEntry).where(EventEntry.event_id == event_id, counts)
    return session.scalars(statement.order_by(EventEntry.position, EventEntry.id)).all()


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


def executives_of(session: Session, event_id: int) -> list[tuple[PostInfo, Manner]]:
    """Return the executive posts that took part in an event, and how."""
    rows = select(EventExecutive.post_id, EventExecutive.manner).where(EventExecutive.event_id == event_id)
    manners = {row.post_id: row.manner for row in session.execute(rows)}
    return [(post, manners[post.id]) for post in post_book(session).named(manners)]


def counts_of(session: Session, event_ids: Sequence[int]) -> dict[int, int]:
    """Return {event id: number of its live entries}."""
    rows = session.execute(
        select(EventEntry.event_id, func.count())
        .where(EventEntry.event_id.in_(event_ids), is_live(EventEntry))
        .group_by(EventEntry.event_id)
    )
    return {row[0]: row[1] for row in rows}
