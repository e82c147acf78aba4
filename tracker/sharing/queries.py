"""Questions about events: lists by filters, and how many entries each has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, false, func, or_, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor
from tracker.facilitators.models import Facilitator
from tracker.facilitators.queries import is_named_to
from tracker.organisation.models import Audience
from tracker.organisation.posts import post_book
from tracker.organisation.tree import UnitTree
from tracker.programme.reading import Aside, is_live, open_to, set_aside
from tracker.sharing.models import (
    Event,
    EventEntry,
    EventExecutive,
    EventFacilitator,
    EventState,
    EventType,
)
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
    """Which events: every part may be left out; `nothing` finds nothing.

    `aside` asks for those that count nowhere; without it they are left out.
    """

    q: str = ""
    stage_id: int | None = None
    unit_ids: frozenset[int] | None = None
    type: EventType | None = None
    state: EventState | None = None
    since: date | None = None
    until: date | None = None
    audience: Audience | None = None
    aside: Aside | None = None
    enrolment_ids: frozenset[int] | None = None
    nothing: bool = False


def words_found(
    tree: UnitTree, typed: str, model: Any, further: Callable[[str], list[ColumnElement[bool]]] | None = None
) -> list[ColumnElement[bool]]:
    """Return that each word typed stands in a record's words, its unit's names, or further."""
    conditions = []
    for word in search_text(typed).split():
        units = [node.id for node in tree if word in node.search_text]
        told = model.search_text.contains(word, autoescape=True)
        conditions.append(or_(told, model.unit_id.in_(units), *(further(word) if further else ())))
    return conditions


def _people(session: Session, actor: Actor, tree: UnitTree) -> Callable[[str], list[ColumnElement[bool]]]:
    """Return what finds the events in which an executive post or a facilitator of some name took part."""
    posts = [
        (post.id, search_text(f"{post.title_th} {post.title_en}"))
        for post in post_book(session).by_id.values()
    ]

    def took_part(word: str) -> list[ColumnElement[bool]]:
        titled = [post_id for post_id, title in posts if word in title]
        came = select(EventExecutive.event_id).where(EventExecutive.post_id.in_(titled))
        led = (
            select(EventFacilitator.event_id)
            .join(Facilitator, Facilitator.id == EventFacilitator.facilitator_id)
            .where(Facilitator.search_text.contains(word, autoescape=True), is_named_to(actor, tree))
        )
        return [Event.id.in_(came), Event.id.in_(led)]

    return took_part


def _events(session: Session, actor: Actor, tree: UnitTree, f: EventFilter) -> list[ColumnElement[bool]]:
    if f.nothing:
        return [false()]
    parts = [open_to(actor, tree, Event), set_aside(actor, tree, Event, f.aside)]
    wanted: dict[Any, Any] = {
        Event.stage_id: f.stage_id,
        Event.type: f.type,
        Event.state: f.state,
        Event.audience: f.audience,
    }
    parts += [column == value for column, value in wanted.items() if value is not None]
    if f.unit_ids is not None:
        parts.append(Event.unit_id.in_(f.unit_ids))
    if f.enrolment_ids is not None:
        parts.append(Event.enrolment_id.in_(f.enrolment_ids))
    if f.since is not None:
        parts.append(Event.held_on >= f.since)
    if f.until is not None:
        parts.append(Event.held_on <= f.until)
    return [*parts, *(words_found(tree, f.q, Event, _people(session, actor, tree)) if f.q else ())]


def count_events(session: Session, actor: Actor, tree: UnitTree, f: EventFilter) -> int:
    """Count the events of a filter that somebody may read."""
    return (
        session.scalar(select(func.count()).select_from(Event).where(*_events(session, actor, tree, f))) or 0
    )


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
    statement = select(Event).where(*_events(session, actor, tree, f)).order_by(*_ordered(tree, order))
    return session.scalars(statement.limit(limit).offset(offset)).all()


def counts_of(session: Session, event_ids: Sequence[int]) -> dict[int, int]:
    """Return {event id: number of its live entries}."""
    rows = session.execute(
        select(EventEntry.event_id, func.count())
        .where(EventEntry.event_id.in_(event_ids), is_live(EventEntry))
        .group_by(EventEntry.event_id)
    )
    return {row[0]: row[1] for row in rows}
