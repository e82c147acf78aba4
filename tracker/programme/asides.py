"""Withdrawing a record, restoring it, hiding it and showing it again: one way for records of every kind.

Each does it, has the cells recounted (`touch`) and writes the trail; done twice it changes nothing more.
Whether the actor may write at the unit is asked before; hiding asks for its own permission here.
"""

from collections.abc import Callable
from typing import cast

from tracker.accounts.permissions import Permission
from tracker.change import Change
from tracker.database import Base
from tracker.organisation.models import EntryDay
from tracker.organisation.tree import UnitNode
from tracker.programme.entries import conceal, put_back, required_reason, reveal, take_out

Touch = Callable[[], None]


def _tell(change: Change, verb: str, row: EntryDay, node: UnitNode, touch: Touch, **details: object) -> None:
    touch()
    change.record(verb, cast("Base", row), unit_id=node.id, **details)


def _why(reason: str) -> dict[str, object]:
    return {"reason": reason} if reason else {}


def withdraw_record(change: Change, row: EntryDay, node: UnitNode, reason: str, touch: Touch) -> None:
    """Take a record out of every count, with a reason; it can be restored."""
    if take_out(change, row, reason):
        _tell(change, "withdrawn", row, node, touch, reason=reason)


def restore_record(change: Change, row: EntryDay, node: UnitNode, touch: Touch, reason: str = "") -> None:
    """Count a withdrawn record again."""
    if put_back(row):
        _tell(change, "restored", row, node, touch, **_why(reason))


def hide_record(change: Change, row: EntryDay, node: UnitNode, reason: str, touch: Touch) -> None:
    """Hide a record at once from all but its unit and the office; a hidden one counts nowhere."""
    change.require(Permission.RECORDS_HIDE, node)
    reason = required_reason(reason)
    if conceal(change, row, reason):
        _tell(change, "hidden", row, node, touch, reason=reason)


def show_record(change: Change, row: EntryDay, node: UnitNode, touch: Touch, reason: str = "") -> None:
    """Show a hidden record again."""
    change.require(Permission.RECORDS_HIDE, node)
    if reveal(row):
        _tell(change, "shown_again", row, node, touch, **_why(reason))
