"""Taking back at once what one file logged, and putting it back."""

from sqlalchemy import select

from tracker.accounts.permissions import Permission
from tracker.activities.models import Activity
from tracker.change import Change, RefusedError
from tracker.organisation.models import Unit
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.asides import restore_record, withdraw_record
from tracker.programme.entries import required_reason, writing_reason
from tracker.programme.plan import programme_plan
from tracker.programme.uploads import sent_with


def _sent(change: Change, activity_id: int, reason: str) -> tuple[UnitNode, list[Activity]]:
    """Return what the actor logged today by the same file as an activity, locked, and where."""
    one = change.session.get(Activity, activity_id)
    if one is None:
        raise RefusedError("ไม่พบกิจกรรมนี้")
    node = unit_tree(change.session)[one.unit_id]
    change.require(Permission.RECORDS_WRITE, node)
    unit = change.session.get_one(Unit, node.id)
    ids = sent_with(change, activity_id, "logged_many", unit, "activities")
    rows = select(Activity).where(Activity.id.in_(ids)).order_by(Activity.id).with_for_update()
    found = list(change.session.scalars(rows.execution_options(populate_existing=True)))
    plan = programme_plan(change.session)
    for stage_id in {row.stage_id for row in found}:
        writing_reason(change, node, reason, stage=plan.stage_by_id[stage_id], field="reason")
    return node, found


def withdraw_upload(change: Change, *, activity_id: int, reason: str) -> list[Activity]:
    """Withdraw what one file logged, save what was changed since; return those withdrawn.

    The file is known no more: corrected, it may be sent again.
    """
    reason = required_reason(reason)
    node, found = _sent(change, activity_id, reason)
    untouched = [row for row in found if row.version == 1]
    for row in untouched:
        change.touch(row.enrolment_id, row.step_id)
        withdraw_record(change, row, node, reason, lambda: None)
        row.import_key = None
    return untouched


def restore_upload(change: Change, *, activity_id: int, reason: str) -> list[Activity]:
    """Count again what `withdraw_upload` took back; return those restored."""
    node, found = _sent(change, activity_id, reason)
    taken_back = [row for row in found if row.withdrawn_on is not None and row.import_key is None]
    for row in taken_back:
        change.touch(row.enrolment_id, row.step_id)
        restore_record(change, row, node, lambda: None, reason)
    return taken_back
