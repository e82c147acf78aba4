"""Questions about what was said to units."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, or_, select, true
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor, Permission, places_open_to
from tracker.audit.kept import kept
from tracker.following.models import Word, WordKind
from tracker.organisation.tree import UnitTree

LATEST_FIRST = (Word.said_at.desc(), Word.id.desc())


def words_readable(actor: Actor, tree: UnitTree) -> ColumnElement[bool]:
    """Return the condition under which somebody may read words: said to their unit, or by themselves."""
    inside = [node.id for node in places_open_to(actor, Permission.UNIT_READ, tree)]
    if len(inside) == len(tree):
        return true()
    own = Word.said_by_id == actor.person_id if actor.person_id is not None else false()
    return or_(Word.unit_id.in_(inside), own) if inside else own


def readable_word(session: Session, word_id: int, actor: Actor, tree: UnitTree) -> Word | None:
    """Return words that somebody may read, else None."""
    return session.scalars(select(Word).where(Word.id == word_id, words_readable(actor, tree))).one_or_none()


def is_open() -> ColumnElement[bool]:
    """Return the condition under which words stand on a unit's home: unanswered, or not seen yet."""
    asked = and_(Word.kind == WordKind.QUESTION, Word.answered_on.is_(None))
    praised = and_(Word.kind == WordKind.ENCOURAGEMENT, Word.seen_on.is_(None))
    return and_(Word.withdrawn_on.is_(None), or_(asked, praised))


def open_words(session: Session, unit_ids: Iterable[int]) -> list[Word]:
    """Return what stands on the homes of units: unanswered questions first, then unseen encouragement."""
    return list(session.scalars(_open_words(), {"units": list(unit_ids)}))


@cache
def _open_words() -> Select[Word]:
    units: Any = bindparam("units", expanding=True)
    order = (Word.kind.desc(), Word.said_at.desc(), Word.id.desc())
    return select(Word).where(Word.unit_id.in_(units), is_open()).order_by(*order)


def words_to(unit_ids: Iterable[int]) -> Select[Word]:
    """Return the question of everything that was said to units and not taken back, the latest first."""
    inside = Word.unit_id.in_(list(unit_ids))
    return select(Word).where(inside, Word.withdrawn_on.is_(None)).order_by(*LATEST_FIRST)


def words_by(person_id: int) -> Select[Word]:
    """Return the question of everything that a person said to units, the latest first."""
    return select(Word).where(Word.said_by_id == person_id).order_by(*LATEST_FIRST)


class Show(StrEnum):
    """Which words a list shows."""

    WAITING = "waiting"
    ANSWERED = "answered"
    PRAISE = "praise"


def _is_shown(show: Show) -> ColumnElement[bool]:
    if show is Show.PRAISE:
        return Word.kind == WordKind.ENCOURAGEMENT
    answered = Word.answered_on.is_not(None) if show is Show.ANSWERED else Word.answered_on.is_(None)
    return and_(Word.kind == WordKind.QUESTION, Word.withdrawn_on.is_(None), answered)


def only(words: Select[Word], show: Show | None) -> Select[Word]:
    """Narrow a question to one kind of words."""
    return words if show is None else words.where(_is_shown(show))


def words_by_kind(session: Session, words: Select[Word]) -> dict[Show | None, int]:
    """Return how many words a question is about, of each kind and (None) in all, by one statement."""
    ids = words.order_by(None).with_only_columns(Word.id).scalar_subquery()
    sums = [func.count().filter(_is_shown(show)) for show in Show]
    row = session.execute(select(func.count(), *sums).where(Word.id.in_(ids))).one()
    return dict(zip((None, *Show), row, strict=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """How many of somebody's questions were answered, and how many wait."""

    answered: int
    waiting: int


def questions_by(session: Session, person_id: int) -> Asked:
    """Return how somebody's questions stand, without those taken back; counted once after each change."""

    def count() -> Asked:
        counts = words_by_kind(session, words_by(person_id))
        return Asked(counts[Show.ANSWERED], counts[Show.WAITING])

    return kept(session, ("questions", person_id), count)
