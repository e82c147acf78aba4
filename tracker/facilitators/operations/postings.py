"""What can be done about where facilitators serve: move them, end a posting, take that back."""

from datetime import date, timedelta

from tracker.accounts.permissions import Permission, may
from tracker.change import Change, NotPermittedError, RefusedError, check_version
from tracker.facilitators.checks import (
    check_past,
    held_with_postings,
    home_of,
    locked_facilitator,
    open_unit,
    refuse_withdrawn,
    touch_facilitator,
)
from tracker.facilitators.models import Posting
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.entries import writing_reason


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
    check_version(facilitator, opened_with)
    refuse_withdrawn(facilitator)
    reason = writing_reason(change, home, reason, field="reason")
    check_past(change, since, "since")
    _check_follows(postings, unit_id, since)
    for posting in postings:
        if posting.until is None or posting.until >= since:
            posting.until = since - timedelta(days=1)
    made = Posting(facilitator_id=facilitator.id, unit_id=unit_id, since=since)
    change.session.add(made)
    facilitator.version += 1
    change.session.flush()
    touch_facilitator(change, facilitator)
    change.record(
        "posted", facilitator, unit_id=unit_id, since=since, reason=reason,
        left=[posting.unit_id for posting in present],
    )  # fmt: skip
    return made


def _check_follows(postings: list[Posting], unit_id: int, since: date) -> None:
    for posting in postings:
        if posting.until is not None and posting.until < since:
            continue
        if posting.unit_id == unit_id:
            raise RefusedError("ประจำอยู่ที่หน่วยงานนี้แล้ว กรุณาเลือกหน่วยงานอื่น", field="unit")
        if since <= posting.since:
            raise RefusedError("วันที่ย้ายต้องอยู่หลังวันที่เริ่มประจำที่หน่วยงานเดิม", field="since")


def end_posting(
    change: Change, *, posting_id: int, until: date, reason: str = "", opened_with: int | None = None
) -> Posting:
    """Say on which last day a facilitator served at a unit."""
    posting = _posting(change, posting_id)
    node = unit_tree(change.session)[posting.unit_id]
    facilitator = locked_facilitator(change, posting.facilitator_id)
    reason = writing_reason(change, node, reason, field="reason")
    check_version(facilitator, opened_with)
    refuse_withdrawn(facilitator)
    check_past(change, until, "until")
    if until < posting.since:
        raise RefusedError("วันสุดท้ายต้องไม่ก่อนวันที่เริ่มประจำ", field="until")
    if posting.until is not None:
        raise RefusedError("การประจำที่หน่วยงานนี้สิ้นสุดไปแล้ว")
    posting.until = until
    facilitator.version += 1
    touch_facilitator(change, facilitator)
    change.record("posting_ended", facilitator, unit_id=node.id, until=until, reason=reason)
    return posting


def _posting(change: Change, posting_id: int) -> Posting:
    posting = change.session.get(Posting, posting_id, populate_existing=True, with_for_update=True)
    if posting is None:
        raise RefusedError("ไม่พบการประจำหน่วยงานนี้")
    return posting


def _last_home(change: Change, postings: list[Posting]) -> UnitNode:
    """Return the unit of the last move from which the actor may take it back."""
    tree, last = unit_tree(change.session), postings[0]
    left = [p for p in postings[1:2] if p.until == last.since - timedelta(days=1)]
    for posting in (last, *left):
        if may(change.actor, Permission.RECORDS_WRITE, tree[posting.unit_id]):
            return tree[posting.unit_id]
    raise NotPermittedError(Permission.RECORDS_WRITE)


def resume_posting(change: Change, *, facilitator_id: int, reason: str = "") -> Posting:
    """Take the last move or end of a facilitator back: the person serves on where they served before.

    A posting that followed another at once is removed; one that ended is open again.
    """
    facilitator, postings = held_with_postings(change, facilitator_id)
    node = _last_home(change, postings)
    reason = writing_reason(change, node, reason, field="reason")
    refuse_withdrawn(facilitator)
    last, before = postings[0], postings[1] if len(postings) > 1 else None
    gone = last.unit_id
    if last.until is None:
        if before is None or before.until != last.since - timedelta(days=1):
            raise RefusedError("ไม่มีการย้ายให้ยกเลิก")
        touch_facilitator(change, facilitator)
        change.session.delete(last)
        last = before
    last.until = None
    facilitator.version += 1
    change.session.flush()
    touch_facilitator(change, facilitator, [gone])
    change.record("posting_resumed", facilitator, unit_id=last.unit_id, reason=reason, instead_of=gone)
    return last
