"""Questions about facilitators, where they serve, and who passed a training."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor, Permission, may, places_open_to
from tracker.facilitators.models import Attendance, Facilitator, FacilitatorRole, KmRole, Posting, Training
from tracker.organisation.tree import UnitTree, unit_tree
from tracker.programme.plan import StageInfo, programme_plan
from tracker.programme.reading import is_live, open_to, withdrawn_inside


def is_trained(by: date | None = None) -> ColumnElement[bool]:
    """Return the condition under which a facilitator passed a training that counts, by a day if given."""
    return exists().where(
        Attendance.facilitator_id == Facilitator.id,
        Attendance.passed,
        Training.id == Attendance.training_id,
        is_live(Training),
        *((Training.ends_on <= by,) if by is not None else ()),
    )


def serves_on(day: Any) -> ColumnElement[bool]:
    """Return the condition under which a posting holds on a day."""
    return and_(Posting.since <= day, or_(Posting.until.is_(None), Posting.until >= day))


def units_with(actor: Actor, permission: Permission, tree: UnitTree) -> frozenset[int]:
    """Return the ids of the units at which somebody may do something."""
    return frozenset(node.id for node in places_open_to(actor, permission, tree))


def facilitators_at(session: Session, unit_ids: Collection[int], day: date) -> list[Facilitator]:
    """Return the live facilitators who serve at one of the units on a day, by name: for choice lists."""
    return list(session.scalars(_serving(), {"units": sorted(unit_ids), "day": day}))


@cache
def _serving() -> Select[Facilitator]:
    units: Any = bindparam("units", expanding=True)
    posted = select(Posting.facilitator_id).where(
        Posting.unit_id.in_(units), serves_on(bindparam("day", type_=Date))
    )
    live = select(Facilitator).where(Facilitator.id.in_(posted), is_live(Facilitator))
    return live.order_by(Facilitator.sort_key, Facilitator.id)


def last_posting_of(column: Any) -> ScalarSelect[Any]:
    """Return what a column of a facilitator's present or last posting holds, for use in a question."""
    return (
        select(column)
        .where(Posting.facilitator_id == Facilitator.id)
        .order_by(Posting.since.desc(), Posting.id.desc())
        .limit(1)
        .correlate(Facilitator)
        .scalar_subquery()
    )


def is_named_to(actor: Actor, tree: UnitTree) -> ColumnElement[bool]:
    """Return the condition under which the actor may read a facilitator's name in a record that names one.

    A hidden one is named to those only who write for the unit.
    """

    def build() -> ColumnElement[bool]:
        own = units_with(actor, Permission.RECORDS_WRITE, tree)
        if len(own) == len(tree):
            return true()
        shown = Facilitator.hidden_at.is_(None)
        return or_(shown, last_posting_of(Posting.unit_id).in_(sorted(own))) if own else shown

    return tree.kept(("facilitators named", actor.roles, actor.is_system), build)


def facilitators_named(
    session: Session, ids: Collection[int], actor: Actor, tree: UnitTree
) -> list[Facilitator]:
    """Return facilitators by their ids, withdrawn ones too, by name: those whose names the actor may read."""
    if not ids:
        return []
    found = select(Facilitator).where(Facilitator.id.in_(sorted(ids)), is_named_to(actor, tree))
    return list(session.scalars(found.order_by(Facilitator.sort_key, Facilitator.id)))


def postings_of(session: Session, facilitator_id: int) -> list[Posting]:
    """Return where a facilitator serves and served, the latest first."""
    return list(
        session.scalars(
            select(Posting)
            .where(Posting.facilitator_id == facilitator_id)
            .order_by(Posting.since.desc(), Posting.id.desc())
        )
    )


def standing(postings: Sequence[Posting], day: date) -> list[Posting]:
    """Return the postings by which a facilitator is looked after on a day: present ones, else the last."""
    present = [posting for posting in postings if posting.holds_on(day)]
    return present or list(postings[:1])


def roles_of(session: Session, facilitator_ids: Collection[int]) -> dict[int, list[KmRole]]:
    """Return the KM roles of facilitators, in the order of the programme."""
    rows = session.execute(
        select(FacilitatorRole.facilitator_id, FacilitatorRole.kind).where(
            FacilitatorRole.facilitator_id.in_(sorted(facilitator_ids))
        )
    )
    order = list(KmRole)
    roles: dict[int, list[KmRole]] = {}
    for facilitator_id, kind in rows:
        roles.setdefault(facilitator_id, []).append(kind)
    return {person: sorted(kinds, key=order.index) for person, kinds in roles.items()}


def trained_among(session: Session, facilitator_ids: Collection[int], by: date) -> frozenset[int]:
    """Return those of the facilitators who passed a training that counts and ended by a day."""
    found = select(Facilitator.id).where(Facilitator.id.in_(sorted(facilitator_ids)), is_trained(by))
    return frozenset(session.scalars(found))


def stages_passed(session: Session, facilitator_id: int, since: date | None = None) -> frozenset[int]:
    """Return the ids of the stages in which a facilitator passed a training that counts (since a day)."""
    found = (
        select(Training.stage_id)
        .join(Attendance, Attendance.training_id == Training.id)
        .where(Attendance.facilitator_id == facilitator_id, Attendance.passed, is_live(Training))
    )
    if since is not None:
        found = found.where(Training.ends_on >= since)
    return frozenset(session.scalars(found.distinct()))


def closed_stages_of(session: Session, facilitator_id: int, since: date | None = None) -> list[StageInfo]:
    """Return the closed stages whose figures rest on a facilitator: who passed a training of theirs.

    With a day: those that another posting from that day on changes, by such a training or by their days.
    """
    closed = [stage for stage in programme_plan(session).stages if stage.is_closed]
    passed = stages_passed(session, facilitator_id, since) if closed else frozenset()
    return [s for s in closed if s.id in passed or (since is not None and s.ends_on >= since)]


def attendances_of(session: Session, training_id: int) -> dict[int, bool]:
    """Return who attended a training, as {facilitator id: passed}."""
    rows = session.scalars(select(Attendance).where(Attendance.training_id == training_id))
    return {row.facilitator_id: row.passed for row in rows}


def namesake(session: Session, unit_id: int, name: str, day: date, besides: int = 0) -> Facilitator | None:
    """Return a live facilitator of that very name who serves at a unit on a day."""
    found = (
        select(Facilitator)
        .join(Posting, Posting.facilitator_id == Facilitator.id)
        .where(Facilitator.name == name, Facilitator.id != besides, is_live(Facilitator))
        .where(Posting.unit_id == unit_id, serves_on(day))
        .limit(1)
    )
    return session.scalars(found).first()


def readable_facilitator(
    session: Session, facilitator_id: int, actor: Actor, day: date
) -> Facilitator | None:
    """Return a facilitator whom somebody may read about, else None.

    Withdrawn ones are for the units where they serve, those above, and the office; hidden ones for who
    writes for those units.
    """
    found = session.get(Facilitator, facilitator_id)
    if found is None or (found.withdrawn_on is None and found.hidden_at is None):
        return found
    needed = Permission.RECORDS_WRITE if found.hidden_at else Permission.UNIT_READ
    tree = unit_tree(session)
    places = standing(postings_of(session, facilitator_id), day)
    return found if any(may(actor, needed, tree[posting.unit_id]) for posting in places) else None


def readable_training(session: Session, training_id: int, actor: Actor) -> Training | None:
    """Return a training that somebody may read, else None; a withdrawn one is for those inside its unit."""
    tree = unit_tree(session)
    there = or_(Training.withdrawn_on.is_(None), withdrawn_inside(actor, tree, Training))
    return session.scalar(
        select(Training).where(Training.id == training_id, open_to(actor, tree, Training), there)
    )
