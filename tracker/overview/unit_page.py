"""What the page of a unit shows: its steps, its five years, what happened, who is responsible."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts.models import Person, RoleKind
from tracker.accounts.permissions import Actor
from tracker.accounts.queries import holders_at
from tracker.activities.listing import activity_list
from tracker.activities.queries import ActivityFilters, activity_count
from tracker.following.models import Word
from tracker.following.one_unit import Following, following_of
from tracker.following.queries import Head, heads_of
from tracker.following.queries_words import words_to
from tracker.organisation.tree import UnitNode, UnitTree
from tracker.programme.enrolments import EnrolmentInfo, enrolment_book
from tracker.programme.plan import Plan, StageInfo
from tracker.programme.reading import is_live
from tracker.progress.models import ClaimChange, EnrolmentProgress, StepProgress
from tracker.progress.queries import StepState, step_states, whole
from tracker.register.queries import count_facilitators
from tracker.register.reading import PeopleFilter, Reader
from tracker.sharing.models import Event
from tracker.sharing.queries import EventFilter, count_events
from tracker.sharing.queries_entries import EntryFilter, count_entries

RECENT = 8


@dataclass(frozen=True, slots=True)
class Year:
    """One stage of a unit: its own cells, the group through which it takes part, or how many below it do."""

    stage: StageInfo
    own: EnrolmentInfo | None
    through: UnitNode | None
    below: int
    cells: dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on the timeline: an activity, a claim or an event; `unit` where it is another one below."""

    day: date
    title: str
    step_id: int | None = None
    activity_id: int | None = None
    event_id: int | None = None
    claim: ClaimChange | None = None
    unit: UnitNode | None = None


@dataclass
class UnitPage:
    """Everything on the page of a unit for a stage."""

    unit: UnitNode
    stage: StageInfo
    enrolment: EnrolmentInfo | None
    through: UnitNode | None
    states: list[StepState] = field(default_factory=list)
    whole: EnrolmentProgress | None = None
    years: list[Year] = field(default_factory=list)
    timeline: list[Moment] = field(default_factory=list)
    head: Head | None = None
    coordinators: list[Person] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    following: Following | None = None
    counts: dict[str, int] = field(default_factory=dict)


def _years(session: Session, plan: Plan, tree: UnitTree, unit: UnitNode, today: date) -> list[Year]:
    book = enrolment_book(session)
    own = {e.stage_id: e for e in book.of_unit(unit.id)}
    rows = session.execute(
        select(
            StepProgress.enrolment_id,
            StepProgress.step_id,
            StepProgress.measured_met,
            StepProgress.measured_rules,
        ).where(StepProgress.enrolment_id.in_([e.id for e in own.values()]))
    )
    cells: dict[int, dict[int, tuple[int, int]]] = {}
    for enrolment_id, step_id, met, rules in rows:
        cells.setdefault(enrolment_id, {})[step_id] = (met, rules)
    years = []
    for stage in plan.stages:
        found = own.get(stage.id)
        counting = book.counting_for(stage.id, unit, stage.starts_on)
        through = tree.get(counting.unit_id) if counting and counting.unit_id != unit.id else None
        below = len(book.in_stage(stage.id, stage.last_day_by(today), tree, unit.id))
        years.append(Year(stage, found, through, below, cells.get(found.id, {}) if found else {}))
    return years


def _timeline(session: Session, page: UnitPage, actor: Actor, tree: UnitTree) -> list[Moment]:
    below = tree.subtree_ids(page.unit.id)
    wanted = ActivityFilters(stage_id=page.stage.id, unit_ids=below)

    def other(unit_id: int) -> UnitNode | None:
        return None if unit_id == page.unit.id else tree[unit_id]

    found = [
        Moment(a.held_on, a.title, a.step_id, activity_id=a.id, unit=other(a.unit_id))
        for a in activity_list(session, actor, tree, wanted, limit=RECENT)
    ]
    if page.enrolment is not None:
        claims = session.scalars(
            select(ClaimChange)
            .where(ClaimChange.enrolment_id == page.enrolment.id, ~ClaimChange.is_undone)
            .order_by(ClaimChange.id.desc())
            .limit(RECENT)
        )
        found += [Moment(c.claimed_on, "", c.step_id, claim=c) for c in claims]
    events = session.execute(
        select(Event.id, Event.held_on, Event.title, Event.unit_id)
        .where(Event.stage_id == page.stage.id, Event.unit_id.in_(below), is_live(Event))
        .order_by(Event.held_on.desc())
        .limit(RECENT)
    )
    found += [
        Moment(held_on, title, event_id=event_id, unit=other(unit_id))
        for event_id, held_on, title, unit_id in events
    ]
    return sorted(found, key=lambda moment: moment.day, reverse=True)[:RECENT]


def _counts(session: Session, page: UnitPage, actor: Actor, tree: UnitTree, today: date) -> dict[str, int]:
    below = tree.subtree_ids(page.unit.id)
    wanted = ActivityFilters(stage_id=page.stage.id, unit_ids=below)
    events = EventFilter(stage_id=page.stage.id, unit_ids=below)
    entries = EntryFilter(stage_id=page.stage.id, unit_ids=below)
    people = PeopleFilter(unit_ids=below, active=True)
    ids = frozenset([page.enrolment.id] if page.enrolment else [])
    led = ActivityFilters(stage_id=page.stage.id, enrolment_ids=ids, executive=True)
    return {
        "executives": activity_count(session, actor, tree, led),
        "activities": activity_count(session, actor, tree, wanted),
        "events": count_events(session, actor, tree, events),
        "entries": count_entries(session, actor, tree, entries),
        "facilitators": count_facilitators(session, people, Reader(actor, today)),
    }


def unit_page(
    session: Session, actor: Actor, plan: Plan, tree: UnitTree, unit: UnitNode, stage: StageInfo, today: date,
    *, names: bool, noted: bool,
) -> UnitPage:  # fmt: skip
    """Return the page of a unit for a stage, as somebody may read it.

    With coordinators if `names`, with what the office noted about following it if `noted`.
    """
    book, day = enrolment_book(session), stage.last_day_by(today)
    own = book.of(stage.id, unit.id)
    counting = book.counting_for(stage.id, unit, day)
    through = tree.get(counting.unit_id) if counting and counting.unit_id != unit.id else None
    page = UnitPage(unit, stage, own if own and own.counts_on(day) else None, through)
    if page.enrolment is not None:
        page.states = step_states(session, page.enrolment.id)
        page.whole = whole(session, page.enrolment.id)
        page.following = following_of(session, tree, stage, page.enrolment, today, noted=noted)
    page.years = _years(session, plan, tree, unit, today)
    page.timeline = _timeline(session, page, actor, tree)
    page.head = heads_of(session, tree, [unit.id]).get(unit.id)
    if names:
        page.coordinators = holders_at(session, [unit.id], RoleKind.COORDINATOR, today).get(unit.id, [])
    page.words = list(session.scalars(words_to([unit.id]).limit(4)))
    page.counts = _counts(session, page, actor, tree, today)
    return page
