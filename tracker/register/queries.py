"""The rows of the register: facilitators with what they passed and led."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.accounts.permissions import Permission
from tracker.activities.models import Activity, ActivityFacilitator
from tracker.facilitators.models import Attendance, Facilitator, FacilitatorRole, KmRole, Posting, Training
from tracker.facilitators.queries import is_trained, last_posting_of, roles_of, serves_on, units_with
from tracker.organisation.models import Unit
from tracker.organisation.tree import UnitTree, unit_tree
from tracker.programme.reading import Aside, among, is_live, open_to
from tracker.register.reading import PeopleFilter, Reader, ordered, readable, searched
from tracker.sharing.models import HELD, Event, EventFacilitator
from tracker.thai.text import search_text

_LAST = aliased(Posting)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A facilitator as the register lists one: the present or last posting, what was passed and led."""

    facilitator: Facilitator
    unit_id: int
    since: date
    until: date | None
    roles: tuple[KmRole, ...]
    passed: int
    passed_on: date | None
    led: int

    def serves_on(self, day: date) -> bool:
        """Tell whether the posting holds on a day."""
        return self.until is None or self.until >= day


def _passed(measure: Any) -> Any:
    return (
        select(measure)
        .select_from(Attendance)
        .join(Training, Training.id == Attendance.training_id)
        .where(Attendance.facilitator_id == Facilitator.id, Attendance.passed, is_live(Training))
        .correlate(Facilitator)
        .scalar_subquery()
    )


def _led(reader: Reader, tree: UnitTree) -> Any:
    return (
        select(func.count())
        .select_from(ActivityFacilitator)
        .join(Activity, Activity.id == ActivityFacilitator.activity_id)
        .where(ActivityFacilitator.facilitator_id == Facilitator.id, readable(Activity, reader, tree))
        .correlate(Facilitator)
        .scalar_subquery()
    )


def _passed_in(stage_id: int, unit_ids: frozenset[int] | None) -> Any:
    """Return who passed a stage's training while posted at units on its last day: what evidence counts."""
    query = (
        select(Attendance.facilitator_id)
        .join(Training, Training.id == Attendance.training_id)
        .join(Posting, Posting.facilitator_id == Attendance.facilitator_id)
        .where(Training.stage_id == stage_id, Attendance.passed, is_live(Training))
        .where(serves_on(Training.ends_on))
    )
    return query if unit_ids is None else query.where(among(Posting.unit_id, unit_ids))


def _set_aside(aside: Aside | None, reader: Reader, tree: UnitTree) -> list[ColumnElement[bool]]:
    """Return the conditions of who counts, or was set aside: hidden ones are for who writes."""
    if aside is None:
        return [is_live(Facilitator)]
    own = _LAST.unit_id.in_(sorted(units_with(reader.actor, Permission.RECORDS_WRITE, tree)))
    if aside is Aside.HIDDEN:
        return [Facilitator.hidden_at.is_not(None), own]
    inside = _LAST.unit_id.in_(sorted(units_with(reader.actor, Permission.UNIT_READ, tree)))
    return [Facilitator.withdrawn_on.is_not(None), inside, or_(Facilitator.hidden_at.is_(None), own)]


def _people_conditions(wanted: PeopleFilter, reader: Reader, tree: UnitTree) -> list[ColumnElement[bool]]:
    if wanted.nothing:
        return [false()]
    conditions = searched(wanted.q, Facilitator.search_text, _LAST.unit_id, tree)
    conditions += _set_aside(wanted.aside, reader, tree)
    if wanted.passed_in is not None:
        conditions.append(Facilitator.id.in_(_passed_in(wanted.passed_in, wanted.unit_ids)))
    elif wanted.unit_ids is not None:
        conditions.append(among(_LAST.unit_id, wanted.unit_ids))
    if wanted.role is not None:
        playing = select(FacilitatorRole.facilitator_id).where(FacilitatorRole.kind == wanted.role)
        conditions.append(Facilitator.id.in_(playing))
    if wanted.trained is not None:
        conditions.append(is_trained() if wanted.trained else ~is_trained())
    if wanted.active is not None:
        active = or_(_LAST.until.is_(None), _LAST.until >= reader.day)
        conditions.append(active if wanted.active else ~active)
    return conditions


def count_facilitators(session: Session, wanted: PeopleFilter, reader: Reader) -> int:
    """Count the facilitators that a filter lets through."""
    query = select(func.count()).select_from(Facilitator).join(_LAST, _LAST.id == last_posting_of(Posting.id))
    return session.scalar(query.where(*_people_conditions(wanted, reader, unit_tree(session)))) or 0


def facilitator_rows(
    session: Session,
    wanted: PeopleFilter,
    reader: Reader,
    order: str,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[RegisterRow]:
    """Return the facilitators that a filter lets through, in an order."""
    tree = unit_tree(session)
    passed, led = _passed(func.count()).label("passed"), _led(reader, tree).label("led")
    query: Select[Any] = (
        select(
            Facilitator, _LAST.unit_id, _LAST.since, _LAST.until,
            passed, _passed(func.max(Training.ends_on)).label("passed_on"), led,
        )
        .join(_LAST, _LAST.id == last_posting_of(Posting.id))
        .join(Unit, Unit.id == _LAST.unit_id)
        .where(*_people_conditions(wanted, reader, tree))
    )  # fmt: skip
    columns = {
        "name": Facilitator.sort_key, "unit": Unit.sort_key, "since": _LAST.since,
        "passed": passed, "led": led,
    }  # fmt: skip
    query = ordered(query, order, columns, (Facilitator.sort_key, Facilitator.id))
    found = session.execute(query.limit(limit).offset(offset or None)).all()
    roles = roles_of(session, [row[0].id for row in found])
    return [
        RegisterRow(person, unit_id, since, until, tuple(roles.get(person.id, ())), passed, passed_on, led)
        for person, unit_id, since, until, passed, passed_on, led in found
    ]


def trainings_of(session: Session, facilitator_id: int, reader: Reader) -> list[tuple[Training, bool]]:
    """Return the live trainings that a facilitator attended and somebody may read, the latest first."""
    rows = session.execute(
        select(Training, Attendance.passed)
        .join(Attendance, Attendance.training_id == Training.id)
        .where(Attendance.facilitator_id == facilitator_id, is_live(Training))
        .where(open_to(reader.actor, unit_tree(session), Training))
        .order_by(Training.starts_on.desc(), Training.id.desc())
    )
    return [(training, passed) for training, passed in rows]


@dataclass(frozen=True, slots=True)
class Led:
    """What a facilitator led: how many activities and events, and the latest activities."""

    activities: int
    events: int
    latest: list[Activity]


def led_by(session: Session, facilitator_id: int, reader: Reader, latest: int = 5) -> Led:
    """Return what a facilitator led, of what somebody may read; events count once they were held."""
    tree = unit_tree(session)
    activities = (
        select(Activity)
        .join(ActivityFacilitator, ActivityFacilitator.activity_id == Activity.id)
        .where(ActivityFacilitator.facilitator_id == facilitator_id, readable(Activity, reader, tree))
    )
    events = (
        select(func.count())
        .select_from(Event)
        .join(EventFacilitator, EventFacilitator.event_id == Event.id)
        .where(EventFacilitator.facilitator_id == facilitator_id, readable(Event, reader, tree))
        .where(Event.state.in_(HELD))
    )
    shown = activities.order_by(Activity.held_on.desc(), Activity.id.desc()).limit(latest)
    return Led(
        session.scalar(select(func.count()).select_from(activities.subquery())) or 0,
        session.scalar(events) or 0,
        list(session.scalars(shown)),
    )


def facilitators_found(session: Session, q: str, limit: int = 20) -> list[Facilitator]:
    """Return live facilitators whose name or position holds every word, by name."""
    words = search_text(q).split()[:8]
    if not words:
        return []
    query = select(Facilitator).where(is_live(Facilitator))
    for word in words:
        query = query.where(Facilitator.search_text.contains(word, autoescape=True))
    return list(session.scalars(query.order_by(Facilitator.sort_key, Facilitator.id).limit(limit)))
