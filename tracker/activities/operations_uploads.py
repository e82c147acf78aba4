"""Taking back at once what one file logged, and putting it back."""

from tracker.accounts.permissions import Permission
from tracker.activities.models import Activity
from tracker.change import Change, RefusedError
from tracker.organisation.models import Unit
from tracker.organisation.tree import unit_tree
from tracker.programme.entries import required_reason, writing_reason
from tracker.programme.plan import programme_plan
from tracker.programme.uploads import restore_sent, sent_with, withdraw_sent


def _sent(change: Change, activity_id: int, reason: str) -> list[Activity]:
    """Return what the actor logged today by the same file as an activity, locked."""
    one = change.session.get(Activity, activity_id)
    if one is None:
        raise RefusedError("ไม่พบกิจกรรมนี้")
    node = unit_tree(change.session)[one.unit_id]
    change.require(Permission.RECORDS_WRITE, node)
    unit = change.session.get_one(Unit, node.id)
    found = sent_with(change, one, "logged_many", unit, "activities")
    plan = programme_plan(change.session)
    for stage_id in {row.stage_id for row in found}:
        writing_reason(change, node, reason, stage=plan.stage_by_id[stage_id], field="reason")
    return found


def withdraw_upload(change: Change, *, activity_id: int, reason: str) -> list[Activity]:
    """Withdraw what one file logged, save what was changed since; return those withdrawn."""
    reason = required_reason(reason)
    sent = _sent(change, activity_id, reason)
    return withdraw_sent(change, sent, reason, lambda row: change.touch(row.enrolment_id, row.step_id))


def restore_upload(change: Change, *, activity_id: int, reason: str) -> list[Activity]:
    """Count again what `withdraw_upload` took back; return those restored."""
    sent = _sent(change, activity_id, reason)
    return restore_sent(change, sent, reason, lambda row: change.touch(row.enrolment_id, row.step_id))
