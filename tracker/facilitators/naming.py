"""Facilitators named in records of other slices: whose name a reader may read, and whose stays unsaid."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor
from tracker.facilitators.models import Facilitator
from tracker.facilitators.queries import is_named_to
from tracker.organisation.tree import UnitTree

Leaders = tuple[tuple[Facilitator, ...], tuple[int, ...]]


def leaders_as_read(session: Session, actor: Actor, tree: UnitTree, ids: Select[int]) -> Leaders:
    """Return the facilitators of a question of ids, by name, and the ids of those who stay unsaid."""
    rows = session.execute(
        select(Facilitator, is_named_to(actor, tree))
        .where(Facilitator.id.in_(ids))
        .order_by(Facilitator.sort_key, Facilitator.id)
    ).all()
    named = tuple(person for person, is_named in rows if is_named)
    return named, tuple(person.id for person, is_named in rows if not is_named)
