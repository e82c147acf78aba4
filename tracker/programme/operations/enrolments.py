"""Enrolments: who takes part in which stage; pilot groups are made here too."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from tracker.accounts.permissions import Permission
from tracker.administration.rows import add_head_post, locked_row, make_unit, node_of, open_node
from tracker.change import Change, RefusedError, check_version
from tracker.organisation.models import Unit, UnitKind
from tracker.organisation.revision import renew_revision
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.attribution import counting_above, reattribute, touch_enrolments
from tracker.programme.enrolments import enrolment_book
from tracker.programme.models import Enrolment
from tracker.programme.plan import StageInfo, programme_plan
from tracker.thai.text import clean_line


def enrol_units(
    change: Change,
    *,
    stage_id: int,
    unit_ids: Sequence[int],
    enrolled_on: date | None = None,
    reason: str = "",
) -> list[Enrolment]:
    """Enrol units in a stage, from today or a day before; return the new enrolments.

    Units that are enrolled already, or were withdrawn, are left as they are. A closed stage needs a reason.
    """
    change.require(Permission.ENROLMENTS_MANAGE)
    stage = _stage(change, stage_id)
    _require_reason(stage, reason)
    day = enrolled_on or change.today
    if day > change.today:
        raise RefusedError("วันที่ต้องไม่อยู่ในอนาคต", field="enrolled_on")
    book = enrolment_book(change.session)
    nodes = [node for node in _suiting(change, stage, unit_ids) if book.of(stage_id, node.id) is None]
    above = counting_above(book, stage_id, nodes)
    made = [Enrolment(stage_id=stage_id, unit_id=node.id, enrolled_on=day) for node in nodes]
    change.session.add_all(made)
    change.session.flush()
    for enrolment in made:
        change.record(
            "enrolled", enrolment, unit_id=enrolment.unit_id, stage=stage.number, on=day, reason=reason
        )
    if made:
        renew_revision(change.session)  # before anything is read that is kept by it
        _count_anew(change, stage_id, above | {enrolment.id for enrolment in made})
    return made


def enrol_level(
    change: Change,
    *,
    stage_id: int,
    level: str | None = None,
    enrolled_on: date | None = None,
    reason: str = "",
) -> list[Enrolment]:
    """Enrol all open units at a stage's levels (or at one of them)."""
    change.require(Permission.ENROLMENTS_MANAGE)
    levels = _stage(change, stage_id).levels if level is None else (level,)
    ids = [node.id for node in unit_tree(change.session) if node.level in levels and node.closed_on is None]
    return enrol_units(change, stage_id=stage_id, unit_ids=ids, enrolled_on=enrolled_on, reason=reason)


def enrol_subtree(
    change: Change, *, stage_id: int, unit_id: int, enrolled_on: date | None = None, reason: str = ""
) -> list[Enrolment]:
    """Enrol the open units at a stage's levels at and below a unit."""
    change.require(Permission.ENROLMENTS_MANAGE)
    levels = _stage(change, stage_id).levels
    below = unit_tree(change.session).subtree(node_of(change, unit_id).id)
    ids = [node.id for node in below if node.level in levels and node.closed_on is None]
    return enrol_units(change, stage_id=stage_id, unit_ids=ids, enrolled_on=enrolled_on, reason=reason)


def withdraw_enrolment(
    change: Change, *, enrolment_id: int, withdrawn_on: date, reason: str, version: int | None = None
) -> Enrolment:
    """Withdraw a unit from a stage: it leaves N from that day on."""
    change.require(Permission.ENROLMENTS_MANAGE)
    enrolment = locked_row(change, Enrolment, enrolment_id)
    check_version(enrolment, version)
    reason = clean_line(reason)
    if enrolment.withdrawn_on is not None:
        raise RefusedError("หน่วยงานนี้ถอนออกจากระยะนี้แล้ว")
    if not reason:
        raise RefusedError("กรุณาใส่เหตุผล", field="reason")
    if withdrawn_on > change.today:
        raise RefusedError("วันที่ต้องไม่อยู่ในอนาคต", field="withdrawn_on")
    if withdrawn_on < enrolment.enrolled_on:
        raise RefusedError("วันที่ถอนต้องไม่ก่อนวันที่เข้าร่วม", field="withdrawn_on")
    enrolment.withdrawn_on = withdrawn_on
    enrolment.withdrawn_reason = reason
    enrolment.version += 1
    change.record("withdrew", enrolment, unit_id=enrolment.unit_id, on=withdrawn_on, reason=reason)
    _count_one_anew(change, enrolment)
    return enrolment


def reinstate_enrolment(change: Change, *, enrolment_id: int, reason: str = "") -> Enrolment:
    """Take a withdrawn unit back into its stage, as if it had never left. A closed stage needs a reason."""
    change.require(Permission.ENROLMENTS_MANAGE)
    enrolment = locked_row(change, Enrolment, enrolment_id)
    _require_reason(_stage(change, enrolment.stage_id), reason)
    if enrolment.withdrawn_on is None:
        raise RefusedError("หน่วยงานนี้เข้าร่วมระยะนี้อยู่แล้ว")
    open_node(change, enrolment.unit_id)
    enrolment.withdrawn_on = None
    enrolment.withdrawn_reason = ""
    enrolment.version += 1
    change.record("reinstated", enrolment, unit_id=enrolment.unit_id, reason=clean_line(reason))
    _count_one_anew(change, enrolment)
    return enrolment


def create_pilot_group(
    change: Change, *, parent_id: int, name_th: str, name_en: str = "", stage_id: int | None = None
) -> Unit:
    """Make a pilot group inside a prison or division, coded `<parent>-Gn`; enrol it when a stage is given."""
    change.require(Permission.ENROLMENTS_MANAGE)
    parent = open_node(change, parent_id)
    tree = unit_tree(change.session)
    level = next((level for level in tree.levels.values() if level.is_pilot), None)
    if level is None:
        raise RefusedError("แม่แบบของโครงการไม่มีระดับกลุ่มนำร่อง")
    if not parent.is_member:
        raise RefusedError("ตั้งกลุ่มนำร่องได้เฉพาะในเรือนจำหรือกอง", field="parent_id")
    kind = level.code if level.code in tree.kinds else parent.kind
    unit = make_unit(
        change,
        {
            "code": _next_code(parent, tree),
            "level": level.code,
            "kind": kind,
            "parent_id": parent.id,
            "short_name_th": "",
            "name_th": name_th,
            "name_en": name_en,
            "province_th": "",
            "position": level.position,
        },
    )
    renew_revision(change.session)
    add_head_post(change, unit, change.session.query(UnitKind).filter_by(code=kind).one())
    if stage_id is not None:
        enrol_units(change, stage_id=stage_id, unit_ids=[unit.id])
    return unit


def _next_code(parent: UnitNode, tree: Iterable[UnitNode]) -> str:
    pattern = re.compile(re.escape(parent.code) + r"-G(\d{1,6})")
    used = [int(found[1]) for node in tree if (found := pattern.fullmatch(node.code))]
    return f"{parent.code}-G{max(used, default=0) + 1}"


def _stage(change: Change, stage_id: int) -> StageInfo:
    stage = programme_plan(change.session).stage_by_id.get(stage_id)
    if stage is None:
        raise RefusedError("ไม่พบระยะนี้", field="stage_id")
    return stage


def _require_reason(stage: StageInfo, reason: str) -> None:
    if stage.is_closed and not clean_line(reason):
        raise RefusedError("ระยะที่ {number} ปิดแล้ว กรุณาใส่เหตุผล", field="reason", number=stage.number)


def _suiting(change: Change, stage: StageInfo, unit_ids: Sequence[int]) -> list[UnitNode]:
    tree = unit_tree(change.session)
    nodes = [tree.get(unit_id) or node_of(change, unit_id) for unit_id in dict.fromkeys(unit_ids)]
    for node in nodes:
        if node.closed_on is not None:
            raise RefusedError("{unit} ปิดไปแล้ว เลือกหน่วยงานอื่น", field="unit_ids", unit=node.name_th)
        if node.level not in stage.levels:
            raise RefusedError(
                "{unit} ไม่อยู่ในระดับของระยะที่ {number}", field="unit_ids", unit=node.name_th, number=stage.number
            )
    return nodes


def _count_anew(change: Change, stage_id: int, enrolment_ids: set[int]) -> None:
    """Have records counted where they now belong, on both sides."""
    reattribute(change, stage_id)
    touch_enrolments(change, enrolment_ids)


def _count_one_anew(change: Change, enrolment: Enrolment) -> None:
    renew_revision(change.session)  # before anything is read that is kept by it
    node = node_of(change, enrolment.unit_id)
    above = counting_above(enrolment_book(change.session), enrolment.stage_id, [node])
    _count_anew(change, enrolment.stage_id, above | {enrolment.id})
