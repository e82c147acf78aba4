"""Questions about activities: lists by filters, how many there are, one of them, and who stands in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, false, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import True_

from tracker.accounts.permissions import Actor, Permission, may
from tracker.activities.models import Activity, ActivityExecutive, ActivityFacilitator, ActivityUnit
from tracker.audit.kept import kept
from tracker.facilitators.models import Facilitator
from tracker.organisation.models import Audience, Manner
from tracker.organisation.tree import UnitTree
from tracker.programme.reading import is_live, listed_for, open_to, words_open_to
from tracker.thai.text import search_text

OWN_PART = (Manner.SHARED, Manner.LED)
_CHUNK = 1000
BEGINNING = 120
_LAST = "\U0010ffff"  # sorts after every title


class State(StrEnum):
    """Which records a list shows."""

    LIVE = "live"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


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
    state: State = State.LIVE
    nothing: bool = False


def _matches(tree: UnitTree, typed: str) -> list[ColumnElement[bool]]:
    """Return that each word typed stands in the title, the outcome, or the name of a unit or facilitator."""
    conditions = []
    for word in search_text(typed).split() if typed else ():
        led = (
            select(ActivityFacilitator.activity_id)
            .join(Facilitator, Facilitator.id == ActivityFacilitator.facilitator_id)
            .where(Facilitator.search_text.contains(word, autoescape=True))
        )
        units = [node.id for node in tree if word in node.search_text]
        parts = [Activity.search_text.contains(word, autoescape=True), Activity.id.in_(led)]
        if units:
            joined = select(ActivityUnit.activity_id).where(ActivityUnit.unit_id.in_(units))
            parts += [Activity.unit_id.in_(units), Activity.id.in_(joined)]
        conditions.append(or_(*parts))
    return conditions


def _state(actor: Actor, tree: UnitTree, state: State) -> ColumnElement[bool]:
    if state is State.WITHDRAWN:
        inside = [node.id for node in tree if may(actor, Permission.UNIT_READ, node)]
        return and_(Activity.withdrawn_on.is_not(None), Activity.unit_id.in_(inside))
    if state is State.HIDDEN:
        return Activity.hidden_at.is_not(None)
    return is_live(Activity)


def _equals(f: ActivityFilters) -> list[ColumnElement[bool]]:
    wanted: dict[Any, Any] = {
        Activity.stage_id: f.stage_id,
        Activity.step_id: f.step_id,
        Activity.audience: f.audience,
    }
    parts = [column == value for column, value in wanted.items() if value is not None]
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

    What is kept to another unit is found by where and when it was, never by its words or people.
    """
    if f.nothing:
        return [false()]
    by_words = bool(f.q) or f.facilitator_id is not None
    mine = open_to(actor, tree, Activity) if by_words else listed_for(actor, tree, Activity)
    parts = [mine, _state(actor, tree, f.state), *_equals(f), *_matches(tree, f.q)]
    if f.unit_ids is not None:
        parts.append(Activity.unit_id.in_(sorted(f.unit_ids)))
    if f.enrolment_ids is not None:
        parts.append(Activity.enrolment_id.in_(sorted(f.enrolment_ids)))
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
        return session.scalar(_counting(conditions(actor, tree, f))) or 0

    return kept(session, _count_name(actor, f), count)


def _count_name(actor: Actor, f: ActivityFilters) -> tuple[Any, ...]:
    return ("activity_count", f, actor.roles, actor.is_system)


def _counting(wanted: list[ColumnElement[bool]]) -> Select[int]:
    return select(func.count()).select_from(Activity).where(*wanted)


def _words(actor: Actor, tree: UnitTree, column: Any, otherwise: Any) -> Any:
    """Return a column that says something, or what stands for it in a record kept to another unit."""
    is_open = words_open_to(actor, tree, Activity)
    return column if isinstance(is_open, True_) else case((is_open, column), else_=otherwise)


def _ordered(actor: Actor, tree: UnitTree, order: Order) -> tuple[Any, ...]:
    newest = (Activity.held_on.desc(), Activity.id.desc())
    if order is Order.OLDEST:
        return (Activity.held_on, Activity.id)
    if order is Order.TITLE:
        return (_words(actor, tree, Activity.sort_key, _LAST), *newest)
    if order is Order.PARTICIPANTS:
        return (func.coalesce(_words(actor, tree, Activity.participants, None), -1).desc(), *newest)
    if order is Order.UNIT and len(tree):
        return (case({node.id: node.order for node in tree}, value=Activity.unit_id), *newest)
    return newest


_PLACES = (
    Activity.id, Activity.held_on, Activity.unit_id, Activity.stage_id, Activity.step_id, Activity.kind_id,
    Activity.enrolment_id, Activity.audience, Activity.withdrawn_on, Activity.hidden_at, Activity.entered_on,
)  # fmt: skip
_WORDS: dict[Any, Any] = {
    Activity.title: "", Activity.outcome: "", Activity.link: "", Activity.on_behalf_reason: "",
    Activity.participants: None,
}  # fmt: skip
_PAGE = (
    Activity.id, Activity.held_on, Activity.unit_id, Activity.kind_id,
    Activity.withdrawn_on, Activity.hidden_at,
)  # fmt: skip


def _listed(actor: Actor, tree: UnitTree) -> Any:
    """Return what is read of each activity: of what is kept to another unit only where and when it was."""

    def build() -> Any:
        words = [_words(actor, tree, column, blank).label(column.key) for column, blank in _WORDS.items()]
        return select(*_PLACES, *words, words_open_to(actor, tree, Activity).label("is_open"))

    return tree.kept(("activity list", actor.roles, actor.is_system), build)


def _paged(actor: Actor, tree: UnitTree) -> Any:
    """Return what a page of the list shows, the beginning of the outcome only.

    `post_ids` names the executive posts that took part, with commas between.
    """

    def build() -> Any:
        took_part = (
            select(func.aggregate_strings(cast(ActivityExecutive.post_id, String), ","))
            .where(ActivityExecutive.activity_id == Activity.id)
            .correlate(Activity)
            .scalar_subquery()
        )
        begin = func.substr(Activity.outcome, 1, BEGINNING)
        words = {"title": (Activity.title, ""), "outcome": (begin, ""), "post_ids": (took_part, None)}
        words["participants"] = (Activity.participants, None)
        shown = [_words(actor, tree, column, blank).label(name) for name, (column, blank) in words.items()]
        return select(*_PAGE, *shown, words_open_to(actor, tree, Activity).label("is_open"))

    return tree.kept(("activity page", actor.roles, actor.is_system), build)


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """One page of a list: rows with a list's columns, the number of the page, and how many there are."""

    rows: Sequence[Any]
    number: int
    total: int


def activity_page(
    session: Session, actor: Actor, tree: UnitTree, f: ActivityFilters, order: Order, number: int, size: int
) -> ActivityPage:
    """Return one page of the activities of a filter; the last one when there are fewer.

    Where the number is not known yet, it is asked for together with the rows.
    """
    wanted = conditions(actor, tree, f)
    listed = _paged(actor, tree).where(*wanted).order_by(*_ordered(actor, tree, order)).limit(size)
    rows: list[Any] = []

    def count() -> int:
        total = _counting(wanted)
        rows.extend(
            session.execute(
                listed.add_columns(total.scalar_subquery().label("total")).offset((number - 1) * size)
            )
        )
        return rows[0].total if rows else session.scalar(total) or 0

    total = kept(session, _count_name(actor, f), count)
    number = min(number, max(1, -(-total // size)))
    if total and not rows:
        rows.extend(session.execute(listed.offset((number - 1) * size)))
    return ActivityPage(rows, number, total)


def activity_list(
    session: Session, actor: Actor, tree: UnitTree, f: ActivityFilters, *, limit: int
) -> Sequence[Any]:
    """Return the newest activities of a filter whose words the actor may read: rows with a list's columns."""
    wanted = (*conditions(actor, tree, f), words_open_to(actor, tree, Activity))
    statement = _listed(actor, tree).where(*wanted).order_by(*_ordered(actor, tree, Order.NEWEST))
    return session.execute(statement.limit(limit)).all()


def each_activity(
    session: Session, actor: Actor, tree: UnitTree, f: ActivityFilters, *, order: Order = Order.NEWEST
) -> Iterator[Any]:
    """Walk all activities of a filter, in chunks so that memory stays flat: rows with a list's columns."""
    statement = (
        _listed(actor, tree).where(*conditions(actor, tree, f)).order_by(*_ordered(actor, tree, order))
    )
    yield from session.execute(statement.execution_options(yield_per=_CHUNK))


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
