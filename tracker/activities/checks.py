"""What must hold before an activity is written: checks raise RefusedError, naming the field."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Permission, may, writes_on_behalf
from tracker.activities.rules import (
    LINK_LENGTH,
    MOST_PARTICIPANTS,
    OUTCOME_LENGTH,
    REASON_LENGTH,
    TITLE_LENGTH,
    ActivityValues,
    cleaned,
    cleaned_block,
)
from tracker.change import Change, RefusedError
from tracker.database import Base
from tracker.facilitators.models import Facilitator
from tracker.organisation.models import ExecutivePost
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.enrolments import enrolment_book
from tracker.programme.plan import Plan, StageInfo, programme_plan
from tracker.thai.identity import find_national_id
from tracker.thai.text import has_forbidden


@dataclass(frozen=True)
class Checked:
    """Values that passed, in their stored form, with the unit and the enrolment they count for."""

    values: ActivityValues
    node: UnitNode
    enrolment_id: int | None


def writing_unit(change: Change, unit_id: int) -> UnitNode:
    """Return the unit that somebody writes for; refuse an unknown one, and who may not."""
    node = unit_tree(change.session).get(unit_id)
    if node is None:
        raise RefusedError("ไม่พบหน่วยงานนี้ กรุณาเลือกใหม่", field="unit")
    change.require(Permission.RECORDS_WRITE, node)
    return node


def _check_text(text: str, limit: int, name: str) -> None:
    if has_forbidden(text):
        raise RefusedError("มีอักขระที่ระบบเก็บไม่ได้ กรุณาพิมพ์ใหม่", field=name)
    if len(text) > limit:
        raise RefusedError("ยาวเกินไป พิมพ์ได้ไม่เกิน {limit} ตัวอักษร", field=name, limit=f"{limit:,}")
    if find_national_id(text):
        raise RefusedError("ลบเลข 13 หลักออก ระบบไม่เก็บเลขประจำตัวประชาชน", field=name)


def _check_texts(values: ActivityValues) -> ActivityValues:
    texts = {
        "title": (values.title, TITLE_LENGTH),
        "outcome": (values.outcome, OUTCOME_LENGTH),
        "link": (values.link, LINK_LENGTH),
        "outside_stage_reason": (values.outside_stage_reason, REASON_LENGTH),
        "on_behalf_reason": (values.on_behalf_reason, REASON_LENGTH),
    }
    for name, (text, limit) in texts.items():
        _check_text(text, limit, name)
    if not cleaned(values.title):
        raise RefusedError("กรุณาใส่ชื่อเรื่อง", field="title")
    if values.participants is not None and not 0 <= values.participants <= MOST_PARTICIPANTS:
        raise RefusedError("ต้องเป็นจำนวนเต็ม 0 ถึง {most}", field="participants", most=f"{MOST_PARTICIPANTS:,}")
    if cleaned(values.link) and not values.secrecy_read:
        raise RefusedError("ทำเครื่องหมายว่าอ่านข้อห้ามเรื่องข้อมูลลับแล้ว จึงบันทึกลิงก์ได้", field="secrecy_read")
    return replace(
        values,
        title=cleaned(values.title),
        outcome=cleaned_block(values.outcome),
        link=cleaned(values.link),
        outside_stage_reason=cleaned(values.outside_stage_reason),
        on_behalf_reason=cleaned(values.on_behalf_reason),
    )


def check_stage_open(change: Change, stage: StageInfo, reason: str) -> None:
    """Refuse to change what belongs to a closed stage, but for the office with a reason."""
    if not stage.is_closed or change.actor.is_system:
        return
    if not may(change.actor, Permission.STAGES_MANAGE):
        raise RefusedError(
            "ระยะที่ {number} ปิดแล้ว แก้ไขได้โดยฝ่ายเลขานุการ KM เท่านั้น", field="stage", number=stage.number
        )
    if not reason:
        raise RefusedError("ระยะที่ {number} ปิดแล้ว ใส่เหตุผล", field="on_behalf_reason", number=stage.number)


def _check_place(plan: Plan, values: ActivityValues) -> StageInfo:
    stage = plan.stage_by_id.get(values.stage_id)
    if stage is None:
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="stage")
    if values.step_id is not None and values.step_id not in plan.step_by_id:
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="step")
    kind = plan.kind_by_id.get(values.kind_id)
    if kind is None:
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="kind")
    if not kind.suits(values.step_id):
        raise RefusedError("ประเภทนี้ไม่ใช่ของขั้นตอนที่เลือก กรุณาเลือกใหม่", field="kind")
    return stage


def _check_day(change: Change, values: ActivityValues, stage: StageInfo, node: UnitNode) -> None:
    if values.held_on > change.today:
        raise RefusedError("วันที่อยู่ในอนาคต ใส่ได้ไม่เกินวันนี้", field="held_on")
    if node.closed_on is not None and values.held_on >= node.closed_on:
        raise RefusedError("หน่วยงานนี้ปิดไปก่อนวันที่จัดแล้ว", field="held_on")
    if not stage.covers(values.held_on) and not values.outside_stage_reason:
        raise RefusedError(
            "วันที่จัดอยู่นอกระยะที่ {number} (ปีงบประมาณ {year}) ถ้าถูกต้องแล้วใส่เหตุผล",
            field="outside_stage_reason",
            number=stage.number,
            year=stage.fiscal_year,
        )


def _known(session: Session, model: type[Base], ids: Collection[int]) -> bool:
    if not ids:
        return True
    found = session.scalar(select(func.count()).select_from(model).where(model.id.in_(ids)))
    return found == len(ids)


def check_people(session: Session, rows: Iterable[ActivityValues]) -> None:
    """Refuse facilitators and executive posts that nobody knows."""
    facilitators: set[int] = set()
    posts: set[int] = set()
    for row in rows:
        facilitators.update(row.facilitator_ids)
        posts.update(row.executives)
    if not _known(session, Facilitator, facilitators):
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="facilitators")
    if not _known(session, ExecutivePost, posts):
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="executives")


def enrolment_of(session: Session, stage_id: int, node: UnitNode, values: ActivityValues) -> int | None:
    """Return the enrolment that an activity counts for: as enrolments stood on its day; None: for none."""
    found = enrolment_book(session).counting_for(stage_id, node, values.held_on)
    return found.id if found else None


def check_values(change: Change, values: ActivityValues, *, reason: str | None = None) -> Checked:
    """Check everything but the people; `reason` is why an existing record is changed, None for a new one."""
    session = change.session
    node = writing_unit(change, values.unit_id)
    values = _check_texts(values)
    stage = _check_place(programme_plan(session), values)
    why = values.on_behalf_reason if reason is None else reason
    if reason is None and writes_on_behalf(change.actor, node) and not why:
        raise RefusedError("ใส่เหตุผลที่บันทึกแทนหน่วยงาน", field="on_behalf_reason")
    check_stage_open(change, stage, why)
    _check_day(change, values, stage, node)
    tree = unit_tree(session)
    if any(tree.get(unit_id) is None for unit_id in values.joined_unit_ids):
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="joined")
    joined = dict.fromkeys(unit_id for unit_id in values.joined_unit_ids if unit_id != node.id)
    values = replace(
        values,
        facilitator_ids=tuple(dict.fromkeys(values.facilitator_ids)),
        joined_unit_ids=tuple(joined),
        outside_stage_reason="" if stage.covers(values.held_on) else values.outside_stage_reason,
        secrecy_read=bool(values.link) and values.secrecy_read,
    )
    return Checked(values, node, enrolment_of(session, values.stage_id, node, values))
