"""A stage (or a subtree of it) with all that its pages show, computed once after each change."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.audit.kept import kept
from tracker.following.attention import CellState, Reason, ReasonKind, ToFollow, reasons_now, units_to_follow
from tracker.following.headlines import (
    Claims,
    Headline,
    StageData,
    followed_on,
    headlines,
    stage_data,
)
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.enrolments import EnrolmentInfo
from tracker.programme.plan import Plan, StageInfo
from tracker.progress.counting import joined_members
from tracker.progress.figures import (
    FIRST_STEPS,
    MatrixCell,
    MonthBar,
    Scope,
    done_by_step,
    matrix,
    month_bars,
    month_ends,
    scope_of,
    step_cells,
)
from tracker.progress.models import Claim
from tracker.progress.sources import Extent


@dataclass(frozen=True)
class StageView:
    """Everything about a stage: the five figures, trends by step, months, who is to be followed and why."""

    data: StageData
    headlines: list[Headline]
    trends: dict[int, list[int]]
    months: list[MonthBar]
    reasons: dict[int, tuple[Reason, ...]]
    follow: list[ToFollow]
    heard: dict[int, date]

    @property
    def scope(self) -> Scope:
        """Return what the figures are about."""
        return self.data.scope

    @property
    def enrolments(self) -> list[EnrolmentInfo]:
        """Return the enrolments that make N, in tree order."""
        return self.data.enrolments

    @property
    def claims(self) -> Claims:
        """Return the claims as they are shown: of today, or as known on a past stage's last day."""
        return self.data.claims(self.scope.day)

    def cell(self, enrolment_id: int, step_id: int) -> CellState | None:
        """Return a stored cell, None before anything was counted for it."""
        return self.data.cells.get((enrolment_id, step_id))

    def with_claim(self, step_id: int, claim: Claim) -> list[EnrolmentInfo]:
        """Return the enrolments that claim this of a step."""
        claims = self.claims
        return [e for e in self.enrolments if claims.get((e.id, step_id), Claim.NONE) is claim]

    def with_reason(self, kind: ReasonKind) -> list[EnrolmentInfo]:
        """Return the enrolments to follow that have such a reason, in tree order; none that is paused."""
        followed = {f.enrolment.id for f in self.follow if any(r.kind is kind for r in f.reasons)}
        return [e for e in self.enrolments if e.id in followed]

    @property
    def paused(self) -> int:
        """Count the units that would be followed if following were not paused."""
        return len(self.reasons) - len(self.follow)


Matrix = dict[tuple[int, int], MatrixCell]


def first_step_ids(plan: Plan) -> list[int]:
    """Return the ids of the steps that the second figure asks for."""
    return [step.id for step in plan.steps][:FIRST_STEPS]


def _compute(session: Session, scope: Scope, plan: Plan) -> StageView:
    data = stage_data(session, scope, first_step_ids(plan))
    if scope.day < scope.today:
        follow = followed_on(session, data, scope.day)
        reasons = {found.enrolment.id: found.reasons for found in follow}
    else:
        reasons = reasons_now(session, scope, data.postings, cells=data.cells, heard=data.heard)
        follow = units_to_follow(session, scope, data.postings, cells=data.cells, reasons=reasons)
    ends = month_ends(scope.stage, scope.day)
    return StageView(
        data=data,
        headlines=headlines(session, data, follow),
        trends=done_by_step(data.history, data.ever, ends),
        months=month_bars(session, scope),
        reasons=reasons,
        follow=follow,
        heard=data.heard,
    )


def stage_view(
    session: Session,
    plan: Plan,
    stage: StageInfo,
    today: date,
    within: UnitNode | None = None,
    *,
    as_now: bool = False,
) -> StageView:
    """Return a stage with all that its pages show; computed once after each change."""
    name = ("stage", stage.id, within.id if within else None, today, as_now)
    scope = scope_of(session, stage, unit_tree(session), today, within, as_now=as_now)
    return kept(session, name, lambda: _compute(session, scope, plan))


def joined_in(session: Session, plan: Plan, scope: Scope) -> dict[tuple[int, int], set[int]]:
    """Return {(enrolment, step): members that took part}, as known on the scope's day."""
    as_at = None if scope.day == scope.today else scope.day

    def find() -> dict[tuple[int, int], set[int]]:
        ids = frozenset(e.id for e in scope.enrolments())
        return joined_members(Extent(session, scope.tree, plan, scope.book, ids, as_at))

    within = scope.within.id if scope.within else None
    return kept(session, ("joined", scope.stage.id, within, scope.day, as_at), find)


def cells_then(session: Session, plan: Plan, view: StageView) -> Matrix:
    """Return {(stage id, step id): cell} of a stage as it is shown: a past one as at its last day."""
    joined = joined_in(session, plan, view.scope)
    cells = step_cells(view.scope, view.claims, joined, [step.id for step in plan.steps])
    return {(view.scope.stage.id, step_id): cell for step_id, cell in cells.items()}


def whole_matrix(session: Session, plan: Plan, today: date, within: UnitNode | None = None) -> Matrix:
    """Return {(stage id, step id): cell} of all stages as they stand now; computed once after each change."""
    tree = unit_tree(session)

    def compute() -> Matrix:
        scopes = [scope_of(session, stage, tree, today, within, as_now=True) for stage in plan.stages]
        return matrix(session, scopes, [step.id for step in plan.steps])

    return kept(session, ("matrix", within.id if within else None, today), compute)
