"""Units to follow (หน่วยงานที่ควรติดตาม): which, why, and for how many days. One function, asked everywhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.following.heard import last_heard
from tracker.following.models import Pause
from tracker.following.queries import last_call_notes
from tracker.organisation.tree import UnitTree
from tracker.programme.enrolments import EnrolmentInfo
from tracker.programme.plan import StageInfo
from tracker.progress.counting import Cell
from tracker.progress.figures import Scope
from tracker.progress.figures_people import TrainedPosting, last_served, with_trained
from tracker.progress.models import Claim, StepProgress
from tracker.progress.rules import Span

SILENT_DAYS = 30


class ReasonKind(StrEnum):
    """Why a unit is to be followed."""

    LATE = "late"
    SILENT = "silent"
    NO_FACILITATOR = "no_facilitator"
    NO_RECORD = "no_record"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, since a day; `step_id` for those about a step."""

    kind: ReasonKind
    since: date
    days: int
    step_id: int | None = None


@dataclass(frozen=True, slots=True)
class ToFollow:
    """A unit to follow: every reason, the worst first, and what the office noted."""

    enrolment: EnrolmentInfo
    reasons: tuple[Reason, ...]
    called_on: date | None = None
    next_on: date | None = None

    @property
    def worst(self) -> Reason:
        """Return the reason with the most days."""
        return self.reasons[0]

    @property
    def is_mild(self) -> bool:
        """Tell whether only evidence is missing: somebody waits, nobody must be called."""
        return all(reason.kind is ReasonKind.NO_RECORD for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class CellState:
    """What one cell stored: its claim, since when, since when it has evidence, and how much."""

    claim: Claim
    entered_on: date | None
    first_evidence_on: date | None
    met: int = 0
    rules: int = 0
    activities: int = 0


Cells = dict[Cell, CellState]


def stored_cells(session: Session, enrolments: Iterable[EnrolmentInfo]) -> Cells:
    """Return the stored cells of some enrolments, in one statement."""
    rows = session.execute(
        select(
            StepProgress.enrolment_id,
            StepProgress.step_id,
            StepProgress.claim,
            StepProgress.claim_entered_on,
            StepProgress.first_evidence_on,
            StepProgress.measured_met,
            StepProgress.measured_rules,
            StepProgress.activities,
        ).where(StepProgress.enrolment_id.in_([e.id for e in enrolments]))
    )
    return {(row[0], row[1]): CellState(*row[2:]) for row in rows}


def _late(
    stage: StageInfo, e: EnrolmentInfo, claims: dict[tuple[int, int], Claim], day: date
) -> list[Reason]:
    return [
        Reason(ReasonKind.LATE, due + timedelta(days=1), (day - due).days, step_id)
        for step_id, due in stage.due.items()
        if due is not None and due < day and claims.get((e.id, step_id)) is not Claim.DONE
    ]


def _unseen(
    cells: Cells,
    claims: dict[tuple[int, int], Claim],
    day: date,
    said: Mapping[Cell, date] | None,
    gone: Mapping[Cell, Sequence[Span]],
) -> list[Reason]:
    """Return the steps claimed done without a record; a step without evidence rules lacks none."""
    reasons = []
    for key, cell in cells.items():
        if claims.get(key) is not Claim.DONE or not cell.rules:
            continue
        if cell.first_evidence_on is not None and cell.first_evidence_on <= day:
            continue
        if not any(span.holds_on(day) for span in gone.get(key, ())):
            since = min((cell.entered_on if said is None else said.get(key)) or day, day)
            reasons.append(Reason(ReasonKind.NO_RECORD, since, (day - since).days, key[1]))
    return reasons


def _silent(stage: StageInfo, e: EnrolmentInfo, heard: date | None, day: date) -> list[Reason]:
    since = max(stage.starts_on, e.enrolled_on, heard or stage.starts_on)
    days = (day - since).days
    return [Reason(ReasonKind.SILENT, since, days)] if days >= SILENT_DAYS else []


def reasons_on(
    stage: StageInfo,
    tree: UnitTree,
    enrolments: list[EnrolmentInfo],
    day: date,
    *,
    claims: dict[tuple[int, int], Claim],
    cells: Cells,
    heard: dict[int, date],
    postings: list[TrainedPosting],
    said: Mapping[Cell, date] | None = None,
    gone: Mapping[Cell, Sequence[Span]] = MappingProxyType({}),
) -> dict[int, tuple[Reason, ...]]:
    """Return {enrolment id: reasons to follow it on a day}, the most days first; pure.

    A unit that is closed on the day is not followed, although it stays in N until it is withdrawn.
    For a day that is past: `said` tells when the claims were entered that were known then, `gone` what was
    evidence then and was withdrawn since.
    """
    if not stage.covers(day):
        return {}
    trained = {e.id for e in with_trained(postings, enrolments, tree, day)}
    served = last_served(postings, tree, day)
    unseen: dict[int, Cells] = {}
    for key, cell in cells.items():
        unseen.setdefault(key[0], {})[key] = cell
    found = {}
    for e in enrolments:
        if tree[e.unit_id].is_closed_on(day):
            continue
        reasons = [
            *_late(stage, e, claims, day),
            *_silent(stage, e, heard.get(e.id), day),
            *_unseen(unseen.get(e.id, {}), claims, day, said, gone),
        ]
        if e.id not in trained:
            since = max(stage.starts_on, e.enrolled_on, served.get(e.unit_id, stage.starts_on))
            reasons.append(Reason(ReasonKind.NO_FACILITATOR, since, (day - since).days))
        if reasons:
            found[e.id] = tuple(sorted(reasons, key=lambda r: (-r.days, r.kind.value, r.step_id or 0)))
    return found


def pauses_of(session: Session, enrolments: Iterable[EnrolmentInfo]) -> dict[int, list[Pause]]:
    """Return {enrolment id: its pauses}."""
    found: dict[int, list[Pause]] = {}
    for pause in session.scalars(select(Pause).where(Pause.enrolment_id.in_([e.id for e in enrolments]))):
        found.setdefault(pause.enrolment_id, []).append(pause)
    return found


def reasons_now(
    session: Session,
    scope: Scope,
    postings: list[TrainedPosting],
    *,
    cells: Cells | None = None,
    heard: dict[int, date] | None = None,
) -> dict[int, tuple[Reason, ...]]:
    """Return {enrolment id: reasons} of today, paused units too; only the current stage is chased."""
    enrolments = scope.enrolments()
    if not scope.stage.covers(scope.today) or scope.stage.is_closed:
        return {}
    cells = stored_cells(session, enrolments) if cells is None else cells
    return reasons_on(
        scope.stage,
        scope.tree,
        enrolments,
        scope.today,
        claims={key: cell.claim for key, cell in cells.items()},
        cells=cells,
        heard=last_heard(session, enrolments) if heard is None else heard,
        postings=postings,
    )


def units_to_follow(
    session: Session,
    scope: Scope,
    postings: list[TrainedPosting],
    *,
    cells: Cells | None = None,
    reasons: dict[int, tuple[Reason, ...]] | None = None,
) -> list[ToFollow]:
    """Return the units to follow in a scope, the most days first.

    A paused unit is left out; one with a next call ahead stands after the others until that day.
    """
    if reasons is None:
        reasons = reasons_now(session, scope, postings, cells=cells)
    day, found = scope.today, []
    enrolments = [e for e in scope.enrolments() if e.id in reasons]
    if not enrolments:
        return []
    pauses, calls = pauses_of(session, enrolments), last_call_notes(session, [e.id for e in enrolments])
    for e in enrolments:
        if any(pause.covers(day) for pause in pauses.get(e.id, ())):
            continue
        call = calls.get(e.id)
        found.append(
            ToFollow(e, reasons[e.id], call.called_on if call else None, call.next_on if call else None)
        )
    return sorted(found, key=lambda f: (f.next_on is not None and f.next_on > day, -f.worst.days))
