"""What must hold before an activity is written: checks raise RefusedError, naming the field."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Permission, writes_on_behalf
from tracker.activities.rules import (
    LINK_LENGTH,
    MOST_PARTICIPANTS,
    OUTCOME_LENGTH,
    TITLE_LENGTH,
    ActivityValues,
)
from tracker.change import REASON_LENGTH, Change, RefusedError, checked_text, msgid
from tracker.facilitators.models import Facilitator
from tracker.organisation.posts import post_book
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.enrolments import enrolment_book
from tracker.programme.entries import reason_outside, writing_reason
from tracker.programme.plan import Plan, StageInfo, programme_plan


@dataclass(frozen=True)
class Checked:
    """Values that passed, in their stored form, with the unit and the enrolment they count for."""

    values: ActivityValues
    node: UnitNode
    enrolment_id: int | None


def _stored_texts(values: ActivityValues) -> ActivityValues:
    """Return the values with their texts as they are stored."""
    link = checked_text(values.link, "link", limit=LINK_LENGTH)
    if link and not values.secrecy_read:
        raise RefusedError("ทำเครื่องหมายว่าอ่านข้อห้ามเรื่องข้อมูลลับแล้ว จึงบันทึกลิงก์ได้", field="secrecy_read")
    if values.participants is not None and not 0 <= values.participants <= MOST_PARTICIPANTS:
        raise RefusedError("ต้องเป็นจำนวนเต็ม 0 ถึง {most}", field="participants", most=f"{MOST_PARTICIPANTS:,}")
    return replace(
        values,
        title=checked_text(values.title, "title", limit=TITLE_LENGTH, required=msgid("กรุณาใส่ชื่อเรื่อง")),
        outcome=checked_text(values.outcome, "outcome", limit=OUTCOME_LENGTH, block=True),
        link=link,
        secrecy_read=bool(link),
        outside_stage_reason=checked_text(
            values.outside_stage_reason, "outside_stage_reason", limit=REASON_LENGTH
        ),
    )


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
    if node.is_closed_on(values.held_on):
        raise RefusedError("หน่วยงานนี้ปิดไปก่อนวันที่จัดแล้ว", field="held_on")
    reason_outside(stage, values.held_on, values.outside_stage_reason)


def _are_facilitators(session: Session, ids: Collection[int]) -> bool:
    if not ids:
        return True
    found = session.scalar(select(func.count()).select_from(Facilitator).where(Facilitator.id.in_(ids)))
    return found == len(ids)


def check_people(session: Session, rows: Iterable[ActivityValues]) -> None:
    """Refuse facilitators and executive posts that nobody knows."""
    facilitators: set[int] = set()
    posts: set[int] = set()
    for row in rows:
        facilitators.update(row.facilitator_ids)
        posts.update(row.executives)
    if not _are_facilitators(session, facilitators):
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="facilitators")
    if not posts <= post_book(session).by_id.keys():
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="executives")


def enrolment_of(session: Session, stage_id: int, node: UnitNode, values: ActivityValues) -> int | None:
    """Return the enrolment that an activity counts for: as enrolments stood on its day; None: for none."""
    found = enrolment_book(session).counting_for(stage_id, node, values.held_on)
    return found.id if found else None


def check_values(change: Change, values: ActivityValues, *, reason: str | None = None) -> Checked:
    """Check everything but the people; `reason` is why an existing record is changed, None for a new one."""
    session = change.session
    tree = unit_tree(session)
    node = tree.get(values.unit_id)
    if node is None:
        raise RefusedError("ไม่พบหน่วยงานนี้ กรุณาเลือกใหม่", field="unit")
    change.require(Permission.RECORDS_WRITE, node)
    values = _stored_texts(values)
    stage = _check_place(programme_plan(session), values)
    why = values.on_behalf_reason if reason is None else reason
    field = "on_behalf_reason" if reason is None else "reason"
    why = writing_reason(change, node, why, stage=stage, field=field)
    _check_day(change, values, stage, node)
    if any(tree.get(unit_id) is None for unit_id in values.joined_unit_ids):
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="joined")
    joined = dict.fromkeys(unit_id for unit_id in values.joined_unit_ids if unit_id != node.id)
    values = replace(
        values,
        facilitator_ids=tuple(dict.fromkeys(values.facilitator_ids)),
        joined_unit_ids=tuple(joined),
        outside_stage_reason="" if stage.covers(values.held_on) else values.outside_stage_reason,
        on_behalf_reason=why if writes_on_behalf(change.actor, node) else "",
    )
    return Checked(values, node, enrolment_of(session, values.stage_id, node, values))
