"""Who may read a record: one rule for lists, pages, searches and exports."""

from collections.abc import Callable, Collection
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, false, or_, true

from tracker.accounts.permissions import Actor, Permission, may
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitTree

T = TypeVar("T")


class Aside(StrEnum):
    """Records that count nowhere, which a list shows only when it is asked for them."""

    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


def among(column: Any, ids: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that a column names one of some ids; most often it is one."""
    if not ids:
        return false()
    found: ColumnElement[bool] = column == next(iter(ids)) if len(ids) == 1 else column.in_(sorted(ids))
    return found


def _where(actor: Actor, tree: UnitTree, permission: Permission, column: Any) -> ColumnElement[bool]:
    """Return the condition that a unit's column names one at which the actor may do this."""
    ids = tree.kept(
        (permission, actor.roles, actor.is_system),
        lambda: [node.id for node in tree if may(actor, permission, node)],
    )
    if len(ids) == len(tree):
        return true()
    return among(column, ids)


def _kept_for(actor: Actor, tree: UnitTree, name: str, build: Callable[[], T]) -> T:
    return tree.kept((name, actor.roles, actor.is_system), build)


def open_to(actor: Actor, tree: UnitTree, model: Any) -> ColumnElement[bool]:
    """Return the condition under which the actor may read a row that has the columns of `EntryDay`.

    Open to the department: everybody who reads records. Kept to the unit: who reads that unit wholly.
    Hidden: the office and who writes for the unit.
    """

    def build() -> ColumnElement[bool]:
        words = words_open_to(actor, tree, model) if hasattr(model, "audience") else true()
        return and_(listed_for(actor, tree, model), words)

    return _kept_for(actor, tree, f"open {model.__name__}", build)


def listed_for(actor: Actor, tree: UnitTree, model: Any) -> ColumnElement[bool]:
    """Return the condition under which a row stands in the actor's lists.

    What is kept to another unit counts in every figure, so it is listed too, but without its words:
    see `words_open_to`.
    """

    def build() -> ColumnElement[bool]:
        if not may(actor, Permission.RECORDS_READ):
            return false()
        return or_(model.hidden_at.is_(None), _where(actor, tree, Permission.RECORDS_WRITE, model.unit_id))

    return _kept_for(actor, tree, f"listed {model.__name__}", build)


def words_open_to(actor: Actor, tree: UnitTree, model: Any) -> ColumnElement[bool]:
    """Return the condition under which the actor may read what a listed row says."""

    def build() -> ColumnElement[bool]:
        return or_(model.audience != Audience.UNIT, _where(actor, tree, Permission.UNIT_READ, model.unit_id))

    return _kept_for(actor, tree, f"words {model.__name__}", build)


def withdrawn_inside(actor: Actor, tree: UnitTree, model: Any) -> ColumnElement[bool]:
    """Return the condition of a withdrawn row: those who read its unit wholly still see it."""
    return and_(model.withdrawn_on.is_not(None), _where(actor, tree, Permission.UNIT_READ, model.unit_id))


def set_aside(actor: Actor, tree: UnitTree, model: Any, aside: Aside | None) -> ColumnElement[bool]:
    """Return the condition of the rows that were set aside, or without `aside` of those that count."""
    if aside is Aside.WITHDRAWN:
        return withdrawn_inside(actor, tree, model)
    return model.hidden_at.is_not(None) if aside is Aside.HIDDEN else is_live(model)


@cache
def is_live(model: Any) -> ColumnElement[bool]:
    """Return the condition that a row counts: neither withdrawn nor hidden."""
    return and_(model.withdrawn_on.is_(None), model.hidden_at.is_(None))


def was_live(model: Any, day: Any) -> ColumnElement[bool]:
    """Return the condition that a row counted, as known at the end of a day; what is hidden never did."""
    return and_(
        model.entered_on <= day,
        or_(model.withdrawn_on.is_(None), model.withdrawn_on > day),
        model.hidden_at.is_(None),
    )
