"""Questions about words to units, calls and pauses, and whom to call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, or_, select, true
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor, Permission, places_open_to
from tracker.following.models import Call, Pause, Word, WordKind
from tracker.organisation.models import ExecutivePost
from tracker.organisation.tree import UnitTree


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a unit: the position and the office phone, never a person."""

    title_th: str
    title_en: str
    phone: str


def heads_of(session: Session, tree: UnitTree, unit_ids: Iterable[int]) -> dict[int, Head]:
    """Return the position and office phone of the heads of units; without a post, what the kind calls it."""
    ids = list(unit_ids)
    heads = {
        i: Head(tree.head_title(i, "th"), tree.head_title(i, "en"), "")
        for i in ids
        if tree.get(i) is not None
    }
    rows = session.execute(
        select(
            ExecutivePost.unit_id, ExecutivePost.title_th, ExecutivePost.title_en, ExecutivePost.office_phone
        )
        .where(ExecutivePost.unit_id.in_(ids), ExecutivePost.is_head, ExecutivePost.closed_on.is_(None))
        .order_by(ExecutivePost.position.desc(), ExecutivePost.id.desc())
    )
    for unit_id, title_th, title_en, phone in rows:
        heads[unit_id] = Head(title_th, title_en, phone)
    return heads


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
    return or_(asked, and_(Word.kind == WordKind.ENCOURAGEMENT, Word.seen_on.is_(None)))


def open_words(session: Session, unit_ids: Iterable[int]) -> list[Word]:
    """Return what stands on the homes of units: unanswered questions first, then unseen encouragement."""
    return list(session.scalars(_open_words(), {"units": list(unit_ids)}))


@cache
def _open_words() -> Select[Word]:
    units: Any = bindparam("units", expanding=True)
    order = (Word.kind.desc(), Word.said_at.desc(), Word.id.desc())
    return select(Word).where(Word.unit_id.in_(units), is_open()).order_by(*order)


def words_to(session: Session, unit_ids: Iterable[int], limit: int | None = None) -> list[Word]:
    """Return everything that was said to units, the latest first."""
    query = select(Word).where(Word.unit_id.in_(list(unit_ids))).order_by(Word.said_at.desc(), Word.id.desc())
    return list(session.scalars(query.limit(limit) if limit else query))


def words_by(session: Session, person_id: int) -> list[Word]:
    """Return everything that a person said to units, the latest first."""
    query = select(Word).where(Word.said_by_id == person_id).order_by(Word.said_at.desc(), Word.id.desc())
    return list(session.scalars(query))


def calls_of(session: Session, enrolment_id: int) -> list[Call]:
    """Return the calls that were noted for an enrolment, the latest first."""
    order = (Call.called_on.desc(), Call.id.desc())
    return list(session.scalars(select(Call).where(Call.enrolment_id == enrolment_id).order_by(*order)))


def last_call_notes(session: Session, enrolment_ids: Iterable[int]) -> dict[int, Call]:
    """Return {enrolment id: the last call noted}."""
    rows = session.scalars(
        select(Call).where(Call.enrolment_id.in_(list(enrolment_ids))).order_by(Call.called_on, Call.id)
    )
    return {call.enrolment_id: call for call in rows}


def running_pauses(session: Session, enrolment_ids: Iterable[int], day: date) -> dict[int, Pause]:
    """Return {enrolment id: the pause that covers a day}."""
    rows = session.scalars(
        select(Pause).where(
            Pause.enrolment_id.in_(list(enrolment_ids)), Pause.since <= day, Pause.until >= day
        )
    )
    return {pause.enrolment_id: pause for pause in rows if pause.covers(day)}
