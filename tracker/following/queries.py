"""Questions about calls and pauses, and whom to call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.following.models import Call, Pause
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


def calls_of(session: Session, enrolment_id: int) -> list[Call]:
    """Return the calls that were noted for an enrolment, those taken back too, the latest first."""
    order = (Call.called_on.desc(), Call.id.desc())
    return list(session.scalars(select(Call).where(Call.enrolment_id == enrolment_id).order_by(*order)))


def last_call_notes(session: Session, enrolment_ids: Iterable[int]) -> dict[int, Call]:
    """Return {enrolment id: the last call noted and not taken back}."""
    later = aliased(Call)
    follows = or_(
        later.called_on > Call.called_on, and_(later.called_on == Call.called_on, later.id > Call.id)
    )
    has_later = exists().where(later.enrolment_id == Call.enrolment_id, later.withdrawn_on.is_(None), follows)
    rows = session.scalars(
        select(Call).where(
            Call.enrolment_id.in_(list(enrolment_ids)), Call.withdrawn_on.is_(None), ~has_later
        )
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
