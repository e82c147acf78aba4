"""Facilitators named in records of other slices: whose name a reader may read, and whose stays unsaid."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor
from tracker.facilitators.models import Facilitator
from tracker.facilitators.queries import facilitators_named, is_named_to
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


class LogNames:
    """Names of the facilitators in a change log, asked for at once; `look_up` comes before `say`."""

    field = "facilitator_ids"

    def __init__(self, session: Session, actor: Actor, tree: UnitTree) -> None:
        self.session, self.actor, self.tree = session, actor, tree
        self.people: list[Facilitator] = []

    def look_up(self, values: Iterable[tuple[str, Any]]) -> None:
        """Load the names that the values of the log's fields need."""
        wanted = {number for name, ids in values if name == self.field for number in ids or ()}
        self.people = facilitators_named(self.session, wanted, self.actor, self.tree)

    def say(self, ids: Collection[int]) -> str:
        """Return the names of facilitators."""
        return ", ".join(person.name for person in self.people if person.id in ids)
