"""Questions about one event: whether it may be read, what was shown there, who took part."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor
from tracker.facilitators.naming import Leaders, leaders_as_read
from tracker.organisation.models import Manner
from tracker.organisation.posts import PostInfo, post_book
from tracker.organisation.tree import UnitTree
from tracker.programme.reading import is_live, open_to, withdrawn_inside
from tracker.sharing.models import Event, EventEntry, EventExecutive, EventFacilitator
from tracker.thai.text import search_text


def readable_event(session: Session, actor: Actor, tree: UnitTree, event_id: int) -> Event | None:
    """Return an event that somebody may read, or None; a withdrawn one is for those inside its unit."""
    there = or_(Event.withdrawn_on.is_(None), withdrawn_inside(actor, tree, Event))
    return session.scalar(select(Event).where(Event.id == event_id, open_to(actor, tree, Event), there))


def entries_of(session: Session, event_id: int, *, live: bool = True) -> Sequence[EventEntry]:
    """Return the entries of an event in their order: those that count, or the withdrawn and hidden ones."""
    counts = is_live(EventEntry) if live else ~is_live(EventEntry)
    statement = select(EventEntry).where(EventEntry.event_id == event_id, counts)
    return session.scalars(statement.order_by(EventEntry.position, EventEntry.id)).all()


def entries_like(session: Session, event_id: int) -> dict[tuple[int, str], tuple[int, str]]:
    """Return (id, name) of the entries of an event that are not withdrawn, by their unit and plain name."""
    shown = select(EventEntry).where(EventEntry.event_id == event_id, EventEntry.withdrawn_on.is_(None))
    found = session.scalars(shown.order_by(EventEntry.id))
    return {(entry.unit_id, search_text(entry.name)): (entry.id, entry.name) for entry in found}


def executives_of(session: Session, event_id: int) -> list[tuple[PostInfo, Manner]]:
    """Return the executive posts that took part in an event, and how."""
    rows = select(EventExecutive.post_id, EventExecutive.manner).where(EventExecutive.event_id == event_id)
    manners = {row.post_id: row.manner for row in session.execute(rows)}
    return [(post, manners[post.id]) for post in post_book(session).named(manners)]


def leaders_of(session: Session, actor: Actor, tree: UnitTree, event_id: int) -> Leaders:
    """Return the facilitators who led at an event, by name, and the ids of those whose names stay unsaid."""
    ids = select(EventFacilitator.facilitator_id).where(EventFacilitator.event_id == event_id)
    return leaders_as_read(session, actor, tree, ids)
