"""When something of an enrolment was last entered: now, and as it was known on earlier days."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Date, literal, or_, select, union_all
from sqlalchemy.orm import Session

from tracker.activities.models import Activity
from tracker.facilitators.models import Training
from tracker.programme.enrolments import EnrolmentInfo
from tracker.programme.models import Enrolment
from tracker.progress.figures import ClaimHistory, Scope
from tracker.progress.figures_people import earliest
from tracker.progress.models import EnrolmentProgress
from tracker.sharing.models import HELD, Event, EventEntry, held_known_on, shown_known_on

Entry = tuple[int, date, date | None]


def last_heard(session: Session, enrolments: Iterable[EnrolmentInfo]) -> dict[int, date]:
    """Return {enrolment id: last day on which a record or a claim of it was entered}."""
    rows = session.execute(
        select(
            EnrolmentProgress.enrolment_id, EnrolmentProgress.last_record_on, EnrolmentProgress.last_claim_on
        ).where(EnrolmentProgress.enrolment_id.in_([e.id for e in enrolments]))
    )
    heard = {}
    for enrolment_id, record, claim in rows:
        days = [day for day in (record, claim) if day is not None]
        if days:
            heard[enrolment_id] = max(days)
    return heard


def heard_by(
    session: Session, scope: Scope, enrolments: list[EnrolmentInfo], history: ClaimHistory, days: list[date]
) -> dict[date, dict[int, date]]:
    """Return, for each day, {enrolment id: last day by then on which something of it became known}.

    Activities are found by one seek in an index for each enrolment and day, so that it costs the same at
    any number of them. What counts is what recounting counts: held events, entries of them, trainings.
    """
    heard: dict[date, dict[int, date]] = {day: {} for day in days}
    if not days or not enrolments:
        return heard
    ids = [e.id for e in enrolments]
    for day, enrolment_id, last in _last_activities(session, ids, days):
        if last is not None:
            heard[day][enrolment_id] = last
    others = [*_events_and_entries(session, ids), *_trainings(session, scope, set(ids))]
    others += [(change[0], change[3], None) for change in history.changes]
    for day in days:
        known = heard[day]
        for enrolment_id, entered_on, withdrawn_on in others:
            live = entered_on <= day and (withdrawn_on is None or withdrawn_on > day)
            if live and entered_on > known.get(enrolment_id, date.min):
                known[enrolment_id] = entered_on
    return heard


def _last_activities(
    session: Session, ids: list[int], days: list[date]
) -> Iterable[tuple[date, int, date | None]]:
    each = [select(literal(day, Date).label("day")) for day in sorted(set(days))]
    asked = union_all(*each).subquery("asked")
    latest = (
        select(Activity.entered_on)
        .where(Activity.enrolment_id == Enrolment.id, Activity.entered_on <= asked.c.day)
        .where(or_(Activity.withdrawn_on.is_(None), Activity.withdrawn_on > asked.c.day))
        .where(Activity.hidden_at.is_(None))
        .order_by(Activity.entered_on.desc())
        .limit(1)
        .correlate(asked, Enrolment)
        .scalar_subquery()
    )
    pairs = asked.join(Enrolment, Enrolment.id.in_(ids))
    query = select(asked.c.day, Enrolment.id, latest).select_from(pairs)
    return [(day, enrolment_id, last) for day, enrolment_id, last in session.execute(query)]


def _events_and_entries(session: Session, ids: list[int]) -> list[Entry]:
    held = (Event.state.in_(HELD), Event.hidden_at.is_(None))
    events = select(Event.enrolment_id, held_known_on(), Event.withdrawn_on, Event.withdrawn_on).where(
        Event.enrolment_id.in_(ids), *held
    )
    entries = (
        select(EventEntry.enrolment_id, shown_known_on(), EventEntry.withdrawn_on, Event.withdrawn_on)
        .join(Event, Event.id == EventEntry.event_id)
        .where(EventEntry.enrolment_id.in_(ids), EventEntry.hidden_at.is_(None), *held)
    )
    rows = session.execute(union_all(events, entries))
    return [(e, known_on, earliest(*gone)) for e, known_on, *gone in rows if e is not None]


def _trainings(session: Session, scope: Scope, ids: set[int]) -> list[Entry]:
    """Return when trainings were entered, by the enrolment of the unit that held them."""
    rows = session.execute(
        select(Training.unit_id, Training.ends_on, Training.entered_on, Training.withdrawn_on).where(
            Training.stage_id == scope.stage.id, Training.hidden_at.is_(None)
        )
    )
    found: list[Entry] = []
    for unit_id, ends_on, entered_on, withdrawn_on in rows:
        enrolment = scope.book.counting_for(scope.stage.id, scope.tree[unit_id], ends_on)
        if enrolment is not None and enrolment.id in ids:
            found.append((enrolment.id, entered_on, withdrawn_on))
    return found
