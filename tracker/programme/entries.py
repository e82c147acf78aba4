"""What records of a unit's work share: who may write them, and how they are entered, withdrawn, hidden.

The rows have the columns of `tracker.organisation.models.EntryDay`.
"""

from datetime import date
from typing import Any

from tracker.accounts.permissions import Permission, may, writes_on_behalf
from tracker.change import REASON_LENGTH, Change, RefusedError, checked_text, msgid
from tracker.organisation.models import EntryDay
from tracker.organisation.tree import UnitNode
from tracker.programme.plan import StageInfo


def writing_reason(
    change: Change, node: UnitNode, reason: str, *, stage: StageInfo | None = None, field: str
) -> str:
    """Return the reason for a write at a unit, cleaned; raise RefusedError when one is needed and missing.

    The office writes on behalf of a unit with a reason; a closed stage is changed by the office only,
    with a reason too. Raise NotPermittedError for who may not write there at all.
    """
    change.require(Permission.RECORDS_WRITE, node)
    reason = checked_text(reason, field, limit=REASON_LENGTH)
    closed = stage is not None and stage.is_closed and not change.actor.is_system
    if stage is not None and closed and not may(change.actor, Permission.STAGES_MANAGE):
        raise RefusedError("ระยะที่ {number} ปิดแล้ว แก้ไขได้โดยฝ่ายเลขานุการ KM เท่านั้น", number=stage.number)
    if stage is not None and closed and not reason:
        raise RefusedError("ระยะที่ {number} ปิดแล้ว ใส่เหตุผล", field=field, number=stage.number)
    if writes_on_behalf(change.actor, node) and not reason:
        raise RefusedError("ใส่เหตุผลที่บันทึกแทนหน่วยงาน", field=field)
    return reason


def entered(change: Change, reason: str = "") -> dict[str, Any]:
    """Return the columns that say when and by whom a new record was entered."""
    return {
        "entered_on": change.today,
        "entered_at": change.at,
        "entered_by": change.actor.name,
        "entered_by_id": change.actor.person_id,
        "on_behalf_reason": reason,
    }


def required_reason(reason: str) -> str:
    """Return a reason, cleaned; refuse an empty one."""
    return checked_text(reason, "reason", limit=REASON_LENGTH, required=msgid("กรุณาใส่เหตุผล"))


def take_out(change: Change, row: EntryDay, reason: str) -> bool:
    """Withdraw a record: it stays, but counts nowhere; return whether that changed anything."""
    if row.withdrawn_on is not None:
        return False
    row.withdrawn_on, row.withdrawn_at = change.today, change.at
    row.withdrawn_by, row.withdrawn_reason = change.actor.name, reason
    row.version += 1
    return True


def put_back(row: EntryDay) -> bool:
    """Restore a withdrawn record; return whether that changed anything."""
    if row.withdrawn_on is None:
        return False
    row.withdrawn_on = row.withdrawn_at = None
    row.withdrawn_by = row.withdrawn_reason = ""
    row.version += 1
    return True


def conceal(change: Change, row: EntryDay, reason: str) -> bool:
    """Hide a record from all but its unit and the office; return whether that changed anything."""
    if row.hidden_at is not None:
        return False
    row.hidden_at, row.hidden_reason = change.at, reason
    row.version += 1
    return True


def reveal(row: EntryDay) -> bool:
    """Show a hidden record again; return whether that changed anything."""
    if row.hidden_at is None:
        return False
    row.hidden_at, row.hidden_reason = None, ""
    row.version += 1
    return True


def reason_outside(stage: StageInfo, day: date, why: str) -> str:
    """Return why a day lies outside its stage, nothing where it does not; refuse a reason that is missing."""
    if stage.covers(day):
        return ""
    if not why:
        raise RefusedError(
            "วันที่จัดอยู่นอกระยะที่ {number} (ปีงบประมาณ {year}) ถ้าถูกต้องแล้วใส่เหตุผล",
            field="outside_stage_reason",
            number=stage.number,
            year=stage.fiscal_year,
        )
    return why
