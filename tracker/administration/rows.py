"""Finding the rows that an operation changes, and making units; no permission is asked here."""

from collections.abc import Callable
from typing import Any, TypeVar

from tracker.change import Change, RefusedError, locked
from tracker.database import Base
from tracker.organisation.models import ExecutivePost, Installation, Unit, UnitKind
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.thai.text import clean_line, search_text, sort_key

Row = TypeVar("Row", bound=Base)
Handover = Callable[[Change, int, int], None]
_HANDOVERS: list[Handover] = []


def follow_handovers(follower: Handover) -> None:
    """Have a function called with (change, from person, to person) at each handover; the same one once."""
    if follower not in _HANDOVERS:
        _HANDOVERS.append(follower)


def tell_handover(change: Change, from_person_id: int, to_person_id: int) -> None:
    """Tell the followers that one person's work goes to another."""
    for follower in _HANDOVERS:
        follower(change, from_person_id, to_person_id)


def locked_row(change: Change, model: type[Row], row_id: int) -> Row:
    """Return a row that nobody else changes until the change ends; refuse an unknown id."""
    row = locked(change, model, row_id)
    if row is None:
        raise RefusedError("ไม่พบรายการนี้ อาจถูกลบไปแล้ว")
    return row


def node_of(change: Change, unit_id: int) -> UnitNode:
    """Return a unit of the tree; refuse an unknown id."""
    node = unit_tree(change.session).get(unit_id)
    if node is None:
        raise RefusedError("ไม่พบหน่วยงานนี้", field="unit_id")
    return node


def open_node(change: Change, unit_id: int) -> UnitNode:
    """Return a unit that is not closed; refuse an unknown or a closed one."""
    node = node_of(change, unit_id)
    if node.closed_on is not None:
        raise RefusedError("{unit} ปิดไปแล้ว เลือกหน่วยงานอื่น", field="unit_id", unit=node.name_th)
    return node


def the_installation(change: Change) -> Installation:
    """Return the installation's row; refuse before the set-up."""
    return locked_row(change, Installation, 1)


def unit_values(given: dict[str, Any]) -> dict[str, Any]:
    """Return a unit's columns from what was given: texts cleaned, sort key and search text made."""
    values = {name: clean_line(value) if isinstance(value, str) else value for name, value in given.items()}
    names = (
        values["name_th"],
        values["short_name_th"],
        values["name_en"],
        values["province_th"],
        values["code"],
    )
    values["sort_key"] = sort_key(values["name_th"])
    values["search_text"] = search_text(" ".join(name for name in names if name))[:1000]
    return values


def add_head_post(change: Change, unit: Unit, kind: UnitKind) -> ExecutivePost:
    """Add the post of a unit's head, called after the unit's kind; the caller renews the revision."""
    post = ExecutivePost(unit_id=unit.id, title_th=kind.head_th, title_en=kind.head_en, is_head=True)
    change.session.add(post)
    change.record("added", post, unit_id=unit.id, title=post.title_th)
    return post


def make_unit(change: Change, values: dict[str, Any]) -> Unit:
    """Add a unit from its columns, and the audit entry of it; the caller renews the revision."""
    unit = Unit(**unit_values(values))
    change.session.add(unit)
    change.session.flush()
    change.record("added", unit, unit_id=unit.id, code=unit.code, name=unit.name_th, level=unit.level)
    return unit
