"""Questions about one activity, its draft and its form: who stands in it, what was done to it, who may."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor, Permission, may
from tracker.activities.models import Activity, ActivityExecutive, ActivityFacilitator, ActivityUnit, Draft
from tracker.facilitators.models import Facilitator
from tracker.organisation.models import ExecutivePost, Manner
from tracker.organisation.tree import UnitTree


@dataclass(frozen=True, slots=True)
class People:
    """Who stands in an activity: facilitators, (post, manner) of executives, ids of units that joined."""

    facilitators: tuple[Facilitator, ...]
    executives: tuple[tuple[ExecutivePost, Manner], ...]
    joined_unit_ids: tuple[int, ...]


def people_of(session: Session, activity_ids: Collection[int]) -> dict[int, People]:
    """Return who stands in each of some activities."""
    ids = sorted(activity_ids)
    led: dict[int, list[Facilitator]] = {}
    took_part: dict[int, list[tuple[ExecutivePost, Manner]]] = {}
    joined: dict[int, list[int]] = {}
    facilitators = (
        select(ActivityFacilitator.activity_id, Facilitator)
        .join(Facilitator, Facilitator.id == ActivityFacilitator.facilitator_id)
        .where(ActivityFacilitator.activity_id.in_(ids))
        .order_by(Facilitator.sort_key, Facilitator.id)
    )
    for activity_id, facilitator in session.execute(facilitators):
        led.setdefault(activity_id, []).append(facilitator)
    executives = (
        select(ActivityExecutive.activity_id, ExecutivePost, ActivityExecutive.manner)
        .join(ExecutivePost, ExecutivePost.id == ActivityExecutive.post_id)
        .where(ActivityExecutive.activity_id.in_(ids))
        .order_by(ExecutivePost.position, ExecutivePost.id)
    )
    for activity_id, post, manner in session.execute(executives):
        took_part.setdefault(activity_id, []).append((post, manner))
    units = select(ActivityUnit.activity_id, ActivityUnit.unit_id).where(ActivityUnit.activity_id.in_(ids))
    for activity_id, unit_id in session.execute(units.order_by(ActivityUnit.id)):
        joined.setdefault(activity_id, []).append(unit_id)
    return {
        i: People(tuple(led.get(i, ())), tuple(took_part.get(i, ())), tuple(joined.get(i, ()))) for i in ids
    }


def executives_in(session: Session, activity_ids: Collection[int]) -> dict[int, list[ExecutivePost]]:
    """Return the executive posts that took part in each of some activities."""
    rows = session.execute(
        select(ActivityExecutive.activity_id, ExecutivePost)
        .join(ExecutivePost, ExecutivePost.id == ActivityExecutive.post_id)
        .where(ActivityExecutive.activity_id.in_(activity_ids))
        .order_by(ExecutivePost.position, ExecutivePost.id)
    )
    found: dict[int, list[ExecutivePost]] = {}
    for activity_id, post in rows:
        found.setdefault(activity_id, []).append(post)
    return found


def posts_at(session: Session, unit_ids: Collection[int], day: date) -> Sequence[ExecutivePost]:
    """Return the executive posts at some units that are not closed, the units in the order given."""
    order = {unit_id: at for at, unit_id in enumerate(unit_ids)}
    rows = session.scalars(
        select(ExecutivePost)
        .where(ExecutivePost.unit_id.in_(unit_ids))
        .where(or_(ExecutivePost.closed_on.is_(None), ExecutivePost.closed_on > day))
        .order_by(ExecutivePost.position, ExecutivePost.id)
    )
    return sorted(rows, key=lambda post: order[post.unit_id])


def posts_by_id(session: Session, ids: Collection[int]) -> Sequence[ExecutivePost]:
    """Return executive posts by their ids, closed or not."""
    return (
        session.scalars(select(ExecutivePost).where(ExecutivePost.id.in_(sorted(ids)))).all() if ids else ()
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
