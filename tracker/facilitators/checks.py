"""What the operations share: what is changed, found and locked; days; the cells to recount."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import select

from tracker.accounts.permissions import Permission, may
from tracker.change import REASON_LENGTH, Change, NotPermittedError, RefusedError, checked_text, locked
from tracker.facilitators.models import Facilitator, Posting, Training
from tracker.facilitators.queries import postings_of, stages_passed, standing
from tracker.organisation.models import EntryDay
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.enrolments import enrolment_book
from tracker.programme.entries import writing_reason
from tracker.programme.plan import StageInfo, programme_plan

PASSED = "passed_trainings"
EARLIEST = date(1957, 1, 1)


def open_unit(change: Change, unit_id: int) -> UnitNode:
    """Return a unit that is open; refuse an unknown and a closed one."""
    node = unit_tree(change.session).get(unit_id)
    if node is None:
        raise RefusedError("ไม่พบหน่วยงานนี้ กรุณาเลือกใหม่", field="unit")
    if node.is_closed_on(change.today):
        raise RefusedError("หน่วยงานนี้ปิดแล้ว กรุณาเลือกหน่วยงานอื่น", field="unit")
    return node


def check_past(change: Change, day: date | None, field: str) -> None:
    """Refuse a day that lies in the future, or in another age."""
    if day is not None and day > change.today:
        raise RefusedError("วันที่อยู่ในอนาคต ใส่ได้ไม่เกินวันนี้", field=field)
    if day is not None and day < EARLIEST:
        raise RefusedError("ปีที่ใส่อยู่นอกช่วงที่ใช้ได้", field=field)


def locked_facilitator(change: Change, facilitator_id: int) -> Facilitator:
    """Return a facilitator, locked for the change; refuse an unknown one."""
    found = locked(change, Facilitator, facilitator_id)
    if found is None:
        raise RefusedError("ไม่พบคุณอำนวยคนนี้")
    return found


def held_with_postings(change: Change, facilitator_id: int) -> tuple[Facilitator, list[Posting]]:
    """Return a facilitator, locked for the change, and the postings, the latest first."""
    return locked_facilitator(change, facilitator_id), postings_of(change.session, facilitator_id)


def refuse_withdrawn(row: EntryDay) -> None:
    """Refuse to change what is withdrawn: it must be restored first."""
    if row.withdrawn_on is not None:
        raise RefusedError("รายการนี้ถูกยกเลิกแล้ว กู้คืนก่อนจึงแก้ไขได้")


def locked_training(change: Change, training_id: int) -> Training:
    """Return a training, locked for the change; refuse an unknown one."""
    found = locked(change, Training, training_id)
    if found is None:
        raise RefusedError("ไม่พบการอบรมนี้")
    return found


def home_of(change: Change, postings: Sequence[Posting], permission: Permission) -> UnitNode:
    """Return the unit from which the actor looks after a facilitator with these postings.

    Raise NotPermittedError when none of the units where the person serves (else: last served) is theirs.
    """
    tree = unit_tree(change.session)
    places = [tree[posting.unit_id] for posting in standing(postings, change.today)]
    for place in places:
        if may(change.actor, permission, place):
            return place
    raise NotPermittedError(permission)


def reason_for(change: Change, node: UnitNode, reason: str, closed: Iterable[StageInfo]) -> str:
    """Return the reason for a change, cleaned; refuse it as `writing_reason` does, for closed stages too."""
    return closed_reason(change, node, writing_reason(change, node, reason, field="reason"), closed)


def closed_reason(change: Change, node: UnitNode, reason: str, closed: Iterable[StageInfo]) -> str:
    """Return a reason, cleaned; refuse to change closed stages, unless the office does it with a reason."""
    reason = checked_text(reason, "reason", limit=REASON_LENGTH)
    for stage in closed:
        writing_reason(change, node, reason, stage=stage, field="reason")
    return reason


def touch_passed(change: Change, stage_ids: Iterable[int], unit_ids: Iterable[int]) -> None:
    """Have everything recounted in which passed trainings of people at these units may count."""
    session = change.session
    tree, book = unit_tree(session), enrolment_book(session)
    rules = programme_plan(session).rules
    steps: set[int | None] = {rule.step_id for rule in rules if rule.source == PASSED}
    above = {unit_id for node in map(tree.get, unit_ids) if node for unit_id in node.path}
    for stage_id in set(stage_ids):
        for unit_id in above:
            enrolment = book.of(stage_id, unit_id)
            for step_id in steps or {None}:
                change.touch(enrolment.id if enrolment else None, step_id)


def touch_facilitator(change: Change, facilitator: Facilitator, further: Collection[int] = ()) -> None:
    """Have the cells recounted in which what a facilitator passed may count; `further` are more units."""
    stages = stages_passed(change.session, facilitator.id)
    units = {posting.unit_id for posting in postings_of(change.session, facilitator.id)}
    touch_passed(change, stages, units | set(further))


def touch_training(change: Change, training: Training, facilitator_ids: Collection[int]) -> None:
    """Have the cells recounted in which a training that these people attended may count."""
    units = change.session.scalars(
        select(Posting.unit_id).where(Posting.facilitator_id.in_(sorted(facilitator_ids))).distinct()
    ).all()
    touch_passed(change, [training.stage_id], {training.unit_id, *units})
