"""Units × steps of a stage: which enrolments a filter chooses, and how they are ordered and grouped."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tracker.following.attention import ReasonKind
from tracker.following.listing import group_of
from tracker.following.stage_view import StageView
from tracker.organisation.tree import UnitNode
from tracker.programme.enrolments import EnrolmentInfo
from tracker.programme.list_filters import small_number
from tracker.programme.plan import Plan, StepInfo
from tracker.progress.models import Claim

REASONS = {
    "late": ReasonKind.LATE,
    "silent": ReasonKind.SILENT,
    "no_facilitator": ReasonKind.NO_FACILITATOR,
    "unseen": ReasonKind.NO_RECORD,
}
CLAIMS = {"done": Claim.DONE, "doing": Claim.DOING, "none": Claim.NONE}
SORTS = ("group", "urgency", "name", "last")


def _by_step(view: StageView, plan: Plan, only: str) -> list[EnrolmentInfo] | None:
    word, _, number = only.partition("-")
    step = plan.step(small_number(number))
    if step is None or word not in CLAIMS:
        return None
    return view.with_claim(step.id, CLAIMS[word])


def chosen(view: StageView, plan: Plan, only: str) -> list[EnrolmentInfo] | None:
    """Return the enrolments that a filter chooses, in tree order; None for a filter that does not exist."""
    day = view.scope.day
    if not only:
        return view.enrolments
    if only in REASONS:
        return view.with_reason(REASONS[only])
    if only == "follow":
        followed = {found.enrolment.id for found in view.follow}
        return [e for e in view.enrolments if e.id in followed]
    named: dict[str, Callable[[date], list[EnrolmentInfo]]] = {
        "executives": view.data.with_executives,
        "first_five": view.data.with_first_five,
        "trained": view.data.with_trained,
    }
    return named[only](day) if only in named else _by_step(view, plan, only)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: k of n rules met, what the unit says, and what is wrong with it."""

    step: StepInfo
    met: int
    rules: int
    claim: Claim
    is_late: bool
    is_unseen: bool


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A unit with its cells; `heard_on` is the last day on which something of it was entered."""

    enrolment: EnrolmentInfo
    unit: UnitNode
    group: UnitNode | None
    cells: tuple[HeatCell, ...]
    heard_on: date | None
    silent_days: int | None
    worst_days: int


@dataclass
class HeatGroup:
    """A group of units; `hidden` counts those that the visitor sees only as a number."""

    unit: UnitNode | None
    enrolments: list[EnrolmentInfo] = field(default_factory=list)
    rows: list[HeatRow] = field(default_factory=list)
    hidden: int = 0

    @property
    def total(self) -> int:
        """Return how many units the group has in the list."""
        return len(self.enrolments)

    @property
    def lines(self) -> int:
        """Return how many rows it takes in a file: those that are only counted take one together."""
        return len(self.rows) + (1 if self.hidden else 0)


def _cells(view: StageView, plan: Plan, enrolment: EnrolmentInfo) -> tuple[HeatCell, ...]:
    reasons = view.reasons.get(enrolment.id, ())
    late = {r.step_id for r in reasons if r.kind is ReasonKind.LATE}
    unseen = {r.step_id for r in reasons if r.kind is ReasonKind.NO_RECORD}
    claims, found = view.claims, []
    for step in plan.steps:
        cell = view.cell(enrolment.id, step.id)
        found.append(
            HeatCell(
                step=step,
                met=cell.met if cell else 0,
                rules=(cell.rules if cell else 0) or len(plan.rules_of(step.id)),
                claim=claims.get((enrolment.id, step.id), Claim.NONE),
                is_late=step.id in late,
                is_unseen=step.id in unseen,
            )
        )
    return tuple(found)


def heat_row(view: StageView, plan: Plan, enrolment: EnrolmentInfo) -> HeatRow:
    """Return the row of one enrolment."""
    tree, reasons = view.scope.tree, view.reasons.get(enrolment.id, ())
    unit = tree[enrolment.unit_id]
    return HeatRow(
        enrolment=enrolment,
        unit=unit,
        group=group_of(tree, unit),
        cells=_cells(view, plan, enrolment),
        heard_on=view.heard.get(enrolment.id),
        silent_days=next((r.days for r in reasons if r.kind is ReasonKind.SILENT), None),
        worst_days=reasons[0].days if reasons else 0,
    )


def _level(cell: HeatCell) -> tuple[int, float]:
    order = list(CLAIMS.values())[::-1]
    return (order.index(cell.claim), cell.met / cell.rules if cell.rules else 0.0)


def ordered(rows: list[HeatRow], sort: str) -> list[HeatRow]:
    """Return the rows by urgency, name, last record or a step (`step-3`: the least advanced first)."""
    if sort == "urgency":
        return sorted(rows, key=lambda row: -row.worst_days)
    if sort == "name":
        return sorted(rows, key=lambda row: row.unit.sort_key)
    if sort == "last":
        return sorted(rows, key=lambda row: row.heard_on or date.min)
    word, _, number = sort.partition("-")
    if word == "step" and (at := small_number(number)):
        return sorted(rows, key=lambda row: _level(row.cells[at - 1]) if at <= len(row.cells) else (0, 0.0))
    return rows


def grouped(
    view: StageView, plan: Plan, enrolments: list[EnrolmentInfo], may_see: Callable[[UnitNode], bool]
) -> list[HeatGroup]:
    """Return the rows under their groups, in tree order; units that may not be seen are only counted."""
    groups: dict[int | None, HeatGroup] = {}
    for enrolment in enrolments:
        row = heat_row(view, plan, enrolment)
        group = groups.setdefault(row.group.id if row.group else None, HeatGroup(row.group))
        group.enrolments.append(enrolment)
        if may_see(row.unit):
            group.rows.append(row)
        else:
            group.hidden += 1
    return list(groups.values())


def done_counts(view: StageView, plan: Plan, enrolments: list[EnrolmentInfo]) -> dict[int, int]:
    """Return {step id: how many of the enrolments claim it done}."""
    claims = view.claims
    return {
        step.id: sum(claims.get((e.id, step.id)) is Claim.DONE for e in enrolments) for step in plan.steps
    }
