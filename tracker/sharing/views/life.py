"""The life of an event: held, called off, withdrawn, restored, hidden."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.change import Change, RefusedError
from tracker.session import db
from tracker.sharing import operations_life as life
from tracker.sharing.models import Event, EventEntry
from tracker.sharing.queries_record import entries_of
from tracker.sharing.views.base import asks_reason, bp, own_or_403, show_url
from tracker.web.clock import today
from tracker.web.guards import requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import refusal_text
from tracker.web.pages import notice, submit
from tracker.web.reasons import ReasonForm
from tracker.web.reference import tree


def confirmed(
    event: Event,
    verb: str,
    do: Callable[..., Any],
    said: str,
    *,
    needs_reason: bool = True,
    undo: str | None = None,
    entry: EventEntry | None = None,
    refused: str = "",
    **more: Any,
) -> ResponseReturnValue:
    """Ask once more, with a reason where one is needed, and do it; `do` takes the change and the reason.

    A button that posts without the reason that is needed gets the same page, and may go on there.
    `refused` says why it cannot be done now: the page offers no button then.
    """
    form = ReasonForm()
    if not needs_reason:
        del form.reason
    return submit(
        form,
        "sharing/confirm.html",
        do=lambda change: do(change, reason=str(form.data.get("reason") or "")),
        to=lambda _made: show_url(event),
        said=lambda _made: notice(said, undo=undo),
        event=event,
        entry=entry,
        verb=verb,
        refused=refused,
        unit=tree()[entry.unit_id if entry else event.unit_id],
        entries=len(entries_of(db(), event.id)),
        **more,
    )


@bp.route("/<id:event_id>/held", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def held(event_id: int) -> ResponseReturnValue:
    """Say that an event took place."""
    event = own_or_403(event_id)

    def do(change: Change, reason: str) -> Event:
        return life.mark_held(change, event_id=event_id, reason=reason)

    return confirmed(
        event, "held", do, _("บันทึกว่าจัดแล้ว"), needs_reason=asks_reason(event), refused=_why_not_held(event)
    )


def _why_not_held(event: Event) -> str:
    try:
        life.check_can_be_held(event, today())
    except RefusedError as refusal:
        return refusal_text(refusal)
    return ""


@bp.route("/<id:event_id>/restore", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def restore(event_id: int) -> ResponseReturnValue:
    """Put a withdrawn event back into the counts."""
    event = own_or_403(event_id)

    def do(change: Change, reason: str) -> Event:
        return life.restore_event(change, event_id=event_id, reason=reason)

    return confirmed(event, "restore", do, _("กู้คืนแล้ว นับเหมือนเดิม"), needs_reason=asks_reason(event))


@bp.route("/<id:event_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def withdraw(event_id: int) -> ResponseReturnValue:
    """Take an event and its entries out of every count."""

    def do(change: Change, reason: str) -> Event:
        return life.withdraw_event(change, event_id=event_id, reason=reason)

    undo = url_for(".restore", event_id=event_id)
    return confirmed(own_or_403(event_id), "withdraw", do, _("ยกเลิกรายการบันทึกแล้ว"), undo=undo)


@bp.route("/<id:event_id>/cancel", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def cancel(event_id: int) -> ResponseReturnValue:
    """Call a planned event off."""

    def do(change: Change, reason: str) -> Event:
        return life.cancel_event(change, event_id=event_id, reason=reason)

    undo = url_for(".plan_again", event_id=event_id)
    return confirmed(own_or_403(event_id), "cancel", do, _("ยกเลิกการจัดแล้ว"), undo=undo)


@bp.route("/<id:event_id>/plan-again", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def plan_again(event_id: int) -> ResponseReturnValue:
    """Put an event that was called off back on the calendar."""
    event = own_or_403(event_id)

    def do(change: Change, reason: str) -> Event:
        return life.plan_again(change, event_id=event_id, reason=reason)

    said = _("กลับมากำหนดจัดแล้ว")
    return confirmed(event, "plan_again", do, said, needs_reason=asks_reason(event))


@bp.route("/<id:event_id>/hide", methods=["GET", "POST"])
@requires(Permission.RECORDS_HIDE)
def hide(event_id: int) -> ResponseReturnValue:
    """Hide an event at once from all but its unit and the office."""

    def do(change: Change, reason: str) -> Event:
        return life.hide_event(change, event_id=event_id, reason=reason)

    undo = url_for(".unhide", event_id=event_id)
    return confirmed(own_or_403(event_id, Permission.RECORDS_HIDE), "hide", do, _("ซ่อนแล้ว"), undo=undo)


@bp.route("/<id:event_id>/unhide", methods=["GET", "POST"])
@requires(Permission.RECORDS_HIDE)
def unhide(event_id: int) -> ResponseReturnValue:
    """Show a hidden event again."""
    event = own_or_403(event_id, Permission.RECORDS_HIDE)

    def do(change: Change, reason: str) -> Event:  # noqa: ARG001  # showing again asks for none
        return life.unhide_event(change, event_id=event_id)

    return confirmed(event, "unhide", do, _("แสดงรายการนี้ตามเดิมแล้ว"), needs_reason=False)
