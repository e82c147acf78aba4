"""Proves that what is stored is what the records amount to, counted from nothing."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.organisation.tree import unit_tree
from tracker.programme.enrolments import enrolment_book
from tracker.programme.plan import programme_plan
from tracker.progress.attribution import misplaced
from tracker.progress.counting import Cell, Counted, count
from tracker.progress.models import Claim, ClaimChange, EnrolmentProgress, MonthCount, StepProgress
from tracker.progress.sources import Extent

NOTHING: tuple[Any, ...] = (None, 0, {}, Claim.NONE)
BATCH = 400


def differences(session: Session, tell: Callable[[int, int], None] = lambda _done, _of: None) -> list[str]:
    """Return a line for each stored figure that differs from its recount; empty when all is right.

    `tell` hears (enrolments done, of how many).
    """
    tree, plan, book = unit_tree(session), programme_plan(session), enrolment_book(session)
    lines = [
        f"{group.kind} of unit {tree[group.unit_id].code}, stage {plan.stage_by_id[group.stage_id].number}: "
        f"count for enrolment {group.enrolment_id}"
        for group in misplaced(session, tree, book)
    ]
    ids = [enrolment.id for enrolment in book.enrolments]
    for start in range(0, len(ids), BATCH):
        extent = Extent(session, tree, plan, book, frozenset(ids[start : start + BATCH]))
        lines.extend(_differing(extent))
        tell(min(start + BATCH, len(ids)), len(ids))
    return lines


def _differing(extent: Extent) -> Iterator[str]:
    ids = extent.enrolment_ids
    counted = count(extent, {(e, step.id) for e in ids for step in extent.plan.steps})
    claims = _claims(extent)
    for cell in counted.cells:
        counted.cells[cell] |= claims.get(cell, _CLAIM_OF_NOTHING)
    yield from _compare(extent, counted)


_CLAIM_OF_NOTHING = {"claim": Claim.NONE, "claimed_on": None, "claim_entered_on": None}


def _claims(extent: Extent) -> dict[Cell, dict[str, Any]]:
    """Return what the history says of each claim: its last entry that was not taken back."""
    rows = extent.session.scalars(
        select(ClaimChange)
        .where(ClaimChange.enrolment_id.in_(extent.enrolment_ids), ~ClaimChange.is_undone)
        .order_by(ClaimChange.id)
    )
    return {
        (row.enrolment_id, row.step_id): {
            "claim": row.after,
            "claimed_on": row.claimed_on,
            "claim_entered_on": row.entered_on,
        }
        for row in rows
    }


def _compare(extent: Extent, counted: Counted) -> Iterator[str]:
    session, ids = extent.session, extent.enrolment_ids
    session.expire_all()
    cells = session.scalars(select(StepProgress).where(StepProgress.enrolment_id.in_(ids)))
    stored: dict[Any, Any] = {(row.enrolment_id, row.step_id): row for row in cells}
    yield from _compare_rows("cell", stored, counted.cells)
    wholes = session.scalars(select(EnrolmentProgress).where(EnrolmentProgress.enrolment_id.in_(ids)))
    yield from _compare_rows("enrolment", {row.enrolment_id: row for row in wholes}, counted.enrolments)
    months = session.scalars(select(MonthCount).where(MonthCount.enrolment_id.in_(ids)))
    kept = {(row.enrolment_id, row.month): row.activities for row in months}
    for month in sorted(kept.keys() | counted.months.keys()):
        if kept.get(month) != counted.months.get(month):
            yield f"month {month}: stored {kept.get(month)}, counted {counted.months.get(month)}"


def _compare_rows(name: str, stored: dict[Any, Any], counted: dict[Any, dict[str, Any]]) -> Iterator[str]:
    """Compare by columns; a row that is missing counts as one with nothing in it."""
    for place, values in counted.items():
        row = stored.get(place)
        for column, value in values.items():
            if row is None and column in ("measured_rules", "evidence"):
                continue
            kept = getattr(row, column) if row is not None else None
            if kept != value and not (row is None and value in NOTHING):
                yield f"{name} {place} {column}: stored {kept}, counted {value}"
