"""Counts the cells that a change touched again from the records, before the change is committed."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from tracker.change import Change
from tracker.organisation.revision import kept_before
from tracker.organisation.tree import UnitTree, unit_tree
from tracker.programme.enrolments import enrolment_book
from tracker.programme.models import Enrolment
from tracker.programme.plan import Plan, programme_plan
from tracker.progress.attribution import reattribute
from tracker.progress.counting import Cell, Counted, count
from tracker.progress.models import EnrolmentProgress, MonthCount, StepProgress
from tracker.progress.sources import ENROLMENTS, Extent

BATCH = 400
Stored = StepProgress | EnrolmentProgress | MonthCount
KEYS: dict[Any, tuple[str, ...]] = {
    StepProgress: ("enrolment_id", "step_id"),
    EnrolmentProgress: ("enrolment_id",),
    MonthCount: ("enrolment_id", "month"),
}


def recount(change: Change) -> None:
    """Count the touched cells and their enrolments anew; all of them when units or enrolments changed."""
    session = change.session
    session.flush()
    if "reference_changed" in session.info and _tree_changed(session):
        recount_everything(change)
        return
    if change.touched:
        cells = {(e, s) for e, s in change.touched if s is not None}
        _recount(_extent(session), cells, {e for e, _ in change.touched})


def recount_everything(change: Change) -> None:
    """Have every record count where it belongs, and count all cells and enrolments anew."""
    reattribute(change)
    extent = _extent(change.session)
    ids = set(extent.book.by_id)
    _recount(extent, {(e, step.id) for e in ids for step in extent.plan.steps}, ids)


def _extent(session: Session) -> Extent:
    return Extent(session, unit_tree(session), _plan(session), enrolment_book(session), frozenset())


def _recount(extent: Extent, touched: set[Cell], enrolments: set[int]) -> None:
    session, known = extent.session, extent.book.by_id
    ids = sorted(e for e in enrolments if e in known)
    for batch in _batches(ids):
        lock_enrolments(session, batch)
        part = Extent(session, extent.tree, extent.plan, extent.book, frozenset(batch))
        _store(session, part, count(part, {cell for cell in touched if cell[0] in part.enrolment_ids}))


def _tree_changed(session: Session) -> bool:
    """Tell whether units moved, came, closed or went; what was before may be unknown, then they did."""
    before: UnitTree | None = kept_before(session, "unit_tree")
    return before is None or before.nodes != unit_tree(session).nodes


def _plan(session: Session) -> Plan:
    """Return the steps, kinds and rules: they cannot change any more once there is something to count."""
    before: Plan | None = kept_before(session, "programme_plan")
    return before if before is not None and before.rules else programme_plan(session)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def lock_enrolments(session: Session, ids: Iterable[int]) -> None:
    """Make other writers of the same cells wait, so that the later one counts what the earlier one wrote.

    SQLite has one writer at a time anyway.
    """
    if session.get_bind().dialect.name != "sqlite":
        # Not FOR UPDATE: that would wait for every record that was just added below the enrolment.
        session.execute(
            select(Enrolment.id)
            .where(Enrolment.id.in_(list(ids)))
            .order_by(Enrolment.id)
            .with_for_update(key_share=True)
        )


def _store(session: Session, extent: Extent, counted: Counted) -> None:
    ids = list(extent.enrolment_ids)
    if counted.cells:
        steps = sorted({step_id for _, step_id in counted.cells})
        _write(session, StepProgress, counted.cells, enrolments=ids, steps=steps)
    whole = {(enrolment_id,): values for enrolment_id, values in counted.enrolments.items()}
    _write(session, EnrolmentProgress, whole, enrolments=ids)
    months = {place: {"activities": number} for place, number in counted.months.items()}
    stored = _write(session, MonthCount, months, enrolments=ids)
    if gone := [number for place, number in stored.items() if place not in months]:
        session.execute(delete(MonthCount).where(MonthCount.id.in_(gone)))


@cache
def _stored(model: type[Stored], names: tuple[str, ...], of_steps: bool) -> Any:
    """Return the question for the stored rows: id, key and values."""
    table: Any = model.__table__
    columns = [table.c[name] for name in ("id", *KEYS[model], *names)]
    query = select(*columns).where(table.c.enrolment_id.in_(ENROLMENTS))
    return query.where(table.c.step_id.in_(bindparam("steps", expanding=True))) if of_steps else query


@cache
def _changing(model: type[Stored]) -> Any:
    """Return the statement that changes one stored row, in whatever is given with it."""
    table: Any = model.__table__
    return update(table).where(table.c.id == bindparam("row"))


def _write(
    session: Session, model: type[Stored], counted: Mapping[Any, dict[str, Any]], **extent: list[int]
) -> dict[Any, int]:
    """Store what was counted: what differs, and what is missing; return the ids that were there by key.

    Past the objects of the session, which a recount of hundreds of cells would fill: those that
    somebody holds already are read anew when they are next looked at.
    """
    key, there, connection = KEYS[model], {}, session.connection()
    names = tuple(next(iter(counted.values()), ()))
    for number, *found in connection.execute(_stored(model, names, "steps" in extent), extent).all():
        place = tuple(found[: len(key)])
        there[place] = number
        before = dict(zip(names, found[len(key) :], strict=True))
        changed = {n: v for n, v in counted.get(place, before).items() if before[n] != v}
        if changed:
            connection.execute(_changing(model), {"row": number, **changed})
    missing = [dict(zip(key, p, strict=True)) | v for p, v in counted.items() if p not in there]
    if missing:
        connection.execute(insert(model), missing)
    for held in session.identity_map.values():
        if isinstance(held, model):
            session.expire(held)
    return there
