"""Questions about one activity, its draft and its form: who stands in it, what was done to it, who may."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor, Permission, may
from tracker.activities.models import Activity, ActivityExecutive, ActivityFacilitator, ActivityUnit, Draft
from tracker.activities.rules import ActivityValues
from tracker.facilitators.models import Facilitator
from tracker.facilitators.naming import leaders_as_read
from tracker.organisation.models import Manner
from tracker.organisation.posts import PostInfo, post_book
from tracker.organisation.tree import UnitTree
from tracker.thai.text import search_text


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
    ids = select(ActivityFacilitator.facilitator_id).where(ActivityFacilitator.activity_id == activity_id)
    named, unnamed_ids = leaders_as_read(session, actor, tree, ids)
    took_part = select(ActivityExecutive.post_id, ActivityExecutive.manner).where(
        ActivityExecutive.activity_id == activity_id
    )
    manners = {row.post_id: row.manner for row in session.execute(took_part)}
    joined = session.scalars(
        select(ActivityUnit.unit_id).where(ActivityUnit.activity_id == activity_id).order_by(ActivityUnit.id)
    )
    posts = post_book(session).named(manners)
    return People(
        named,
        unnamed_ids,
        tuple((post, manners[post.id]) for post in posts),
        tuple(joined),
    )


def draft_for(session: Session, actor: Actor, tree: UnitTree, draft_id: int) -> Draft | None:
    """Return a draft that the actor may go on with, or None."""
    draft = session.get(Draft, draft_id)
    node = tree.get(draft.unit_id) if draft else None
    return draft if node is not None and may(actor, Permission.RECORDS_WRITE, node) else None


def activities_by_key(session: Session, keys: Collection[str]) -> dict[str, Activity]:
    """Return the activities that were written under some keys of the rows of files."""
    found: dict[str, Activity] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), 500):
        rows = session.scalars(select(Activity).where(Activity.import_key.in_(wanted[start : start + 500])))
        found.update({row.import_key: row for row in rows if row.import_key})
    return found


def likeness(record: Activity | ActivityValues) -> tuple[object, ...]:
    """Return what two records of one and the same event share, whatever else they say of it."""
    return record.unit_id, record.held_on, record.step_id, record.kind_id, search_text(record.title)


def activities_like(
    session: Session, rows: Collection[ActivityValues]
) -> dict[tuple[object, ...], tuple[int, str]]:
    """Return (id, title) of the activities not withdrawn that are like one of some rows, by `likeness`."""
    wanted = {likeness(row) for row in rows}
    places, days = {row.unit_id for row in rows}, {row.held_on for row in rows}
    near = select(Activity).where(
        Activity.unit_id.in_(places), Activity.held_on.in_(days), Activity.withdrawn_on.is_(None)
    )
    found = session.scalars(near.order_by(Activity.id)) if wanted else ()
    return {sign: (one.id, one.title) for one in found if (sign := likeness(one)) in wanted}


def leaders_of(session: Session, activity_ids: Collection[int]) -> dict[int, set[int]]:
    """Return the ids of the facilitators who led each activity that anybody led, by the activity's id."""
    led: dict[int, set[int]] = {}
    rows = select(ActivityFacilitator.activity_id, ActivityFacilitator.facilitator_id)
    for row in session.execute(rows.where(ActivityFacilitator.activity_id.in_(sorted(activity_ids)))):
        led.setdefault(row.activity_id, set()).add(row.facilitator_id)
    return led


def executive_counts(session: Session) -> dict[int, int]:
    """Return how many executives took part in each activity that had one, by the activity's id."""
    rows = session.execute(
        select(ActivityExecutive.activity_id, func.count()).group_by(ActivityExecutive.activity_id)
    )
    return {row[0]: row[1] for row in rows}
