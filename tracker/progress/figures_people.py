"""Figures about people and innovations: units with a trained facilitator, entries that others took up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.facilitators.models import Attendance, Facilitator, Posting, Training
from tracker.organisation.tree import UnitTree
from tracker.programme.enrolments import EnrolmentInfo
from tracker.sharing.models import Adoption, Event, EventEntry, EventState


@dataclass(frozen=True, slots=True)
class TrainedPosting:
    """A facilitator who passed a training serves at a unit: since when that is known, and until when."""

    unit_id: int
    known_on: date
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether the posting counted on a day, as known then."""
        return self.known_on <= day and self.since <= day and (self.until is None or day <= self.until)


def trained_postings(session: Session) -> list[TrainedPosting]:
    """Return the postings of all facilitators who passed a training, in one statement."""
    passed = (
        select(Attendance.facilitator_id, func.min(Training.entered_on).label("known_on"))
        .join(Training, Training.id == Attendance.training_id)
        .where(Attendance.passed, Training.withdrawn_on.is_(None), Training.hidden_at.is_(None))
        .group_by(Attendance.facilitator_id)
        .subquery()
    )
    rows = session.execute(
        select(Posting.unit_id, Posting.since, Posting.until, Facilitator.entered_on, passed.c.known_on)
        .join(Facilitator, Facilitator.id == Posting.facilitator_id)
        .join(passed, passed.c.facilitator_id == Facilitator.id)
        .where(Facilitator.withdrawn_on.is_(None), Facilitator.hidden_at.is_(None))
    )
    return [
        TrainedPosting(unit_id, max(entered_on, known_on), since, until)
        for unit_id, since, until, entered_on, known_on in rows
    ]


def with_trained(
    postings: Iterable[TrainedPosting], enrolments: Iterable[EnrolmentInfo], tree: UnitTree, day: date
) -> list[EnrolmentInfo]:
    """Return the enrolments that have a trained facilitator at their unit or below on a day."""
    covered: set[int] = set()
    for posting in postings:
        node = tree.get(posting.unit_id)
        if node is not None and posting.holds_on(day):
            covered.update(node.path)
    return [e for e in enrolments if e.unit_id in covered]


def last_served(postings: Iterable[TrainedPosting], tree: UnitTree, day: date) -> dict[int, date]:
    """Return {unit id: last day by then on which a posting at the unit or below ended}."""
    ended: dict[int, date] = {}
    for posting in postings:
        node = tree.get(posting.unit_id) if posting.until is not None and posting.until <= day else None
        if node is None or posting.until is None:
            continue
        for unit_id in node.path:
            ended[unit_id] = max(posting.until, ended.get(unit_id, posting.until))
    return ended


@dataclass(frozen=True, slots=True)
class EntryFact:
    """An innovation that was shown: since when that is known, and since when another unit took it up."""

    id: int
    enrolment_id: int
    unit_id: int
    known_on: date
    taken_up_on: date | None


def shown_entries(session: Session, enrolments: Iterable[EnrolmentInfo]) -> list[EntryFact]:
    """Return the live entries, of events that were held, that count for some enrolments."""
    taken = (
        select(Adoption.entry_id, func.min(Adoption.entered_on).label("day"))
        .join(EventEntry, EventEntry.id == Adoption.entry_id)
        .where(Adoption.withdrawn_on.is_(None), Adoption.unit_id != EventEntry.unit_id)
        .group_by(Adoption.entry_id)
        .subquery()
    )
    rows = session.execute(
        select(EventEntry.id, EventEntry.enrolment_id, EventEntry.unit_id, EventEntry.entered_on, taken.c.day)
        .join(Event, Event.id == EventEntry.event_id)
        .outerjoin(taken, taken.c.entry_id == EventEntry.id)
        .where(EventEntry.enrolment_id.in_([e.id for e in enrolments]), is_shown())
        .order_by(EventEntry.id)
    )
    return [EntryFact(i, e or 0, unit, known, day) for i, e, unit, known, day in rows]


def is_shown() -> ColumnElement[bool]:
    """Return the condition under which an entry was shown: it and its event are live, the event was held."""
    return and_(
        EventEntry.withdrawn_on.is_(None),
        EventEntry.hidden_at.is_(None),
        Event.withdrawn_on.is_(None),
        Event.hidden_at.is_(None),
        or_(Event.state == EventState.HELD, Event.state == EventState.SUMMARISED),
    )
