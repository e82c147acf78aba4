"""Units: added, edited, closed, or taken over from a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.accounts.permissions import Permission
from tracker.administration.operations.posts import ensure_head_posts
from tracker.administration.rows import locked_row, make_unit, unit_values
from tracker.administration.unit_file import UnitFileError, UnitRow, check_units
from tracker.change import (
    REASON_LENGTH,
    Change,
    RefusedError,
    apply_values,
    check_version,
    checked_text,
    differences,
)
from tracker.organisation.models import Level, Unit
from tracker.organisation.revision import renew_revision
from tracker.organisation.tree import unit_tree

_SHOWN = ("level", "kind", "short_name_th", "name_th", "name_en", "province_th")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: codes of units added, changed (and how) and already as in the file."""

    added: tuple[str, ...]
    changed: dict[str, dict[str, list[Any]]]
    unchanged: tuple[str, ...]


def add_unit(
    change: Change,
    *,
    code: str,
    level: str,
    kind: str,
    parent_id: int | None,
    name_th: str,
    name_en: str = "",
    short_name_th: str = "",
    province_th: str = "",
) -> Unit:
    """Add a unit under another; its head's post comes with it."""
    change.require(Permission.UNITS_MANAGE)
    row = UnitRow(
        0, code, level, kind, _code_of(change, parent_id), short_name_th, name_th, name_en, province_th
    )
    if code in unit_tree(change.session).by_code:
        raise RefusedError("มีหน่วยงานรหัส {code} อยู่แล้ว", field="code", code=code)
    _refuse_problems(check_units([row], unit_tree(change.session)))
    unit = make_unit(change, _columns(row, parent_id, _positions(change)))
    renew_revision(change.session)
    ensure_head_posts(change, unit_ids=[unit.id])
    return unit


def edit_unit(
    change: Change,
    *,
    unit_id: int,
    level: str,
    kind: str,
    parent_id: int | None,
    name_th: str,
    name_en: str = "",
    short_name_th: str = "",
    province_th: str = "",
    version: int | None = None,
) -> Unit:
    """Rename or move a unit; its code stays. StaleError for an old version."""
    change.require(Permission.UNITS_MANAGE)
    unit = locked_row(change, Unit, unit_id)
    check_version(unit, version)
    parent = _code_of(change, parent_id)
    row = UnitRow(0, unit.code, level, kind, parent, short_name_th, name_th, name_en, province_th)
    _refuse_problems(check_units([row], unit_tree(change.session)))
    values = unit_values(_columns(row, parent_id, _positions(change)))
    codes = {node.id: node.code for node in unit_tree(change.session)}
    if changed := _told(differences(unit, values), codes):
        apply_values(unit, values)
        change.record("edited", unit, unit_id=unit.id, changed=changed)
        renew_revision(change.session)
    return unit


def close_unit(change: Change, *, unit_id: int, closed_on: date, reason: str = "") -> Unit:
    """Close a unit from a day; nothing of it is lost. Refuse while open units lie below it."""
    change.require(Permission.UNITS_MANAGE)
    unit = locked_row(change, Unit, unit_id)
    if unit.closed_on is not None:
        raise RefusedError("หน่วยงานนี้ปิดไปแล้ว")
    if closed_on > change.today:
        raise RefusedError("วันที่ต้องไม่อยู่ในอนาคต", field="closed_on")
    below = [n for n in unit_tree(change.session).subtree(unit_id) if n.id != unit_id and n.closed_on is None]
    if below:
        raise RefusedError("ยังมีหน่วยงานที่เปิดอยู่ข้างใต้ {count} แห่ง ปิดหรือย้ายก่อน", count=len(below))
    reason = checked_text(reason, "reason", limit=REASON_LENGTH)
    unit.closed_on = closed_on
    unit.version += 1
    change.record("closed", unit, unit_id=unit.id, closed_on=closed_on, reason=reason)
    renew_revision(change.session)
    return unit


def reopen_unit(change: Change, *, unit_id: int) -> Unit:
    """Open a closed unit again; refuse below a closed one."""
    change.require(Permission.UNITS_MANAGE)
    unit = locked_row(change, Unit, unit_id)
    if unit.closed_on is None:
        raise RefusedError("หน่วยงานนี้เปิดอยู่แล้ว")
    if any(above.closed_on for above in unit_tree(change.session).ancestors(unit_id)):
        raise RefusedError("หน่วยงานต้นสังกัดปิดอยู่ เปิดต้นสังกัดก่อน")
    unit.closed_on = None
    unit.version += 1
    change.record("reopened", unit, unit_id=unit.id)
    renew_revision(change.session)
    return unit


def import_units(change: Change, *, rows: list[UnitRow]) -> ImportResult:
    """Take units over from a file's rows: all, or none and UnitFileError with every problem.

    Units absent from the file are left alone; a unit is recognised by its code, so that a new parent
    or name keeps its identity. The same rows again change nothing.
    """
    change.require(Permission.UNITS_MANAGE)
    if problems := check_units(rows, unit_tree(change.session)):
        raise UnitFileError(problems)
    positions = _positions(change)
    units = {unit.code: unit for unit in change.session.scalars(select(Unit).with_for_update())}
    codes = {unit.id: unit.code for unit in units.values()}
    added, unchanged, changed = [], [], {}
    for row in _parents_first(rows):
        parent_id = units[row.parent_code].id if row.parent_code else None
        columns = _columns(row, parent_id, positions)
        unit = units.get(row.code)
        if unit is None:
            units[row.code] = unit = make_unit(change, columns)
            codes[unit.id] = row.code
            added.append(row.code)
        elif told := _told(differences(unit, unit_values(columns)), codes):
            apply_values(unit, unit_values(columns))
            changed[row.code] = told
            change.record("edited", unit, unit_id=unit.id, changed=told, source="file")
        else:
            unchanged.append(row.code)
    if added or changed:
        renew_revision(change.session)
        ensure_head_posts(change, unit_ids=[units[code].id for code in added])
    return ImportResult(tuple(added), changed, tuple(unchanged))


def _code_of(change: Change, unit_id: int | None) -> str:
    if unit_id is None:
        return ""
    node = unit_tree(change.session).get(unit_id)
    if node is None:
        raise RefusedError("ไม่พบหน่วยงานนี้", field="parent_id")
    return node.code


def _refuse_problems(problems: list[Any]) -> None:
    if problems:
        first = problems[0]
        raise RefusedError(
            first.said.sentence, field=_FIELDS.get(first.column, first.column), **first.said.values
        )


_FIELDS = {"parent_code": "parent_id"}


def _positions(change: Change) -> dict[str, int]:
    return {level.code: level.position for level in change.session.scalars(select(Level))}


def _columns(row: UnitRow, parent_id: int | None, positions: dict[str, int]) -> dict[str, Any]:
    return {
        "code": row.code,
        "level": row.level,
        "kind": row.kind,
        "parent_id": parent_id,
        "short_name_th": row.short_name_th,
        "name_th": row.name_th,
        "name_en": row.name_en,
        "province_th": row.province_th,
        "position": positions[row.level],
    }


def _told(changed: dict[str, list[Any]], codes: Mapping[int, str]) -> dict[str, list[Any]]:
    """Return what is told of a change: the columns that a file has, a parent by its code."""
    told = {name: values for name, values in changed.items() if name in _SHOWN}
    if "parent_id" in changed:
        told["parent_code"] = [codes.get(unit_id or 0, "") for unit_id in changed["parent_id"]]
    return told


def _parents_first(rows: list[UnitRow]) -> list[UnitRow]:
    waiting = {row.code: row for row in rows}
    ordered: list[UnitRow] = []
    for row in rows:
        chain = []
        step: UnitRow | None = row
        while step is not None and step.code in waiting:
            chain.append(waiting.pop(step.code))
            step = waiting.get(step.parent_code)
        ordered += reversed(chain)
    return ordered
