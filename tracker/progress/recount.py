"""Counts the cells that a change touched again from the records, before the change is committed."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from tracker.change import Change
from tracker.database import Base
from tracker.organisation.revision import kept_before
from tracker.organisation.tree import UnitTree, unit_tree
from tracker.programme.enrolments import enrolment_book
from tracker.programme.models import Enrolment
from tracker.programme.plan import Plan, programme_plan
from tracker.progress.attribution import reattribute
from tracker.progress.counting import Counted, count
from tracker.progress.models import EnrolmentProgress, MonthCount, StepProgress
from tracker.progress.sources import Extent

BATCH = 400


def recount(change: Change) -> None:
    """Count the touched cells and their enrolments anew; all of them when units or enrolments changed."""
    session = change.session
    session.flush()
    everything = "reference_changed" in session.info and _tree_changed(session)
    if everything:
        reattribute(change)
    if not change.touched and not everything:
        return
    extent = Extent(session, unit_tree(session), _plan(session), enrolment_book(session), frozenset())
    if everything:
        touched = {(e.id, step.id) for e in extent.book.enrolments for step in extent.plan.steps}
    else:
        touched = {(e, s) for e, s in change.touched if s is not None}
    known = extent.book.by_id
    ids = sorted({e for e, _ in change.touched | touched if e in known})
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
    ids = extent.enrolment_ids
    steps = {step_id for _, step_id in counted.cells}
    if counted.cells:
        cells = session.scalars(
            select(StepProgress)
            .where(StepProgress.enrolment_id.in_(ids), StepProgress.step_id.in_(steps))
            .execution_options(populate_existing=True)
        )
        stored: dict[Any, Base] = {(row.enrolment_id, row.step_id): row for row in cells}
        new = _assign(stored, counted.cells, ("enrolment_id", "step_id"))
        _insert(session, StepProgress, new)
    rows = session.scalars(
        select(EnrolmentProgress)
        .where(EnrolmentProgress.enrolment_id.in_(ids))
        .execution_options(populate_existing=True)
    )
    whole = {(enrolment_id,): values for enrolment_id, values in counted.enrolments.items()}
    _insert(
        session,
        EnrolmentProgress,
        _assign({(row.enrolment_id,): row for row in rows}, whole, ("enrolment_id",)),
    )
    _store_months(session, extent, counted)
    session.flush()


def _assign(
    stored: dict[Any, Base], counted: dict[Any, dict[str, Any]], key: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Set what differs on the stored rows; return the rows that are still missing."""
    missing = []
    for place, values in counted.items():
        row = stored.get(place)
        if row is None:
            missing.append(dict(zip(key, place, strict=True)) | values)
            continue
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    return missing


def _insert(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(model), rows)


def _store_months(session: Session, extent: Extent, counted: Counted) -> None:
    stored = {
        (row.enrolment_id, row.month): row
        for row in session.scalars(
            select(MonthCount)
            .where(MonthCount.enrolment_id.in_(extent.enrolment_ids))
            .execution_options(populate_existing=True)
        )
    }
    values = {place: {"activities": number} for place, number in counted.months.items()}
    _insert(session, MonthCount, _assign(dict(stored), values, ("enrolment_id", "month")))
    gone = [row.id for place, row in stored.items() if place not in counted.months]
    if gone:
        session.execute(delete(MonthCount).where(MonthCount.id.in_(gone)))
