"""Where evidence is found: one source for each kind of record, in a registry that later slices add to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, extract, func, or_, select
from sqlalchemy.orm import Session

from tracker.activities.models import Activity
from tracker.facilitators.models import Attendance, Facilitator, Posting, Training
from tracker.organisation.tree import UnitTree
from tracker.programme.enrolments import EnrolmentBook, EnrolmentInfo
from tracker.programme.plan import Plan
from tracker.programme.reading import is_live
from tracker.sharing.models import Event, EventEntry, EventState

HELD = (EventState.HELD, EventState.SUMMARISED)
MANY_UNITS = 400


def live(model: Any, as_at: date | None = None) -> ColumnElement[bool]:
    """Return the condition that a record counts: neither withdrawn nor hidden, now or as known on a day."""
    if as_at is None:
        return is_live(model)
    return and_(
        model.entered_on <= as_at,
        or_(model.withdrawn_on.is_(None), model.withdrawn_on > as_at),
        model.hidden_at.is_(None),
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
    """The enrolments that are being counted; `as_at` counts what was known on that day."""

    session: Session
    tree: UnitTree
    plan: Plan
    book: EnrolmentBook
    enrolment_ids: frozenset[int]
    as_at: date | None = None

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

    @cached_property
    def activity_groups(self) -> list[Row[Any]]:
        """Return live activities by enrolment, step, kind and month: number, people, days of entry."""
        year, month = extract("year", Activity.held_on), extract("month", Activity.held_on)
        keys = (Activity.enrolment_id, Activity.step_id, Activity.kind_id, year, month)
        query = (
            select(
                Activity.enrolment_id, Activity.step_id, Activity.kind_id,
                year.label("year"), month.label("month"),
                func.count().label("number"), func.sum(Activity.participants).label("people"),
                func.min(Activity.entered_on).label("first_on"),
                func.max(Activity.entered_on).label("last_on"),
            )
            .where(Activity.enrolment_id.in_(self.enrolment_ids), live(Activity, self.as_at))
            .group_by(*keys)
        )  # fmt: skip
        return list(self.session.execute(query))

    @cached_property
    def entry_groups(self) -> list[Row[Any]]:
        """Return live entries of events that were held, by enrolment: number and days of entry."""
        query = (
            select(
                EventEntry.enrolment_id, func.count().label("number"),
                func.min(EventEntry.entered_on).label("first_on"),
                func.max(EventEntry.entered_on).label("last_on"),
            )
            .join(Event, Event.id == EventEntry.event_id)
            .where(EventEntry.enrolment_id.in_(self.enrolment_ids), live(EventEntry, self.as_at))
            .where(live(Event, self.as_at), Event.state.in_(HELD))
            .group_by(EventEntry.enrolment_id)
        )  # fmt: skip
        return list(self.session.execute(query))

    @cached_property
    def trainings(self) -> list[tuple[int, int, date]]:
        """Return live trainings as (enrolment it counts for, holding unit, day of entry)."""
        query: Any = select(Training.stage_id, Training.unit_id, Training.ends_on, Training.entered_on).where(
            Training.stage_id.in_(self.stage_ids), live(Training, self.as_at)
        )
        found = []
        for stage_id, unit_id, ends_on, entered_on in self.session.execute(
            self._of_units(query, Training.unit_id)
        ):
            enrolment = self.book.counting_for(stage_id, self.tree[unit_id], ends_on)
            if enrolment is not None and enrolment.id in self.enrolment_ids:
                found.append((enrolment.id, unit_id, entered_on))
        return found

    def _of_units(self, query: Any, column: Any) -> Any:
        return query if self.unit_ids is None else query.where(column.in_(self.unit_ids))

    def passes(self) -> list[Any]:
        """Return who passed a live training: stage, unit posted at on its last day, person, day of entry."""
        query: Any = (
            select(Training.stage_id, Posting.unit_id, Attendance.facilitator_id, Training.entered_on)
            .join(Attendance, Attendance.training_id == Training.id)
            .join(Facilitator, Facilitator.id == Attendance.facilitator_id)
            .join(Posting, Posting.facilitator_id == Facilitator.id)
            .where(Training.stage_id.in_(self.stage_ids), Attendance.passed, live(Training, self.as_at))
            .where(live(Facilitator, self.as_at), Posting.since <= Training.ends_on)
            .where(or_(Posting.until.is_(None), Posting.until >= Training.ends_on))
        )
        return list(self.session.execute(self._of_units(query, Posting.unit_id)))


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
        if row.step_id is not None
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
