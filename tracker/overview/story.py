"""A good story of a stage: what to read when there is time for one.

The newest live entry that another unit took up (by the day on which that became known); without one, the
newest live activity with an outcome that executives led themselves. Only what is open to the department.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.activities.models import Activity, ActivityExecutive
from tracker.audit.kept import kept
from tracker.following.stage_view import StageView
from tracker.organisation.models import Audience, Manner
from tracker.programme.reading import is_live
from tracker.sharing.models import Event, EventEntry


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, where, and the record to read."""

    unit_id: int
    text: str
    event_id: int | None = None
    activity_id: int | None = None


def _from_entries(session: Session, view: StageView) -> Story | None:
    day = view.scope.day
    newest = sorted(view.data.taken_up(day), key=lambda e: (e.taken_up_on(day), e.id), reverse=True)
    found = session.execute(
        select(EventEntry.id, EventEntry.unit_id, EventEntry.name, EventEntry.event_id)
        .join(Event, Event.id == EventEntry.event_id)
        .where(EventEntry.id.in_([entry.id for entry in newest[:10]]), Event.audience != Audience.UNIT)
        .where(is_live(EventEntry), is_live(Event))
    )
    rows = {row.id: row for row in found}
    row = next((rows[entry.id] for entry in newest[:10] if entry.id in rows), None)
    return Story(row.unit_id, row.name, event_id=row.event_id) if row else None


def _from_activities(session: Session, view: StageView) -> Story | None:
    led = select(ActivityExecutive.activity_id).where(ActivityExecutive.manner == Manner.LED)
    row = session.execute(
        select(Activity.id, Activity.unit_id, Activity.title)
        .where(
            Activity.id.in_(led),  # not a join: few are led, and the database is to begin with those
            Activity.enrolment_id.in_([e.id for e in view.enrolments]),
            Activity.outcome != "",
            Activity.withdrawn_on.is_(None),
            Activity.hidden_at.is_(None),
            Activity.audience != Audience.UNIT,
        )
        .order_by(Activity.held_on.desc(), Activity.id.desc())
        .limit(1)
    ).first()
    return Story(row.unit_id, row.title, activity_id=row.id) if row else None


def good_story(session: Session, view: StageView) -> Story | None:
    """Return the good story of what is looked at, None when there is none yet."""
    scope = view.scope
    name = ("story", scope.stage.id, scope.within.id if scope.within else None, scope.day)
    return kept(session, name, lambda: _from_entries(session, view) or _from_activities(session, view))
