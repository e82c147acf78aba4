"""The figures of a stage, each computed in one place: pages, lists, exports and reports all ask here.

Every figure is "n of N": N counts enrolments (or entries shown), never an average of percentages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.organisation.tree import UnitNode, UnitTree
from tracker.programme.enrolments import EnrolmentBook, EnrolmentInfo, enrolment_book
from tracker.programme.models import Enrolment
from tracker.programme.plan import StageInfo
from tracker.progress.models import Claim, ClaimChange, EnrolmentProgress, MonthCount, StepProgress

FIRST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Scope:
    """What the figures are about: a stage, all units or those under one, and the programme's day."""

    stage: StageInfo
    tree: UnitTree
    book: EnrolmentBook
    today: date
    within: UnitNode | None = None
    as_now: bool = False

    @property
    def day(self) -> date:
        """Return the day as of which the stage stands: its last day once it is over, unless asked as now."""
        return self.today if self.as_now else self.stage.last_day_by(self.today)

    def enrolments(self) -> list[EnrolmentInfo]:
        """Return the enrolments that make N, in tree order."""
        return [e for e in self.ever_enrolled() if e.counts_on(self.day)]

    def ever_enrolled(self) -> list[EnrolmentInfo]:
        """Return the enrolments that make N on some day, those withdrawn since too, in tree order."""
        return self.book.ever_in_stage(self.stage.id, self.tree, self.within.id if self.within else None)

    def enrolled_ancestor(self) -> UnitNode | None:
        """Return the unit above that is enrolled when none inside the scope is."""
        if self.within is None:
            return None
        found = self.book.counting_for(self.stage.id, self.within, self.day)
        return self.tree.get(found.unit_id) if found else None

    def members(self) -> tuple[UnitNode, ...]:
        """Return the prisons and divisions below the enrolments (หน่วยงานร่วม), each once."""
        found: dict[int, UnitNode] = {}
        for enrolment in self.enrolments():
            for node in self.tree.members_below(enrolment.unit_id):
                if node.id != enrolment.unit_id:
                    found[node.id] = node
        return tuple(found.values())


def scope_of(
    session: Session,
    stage: StageInfo,
    tree: UnitTree,
    today: date,
    within: UnitNode | None = None,
    *,
    as_now: bool = False,
) -> Scope:
    """Return the scope of a stage and, if given, a subtree; `as_now` takes a past stage as of today."""
    return Scope(stage, tree, enrolment_book(session), today, within, as_now)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Stage × step: how many of N claim it done, how many are at it; members that joined, of how many."""

    done: int
    doing: int
    of: int
    joined: int
    members: int

    @property
    def shade(self) -> int:
        """Return the bin of n/N: 0, then below a quarter, a half, three quarters, and above."""
        return shade(self.done, self.of)


def shade(n: int, of: int) -> int:
    """Return 0 for none, 1 below ¼, 2 below ½, 3 below ¾, 4 from ¾ of N."""
    return 0 if not n or not of else min(4, 1 + 4 * n // of) if n < of else 4


def step_cells(
    scope: Scope,
    claims: Mapping[tuple[int, int], Claim],
    joined: Mapping[tuple[int, int], set[int]],
    step_ids: Iterable[int],
) -> dict[int, MatrixCell]:
    """Return {step id: cell} of one stage from its claims and the members that joined, as at some day."""
    enrolments, members = scope.enrolments(), len(scope.members())
    cells = {}
    for step_id in step_ids:
        said = [claims.get((e.id, step_id)) for e in enrolments]
        cells[step_id] = MatrixCell(
            done=said.count(Claim.DONE),
            doing=said.count(Claim.DOING),
            of=len(said),
            joined=sum(len(joined.get((e.id, step_id), ())) for e in enrolments),
            members=members,
        )
    return cells


def matrix(
    session: Session, scopes: Iterable[Scope], step_ids: Iterable[int]
) -> dict[tuple[int, int], MatrixCell]:
    """Return {(stage id, step id): cell} for several stages of one subtree, in one statement."""
    scopes = list(scopes)
    enrolled = {scope.stage.id: [e.id for e in scope.enrolments()] for scope in scopes}
    counted = [enrolment_id for ids in enrolled.values() for enrolment_id in ids]
    claims: dict[tuple[int, int, Claim], int] = {}
    joined: dict[tuple[int, int], int] = {}
    rows = session.execute(
        select(
            Enrolment.stage_id,
            StepProgress.step_id,
            StepProgress.claim,
            func.count(),
            func.sum(StepProgress.joined_units),
        )
        .join(Enrolment, Enrolment.id == StepProgress.enrolment_id)
        .where(StepProgress.enrolment_id.in_(counted))
        .group_by(Enrolment.stage_id, StepProgress.step_id, StepProgress.claim)
    )
    for stage_id, step_id, claim, count, taking_part in rows:
        claims[stage_id, step_id, claim] = count
        joined[stage_id, step_id] = joined.get((stage_id, step_id), 0) + int(taking_part or 0)
    cells = {}
    for scope in scopes:
        stage_id, members = scope.stage.id, len(scope.members())
        for step_id in step_ids:
            cells[stage_id, step_id] = MatrixCell(
                done=claims.get((stage_id, step_id, Claim.DONE), 0),
                doing=claims.get((stage_id, step_id, Claim.DOING), 0),
                of=len(enrolled[stage_id]),
                joined=joined.get((stage_id, step_id), 0),
                members=members,
            )
    return cells


@dataclass(frozen=True)
class ClaimHistory:
    """What was said in a scope and not taken back, the oldest first.

    Each is (enrolment, step, claim, day known, day stated).
    """

    changes: tuple[tuple[int, int, Claim, date, date], ...]

    def claims_known_by(self, days: Iterable[date]) -> dict[date, dict[tuple[int, int], Claim]]:
        """Return the claims as they were known at the end of several days, walking the history once."""
        ordered = sorted(self.changes, key=lambda change: change[3])
        known: dict[tuple[int, int], Claim] = {}
        found, at = {}, 0
        for day in sorted(set(days)):
            while at < len(ordered) and ordered[at][3] <= day:
                enrolment_id, step_id, claim = ordered[at][:3]
                known[enrolment_id, step_id] = claim
                at += 1
            found[day] = dict(known)
        return found

    def entered_by(self, day: date) -> dict[tuple[int, int], date]:
        """Return when the claims were entered that were known at the end of a day."""
        return {(e, s): known for e, s, _claim, known, _stated in self.changes if known <= day}

    def claims_stated(self, day: date) -> dict[tuple[int, int], Claim]:
        """Return the claims that hold as at a day: of those stated for days up to it, the one entered last.

        A correction may state an earlier day than what it corrects, so the order of entry decides.
        """
        return {(e, s): claim for e, s, claim, _known, stated in self.changes if stated <= day}


def claim_history(session: Session, enrolments: Iterable[EnrolmentInfo]) -> ClaimHistory:
    """Return the history of the claims of some enrolments, in one statement."""
    rows = session.execute(
        select(
            ClaimChange.enrolment_id,
            ClaimChange.step_id,
            ClaimChange.after,
            ClaimChange.entered_on,
            ClaimChange.claimed_on,
        )
        .where(ClaimChange.enrolment_id.in_([e.id for e in enrolments]), ~ClaimChange.is_undone)
        .order_by(ClaimChange.id)
    )
    return ClaimHistory(tuple((e, s, claim, known, stated) for e, s, claim, known, stated in rows))


def complete_first_steps(
    claims: Mapping[tuple[int, int], Claim], enrolments: Iterable[EnrolmentInfo], step_ids: Iterable[int]
) -> list[EnrolmentInfo]:
    """Return the enrolments that claim every one of the steps done."""
    steps = list(step_ids)
    return [e for e in enrolments if all(claims.get((e.id, step)) is Claim.DONE for step in steps)]


def done_by_step(
    history: ClaimHistory, enrolments: Iterable[EnrolmentInfo], days: Sequence[date]
) -> dict[int, list[int]]:
    """Return {step id: [how many of those then enrolled claimed it done at the end of each day]}."""
    by_id = {e.id: e for e in enrolments}
    known = history.claims_known_by(days)
    counts: dict[int, list[int]] = {}
    for index, day in enumerate(days):
        for (enrolment_id, step_id), claim in known[day].items():
            enrolment = by_id.get(enrolment_id)
            if claim is Claim.DONE and enrolment is not None and enrolment.counts_on(day):
                counts.setdefault(step_id, [0] * len(days))[index] += 1
    return counts


def executives_since(session: Session, enrolments: Iterable[EnrolmentInfo]) -> dict[int, date]:
    """Return {enrolment id: since when live records show that its executives took part themselves}."""
    rows = session.execute(
        select(EnrolmentProgress.enrolment_id, EnrolmentProgress.executive_first_on)
        .where(EnrolmentProgress.enrolment_id.in_([e.id for e in enrolments]))
        .where(EnrolmentProgress.executive_first_on.is_not(None))
    )
    return {enrolment_id: day for enrolment_id, day in rows if day is not None}


@dataclass(frozen=True, slots=True)
class MonthBar:
    """How many activities happened in a month; `is_part` while the month goes on, `is_later` before it."""

    first: date
    last: date
    activities: int
    is_part: bool
    is_later: bool


def months_of(stage: StageInfo) -> list[tuple[date, date]]:
    """Return (first, last day) of the months of a stage."""
    months = []
    first = stage.starts_on
    while first <= stage.ends_on:
        following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        months.append((first, following - timedelta(days=1)))
        first = following
    return months


def month_ends(stage: StageInfo, today: date) -> list[date]:
    """Return the last days of the stage's months so far; the running month ends today."""
    return [min(last, today) for first, last in months_of(stage) if first <= today]


def month_bars(session: Session, scope: Scope) -> list[MonthBar]:
    """Return the activities that count for the scope by the month in which they happened."""
    rows = session.execute(
        select(MonthCount.month, func.sum(MonthCount.activities))
        .where(MonthCount.enrolment_id.in_([e.id for e in scope.enrolments()]))
        .group_by(MonthCount.month)
    )
    counts = {month: int(count) for month, count in rows}
    return [
        MonthBar(first, last, counts.get(first, 0), first <= scope.today <= last, first > scope.today)
        for first, last in months_of(scope.stage)
    ]


def a_month_before(day: date) -> date:
    """Return the same day of the month before, or that month's last day."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
