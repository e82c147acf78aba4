"""Questions about activities: which ones a filter means, how many there are, one of them."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, false, func, or_, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor, Permission, may
from tracker.activities.models import Activity, ActivityExecutive, ActivityFacilitator, ActivityUnit
from tracker.audit.kept import kept
from tracker.facilitators.models import Facilitator
from tracker.facilitators.queries import is_named_to
from tracker.organisation.models import OWN_PART, Audience
from tracker.organisation.tree import UnitTree
from tracker.programme.reading import Aside, among, listed_for, open_to, set_aside
from tracker.thai.text import search_text


class Order(StrEnum):
    """How a list is sorted."""

    NEWEST = "-day"
    OLDEST = "day"
    TITLE = "title"
    UNIT = "unit"
    PARTICIPANTS = "participants"


@dataclass(frozen=True, slots=True)
class ActivityFilters:
    """Which activities: every part may be left out. `ready` asks for preparation, which has no step.

    `enrolment_ids` asks for those that count for one of the enrolments; `nothing` finds nothing.
    """

    q: str = ""
    stage_id: int | None = None
    step_id: int | None = None
    ready: bool = False
    unit_ids: frozenset[int] | None = None
    kind_ids: frozenset[int] | None = None
    audience: Audience | None = None
    since: date | None = None
    until: date | None = None
    enrolment_ids: frozenset[int] | None = None
    executive: bool = False
    facilitator_id: int | None = None
    aside: Aside | None = None
    nothing: bool = False

    def equal(self) -> dict[str, Any]:
        """Return what columns must equal: {column: value}; a unit where it is one."""
        wanted = {"stage_id": self.stage_id, "step_id": self.step_id, "audience": self.audience}
        if self.unit_ids is not None and len(self.unit_ids) == 1:
            wanted["unit_id"] = next(iter(self.unit_ids))
        return {name: value for name, value in wanted.items() if value is not None}

    def shape(self) -> Hashable:
        """Return what filters have in common that differ only in the values of `equal`; None: not known."""
        values = self.equal()
        units = None if "unit_id" in values else self.unit_ids
        rest = replace(self, stage_id=None, step_id=None, audience=None, unit_ids=None)
        plain = ActivityFilters(ready=self.ready, aside=self.aside)
        return (self.ready, self.aside, *values) if rest == plain and units is None else None


def _matches(actor: Actor, tree: UnitTree, typed: str) -> list[ColumnElement[bool]]:
    """Return that each word typed stands in the title, the outcome, or the name of a unit or facilitator."""
    conditions = []
    for word in search_text(typed).split() if typed else ():
        led = (
            select(ActivityFacilitator.activity_id)
            .join(Facilitator, Facilitator.id == ActivityFacilitator.facilitator_id)
            .where(Facilitator.search_text.contains(word, autoescape=True), is_named_to(actor, tree))
        )
        units = [node.id for node in tree if word in node.search_text]
        parts = [Activity.search_text.contains(word, autoescape=True), Activity.id.in_(led)]
        if units:
            joined = select(ActivityUnit.activity_id).where(ActivityUnit.unit_id.in_(units))
            parts += [Activity.unit_id.in_(units), Activity.id.in_(joined)]
        conditions.append(or_(*parts))
    return conditions


def _equals(f: ActivityFilters) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    for name, value in f.equal().items():
        column = getattr(Activity, name)
        parts.append(column == bindparam(name, value, type_=column.type))
    if f.kind_ids is not None:
        parts.append(Activity.kind_id.in_(sorted(f.kind_ids)))
    if f.ready:
        parts.append(Activity.step_id.is_(None))
    if f.since is not None:
        parts.append(Activity.held_on >= f.since)
    if f.until is not None:
        parts.append(Activity.held_on <= f.until)
    return parts


def conditions(actor: Actor, tree: UnitTree, f: ActivityFilters) -> list[ColumnElement[bool]]:
    """Return the conditions of a filter, with what may stand in the actor's lists.

    What is kept to another unit is found by where and when it was, never by its words or people. The values
    of `equal` are parameters named after their columns: filters of one shape ask the same question.
    """
    if f.nothing:
        return [false()]
    parts = [set_aside(actor, tree, Activity, f.aside), *_equals(f), *_matches(actor, tree, f.q)]
    if f.q or f.facilitator_id is not None:
        parts.append(open_to(actor, tree, Activity))
    elif f.aside is not None or not may(actor, Permission.RECORDS_READ):  # live ones are not hidden
        parts.append(listed_for(actor, tree, Activity))
    if f.unit_ids is not None and len(f.unit_ids) != 1:
        parts.append(among(Activity.unit_id, f.unit_ids))
    if f.enrolment_ids is not None:
        parts.append(among(Activity.enrolment_id, f.enrolment_ids))
    if f.executive:
        own = select(ActivityExecutive.activity_id).where(ActivityExecutive.manner.in_(OWN_PART))
        parts.append(Activity.id.in_(own))
    if f.facilitator_id is not None:
        led = select(ActivityFacilitator.activity_id)
        parts.append(Activity.id.in_(led.where(ActivityFacilitator.facilitator_id == f.facilitator_id)))
    return parts


def activity_count(session: Session, actor: Actor, tree: UnitTree, f: ActivityFilters) -> int:
    """Count the activities of a filter in the actor's lists; counted anew only after a change."""

    def count() -> int:
        return session.scalar(counting(conditions(actor, tree, f))) or 0

    return kept(session, count_name(actor, f), count)


def count_name(actor: Actor, f: ActivityFilters) -> tuple[Any, ...]:
    """Return under which name the number of a filter is kept for those who may do the same."""
    return ("activity_count", f, actor.roles, actor.is_system)


def counting(wanted: list[ColumnElement[bool]]) -> Select[int]:
    """Return the question how many activities there are under some conditions."""
    return select(func.count()).select_from(Activity).where(*wanted)


def readable_activity(session: Session, actor: Actor, tree: UnitTree, activity_id: int) -> Activity | None:
    """Return an activity that the actor may read, or None.

    A withdrawn one is for those who read its unit wholly; a hidden one for its unit and the office.
    """
    found = session.scalar(select(Activity).where(Activity.id == activity_id, open_to(actor, tree, Activity)))
    if found is not None and found.withdrawn_on is not None and not reads_wholly(actor, tree, found.unit_id):
        return None
    return found


def reads_wholly(actor: Actor, tree: UnitTree, unit_id: int) -> bool:
    """Tell whether the actor reads everything of a unit, withdrawn records too."""
    node = tree.get(unit_id)
    return node is not None and may(actor, Permission.UNIT_READ, node)
