"""Units to follow (หน่วยงานที่ควรติดตาม): which, why, and for how many days. One function, asked everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Date, cast, column, func, literal, select, union_all, values
from sqlalchemy.orm import Session

from tracker.activities.models import Activity
from tracker.following.models import Call, Pause
from tracker.organisation.tree import UnitTree
from tracker.programme.enrolments import EnrolmentInfo
from tracker.programme.plan import StageInfo
from tracker.progress.figures import ClaimHistory, Scope
from tracker.progress.figures_people import TrainedPosting, untrained_since, with_trained
from tracker.progress.models import Claim, EnrolmentProgress, StepProgress
from tracker.sharing.models import Event, EventEntry

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


@dataclass(frozen=True)
class CellState:
    """What one cell stored: its claim, since when, and since when it has a record of its sources."""

    claim: Claim
    entered_on: date | None
    first_evidence_on: date | None


Cells = dict[tuple[int, int], CellState]


def stored_cells(session: Session, enrolments: Iterable[EnrolmentInfo]) -> Cells:
    """Return the stored cells of some enrolments, in one statement."""
    rows = session.execute(
        select(
            StepProgress.enrolment_id,
            StepProgress.step_id,
            StepProgress.claim,
            StepProgress.claim_entered_on,
            StepProgress.first_evidence_on,
        ).where(StepProgress.enrolment_id.in_([e.id for e in enrolments]))
    )
    return {(e, s): CellState(claim, day, first) for e, s, claim, day, first in rows}


def last_heard(session: Session, enrolments: Iterable[EnrolmentInfo]) -> dict[int, date]:
    """Return {enrolment id: last day on which a record or a claim of it was entered}."""
    rows = session.execute(
        select(
            EnrolmentProgress.enrolment_id, EnrolmentProgress.last_record_on, EnrolmentProgress.last_claim_on
        ).where(EnrolmentProgress.enrolment_id.in_([e.id for e in enrolments]))
    )
    heard = {}
    for enrolment_id, record, claim in rows:
        days = [day for day in (record, claim) if day is not None]
        if days:
            heard[enrolment_id] = max(days)
    return heard


def _late(
    stage: StageInfo, e: EnrolmentInfo, claims: dict[tuple[int, int], Claim], day: date
) -> list[Reason]:
    return [
        Reason(ReasonKind.LATE, due + timedelta(days=1), (day - due).days, step_id)
        for step_id, due in stage.due.items()
        if due is not None and due < day and claims.get((e.id, step_id)) is not Claim.DONE
    ]


def _unseen(cells: Cells, claims: dict[tuple[int, int], Claim], day: date) -> list[Reason]:
    reasons = []
    for (enrolment_id, step_id), cell in cells.items():
        if claims.get((enrolment_id, step_id)) is not Claim.DONE:
            continue
        if cell.first_evidence_on is None or cell.first_evidence_on > day:
            since = min(cell.entered_on or day, day)
            reasons.append(Reason(ReasonKind.NO_RECORD, since, (day - since).days, step_id))
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
) -> dict[int, tuple[Reason, ...]]:
    """Return {enrolment id: reasons to follow it on a day}, the most days first; pure."""
    if not stage.covers(day):
        return {}
    trained = {e.id for e in with_trained(postings, enrolments, tree, day)}
    unseen: dict[int, Cells] = {}
    for key, cell in cells.items():
        unseen.setdefault(key[0], {})[key] = cell
    found = {}
    for e in enrolments:
        reasons = [
            *_late(stage, e, claims, day),
            *_silent(stage, e, heard.get(e.id), day),
            *_unseen(unseen.get(e.id, {}), claims, day),
        ]
        if e.id not in trained:
            since = untrained_since(postings, e, tree, stage.starts_on, day)
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


def last_calls(session: Session, enrolments: Iterable[EnrolmentInfo]) -> dict[int, Call]:
    """Return {enrolment id: the last call noted}."""
    rows = session.scalars(
        select(Call)
        .where(Call.enrolment_id.in_([e.id for e in enrolments]))
        .order_by(Call.called_on, Call.id)
    )
    return {call.enrolment_id: call for call in rows}


def units_to_follow(
    session: Session, scope: Scope, postings: list[TrainedPosting], *, cells: Cells | None = None
) -> list[ToFollow]:
    """Return the units to follow in a scope, the most days first; only the current stage is chased.

    A paused unit is left out; one with a next call ahead stands after the others until that day.
    """
    enrolments, day = scope.enrolments(), scope.today
    if not scope.stage.covers(day) or scope.stage.is_closed:
        return []
    cells = stored_cells(session, enrolments) if cells is None else cells
    reasons = reasons_on(
        scope.stage,
        scope.tree,
        enrolments,
        day,
        claims={key: cell.claim for key, cell in cells.items()},
        cells=cells,
        heard=last_heard(session, enrolments),
        postings=postings,
    )
    pauses, calls = pauses_of(session, enrolments), last_calls(session, enrolments)
    found = []
    for e in enrolments:
        if e.id not in reasons or any(pause.covers(day) for pause in pauses.get(e.id, ())):
            continue
        call = calls.get(e.id)
        found.append(
            ToFollow(e, reasons[e.id], call.called_on if call else None, call.next_on if call else None)
        )
    return sorted(found, key=lambda f: (f.next_on is not None and f.next_on > day, -f.worst.days))


def heard_by(
    session: Session, enrolments: list[EnrolmentInfo], history: ClaimHistory, days: list[date]
) -> dict[date, dict[int, date]]:
    """Return, for each day, {enrolment id: last day by then on which something of it was entered}.

    One seek in an index for each enrolment and day, so that it costs the same at any number of records.
    """
    if not days or not enrolments:
        return {day: {} for day in days}
    ids = [e.id for e in enrolments]
    asked = values(column("day", Date), name="asked").data([(day,) for day in days])
    who = values(column("enrolment_id", Activity.enrolment_id.type), name="who").data([(i,) for i in ids])
    by = cast(asked.c.day, Date)
    latest = (
        select(Activity.entered_on)
        .where(Activity.enrolment_id == who.c.enrolment_id, Activity.entered_on <= by)
        .where((Activity.withdrawn_on.is_(None)) | (Activity.withdrawn_on > by))
        .order_by(Activity.entered_on.desc())
        .limit(1)
        .correlate(asked, who)
        .scalar_subquery()
    )
    heard: dict[date, dict[int, date]] = {day: {} for day in days}
    for day, enrolment_id, last in session.execute(
        select(asked.c.day, who.c.enrolment_id, latest).select_from(asked.join(who, literal(True)))
    ):
        if last is not None:
            heard[day][enrolment_id] = last
    others = _other_entries(session, ids)
    for day in days:
        for enrolment_id, entered_on in [*others, *((c[0], c[3]) for c in history.changes)]:
            if entered_on <= day and entered_on > heard[day].get(enrolment_id, date.min):
                heard[day][enrolment_id] = entered_on
    return heard


def _other_entries(session: Session, ids: list[int]) -> list[tuple[int, date]]:
    events = select(Event.enrolment_id, Event.entered_on).where(
        Event.enrolment_id.in_(ids), Event.withdrawn_on.is_(None)
    )
    entries = select(EventEntry.enrolment_id, EventEntry.entered_on).where(
        EventEntry.enrolment_id.in_(ids), EventEntry.withdrawn_on.is_(None)
    )
    return [(e, day) for e, day in session.execute(union_all(events, entries)) if e is not None]
