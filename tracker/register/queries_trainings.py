"""The rows of the trainings: who attended, who passed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import Session

from tracker.facilitators.models import Attendance, Facilitator, Posting, Training
from tracker.facilitators.queries import serves_on
from tracker.organisation.models import Unit
from tracker.organisation.tree import UnitTree, unit_tree
from tracker.programme.reading import among, is_live, open_to, set_aside
from tracker.register.reading import Reader, TrainingFilter, ordered, searched


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """A training as a list shows it."""

    training: Training
    attended: int
    passed: int


def _training_conditions(wanted: TrainingFilter, reader: Reader, tree: UnitTree) -> list[ColumnElement[bool]]:
    if wanted.nothing:
        return [false()]
    conditions = searched(wanted.q, Training.search_text, Training.unit_id, tree)
    conditions += [
        set_aside(reader.actor, tree, Training, wanted.aside),
        open_to(reader.actor, tree, Training),
    ]
    if wanted.unit_ids is not None:
        conditions.append(among(Training.unit_id, wanted.unit_ids))
    if wanted.stage_id is not None:
        conditions.append(Training.stage_id == wanted.stage_id)
    if wanted.audience is not None:
        conditions.append(Training.audience == wanted.audience)
    if wanted.since is not None:
        conditions.append(Training.ends_on >= wanted.since)
    if wanted.until is not None:
        conditions.append(Training.starts_on <= wanted.until)
    return conditions


def count_trainings(session: Session, wanted: TrainingFilter, reader: Reader) -> int:
    """Count the trainings that a filter lets through."""
    query = select(func.count()).select_from(Training)
    return session.scalar(query.where(*_training_conditions(wanted, reader, unit_tree(session)))) or 0


def _attendees(*conditions: Any) -> Any:
    return (
        select(func.count())
        .select_from(Attendance)
        .join(Facilitator, Facilitator.id == Attendance.facilitator_id)
        .where(Attendance.training_id == Training.id, is_live(Facilitator), *conditions)
        .correlate(Training)
        .scalar_subquery()
    )


def training_rows(
    session: Session,
    wanted: TrainingFilter,
    reader: Reader,
    order: str,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[TrainingRow]:
    """Return the trainings that a filter lets through, in an order, with how many attended and passed."""
    passed = _attendees(Attendance.passed).label("passed")
    query: Select[Any] = (
        select(Training, _attendees().label("attended"), passed)
        .join(Unit, Unit.id == Training.unit_id)
        .where(*_training_conditions(wanted, reader, unit_tree(session)))
    )
    columns = {
        "day": Training.starts_on, "course": Training.sort_key, "unit": Unit.sort_key, "passed": passed,
    }  # fmt: skip
    query = ordered(query, order, columns, (Training.starts_on.desc(), Training.id.desc()))
    rows = session.execute(query.limit(limit).offset(offset or None))
    return [TrainingRow(training, attended, passed) for training, attended, passed in rows]


def trainings_at(session: Session, unit_ids: Sequence[int], limit: int) -> list[Training]:
    """Return the latest live trainings that some units held."""
    query = select(Training).where(Training.unit_id.in_(unit_ids), is_live(Training))
    return list(session.scalars(query.order_by(Training.ends_on.desc(), Training.id.desc()).limit(limit)))


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who attended a training: whether they passed, and where they served on its last day."""

    facilitator: Facilitator
    passed: bool
    unit_id: int | None


def attendees_of(session: Session, training: Training) -> list[Attendee]:
    """Return who attended a training, by name; people who were withdrawn or hidden are left out."""
    rows = session.execute(
        select(Facilitator, Attendance.passed)
        .join(Attendance, Attendance.facilitator_id == Facilitator.id)
        .where(Attendance.training_id == training.id, is_live(Facilitator))
        .order_by(Facilitator.sort_key, Facilitator.id)
    ).all()
    places = units_on(session, [person.id for person, _passed in rows], training.ends_on)
    return [Attendee(person, passed, places.get(person.id)) for person, passed in rows]


def units_on(session: Session, facilitator_ids: Iterable[int], day: date) -> dict[int, int]:
    """Return at which unit each of the facilitators serves on a day; who serves nowhere is left out."""
    rows = session.scalars(
        select(Posting).where(Posting.facilitator_id.in_(sorted(facilitator_ids)), serves_on(day))
    )
    return {posting.facilitator_id: posting.unit_id for posting in rows}
