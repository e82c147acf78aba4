"""Figures about people and innovations: units with a trained facilitator, entries that others took up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.facilitators.models import Attendance, Facilitator, Posting, Training
from tracker.organisation.tree import UnitTree
from tracker.programme.enrolments import EnrolmentInfo
from tracker.progress.rules import Span
from tracker.sharing.models import HELD, Adoption, Event, EventEntry, shown_known_on


def earliest(*days: date | None) -> date | None:
    """Return the first of some days, None when there is none."""
    return min((day for day in days if day is not None), default=None)


@dataclass(frozen=True, slots=True)
class TrainedPosting:
    """A facilitator who passed a training serves at a unit, from a day to a day; and while that was known.

    `until_known_on` is the day on which the last day was entered: before it, nobody knew of an end.
    """

    unit_id: int
    known: Span
    since: date
    until: date | None
    until_known_on: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether the posting counted on a day, as known then."""
        until = self.until_as_known(day)
        return self.known.holds_on(day) and self.since <= day and (until is None or day <= until)

    def until_as_known(self, day: date) -> date | None:
        """Return the last day of the posting, None where no end of it was known on a day."""
        return None if self.until_known_on is None or day < self.until_known_on else self.until


def trained_postings(session: Session) -> list[TrainedPosting]:
    """Return the postings of all facilitators who passed a training, once for each, in one statement."""
    rows = session.execute(
        select(
            Posting.unit_id, Posting.since, Posting.until, Posting.until_entered_on,
            Facilitator.entered_on, Training.entered_on, Posting.entered_on, Attendance.passed_on,
            Facilitator.withdrawn_on, Training.withdrawn_on,
        )
        .join(Facilitator, Facilitator.id == Posting.facilitator_id)
        .join(Attendance, Attendance.facilitator_id == Facilitator.id)
        .join(Training, Training.id == Attendance.training_id)
        .where(Attendance.passed, Training.hidden_at.is_(None), Facilitator.hidden_at.is_(None))
    )  # fmt: skip
    return [
        TrainedPosting(
            unit_id, Span(max(filter(None, days[:4])), earliest(*days[4:])), since, until, ended_on
        )
        for unit_id, since, until, ended_on, *days in rows  # four of entering it, two of withdrawing it
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
    """Return {unit id: last day by then on which a posting at the unit or below ended}, as known then."""
    ended: dict[int, date] = {}
    for posting in postings:
        node, until = tree.get(posting.unit_id), posting.until_as_known(day)
        if node is None or until is None or until > day or not posting.known.holds_on(day):
            continue
        for unit_id in node.path:
            ended[unit_id] = max(until, ended.get(unit_id, until))
    return ended


@dataclass(frozen=True, slots=True)
class EntryFact:
    """An innovation that was shown: while that was known, and while other units' taking it up was."""

    id: int
    enrolment_id: int
    unit_id: int
    known: Span
    taken: tuple[Span, ...]

    def taken_up_on(self, day: date) -> date | None:
        """Return since when another unit had taken it up, as known on a day."""
        return min((span.known_on for span in self.taken if span.holds_on(day)), default=None)


def shown_entries(session: Session, enrolments: Iterable[EnrolmentInfo]) -> list[EntryFact]:
    """Return the entries, of events that were held, that count for some enrolments, or did so once."""
    rows = session.execute(
        select(
            EventEntry.id, EventEntry.enrolment_id, EventEntry.unit_id, shown_known_on(),
            EventEntry.withdrawn_on, Event.withdrawn_on, Adoption.entered_on, Adoption.withdrawn_on,
        )
        .join(Event, Event.id == EventEntry.event_id)
        .outerjoin(Adoption, and_(Adoption.entry_id == EventEntry.id, Adoption.unit_id != EventEntry.unit_id))
        .where(EventEntry.enrolment_id.in_([e.id for e in enrolments]), Event.state.in_(HELD))
        .where(EventEntry.hidden_at.is_(None), Event.hidden_at.is_(None))
        .order_by(EventEntry.id)
    )  # fmt: skip
    shown: dict[tuple[int, int, int, Span], list[Span]] = {}
    for entry_id, enrolment_id, unit_id, known_on, gone_on, event_gone_on, taken_on, given_up_on in rows:
        span = Span(known_on, earliest(gone_on, event_gone_on))
        taken = shown.setdefault((entry_id, enrolment_id or 0, unit_id, span), [])
        if taken_on is not None:
            taken.append(Span(taken_on, given_up_on))
    return [EntryFact(*fact, tuple(taken)) for fact, taken in shown.items()]
