"""The progress report as plain values: computed here once, shown as a page, a letter, a workbook and CSV."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor, Permission, may
from tracker.change import NotPermittedError
from tracker.following.attention import Reason
from tracker.following.listing import group_of
from tracker.following.queries import Head, heads_of
from tracker.organisation.tree import UnitNode, UnitTree
from tracker.programme.plan import Plan, StageInfo, programme_plan
from tracker.progress.figures import Scope
from tracker.reporting.happened import ActivityLine, Happened, Period, every_activity, happened
from tracker.reporting.queries import Texts, texts_for
from tracker.reporting.standing import Standing, group_for, standing


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """A unit to follow: why, and its head's position and office phone, never a person."""

    unit: UnitNode
    group: UnitNode | None
    reasons: tuple[Reason, ...]
    head: Head | None


@dataclass(frozen=True)
class Report:
    """A progress report: of a stage and a unit with all below it (None: all units), over a period.

    `annex` is None unless it was asked for. `head` is the position of the unit's head, who certifies.
    `every` walks all activities of the period.
    """

    plan: Plan
    tree: UnitTree
    stage: StageInfo
    unit: UnitNode | None
    period: Period
    standing: Standing
    happened: Happened
    texts: Texts
    annex: tuple[AnnexLine, ...] | None
    head: Head | None
    made_by: str
    is_draft: bool
    every: Callable[[], Iterator[ActivityLine]] = field(repr=False, compare=False)

    def activities_of(self, group: UnitNode | None) -> int:
        """Return how many activities were held at a group or below; None: outside of all groups."""
        groups = {line.unit.id for line in self.standing.groups if line.unit is not None}
        total = 0
        for unit_id, times in self.happened.by_unit.items():
            inside = next((i for i in reversed(self.tree[unit_id].path) if i in groups), None)
            total += times if inside == (group.id if group else None) else 0
        return total


def text_unit(tree: UnitTree, within: UnitNode | None) -> UnitNode | None:
    """Return the unit whose texts a report shows: the department's where all units are meant."""
    return within or tree.department


def default_period(stage: StageInfo, today: date) -> tuple[date, date]:
    """Return the period of a report where none is asked for: from the stage's first day until today."""
    return stage.starts_on, max(stage.starts_on, min(today, stage.ends_on))


def progress_report(
    session: Session, actor: Actor, scope: Scope, since: date, until: date, annex: bool = False
) -> Report:
    """Return the progress report of a scope over a period. Raise NotPermittedError.

    Figures, claims and enrolments stand as at the period's last day, or `scope.today` if that is earlier;
    activities, trainings and events are those that happened in the period and that the actor may read.
    """
    plan, tree = programme_plan(session), scope.tree
    if not may(actor, Permission.REPORT_MAKE, scope.within or tree.root):
        raise NotPermittedError(Permission.REPORT_MAKE)
    if annex and not may(actor, Permission.ATTENTION_READ):
        raise NotPermittedError(Permission.ATTENTION_READ)
    period = Period(since, until, min(until, scope.today))
    stood = standing(session, plan, scope, period.day)
    unit = text_unit(tree, scope.within)
    return Report(
        plan=plan,
        tree=tree,
        stage=scope.stage,
        unit=scope.within,
        period=period,
        standing=stood,
        happened=happened(session, actor, scope, period),
        texts=texts_for(session, scope.stage.id, unit.id, since, until) if unit else Texts(),
        annex=_annex(session, stood) if annex else None,
        head=heads_of(session, tree, [scope.within.id]).get(scope.within.id) if scope.within else None,
        made_by="" if actor.is_system else actor.name,
        is_draft=until > scope.today,
        every=lambda: every_activity(session, actor, scope, period),
    )


def _annex(session: Session, stood: Standing) -> tuple[AnnexLine, ...]:
    tree = stood.scope.tree
    found = sorted(stood.follow, key=lambda f: tree[f.enrolment.unit_id].order)
    heads = heads_of(session, tree, [f.enrolment.unit_id for f in found])
    return tuple(
        AnnexLine(
            unit=tree[f.enrolment.unit_id],
            group=group_of(tree, tree[f.enrolment.unit_id]) or group_for(tree, tree[f.enrolment.unit_id]),
            reasons=f.reasons,
            head=heads.get(f.enrolment.unit_id),
        )
        for f in found
    )
