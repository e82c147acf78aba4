"""What can be done about where facilitators serve: move them, end or correct a posting, take that back."""

from datetime import date, timedelta

from sqlalchemy import select

from tracker.accounts.permissions import Permission, may
from tracker.audit.models import AuditEntry
from tracker.change import Change, NotPermittedError, RefusedError, check_version, locked
from tracker.facilitators.checks import (
    check_past,
    held_with_postings,
    home_of,
    locked_facilitator,
    open_unit,
    reason_for,
    refuse_withdrawn,
    touch_facilitator,
)
from tracker.facilitators.models import Facilitator, Posting
from tracker.facilitators.queries import closed_stages_of
from tracker.organisation.tree import UnitNode, unit_tree


def post_facilitator(
    change: Change,
    *,
    facilitator_id: int,
    unit_id: int,
    since: date,
    reason: str = "",
    opened_with: int | None = None,
) -> Posting:
    """Have a facilitator serve at another unit from a day; the posting before ends the day before.

    Who looks after the person at the present unit says so; a person who serves nowhere any more is taken
    in by the new unit.
    """
    facilitator, postings = held_with_postings(change, facilitator_id)
    node = open_unit(change, unit_id)
    present = [posting for posting in postings if posting.until is None or posting.until >= change.today]
    home = home_of(change, postings, Permission.RECORDS_WRITE) if present else node
    change.require(Permission.RECORDS_WRITE, home)
    check_version(facilitator, opened_with)
    refuse_withdrawn(facilitator)
    check_past(change, since, "since")
    _check_follows(postings, present, unit_id, since)
    reason = reason_for(change, home, reason, closed_stages_of(change.session, facilitator.id, since))
    for posting in present:
        posting.end(since - timedelta(days=1), change.today)
    made = Posting(facilitator_id=facilitator.id, unit_id=unit_id, since=since, entered_on=change.today)
    change.session.add(made)
    facilitator.version += 1
    change.session.flush()
    touch_facilitator(change, facilitator)
    change.record(
        "posted", facilitator, unit_id=unit_id, since=since, reason=reason,
        left=[posting.unit_id for posting in present],
    )  # fmt: skip
    return made


def _check_follows(postings: list[Posting], present: list[Posting], unit_id: int, since: date) -> None:
    """Refuse a day that lies before what is there: another unit's past is not cut."""
    for posting in present:
        if posting.unit_id == unit_id:
            raise RefusedError("ประจำอยู่ที่หน่วยงานนี้แล้ว กรุณาเลือกหน่วยงานอื่น", field="unit")
        if since <= posting.since:
            raise RefusedError("วันที่ย้ายต้องอยู่หลังวันที่เริ่มประจำที่หน่วยงานเดิม", field="since")
    _check_after([posting for posting in postings if posting not in present], since)


def _check_after(earlier: list[Posting], since: date) -> None:
    """Refuse a first day on which the person still served elsewhere."""
    if any(posting.until is not None and since <= posting.until for posting in earlier):
        raise RefusedError("วันที่เริ่มต้องอยู่หลังวันสุดท้ายที่ประจำหน่วยงานก่อนหน้า", field="since")


def correct_since(
    change: Change, *, facilitator_id: int, since: date, reason: str = "", opened_with: int | None = None
) -> Posting:
    """Correct the first day of the last posting: from then on trainings count for its unit."""
    facilitator, (last, *earlier) = held_with_postings(change, facilitator_id)
    node = unit_tree(change.session)[last.unit_id]
    change.require(Permission.RECORDS_WRITE, node)
    check_version(facilitator, opened_with)
    refuse_withdrawn(facilitator)
    check_past(change, since, "since")
    if last.until is not None and since > last.until:
        raise RefusedError("วันที่เริ่มต้องไม่หลังวันสุดท้ายที่ประจำหน่วยงานนี้", field="since")
    _check_after(earlier, since)
    before = last.since
    closed = closed_stages_of(change.session, facilitator.id, min(since, before))
    reason = reason_for(change, node, reason, closed)
    if since != before:
        last.since = since
        facilitator.version += 1
        change.session.flush()
        touch_facilitator(change, facilitator)
        changes = {"since": [before, since]}
        change.record("posting_corrected", facilitator, unit_id=node.id, changes=changes, reason=reason)
    return last


def end_posting(
    change: Change, *, posting_id: int, until: date, reason: str = "", opened_with: int | None = None
) -> Posting:
    """Say on which last day a facilitator served at a unit."""
    posting = _posting(change, posting_id)
    node = unit_tree(change.session)[posting.unit_id]
    facilitator = locked_facilitator(change, posting.facilitator_id)
    change.require(Permission.RECORDS_WRITE, node)
    check_version(facilitator, opened_with)
    refuse_withdrawn(facilitator)
    check_past(change, until, "until")
    if until < posting.since:
        raise RefusedError("วันสุดท้ายต้องไม่ก่อนวันที่เริ่มประจำ", field="until")
    if posting.until is not None:
        raise RefusedError("การประจำที่หน่วยงานนี้สิ้นสุดไปแล้ว")
    closed = closed_stages_of(change.session, facilitator.id, until + timedelta(days=1))
    reason = reason_for(change, node, reason, closed)
    posting.end(until, change.today)
    facilitator.version += 1
    touch_facilitator(change, facilitator)
    change.record("posting_ended", facilitator, unit_id=node.id, until=until, reason=reason)
    return posting


def _posting(change: Change, posting_id: int) -> Posting:
    posting = locked(change, Posting, posting_id)
    if posting is None:
        raise RefusedError("ไม่พบการประจำหน่วยงานนี้")
    return posting


def _last_move(change: Change, facilitator: Facilitator) -> AuditEntry | None:
    """Return the move or end that was the last thing done to a facilitator, or None."""
    last = change.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_type == "facilitators", AuditEntry.subject_id == facilitator.id)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    return last if last is not None and last.verb in ("posted", "posting_ended") else None


def _check_just_done(change: Change, move: AuditEntry | None) -> None:
    """Refuse to take back what is no move, or one that somebody else or another day saw."""
    mine = (change.actor.person_id, change.today)
    if move is None or (not change.actor.is_system and (move.person_id, move.day) != mine):
        raise RefusedError("ยกเลิกได้เฉพาะการย้ายหรือการพ้นหน้าที่ซึ่งคุณบันทึกวันนี้ และยังไม่มีการแก้ไขหลังจากนั้น")


def resume_posting(
    change: Change, *, facilitator_id: int, reason: str = "", opened_with: int | None = None
) -> Posting:
    """Take back the move or end that the actor entered today: the person serves on where they served before.

    A posting that began is removed, and those that ended for it are open again; one that ended is open again.
    `opened_with` is the version that the move made.
    """
    facilitator, postings = held_with_postings(change, facilitator_id)
    last, move = postings[0], _last_move(change, facilitator)
    moved = move is not None and move.verb == "posted"
    left = [p for p in postings[1:] if move and moved and p.unit_id in move.details["left"]]
    left = [posting for posting in left if posting.until == last.since - timedelta(days=1)]
    node = _written_for(change, [last, *left])
    check_version(facilitator, opened_with)
    _check_just_done(change, move)
    refuse_withdrawn(facilitator)
    since = last.since if moved or last.until is None else last.until + timedelta(days=1)
    reason = reason_for(change, node, reason, closed_stages_of(change.session, facilitator.id, since))
    touch_facilitator(change, facilitator)
    if moved:
        change.session.delete(last)
    for posting in left if moved else [last]:
        posting.open_again()
    facilitator.version += 1
    change.session.flush()
    touch_facilitator(change, facilitator, [last.unit_id])
    now = postings[1] if moved else last
    change.record("posting_resumed", facilitator, unit_id=now.unit_id, reason=reason, instead_of=last.unit_id)
    return now


def _written_for(change: Change, postings: list[Posting]) -> UnitNode:
    """Return the first unit of the postings that the actor may write for."""
    tree = unit_tree(change.session)
    for posting in postings:
        if may(change.actor, Permission.RECORDS_WRITE, tree[posting.unit_id]):
            return tree[posting.unit_id]
    raise NotPermittedError(Permission.RECORDS_WRITE)
