"""What became of an entry: a unit took it up, or did not after all."""

from datetime import date

from sqlalchemy import select

from tracker.accounts.permissions import Permission, may, writes_on_behalf
from tracker.change import Change, NotPermittedError, RefusedError, checked_text, locked, msgid
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.entries import writing_reason
from tracker.programme.plan import programme_plan
from tracker.sharing.models import Adoption, Event, EventEntry
from tracker.sharing.operations import check_live
from tracker.sharing.places import check_open, check_past, locked_entry
from tracker.sharing.touching import touch_cells

NOTE_LENGTH = 1000
NOT_THE_OWNER = msgid("เลือกหน่วยงานอื่นที่นำไปใช้ ไม่ใช่หน่วยงานเจ้าของผลงาน")


def _reason(change: Change, event: Event, units: list[UnitNode], reason: str) -> str:
    """Return why somebody notes what became of an entry, cleaned: for one of the units that it concerns.

    The office does so on a unit's behalf, with a reason; so it does in a closed stage.
    """
    writable = [node for node in units if may(change.actor, Permission.RECORDS_WRITE, node)]
    if not writable:
        raise NotPermittedError(Permission.RECORDS_WRITE)
    own = [node for node in writable if not writes_on_behalf(change.actor, node)]
    stage = programme_plan(change.session).stage_by_id[event.stage_id]
    return writing_reason(change, (own or writable)[0], reason, stage=stage, field="reason")


def _check_counts(event: Event, entry: EventEntry) -> None:
    check_live(event)
    if entry.withdrawn_on is not None:
        raise RefusedError("รายการนี้ยกเลิกไปแล้ว กู้คืนก่อนจึงแก้ไขได้")


def note_adoption(
    change: Change,
    *,
    entry_id: int,
    unit_id: int,
    adopted_on: date,
    note: str = "",
    reason: str = "",
    entered_on: date | None = None,
) -> Adoption:
    """Note that a unit took an entry up: by the event's host, the entry's unit, the adopter or the office."""
    event, entry = locked_entry(change, entry_id)
    tree = unit_tree(change.session)
    unit = tree.get(unit_id)
    if unit is None:
        raise RefusedError("ไม่พบหน่วยงานนี้", field="unit")
    reason = _reason(change, event, [tree[event.unit_id], tree[entry.unit_id], unit], reason)
    _check_counts(event, entry)
    if unit_id == entry.unit_id:
        raise RefusedError(NOT_THE_OWNER, field="unit")
    check_past(change, adopted_on, field="adopted_on")
    if adopted_on <= event.held_on:
        raise RefusedError("การนำไปใช้ติดตามหลังวันงาน", field="adopted_on")
    check_open(unit, adopted_on, field="unit")
    known = change.session.scalar(
        select(Adoption)
        .where(Adoption.entry_id == entry_id, Adoption.unit_id == unit_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if known is not None and known.withdrawn_on is None:
        raise RefusedError("หน่วยงานนี้บันทึกว่านำไปใช้แล้ว", field="unit")
    note = checked_text(note, "note", limit=NOTE_LENGTH, block=True)
    adoption = known or Adoption(entry_id=entry_id, unit_id=unit_id)
    adoption.adopted_on, adoption.note, adoption.withdrawn_on = adopted_on, note, None
    adoption.entered_on = entered_on or change.today
    change.session.add(adoption)
    change.record("taken_up", adoption, unit_id=unit_id, entry_id=entry_id, note=note, reason=reason)
    touch_cells(change, entry.enrolment_id)
    return adoption


def withdraw_adoption(change: Change, *, adoption_id: int, reason: str = "") -> Adoption:
    """Take back that a unit took an entry up: by whom it concerns, or the office."""
    entry_id = change.session.scalar(select(Adoption.entry_id).where(Adoption.id == adoption_id))
    event, entry = locked_entry(change, entry_id or 0)
    adoption = locked(change, Adoption, adoption_id)
    if adoption is None:
        raise RefusedError("ไม่พบผลงานนี้")
    tree = unit_tree(change.session)
    concerned = [tree[event.unit_id], tree[entry.unit_id], tree[adoption.unit_id]]
    reason = _reason(change, event, concerned, reason)
    if adoption.withdrawn_on is not None:
        raise RefusedError("รายการนี้ยกเลิกไปแล้ว")
    adoption.withdrawn_on = change.today
    change.record("withdrawn", adoption, unit_id=adoption.unit_id, entry_id=entry.id, reason=reason)
    touch_cells(change, entry.enrolment_id)
    return adoption
