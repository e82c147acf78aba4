"""What happened in a period: activities, facilitators and trainings, events and what was shown there.

Only what the maker of the report may read is counted and listed. Paper goes further than the right to
read: what is kept to a unit is told in words only in that unit's own report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor
from tracker.activities.listing import activity_list, each_activity
from tracker.activities.models import Activity, ActivityFacilitator
from tracker.activities.queries import ActivityFilters, Order, conditions
from tracker.audit.kept import kept
from tracker.facilitators.models import Training
from tracker.facilitators.queries import facilitators_at, trained_among
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitTree
from tracker.progress.figures import Scope
from tracker.register.queries_trainings import training_rows
from tracker.register.reading import Reader, TrainingFilter
from tracker.sharing.models import Adoption, Event, EventEntry, EventType
from tracker.sharing.queries import EventFilter, EventOrder, counts_of, event_list
from tracker.sharing.queries_entries import EntryFilter, adoptions_of, entry_list

PAPER_ROWS = 30


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included; `day` is the last of them that is not in the future."""

    since: date
    until: date
    day: date

    def covers(self, day: date) -> bool:
        """Tell whether a day lies in the period."""
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class KindLine:
    """How often activities of a kind were held for a step (None: preparation), and for how many people."""

    step_id: int | None
    kind_id: int
    times: int
    people: int


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity as a report lists it."""

    held_on: date
    unit_id: int
    step_id: int | None
    kind_id: int
    title: str
    outcome: str
    participants: int | None
    audience: Audience


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """A training as a report lists it."""

    starts_on: date
    ends_on: date
    course: str
    unit_id: int
    hours: int | None
    attended: int
    passed: int


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event that was held, as a report lists it."""

    held_on: date
    title: str
    type: EventType
    unit_id: int
    attendance: int | None
    entries: int


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An innovation that was shown, and which other units took it up."""

    held_on: date
    event: str
    name: str
    unit_id: int
    change: str
    award: str
    taken_up_by: tuple[int, ...]


@dataclass(frozen=True)
class Happened:
    """What happened in the period, each list from its oldest day on; `latest` are the last activities."""

    kinds: tuple[KindLine, ...]
    by_unit: dict[int, int]
    latest: tuple[ActivityLine, ...]
    led: int
    active: int
    trained: int
    trainings: tuple[TrainingLine, ...]
    events: tuple[EventLine, ...]
    entries: tuple[EntryLine, ...]

    @property
    def activities(self) -> int:
        """Return how many activities were held."""
        return sum(line.times for line in self.kinds)

    @property
    def people(self) -> int:
        """Return how many people took part, each time counted anew."""
        return sum(line.people for line in self.kinds)

    def of_step(self, step_id: int | None) -> list[KindLine]:
        """Return the kinds that were held for a step (None: preparation)."""
        return [line for line in self.kinds if line.step_id == step_id]


def _units(scope: Scope) -> frozenset[int] | None:
    return scope.tree.subtree_ids(scope.within.id) if scope.within else None


def _tells(scope: Scope, record: Activity | Event) -> bool:
    """Tell whether the report says a record's words, not only that it was."""
    own = scope.tree.with_pilots(scope.within.id) if scope.within else frozenset()
    return record.audience is not Audience.UNIT or record.unit_id in own


def _line(scope: Scope, activity: Activity) -> ActivityLine:
    tells = _tells(scope, activity)
    return ActivityLine(
        activity.held_on,
        activity.unit_id,
        activity.step_id,
        activity.kind_id,
        activity.title if tells else "",
        activity.outcome if tells else "",
        activity.participants,
        activity.audience,
    )


def _kinds(session: Session, actor: Actor, tree: UnitTree, f: ActivityFilters) -> tuple[KindLine, ...]:
    rows = session.execute(
        select(Activity.step_id, Activity.kind_id, func.count(), func.sum(Activity.participants))
        .where(*conditions(actor, tree, f))
        .group_by(Activity.step_id, Activity.kind_id)
    )
    return tuple(KindLine(step, kind, times, int(people or 0)) for step, kind, times, people in rows)


def _by_unit(session: Session, actor: Actor, tree: UnitTree, f: ActivityFilters) -> dict[int, int]:
    rows = session.execute(
        select(Activity.unit_id, func.count()).where(*conditions(actor, tree, f)).group_by(Activity.unit_id)
    )
    return {row[0]: row[1] for row in rows}


def _led(session: Session, actor: Actor, tree: UnitTree, f: ActivityFilters) -> int:
    rows = (
        select(func.count(ActivityFacilitator.activity_id.distinct()))
        .join(Activity, Activity.id == ActivityFacilitator.activity_id)
        .where(*conditions(actor, tree, f))
    )
    return session.scalar(rows) or 0


def _trainings(session: Session, actor: Actor, scope: Scope, period: Period) -> tuple[TrainingLine, ...]:
    wanted = TrainingFilter(unit_ids=_units(scope), stage_id=scope.stage.id)
    found: list[tuple[Training, int, int]] = [
        (row.training, row.attended, row.passed)
        for row in training_rows(session, wanted, Reader(actor, period.day), "day")
        if period.covers(row.training.ends_on)
    ]
    return tuple(
        TrainingLine(t.starts_on, t.ends_on, t.course, t.unit_id, t.hours, attended, passed)
        for t, attended, passed in found
    )


def _held(session: Session, actor: Actor, scope: Scope, period: Period) -> Sequence[Event]:
    wanted = EventFilter(
        stage_id=scope.stage.id, unit_ids=_units(scope), since=period.since, until=period.until
    )
    found = event_list(session, actor, scope.tree, wanted, order=EventOrder.OLDEST)
    return [event for event in found if event.was_held]


def _shown(
    session: Session, actor: Actor, scope: Scope, period: Period, hosted: set[int]
) -> list[tuple[EventEntry, Event]]:
    """Return the entries of the units themselves, and those of others at the events that they hosted."""
    units = _units(scope)
    found = [
        (one.entry, one.event)
        for one in entry_list(session, actor, scope.tree, EntryFilter(stage_id=scope.stage.id))
        if one.is_open
        and _tells(scope, one.event)
        and period.covers(one.event.held_on)
        and (units is None or one.entry.unit_id in units or one.event.id in hosted)
    ]
    return sorted(found, key=lambda pair: (pair[1].held_on, pair[1].id, pair[0].position, pair[0].id))


def _taken_up(entry: EventEntry, adoptions: Sequence[Adoption], day: date) -> tuple[int, ...]:
    return tuple(a.unit_id for a in adoptions if a.unit_id != entry.unit_id and a.entered_on <= day)


def _wanted(scope: Scope, period: Period) -> ActivityFilters:
    return ActivityFilters(
        stage_id=scope.stage.id, unit_ids=_units(scope), since=period.since, until=period.until
    )


def every_activity(session: Session, actor: Actor, scope: Scope, period: Period) -> Iterator[ActivityLine]:
    """Walk all activities of a scope in a period that the actor may read, the oldest first."""
    found = each_activity(session, actor, scope.tree, _wanted(scope, period), order=Order.OLDEST)
    return (_line(scope, activity) for activity in found)


def happened(session: Session, actor: Actor, scope: Scope, period: Period) -> Happened:
    """Return what happened in a scope in a period, as far as the actor may read it."""
    within = scope.within.id if scope.within else None
    name = ("happened", scope.stage.id, within, period, actor.roles, actor.is_system)
    return kept(session, name, lambda: _happened(session, actor, scope, period))


def _happened(session: Session, actor: Actor, scope: Scope, period: Period) -> Happened:
    tree, wanted = scope.tree, _wanted(scope, period)
    units = _units(scope) or frozenset(node.id for node in tree)
    people = facilitators_at(session, units, period.day)
    events = _held(session, actor, scope, period)
    counts = counts_of(session, [event.id for event in events])
    shown = _shown(session, actor, scope, period, {event.id for event in events})
    adoptions = adoptions_of(session, [entry.id for entry, _event in shown])
    return Happened(
        kinds=_kinds(session, actor, tree, wanted),
        by_unit=_by_unit(session, actor, tree, wanted),
        latest=tuple(
            _line(scope, activity)
            for activity in reversed(activity_list(session, actor, tree, wanted, limit=PAPER_ROWS))
        ),
        led=_led(session, actor, tree, wanted),
        active=len(people),
        trained=len(trained_among(session, [person.id for person in people], period.day)),
        trainings=_trainings(session, actor, scope, period),
        events=tuple(
            EventLine(
                e.held_on, e.title if _tells(scope, e) else "", e.type, e.unit_id, e.attendance,
                counts.get(e.id, 0),
            )
            for e in events
        ),
        entries=tuple(
            EntryLine(
                event.held_on, event.title, entry.name, entry.unit_id, entry.change, entry.award,
                _taken_up(entry, adoptions.get(entry.id, ()), period.day),
            )
            for entry, event in shown
        ),
    )  # fmt: skip
