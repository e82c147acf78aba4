"""Questions about events and entries: lists by filters, one of them, and who took an entry up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, true
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor
from tracker.organisation.models import ExecutivePost, Manner
from tracker.organisation.tree import UnitTree
from tracker.programme.reading import is_live, open_to
from tracker.sharing.models import Adoption, Event, EventEntry, EventExecutive, EventState, EventType
from tracker.thai.text import search_text


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events: every part may be left out."""

    q: str = ""
    stage_id: int | None = None
    unit_ids: frozenset[int] | None = None
    type: EventType | None = None
    state: EventState | None = None
    since: date | None = None
    until: date | None = None
    withdrawn: bool = False
    post_id: int | None = None


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


def like(column: Any, typed: str) -> list[ColumnElement[bool]]:
    """Return the conditions that every word typed stands in a normalised column."""
    return [column.contains(word, autoescape=True) for word in search_text(typed).split()]


def _events(actor: Actor, tree: UnitTree, f: EventFilter) -> list[ColumnElement[bool]]:
    parts = [open_to(actor, tree, Event)]
    parts.append(Event.withdrawn_on.is_not(None) if f.withdrawn else Event.withdrawn_on.is_(None))
    if f.stage_id is not None:
        parts.append(Event.stage_id == f.stage_id)
    if f.unit_ids is not None:
        parts.append(Event.unit_id.in_(f.unit_ids))
    if f.type is not None:
        parts.append(Event.type == f.type)
    if f.state is not None:
        parts.append(Event.state == f.state)
    if f.since is not None:
        parts.append(Event.held_on >= f.since)
    if f.until is not None:
        parts.append(Event.held_on <= f.until)
    if f.post_id is not None:
        parts.append(exists().where(EventExecutive.event_id == Event.id, EventExecutive.post_id == f.post_id))
    return [*parts, *like(Event.search_text, f.q)]


def count_events(session: Session, actor: Actor, tree: UnitTree, f: EventFilter) -> int:
    """Count the events of a filter that somebody may read."""
    return session.scalar(select(func.count()).select_from(Event).where(*_events(actor, tree, f))) or 0


def event_list(
    session: Session,
    actor: Actor,
    tree: UnitTree,
    f: EventFilter,
    *,
    limit: int | None = None,
    offset: int = 0,
    oldest_first: bool = False,
) -> Sequence[Event]:
    """Return the events of a filter that somebody may read, the newest first."""
    order = (Event.held_on, Event.id) if oldest_first else (Event.held_on.desc(), Event.id.desc())
    statement = select(Event).where(*_events(actor, tree, f)).order_by(*order)
    return session.scalars(statement.limit(limit).offset(offset)).all()


def readable_event(session: Session, actor: Actor, tree: UnitTree, event_id: int) -> Event | None:
    """Return an event that somebody may read, withdrawn ones too, or None."""
    return session.scalar(select(Event).where(Event.id == event_id, open_to(actor, tree, Event)))


def _entries(actor: Actor, tree: UnitTree, f: EntryFilter) -> Select[EventEntry, Event]:
    taken = exists().where(
        Adoption.entry_id == EventEntry.id,
        Adoption.withdrawn_on.is_(None),
        Adoption.unit_id != EventEntry.unit_id,
        true() if f.known_by is None else Adoption.entered_on <= f.known_by,
    )
    statement = (
        select(EventEntry, Event)
        .join(Event, Event.id == EventEntry.event_id)
        .where(is_live(EventEntry), is_live(Event), open_to(actor, tree, Event))
        .where(Event.state.in_((EventState.HELD, EventState.SUMMARISED)))
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
    if f.known_by is not None:
        statement = statement.where(EventEntry.entered_on <= f.known_by)
    return statement.where(*like(EventEntry.search_text, f.q))


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
) -> Iterator[tuple[EventEntry, Event]]:
    """Give the entries of a filter with their events, of events that were held, the newest first."""
    statement = _entries(actor, tree, f).order_by(Event.held_on.desc(), Event.id.desc(), EventEntry.position)
    for row in session.execute(statement.limit(limit).offset(offset)):
        yield row[0], row[1]


def entries_of(session: Session, event_id: int, *, withdrawn: bool = False) -> Sequence[EventEntry]:
    """Return the entries of an event in their order; the withdrawn ones when asked."""
    gone = EventEntry.withdrawn_on.is_not(None) if withdrawn else EventEntry.withdrawn_on.is_(None)
    statement = select(EventEntry).where(EventEntry.event_id == event_id, gone)
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


def executives_of(session: Session, event_id: int) -> list[tuple[ExecutivePost, Manner]]:
    """Return the executive posts that took part in an event, and how."""
    rows = session.execute(
        select(ExecutivePost, EventExecutive.manner)
        .join(EventExecutive, and_(EventExecutive.post_id == ExecutivePost.id))
        .where(EventExecutive.event_id == event_id)
        .order_by(ExecutivePost.unit_id, ExecutivePost.position)
    )
    return [(post, manner) for post, manner in rows]


def posts_for(session: Session, unit_ids: Sequence[int], day: date) -> Sequence[ExecutivePost]:
    """Return the open executive posts of some units, for choice lists."""
    statement = (
        select(ExecutivePost)
        .where(ExecutivePost.unit_id.in_(unit_ids))
        .where(ExecutivePost.closed_on.is_(None) | (ExecutivePost.closed_on > day))
    )
    return session.scalars(
        statement.order_by(ExecutivePost.unit_id, ExecutivePost.position, ExecutivePost.id)
    ).all()


def counts_of(session: Session, event_ids: Sequence[int]) -> dict[int, int]:
    """Return {event id: number of its live entries}."""
    rows = session.execute(
        select(EventEntry.event_id, func.count())
        .where(EventEntry.event_id.in_(event_ids), is_live(EventEntry))
        .group_by(EventEntry.event_id)
    )
    return {row[0]: row[1] for row in rows}
