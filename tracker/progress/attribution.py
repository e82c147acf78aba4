"""What counts where, set anew when units or enrolments changed after records were made."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, func, literal, select, union_all, update
from sqlalchemy.orm import Session

from tracker.activities.models import Activity
from tracker.change import Change
from tracker.organisation.tree import UnitTree, unit_tree
from tracker.programme.enrolments import EnrolmentBook, enrolment_book
from tracker.sharing.models import Event, EventEntry

MODELS: dict[str, Any] = {"activities": Activity, "events": Event, "entries": EventEntry}
SLICE = 500


@dataclass(frozen=True, slots=True)
class Group:
    """Records of a kind, stage and unit that are stored as counting for one enrolment (or none)."""

    kind: str
    stage_id: int
    unit_id: int
    enrolment_id: int | None
    first_on: date
    last_on: date


def _groups(session: Session) -> list[Group]:
    def group(kind: str, model: Any, stage: Any, day: Any) -> Any:
        return select(
            literal(kind).label("kind"), stage, model.unit_id, model.enrolment_id,
            func.min(day).label("first_on"), func.max(day).label("last_on"),
        ).group_by(stage, model.unit_id, model.enrolment_id)  # fmt: skip

    entries = group("entries", EventEntry, Event.stage_id, Event.held_on)
    query = union_all(
        group("activities", Activity, Activity.stage_id, Activity.held_on),
        group("events", Event, Event.stage_id, Event.held_on),
        entries.join(Event, Event.id == EventEntry.event_id),
    )
    return [Group(*row) for row in session.execute(query)]


def _expected(book: EnrolmentBook, tree: UnitTree, stage_id: int, unit_id: int, day: date) -> int | None:
    enrolment = book.counting_for(stage_id, tree[unit_id], day)
    return enrolment.id if enrolment else None


def misplaced(session: Session, tree: UnitTree, book: EnrolmentBook) -> list[Group]:
    """Return the groups of records in which some count elsewhere than they should."""
    # Withdrawals only ever move a record up with its day, so equal ends mean that all between are equal.
    return [
        group
        for group in _groups(session)
        if any(
            _expected(book, tree, group.stage_id, group.unit_id, day) != group.enrolment_id
            for day in (group.first_on, group.last_on)
        )
    ]


def _records(session: Session, group: Group) -> list[tuple[int, date, int | None]]:
    """Return (id, day, step or None) of the records of a group."""
    model = MODELS[group.kind]
    holder = Event if model is EventEntry else model
    step = Activity.step_id if model is Activity else literal(None, Integer)
    query = select(model.id, holder.held_on, step)
    if model is EventEntry:
        query = query.join(Event, Event.id == EventEntry.event_id)
    query = query.where(holder.stage_id == group.stage_id, model.unit_id == group.unit_id)
    query = query.where(model.enrolment_id.is_not_distinct_from(group.enrolment_id))
    return [(record_id, day, step_id) for record_id, day, step_id in session.execute(query)]


def reattribute(change: Change, *, stage_id: int | None = None) -> int:
    """Set anew what records of a stage (or of all) count for, touch the cells, return how many moved.

    The follower calls it by itself when enrolments or the unit tree changed.
    """
    session = change.session
    session.flush()
    tree, book = unit_tree(session), enrolment_book(session)
    moved = 0
    for group in misplaced(session, tree, book):
        if stage_id in (None, group.stage_id):
            moved += _move(change, group, tree, book)
    return moved


def _move(change: Change, group: Group, tree: UnitTree, book: EnrolmentBook) -> int:
    """Move the records of a group; touch where they were and where they are."""
    model = MODELS[group.kind]
    to: dict[int | None, list[int]] = {}
    for record_id, day, step_id in _records(change.session, group):
        expected = _expected(book, tree, group.stage_id, group.unit_id, day)
        if expected != group.enrolment_id:
            to.setdefault(expected, []).append(record_id)
            change.touch(group.enrolment_id, step_id)
            change.touch(expected, step_id)
    for enrolment_id, ids in to.items():
        for start in range(0, len(ids), SLICE):
            change.session.execute(
                update(model)
                .where(model.id.in_(ids[start : start + SLICE]))
                .values(enrolment_id=enrolment_id)
                .execution_options(synchronize_session="evaluate")
            )
    return sum(len(ids) for ids in to.values())


def move_records(change: Change, stage_id: int) -> None:
    """Follow a change of enrolments (see `tracker.programme.attribution`)."""
    reattribute(change, stage_id=stage_id)
