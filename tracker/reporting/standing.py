"""How a stage stood at the end of a day: figures, steps, groups, and which units were to be followed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.audit.kept import kept
from tracker.following.attention import ReasonKind, ToFollow
from tracker.following.headlines import Claims, Figure, StageData, followed_on, stage_data
from tracker.following.listing import group_of
from tracker.following.stage_view import first_step_ids, stage_view
from tracker.organisation.tree import UnitNode, UnitTree
from tracker.programme.enrolments import EnrolmentInfo
from tracker.programme.plan import Plan, StepInfo
from tracker.progress.counting import joined_members
from tracker.progress.figures import Scope, complete_first_steps, step_cells
from tracker.progress.models import Claim
from tracker.progress.sources import Extent


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One of the five headline figures: n of N; n is None on a day on which nobody is followed."""

    figure: Figure
    n: int | None
    of: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step: how many of N say it is done and under way; `members` that joined, of how many."""

    step: StepInfo
    done: int
    doing: int
    of: int
    joined: int
    members: int

    @property
    def none(self) -> int:
        """Return how many have not begun."""
        return self.of - self.done - self.doing

    @property
    def claim(self) -> Claim:
        """Return what the only unit says, where N is 1."""
        return Claim.DONE if self.done else Claim.DOING if self.doing else Claim.NONE


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group: its N, how many did each step, and how many are to be followed, for each reason and in all."""

    unit: UnitNode | None
    of: int
    done: tuple[int, ...]
    reasons: tuple[int, ...]
    to_follow: int


@dataclass(frozen=True)
class Standing:
    """A scope at the end of a day; units are followed only on a day of the stage (`is_followed`)."""

    scope: Scope
    claims: Claims
    enrolments: tuple[EnrolmentInfo, ...]
    figures: tuple[FigureLine, ...]
    steps: tuple[StepLine, ...]
    groups: tuple[GroupLine, ...]
    follow: tuple[ToFollow, ...]
    is_followed: bool

    @property
    def day(self) -> date:
        """Return the day as at which everything is counted."""
        return self.scope.day

    @property
    def of(self) -> int:
        """Return N."""
        return len(self.enrolments)

    @property
    def members(self) -> int:
        """Return how many prisons and divisions may join below the enrolments."""
        return self.steps[0].members if self.steps else 0

    @property
    def steps_done(self) -> int:
        """Return how many cells are done."""
        return sum(line.done for line in self.steps)

    def figure(self, figure: Figure) -> FigureLine:
        """Return one of the five figures."""
        return next(line for line in self.figures if line.figure is figure)


def scope_at(scope: Scope, day: date) -> Scope:
    """Return a scope as it stood on a day; a day after the stage's last takes it as it stood then."""
    return replace(scope, today=day, as_now=day > scope.stage.ends_on)


def standing(session: Session, plan: Plan, scope: Scope, day: date) -> Standing:
    """Count a scope as at a day that is not in the future of `scope.today`; once after each change."""
    name = ("standing", scope.stage.id, scope.within.id if scope.within else None, scope.today, day)
    return kept(session, name, lambda: _standing(session, plan, scope, day))


def _standing(session: Session, plan: Plan, scope: Scope, day: date) -> Standing:
    at = scope_at(scope, day)
    is_followed = scope.stage.covers(day)
    if day == scope.today:
        view = stage_view(session, plan, scope.stage, day, scope.within, as_now=at.as_now)
        data, follow = view.data, view.follow
    else:
        data = stage_data(session, at, first_step_ids(plan))
        follow = followed_on(session, data, day) if is_followed else []
    claims = data.history.claims_stated(day)
    return Standing(
        scope=at,
        claims=claims,
        enrolments=tuple(data.enrolments),
        figures=_figures(data, claims, day, len(follow) if is_followed else None),
        steps=_steps(session, plan, at, claims, known_now=day == scope.today),
        groups=_groups(plan, at.tree, data.enrolments, claims, follow),
        follow=tuple(follow),
        is_followed=is_followed,
    )


def _figures(data: StageData, claims: Claims, day: date, to_follow: int | None) -> tuple[FigureLine, ...]:
    of = len(data.enrolments)
    complete = complete_first_steps(claims, data.enrolments, data.first_step_ids)
    return (
        FigureLine(Figure.EXECUTIVES, len(data.with_executives(day)), of),
        FigureLine(Figure.FIRST_FIVE, len(complete), of),
        FigureLine(Figure.TRAINED, len(data.with_trained(day)), of),
        FigureLine(Figure.TAKEN_UP, len(data.taken_up(day)), len(data.shown(day))),
        FigureLine(Figure.TO_FOLLOW, to_follow, of),
    )


def _steps(
    session: Session, plan: Plan, at: Scope, claims: Claims, *, known_now: bool
) -> tuple[StepLine, ...]:
    ids = frozenset(e.id for e in at.enrolments())
    extent = Extent(session, at.tree, plan, at.book, ids, None if known_now else at.day)
    cells = step_cells(at, claims, joined_members(extent), [step.id for step in plan.steps])
    return tuple(
        StepLine(step, c.done, c.doing, c.of, c.joined, c.members)
        for step in plan.steps
        for c in (cells[step.id],)
    )


def group_for(tree: UnitTree, unit: UnitNode) -> UnitNode | None:
    """Return the group under which a report counts an enrolled unit: a group counts for itself."""
    return group_of(tree, unit) if unit.is_member or unit.is_pilot else unit


def _groups(
    plan: Plan, tree: UnitTree, enrolments: Iterable[EnrolmentInfo], claims: Claims, follow: list[ToFollow]
) -> tuple[GroupLine, ...]:
    groups: dict[UnitNode | None, list[EnrolmentInfo]] = {}
    for enrolment in enrolments:
        groups.setdefault(group_for(tree, tree[enrolment.unit_id]), []).append(enrolment)
    why = {f.enrolment.id: {reason.kind for reason in f.reasons} for f in follow}
    return tuple(
        GroupLine(
            unit=group,
            of=len(inside),
            done=tuple(sum(claims.get((e.id, step.id)) is Claim.DONE for e in inside) for step in plan.steps),
            reasons=tuple(sum(kind in why.get(e.id, ()) for e in inside) for kind in ReasonKind),
            to_follow=sum(e.id in why for e in inside),
        )
        for group, inside in groups.items()
    )
