"""One activity: show, withdraw, restore, undo, hide."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.activities import operations
from tracker.activities.history import activity_log
from tracker.activities.models import Activity
from tracker.activities.queries_record import people_of
from tracker.activities.views.base import asks_reason, bp, changeable_or_403, found_or_404, show_url
from tracker.change import Change, RefusedError
from tracker.programme.closed_stages import is_shut, shut_sentence
from tracker.programme.reference import book, plan
from tracker.session import begin_change, db
from tracker.web.clock import today
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import refusal_text
from tracker.web.pages import notice, render, see, submit
from tracker.web.reasons import ReasonForm
from tracker.web.reference import tree
from tracker.web.units import doors_to, is_inside
from tracker.web.words import MANNERS


@bp.get("/<id:activity_id>")
@requires(Permission.RECORDS_READ)
def show(activity_id: int) -> ResponseReturnValue:
    """Show an activity, who stands in it, and what was done to it."""
    activity = found_or_404(activity_id)
    node = tree()[activity.unit_id]
    inside, stage = is_inside(node), plan().stage_by_id[activity.stage_id]
    may_write = allowed(Permission.RECORDS_WRITE, node)
    return render(
        "activities/show.html",
        activity=activity,
        node=node,
        people=people_of(db(), actor(), tree(), activity.id),
        enrolment=book().by_id.get(activity.enrolment_id or 0),
        log=activity_log(db(), activity) if inside else [],
        inside=inside,
        asks_reason=asks_reason(activity),
        may_write=may_write,
        may_change=may_write and not is_shut(stage),
        shut=shut_sentence(stage) if may_write and is_shut(stage) else "",
        may_hide=allowed(Permission.RECORDS_HIDE, node),
        plan=plan(),
        tree=tree(),
        manners=MANNERS,
        **doors_to(node),
    )


def _effect(activity: Activity) -> dict[str, Any]:
    step = plan().step_by_id.get(activity.step_id or 0)
    enrolment = book().by_id.get(activity.enrolment_id or 0)
    return {
        "activity": activity,
        "step": step,
        "node": tree()[activity.unit_id],
        "counted": tree().get(enrolment.unit_id) if enrolment else None,
    }


@bp.route("/<id:activity_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def withdraw(activity_id: int) -> ResponseReturnValue:
    """Withdraw an activity, once the effect is read and the reason given."""
    activity = changeable_or_403(activity_id)
    form = ReasonForm()
    return submit(
        form,
        "activities/withdraw.html",
        do=lambda change: operations.withdraw_activity(
            change, activity_id=activity_id, reason=form.reason.data or ""
        ),
        to=show_url,
        said=lambda made: notice(
            _("ยกเลิกรายการบันทึกแล้ว"), undo=url_for("activities.restore", activity_id=made.id)
        ),
        **_effect(activity),
    )


def _do(
    do: Callable[[Change], Activity], activity: Activity, said: str, undo: str | None = None
) -> ResponseReturnValue:
    try:
        with begin_change() as change:
            do(change)
    except RefusedError as refusal:
        notice(refusal_text(refusal), kind="error")
    else:
        notice(said, undo=undo)
    return see(show_url(activity))


@bp.route("/<id:activity_id>/restore", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def restore(activity_id: int) -> ResponseReturnValue:
    """Count a withdrawn activity again: with one press, or once a reason is given where one is needed.

    A button that posts without the reason that is needed gets the page that asks for it.
    """
    activity = changeable_or_403(activity_id)
    form = ReasonForm()
    if not asks_reason(activity):
        del form.reason
    return submit(
        form,
        "activities/restore.html",
        do=lambda change: operations.restore_activity(
            change, activity_id=activity_id, reason=str(form.data.get("reason") or "")
        ),
        to=show_url,
        said=lambda _made: notice(_("กู้คืนรายการแล้ว นับเหมือนเดิม")),
        **_effect(activity),
    )


@bp.post("/<id:activity_id>/undo")
@requires(Permission.RECORDS_WRITE)
def undo(activity_id: int) -> ResponseReturnValue:
    """Take back what the same person logged today; later it is withdrawn with a reason."""
    activity = changeable_or_403(activity_id)
    if activity.entered_by_id != actor().person_id or activity.entered_on != today():
        return see(url_for("activities.withdraw", activity_id=activity_id))
    return _do(
        lambda change: operations.withdraw_activity(
            change, activity_id=activity_id, reason=_("ยกเลิกการบันทึกทันที")
        ),
        activity,
        _("ยกเลิกการบันทึกแล้ว กู้คืนได้จากหน้านี้"),
        url_for("activities.restore", activity_id=activity_id),
    )


@bp.route("/<id:activity_id>/hide", methods=["GET", "POST"])
@requires(Permission.RECORDS_HIDE)
def hide(activity_id: int) -> ResponseReturnValue:
    """Hide an activity at once from all but its unit and the office."""
    activity = changeable_or_403(activity_id, Permission.RECORDS_HIDE)
    form = ReasonForm()
    return submit(
        form,
        "activities/hide.html",
        do=lambda change: operations.hide_activity(
            change, activity_id=activity_id, reason=form.reason.data or ""
        ),
        to=show_url,
        said=lambda made: notice(_("ซ่อนแล้ว"), undo=url_for("activities.unhide", activity_id=made.id)),
        **_effect(activity),
    )


@bp.post("/<id:activity_id>/unhide")
@requires(Permission.RECORDS_HIDE)
def unhide(activity_id: int) -> ResponseReturnValue:
    """Show a hidden activity again."""
    activity = changeable_or_403(activity_id, Permission.RECORDS_HIDE)
    return _do(
        lambda change: operations.unhide_activity(change, activity_id=activity_id),
        activity,
        _("แสดงรายการนี้ตามเดิมแล้ว"),
    )
