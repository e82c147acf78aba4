"""Puts the demo's plan into an empty database: by the operations that people use, each on its day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import func, select, update

from tracker.accounts.models import Person
from tracker.audit.models import AuditEntry
from tracker.change import Change
from tracker.demo.days import seeded
from tracker.demo.ground import lay_ground
from tracker.demo.plan import DemoPlan
from tracker.demo.story import Deed, Story
from tracker.demo.story_events import event_deeds
from tracker.organisation.revision import settle_revision
from tracker.thai.dates import BANGKOK

Tell = Callable[[int], None]
_OPENS, _MINUTES = time(8, 40), 440


def load_demo(change: Change, plan: DemoPlan, *, tell: Callable[[str, int, int], None]) -> None:
    """Load the whole plan in one transaction; `tell` hears (what, done, of how many)."""
    tell("units", 0, 1)
    cast = lay_ground(change, plan)
    story = Story(change, plan, cast)
    deeds = [*story.deeds(), *event_deeds(story)]
    deeds = sorted((deed for deed in deeds if deed.day <= plan.today), key=lambda deed: (deed.day, deed.rank))
    rng = seeded(plan.seed, "moments")
    for number, deed in enumerate(deeds, start=1):
        _do(change, deed, _moment(rng, deed.day))
        if number % 50 == 0 or number == len(deeds):
            tell("records", number, len(deeds))
    _remember_sign_ins(change)
    change.session.flush()
    tell("figures", 0, 1)


def _moment(rng: Random, day: date) -> datetime:
    """Return a moment of the working day."""
    minute = timedelta(minutes=rng.randrange(_MINUTES), seconds=rng.randrange(60))
    return (datetime.combine(day, _OPENS, BANGKOK) + minute).astimezone(UTC)


def _do(change: Change, deed: Deed, at: datetime) -> None:
    own = Change(change.session, deed.actor, at, deed.day, change.reference)
    deed.do(own)
    settle_revision(change.session)
    change.touched |= own.touched


def _remember_sign_ins(change: Change) -> None:
    """Have who wrote something signed in for it; the others never did. The demo's own accounts are new."""
    spoke = select(AuditEntry.person_id, func.min(AuditEntry.at), func.max(AuditEntry.at))
    for person_id, first, last in change.session.execute(
        spoke.where(AuditEntry.person_id.is_not(None)).group_by(AuditEntry.person_id)
    ).all():
        change.session.execute(
            update(Person)
            .where(Person.id == person_id, Person.password_hash.is_(None))
            .values(first_signed_in_at=first, last_signed_in_at=last, privacy_seen_at=first)
        )
