"""Lists of activities: pages, the latest ones, and all of a filter one after the other.

Pages and long lists read columns past the session, which would make every row once more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, String, bindparam, case, cast, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import True_

from tracker.accounts.permissions import Actor
from tracker.activities.models import Activity, ActivityExecutive
from tracker.activities.queries import ActivityFilters, Order, conditions, count_name, counting
from tracker.audit.kept import kept
from tracker.organisation.tree import UnitTree
from tracker.programme.reading import words_open_to

_CHUNK = 1000
BEGINNING = 120
_LAST = "\U0010ffff"  # sorts after every title


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
    """Return what a page of the list reads, in the order of `ListedActivity`."""

    def build() -> Any:
        took_part = (
            select(func.aggregate_strings(cast(ActivityExecutive.post_id, String), ","))
            .where(ActivityExecutive.activity_id == Activity.id)
            .correlate(Activity)
            .scalar_subquery()
        )
        words = (
            Activity.title,
            func.substr(Activity.outcome, 1, BEGINNING),
            Activity.participants,
            took_part,
        )
        return select(*_PAGE, words_open_to(actor, tree, Activity), *words)

    return tree.kept(("activity page", actor.roles, actor.is_system), build)


class ListedActivity(NamedTuple):
    """An activity on a page of the list, with the beginning of its outcome.

    What is kept to another unit is not open: it says only where and when it was. `post_ids` names the
    executive posts that took part, with commas between.
    """

    id: int
    held_on: date
    unit_id: int
    kind_id: int
    withdrawn_on: date | None
    hidden_at: datetime | None
    is_open: bool
    title: str = ""
    outcome: str = ""
    participants: int | None = None
    post_ids: str | None = None


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """One page of a list: its rows, its number, and how many there are in all."""

    rows: Sequence[ListedActivity]
    number: int
    total: int


class _Questions(NamedTuple):
    """What is asked for a page: the rows alone, the rows with the number of all, and the number alone."""

    rows: Select[Any]
    rows_and_total: Select[Any]
    total: Select[int]


def _questions(actor: Actor, tree: UnitTree, f: ActivityFilters, order: Order) -> _Questions:
    """Return the questions for a page, built once for filters of one shape: it takes longer than asking."""

    def build() -> _Questions:
        wanted = conditions(actor, tree, f)
        rows = _paged(actor, tree).where(*wanted).order_by(*_ordered(actor, tree, order))
        rows = rows.limit(bindparam("size", type_=Integer)).offset(bindparam("skipped", type_=Integer))
        return _Questions(rows, rows.add_columns(counting(wanted).scalar_subquery()), counting(wanted))

    shape = f.shape()
    if shape is None:
        return build()
    return tree.kept(("activity page", actor.roles, actor.is_system, order, shape), build)


def activity_page(
    session: Session, actor: Actor, tree: UnitTree, f: ActivityFilters, order: Order, number: int, size: int
) -> ActivityPage:
    """Return one page of the activities of a filter; the last one when there are fewer.

    Where the number is not known yet, it is asked for together with the rows.
    """
    questions, ask = _questions(actor, tree, f, order), session.connection().execute
    values = {**f.equal(), "size": size, "skipped": (number - 1) * size}
    found: list[Any] = []

    def count() -> int:
        found.extend(ask(questions.rows_and_total, values))
        return found[0][-1] if found else ask(questions.total, f.equal()).scalar() or 0

    total = kept(session, count_name(actor, f), count)
    number = min(number, max(1, -(-total // size)))
    if total and not found:
        found.extend(ask(questions.rows, {**values, "skipped": (number - 1) * size}))
    return ActivityPage([_listed_row(row) for row in found], number, total)


def _listed_row(row: Any) -> ListedActivity:
    places, fields = len(_PAGE) + 1, len(ListedActivity._fields)
    return ListedActivity(*row[: fields if row[places - 1] else places])


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
    yield from session.connection().execute(statement.execution_options(yield_per=_CHUNK))
