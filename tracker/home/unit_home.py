"""What a unit's home shows, put together for one unit and stage."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from tracker.activities.models import Draft
from tracker.following.models import Word
from tracker.following.queries_words import open_words
from tracker.home.queries import Latest, drafts_of, latest_activities, next_step, own_activities, steps_done
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.enrolments import EnrolmentBook, EnrolmentInfo, enrolment_book
from tracker.programme.plan import Plan, StageInfo, programme_plan
from tracker.progress.models import EnrolmentProgress
from tracker.progress.queries import StepState, step_states, step_states_known, whole
from tracker.thai.dates import months_of_fiscal_year

FEW_DRAFTS, MOST_DRAFTS = 20, 1000


@dataclass(frozen=True, slots=True)
class Year:
    """The stage's fiscal year as a ruler: days gone and left, and its marks as days from its first."""

    gone: int
    left: int
    days: int
    months: tuple[int, ...]
    rounds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of an enrolment now, and as they were known on the last day of a stage that is over."""

    enrolment: EnrolmentInfo
    stage: StageInfo
    states: list[StepState]
    before: dict[int, StepState]

    @property
    def done(self) -> int:
        """Count the steps that are claimed done."""
        return sum(state.is_done for state in self.states)


@dataclass
class UnitHome:
    """Everything on the home of a unit for a stage; what does not apply is None or empty."""

    unit: UnitNode
    stage: StageInfo
    today: date
    own: Steps | None = None
    whole: EnrolmentProgress | None = None
    group: UnitNode | None = None
    contributed: dict[int | None, int] = field(default_factory=dict)
    continued: Steps | None = None
    below: list[tuple[UnitNode, int]] = field(default_factory=list)
    next: StepState | None = None
    latest: dict[int, Latest] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    draft_count: int = 0
    pilots: list[UnitNode] = field(default_factory=list)

    @property
    def is_past(self) -> bool:
        """Tell whether the stage is over."""
        return self.today > self.stage.ends_on

    @property
    def is_future(self) -> bool:
        """Tell whether the stage has not begun."""
        return self.today < self.stage.starts_on

    @property
    def going_on(self) -> Steps | None:
        """Return the steps that the unit works on: its own, or those it carries on from an earlier year."""
        return self.own or self.continued

    @property
    def year(self) -> Year | None:
        """Return the year's ruler, None outside of the year."""
        if self.is_past or self.is_future:
            return None
        return year_of(self.stage, self.today)


def year_of(stage: StageInfo, today: date) -> Year:
    """Return where a day stands in a stage's fiscal year; the marks are after 6, 9 and 12 months."""
    start = stage.starts_on
    days = (stage.ends_on - start).days + 1
    months = [(first - start).days for first, _last in months_of_fiscal_year(stage.fiscal_year)]
    rounds = (months[6], months[9], days)
    return Year((today - start).days + 1, (stage.ends_on - today).days, days, (*months, days), rounds)


def _steps(session: Session, stage: StageInfo, enrolment: EnrolmentInfo, today: date) -> Steps:
    before = []
    if today > stage.ends_on:
        before = step_states_known(session, enrolment, stage.ends_on)
    states = step_states(session, enrolment.id)
    return Steps(enrolment, stage, states, {state.step.id: state for state in before})


def _earlier(plan: Plan, book: EnrolmentBook, unit: UnitNode, stage: StageInfo) -> EnrolmentInfo | None:
    """Return the unit's own enrolment in the last earlier stage that it did itself."""
    numbers = {s.id: s.number for s in plan.stages}
    own = [e for e in book.of_unit(unit.id) if numbers[e.stage_id] < stage.number and e.withdrawn_on is None]
    return max(own, key=lambda e: numbers[e.stage_id], default=None)


def unit_home(session: Session, unit: UnitNode, stage: StageInfo, today: date) -> UnitHome:
    """Return the home of a unit for a stage, without what only its own people may see."""
    tree, book = unit_tree(session), enrolment_book(session)
    home = UnitHome(unit, stage, today, pilots=[n for n in tree.children(unit.id) if n.is_pilot])
    own = book.of(stage.id, unit.id)
    if own is not None:
        home.own, home.whole = _steps(session, stage, own, today), whole(session, own.id)
    elif (counting := book.counting_for(stage.id, unit, stage.last_day_by(today))) is not None:
        _add_group(session, home, tree[counting.unit_id])
    else:
        inside = book.in_stage(stage.id, stage.last_day_by(today), tree, unit.id)
        done = steps_done(session, [e.id for e in inside]) if inside else {}
        home.below = [(tree[e.unit_id], done.get(e.id, 0)) for e in inside]
    if home.going_on:
        home.latest = latest_activities(session, home.going_on.enrolment.id)
    if home.going_on and not home.is_past and not home.is_future:
        home.next = next_step(home.going_on.states)
    return home


def _add_group(session: Session, home: UnitHome, group: UnitNode) -> None:
    """Add what the unit did for the group that it is a member of, and what it carries on itself."""
    home.group = group
    below = unit_tree(session).subtree_ids(home.unit.id)
    home.contributed = own_activities(session, below, home.stage.id)
    plan = programme_plan(session)
    earlier = _earlier(plan, enrolment_book(session), home.unit, home.stage)
    if earlier is not None:
        states = step_states(session, earlier.id)
        home.continued = Steps(earlier, plan.stage_by_id[earlier.stage_id], states, {})


def add_drafts(session: Session, home: UnitHome, *, every: bool = False) -> None:
    """Add the latest drafts, or as good as all, for those who write for the unit."""
    limit = MOST_DRAFTS if every else FEW_DRAFTS
    home.drafts, home.draft_count = drafts_of(session, home.unit.id, limit)


def add_words(session: Session, home: UnitHome) -> None:
    """Add questions that wait for an answer and encouragement that was not seen yet."""
    home.words = open_words(session, [home.unit.id])
