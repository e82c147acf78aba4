"""What the office notes about units: calls, and pauses of following them."""

from datetime import date

from sqlalchemy import select

from tracker.accounts.permissions import Permission
from tracker.change import Change, RefusedError
from tracker.following.models import Call, Pause
from tracker.organisation.tree import unit_tree
from tracker.programme.enrolments import EnrolmentInfo, enrolment_book


def _enrolment(change: Change, enrolment_id: int) -> EnrolmentInfo:
    enrolment = enrolment_book(change.session).by_id.get(enrolment_id)
    if enrolment is None:
        raise RefusedError("ไม่พบหน่วยงานนี้ในระยะนี้")
    change.require(Permission.FOLLOWING_MANAGE, unit_tree(change.session)[enrolment.unit_id])
    if not enrolment.counts_on(change.today):
        raise RefusedError("หน่วยงานนี้ถอนจากระยะนี้แล้ว")
    return enrolment


def note_call(
    change: Change, *, enrolment_id: int, note: str, called_on: date, next_on: date | None = None
) -> Call:
    """Note that the office called a unit; until the next date the unit stands lower in the list."""
    enrolment = _enrolment(change, enrolment_id)
    if called_on > change.today:
        raise RefusedError("วันที่อยู่ในอนาคต ใส่ได้ไม่เกินวันนี้", field="called_on")
    if next_on is not None and next_on < change.today:
        raise RefusedError("วันที่จะติดตามอีกครั้งต้องไม่อยู่ก่อนวันนี้", field="next_on")
    if not note and next_on is None:
        raise RefusedError("กรุณาพิมพ์ว่าได้ความว่าอย่างไร หรือเลือกวันที่จะติดตามอีกครั้ง", field="note")
    call = Call(
        enrolment_id=enrolment.id,
        called_on=called_on,
        next_on=next_on,
        note=note,
        called_by=change.actor.name,
        called_at=change.at,
    )
    change.session.add(call)
    change.record("called", call, unit_id=enrolment.unit_id, called_on=called_on, next_on=next_on)
    return call


def withdraw_call(change: Change, *, call_id: int) -> Call:
    """Take a noted call back: the unit stands in the list as if it had not been noted."""
    call, unit_id = _call(change, call_id)
    if call.withdrawn_on is None:
        call.withdrawn_on = change.today
        change.record("withdrawn", call, unit_id=unit_id)
    return call


def restore_call(change: Change, *, call_id: int) -> Call:
    """Let a call stand again that was taken back."""
    call, unit_id = _call(change, call_id)
    if call.withdrawn_on is not None:
        call.withdrawn_on = None
        change.record("restored", call, unit_id=unit_id)
    return call


def _call(change: Change, call_id: int) -> tuple[Call, int]:
    call = change.session.get(Call, call_id)
    if call is None:
        raise RefusedError("ไม่พบการติดตามนี้")
    unit_id = enrolment_book(change.session).by_id[call.enrolment_id].unit_id
    change.require(Permission.FOLLOWING_MANAGE, unit_tree(change.session)[unit_id])
    return call, unit_id


def pause_following(change: Change, *, enrolment_id: int, until: date, reason: str) -> Pause:
    """Leave a unit out of the list until a day (included), with a reason; a pause under way is replaced."""
    enrolment = _enrolment(change, enrolment_id)
    if until < change.today:
        raise RefusedError("วันสุดท้ายที่พักต้องไม่อยู่ก่อนวันนี้", field="until")
    if not reason:
        raise RefusedError("กรุณาบอกเหตุผลที่พักการติดตาม", field="reason")
    for earlier in _running(change, enrolment.id):
        earlier.ended_on = change.today
    pause = Pause(
        enrolment_id=enrolment.id,
        since=change.today,
        until=until,
        reason=reason,
        paused_by=change.actor.name,
        paused_at=change.at,
    )
    change.session.add(pause)
    change.record("paused", pause, unit_id=enrolment.unit_id, until=until, reason=reason)
    return pause


def end_pause(change: Change, *, enrolment_id: int) -> None:
    """Follow a paused unit again from today."""
    enrolment = _enrolment(change, enrolment_id)
    running = _running(change, enrolment.id)
    if not running:
        raise RefusedError("หน่วยงานนี้ไม่ได้พักการติดตามอยู่")
    for pause in running:
        pause.ended_on = change.today
        change.record("resumed", pause, unit_id=enrolment.unit_id)


def _running(change: Change, enrolment_id: int) -> list[Pause]:
    pauses = change.session.scalars(select(Pause).where(Pause.enrolment_id == enrolment_id))
    return [pause for pause in pauses if pause.covers(change.today)]
