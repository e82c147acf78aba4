"""Questions about one activity, its draft and its form: who stands in it, what was done to it, who may."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor, Permission, may
from tracker.activities.models import Activity, ActivityExecutive, ActivityFacilitator, ActivityUnit, Draft
from tracker.facilitators.models import Facilitator
from tracker.facilitators.queries import is_named_to
from tracker.organisation.models import Manner
from tracker.organisation.posts import PostInfo, post_book
from tracker.organisation.tree import UnitTree


@dataclass(frozen=True, slots=True)
class People:
    """Who stands in an activity: facilitators, (post, manner) of executives, ids of units that joined.

    `unnamed_ids` are those of facilitators whose names the reader may not read.
    """

    facilitators: tuple[Facilitator, ...]
    unnamed_ids: tuple[int, ...]
    executives: tuple[tuple[PostInfo, Manner], ...]
    joined_unit_ids: tuple[int, ...]


def people_of(session: Session, actor: Actor, tree: UnitTree, activity_id: int) -> People:
    """Return who stands in an activity, as somebody may read it."""
    led = session.execute(
        select(Facilitator, is_named_to(actor, tree))
        .join(ActivityFacilitator, ActivityFacilitator.facilitator_id == Facilitator.id)
        .where(ActivityFacilitator.activity_id == activity_id)
        .order_by(Facilitator.sort_key, Facilitator.id)
    ).all()
    took_part = select(ActivityExecutive.post_id, ActivityExecutive.manner).where(
        ActivityExecutive.activity_id == activity_id
    )
    manners = {row.post_id: row.manner for row in session.execute(took_part)}
    joined = session.scalars(
        select(ActivityUnit.unit_id).where(ActivityUnit.activity_id == activity_id).order_by(ActivityUnit.id)
    )
    posts = post_book(session).named(manners)
    return People(
        tuple(person for person, is_named in led if is_named),
        tuple(person.id for person, is_named in led if not is_named),
        tuple((post, manners[post.id]) for post in posts),
        tuple(joined),
    )


def drafts_at(session: Session, unit_id: int) -> Sequence[Draft]:
    """Return the drafts of a unit, the newest first."""
    return session.scalars(
        select(Draft).where(Draft.unit_id == unit_id).order_by(Draft.saved_at.desc(), Draft.id.desc())
    ).all()


def draft_for(session: Session, actor: Actor, tree: UnitTree, draft_id: int) -> Draft | None:
    """Return a draft that the actor may go on with, or None."""
    draft = session.get(Draft, draft_id)
    node = tree.get(draft.unit_id) if draft else None
    return draft if node is not None and may(actor, Permission.RECORDS_WRITE, node) else None


def known_keys(session: Session, keys: Collection[str]) -> frozenset[str]:
    """Return those of the keys of a file's rows under which an activity was written already."""
    found = select(Activity.import_key).where(Activity.import_key.in_(sorted(keys)))
    return frozenset(key for key in session.scalars(found) if key) if keys else frozenset()


def executive_counts(session: Session) -> dict[int, int]:
    """Return how many executives took part in each activity that had one, by the activity's id."""
    rows = session.execute(
        select(ActivityExecutive.activity_id, func.count()).group_by(ActivityExecutive.activity_id)
    )
    return {row[0]: row[1] for row in rows}
