"""Where evidence is found: one source for each kind of record, in a registry that later slices add to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Row,
    and_,
    bindparam,
    case,
    cast,
    extract,
    false,
    func,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from tracker.activities.models import Activity
from tracker.facilitators.models import Attendance, Facilitator, Posting, Training
from tracker.organisation.tree import UnitTree
from tracker.programme.enrolments import EnrolmentBook, EnrolmentInfo
from tracker.programme.plan import Plan
from tracker.programme.reading import is_live, was_live
from tracker.sharing.models import HELD, Event, EventEntry, shown_known_on

MANY_UNITS = 400


ENROLMENTS: Any = bindparam("enrolments", expanding=True)
AS_AT: Any = bindparam("as_at", type_=Date)
_STEPS: Any = bindparam("steps", expanding=True)
_STAGES: Any = bindparam("stages", expanding=True)
_UNITS: Any = bindparam("units", expanding=True)


def live(model: Any, as_at: Any = None) -> ColumnElement[bool]:
    """Return the condition that a record counts now, or as known on a day; an event counts once held."""
    counts = is_live(model) if as_at is None else was_live(model, as_at)
    if model is not Event:
        return counts
    return and_(counts, Event.state.in_(HELD), true() if as_at is None else Event.held_on <= as_at)


def live_then(model: Any, past: bool) -> ColumnElement[bool]:
    """Return the condition that a record counts now, or counted as it was known at `AS_AT`."""
    return live(model, AS_AT if past else None)


# The questions are built once each: a recount asks all of them, and building takes longer than asking.


@cache
def _activity_rows(past: bool) -> Any:
    """Count the steps' by kind, and in the same statement all by month; `year` tells the two apart."""
    year, month = extract("year", Activity.held_on), extract("month", Activity.held_on)
    no_number, no_day = cast(null(), Integer), cast(null(), Date)
    live = (Activity.enrolment_id.in_(ENROLMENTS), live_then(Activity, past))
    keys, is_ready = (Activity.enrolment_id, Activity.step_id, Activity.kind_id), Activity.step_id.is_(None)
    return union_all(
        select(
            *keys, no_number.label("year"), no_number.label("month"), func.count().label("number"),
            func.min(Activity.entered_on).label("first_on"), func.max(Activity.entered_on).label("last_on"),
            no_number.label("ready_times"), no_number.label("ready_people"),
        ).where(*live, Activity.step_id.in_(_STEPS)).group_by(*keys),
        select(
            Activity.enrolment_id, no_number, no_number, year, month, func.count(), no_day,
            func.max(Activity.entered_on), func.sum(case((is_ready, 1), else_=0)),
            func.sum(case((is_ready, Activity.participants), else_=0)),
        ).where(*live).group_by(Activity.enrolment_id, year, month),
    )  # fmt: skip


@cache
def _entry_groups(past: bool) -> Any:
    return (
        select(
            EventEntry.enrolment_id, func.count().label("number"),
            func.min(shown_known_on()).label("first_on"),
            func.max(shown_known_on()).label("last_on"),
        )
        .join(Event, Event.id == EventEntry.event_id)
        .where(EventEntry.enrolment_id.in_(ENROLMENTS))
        .where(live_then(EventEntry, past), live_then(Event, past))
        .group_by(EventEntry.enrolment_id)
    )  # fmt: skip


@cache
def _trainings(of_units: bool, past: bool) -> Any:
    return select(Training.stage_id, Training.unit_id, Training.ends_on, Training.entered_on).where(
        Training.stage_id.in_(_STAGES),
        live_then(Training, past),
        Training.unit_id.in_(_UNITS) if of_units else true(),
    )


def _not_known_yet(past: bool) -> Any:
    return Posting.until_entered_on > AS_AT if past else false()


@cache
def _passes(of_units: bool, past: bool) -> Any:
    return (
        select(Training.stage_id, Posting.unit_id, Attendance.facilitator_id, Training.entered_on)
        .join(Attendance, Attendance.training_id == Training.id)
        .join(Facilitator, Facilitator.id == Attendance.facilitator_id)
        .join(Posting, Posting.facilitator_id == Facilitator.id)
        .where(Training.stage_id.in_(_STAGES), Attendance.passed, live_then(Training, past))
        .where(live_then(Facilitator, past), Posting.since <= Training.ends_on)
        .where(or_(Posting.until.is_(None), Posting.until >= Training.ends_on, _not_known_yet(past)))
        .where(Posting.unit_id.in_(_UNITS) if of_units else true())
        .where(and_(Posting.entered_on <= AS_AT, Attendance.passed_on <= AS_AT) if past else true())
    )


@dataclass(frozen=True, slots=True)
class Found:
    """Live records of one source for an enrolment: of a step (None: of every step that lists the source)."""

    enrolment_id: int
    step_id: int | None
    kind: str
    number: int
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Extent:
    """The enrolments, and of these the steps, that are counted; `as_at` counts what was known on that day."""

    session: Session
    tree: UnitTree
    plan: Plan
    book: EnrolmentBook
    enrolment_ids: frozenset[int]
    as_at: date | None = None
    step_ids: frozenset[int] = frozenset()

    @cached_property
    def enrolments(self) -> list[EnrolmentInfo]:
        """Return the enrolments themselves."""
        return [self.book.by_id[i] for i in sorted(self.enrolment_ids) if i in self.book.by_id]

    @cached_property
    def stage_ids(self) -> frozenset[int]:
        """Return the stages of the enrolments."""
        return frozenset(enrolment.stage_id for enrolment in self.enrolments)

    @cached_property
    def unit_ids(self) -> frozenset[int] | None:
        """Return all units at or below the enrolled ones; None when they are too many to name."""
        ids: set[int] = set()
        for enrolment in self.enrolments:
            ids |= self.tree.subtree_ids(enrolment.unit_id)
        return frozenset(ids) if len(ids) <= MANY_UNITS else None

    def ask(self, query: Callable[[bool], Any], **more: Any) -> Any:
        """Ask one of the questions of this package, about these enrolments and as it was known.

        Past the session: its questions are of columns only, and what is not flushed yet is not seen.
        """
        values = {"enrolments": list(self.enrolment_ids), **more}
        if self.as_at is not None:
            values["as_at"] = self.as_at
        return self.session.connection().execute(query(self.as_at is not None), values)

    @cached_property
    def _activity_rows(self) -> list[Row[Any]]:
        return list(self.ask(_activity_rows, steps=list(self.step_ids)))

    @property
    def activity_groups(self) -> list[Row[Any]]:
        """Return live activities of the steps by enrolment, step and kind: number, days of entry."""
        return [row for row in self._activity_rows if row.year is None]

    @property
    def activity_months(self) -> list[Row[Any]]:
        """Return live activities by enrolment and month held in: number, last day of entry, getting ready."""
        return [row for row in self._activity_rows if row.year is not None]

    @cached_property
    def entry_groups(self) -> list[Row[Any]]:
        """Return live entries of events that were held, by enrolment: number and days of entry."""
        return list(self.ask(_entry_groups))

    @cached_property
    def trainings(self) -> list[tuple[int, int, date]]:
        """Return live trainings as (enrolment it counts for, holding unit, day of entry)."""
        found = []
        for stage_id, unit_id, ends_on, entered_on in self._of_units(_trainings):
            enrolment = self.book.counting_for(stage_id, self.tree[unit_id], ends_on)
            if enrolment is not None and enrolment.id in self.enrolment_ids:
                found.append((enrolment.id, unit_id, entered_on))
        return found

    def passes(self) -> list[Any]:
        """Return who passed a live training: stage, unit posted at on its last day, person, day of entry."""
        return list(self._of_units(_passes))

    def _of_units(self, query: Callable[[bool, bool], Any]) -> Any:
        """Ask about these stages, and about the units unless they are too many to name."""
        units = self.unit_ids
        more: dict[str, Any] = {} if units is None else {"units": list(units)}
        return self.ask(partial(query, units is not None), stages=list(self.stage_ids), **more)


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of record that rules may count."""

    name: str
    find: Callable[[Extent], list[Found]]


def _activities(extent: Extent) -> list[Found]:
    kinds = extent.plan.kind_by_id
    return [
        Found(row.enrolment_id, row.step_id, kinds[row.kind_id].code, row.number, row.first_on, row.last_on)
        for row in extent.activity_groups
    ]


def _passed_trainings(extent: Extent) -> list[Found]:
    people: dict[int, set[int]] = {}
    days: dict[int, list[date]] = {}
    for stage_id, unit_id, facilitator_id, entered_on in extent.passes():
        for above in extent.tree[unit_id].path:
            enrolment = extent.book.of(stage_id, above)
            if enrolment is not None and enrolment.id in extent.enrolment_ids:
                people.setdefault(enrolment.id, set()).add(facilitator_id)
                days.setdefault(enrolment.id, []).append(entered_on)
    return [Found(i, None, "", len(found), min(days[i]), max(days[i])) for i, found in people.items()]


def _event_entries(extent: Extent) -> list[Found]:
    return [
        Found(row.enrolment_id, None, "", row.number, row.first_on, row.last_on)
        for row in extent.entry_groups
    ]


SOURCES: dict[str, Source] = {}


def add_source(source: Source) -> None:
    """Let rules of the template count another kind of record."""
    SOURCES[source.name] = source


for _source in (
    Source("activities", _activities),
    Source("passed_trainings", _passed_trainings),
    Source("event_entries", _event_entries),
):
    add_source(_source)
