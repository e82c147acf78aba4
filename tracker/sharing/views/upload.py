"""Many entries of an event at once: the form to fill in, the file, the dry run, and paper."""

from typing import IO

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.change import Change
from tracker.programme.reference import plan
from tracker.sharing.operations_many import EntryValues, restore_entries, show_many, withdraw_entries
from tracker.sharing.views.base import asks_reason, bp, own_entry, own_or_403, show_url
from tracker.sharing.workbook import COLUMNS, as_plain, check_entries, from_plain, write_template
from tracker.web.downloads import send_written
from tracker.web.guards import requires
from tracker.web.i18n import gettext as _
from tracker.web.pages import render
from tracker.web.reference import tree
from tracker.web.uploads import Checkup, SendForm, Sending, at_once
from tracker.web.workbooks import Reading

SENDING: Sending[EntryValues] = Sending(
    "sharing",
    COLUMNS,
    as_plain,
    from_plain,
    send_page="sharing/upload.html",
    check_page="sharing/upload_check.html",
)


@bp.route("/<id:event_id>/entries/upload", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def upload_entries(event_id: int) -> ResponseReturnValue:
    """Send a file or paste rows; show every problem, or what would be saved."""
    event, form = own_or_403(event_id), SendForm()
    if not asks_reason(event):
        del form.on_behalf_reason

    def check(change: Change, reading: Reading) -> Checkup[EntryValues]:
        return check_entries(change, reading, event, reason=str(form.data.get("on_behalf_reason") or ""))

    return SENDING.answer(form, check, place=event.id, event=event, tree=tree())


@bp.post("/<id:event_id>/entries/upload/confirm")
@requires(Permission.RECORDS_WRITE)
def confirm_entries(event_id: int) -> ResponseReturnValue:
    """Show the entries that were checked: all or none; rows that were shown meanwhile are left out."""
    event = own_or_403(event_id)
    return SENDING.save(
        lambda change, rows: show_many(change, event_id=event_id, rows=rows),
        place=event.id,
        said=lambda n: _("เพิ่มแล้ว %(n)s ผลงาน", n=n),
        undo=lambda first: url_for(".undo_entries", event_id=event_id, entry_id=first),
        to=show_url(event),
        back=url_for(".upload_entries", event_id=event_id),
    )


@bp.post("/<id:event_id>/entries/<id:entry_id>/upload/undo")
@requires(Permission.RECORDS_WRITE)
def undo_entries(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Take back all that the same person showed today by the file with which an entry came."""
    event, _entry = own_entry(event_id, entry_id)
    return at_once(
        lambda change: withdraw_entries(change, entry_id=entry_id, reason=_("ยกเลิกการบันทึกทันที")),
        said=lambda n: _("ยกเลิกการบันทึกแล้ว %(n)s ผลงาน", n=n),
        undo=url_for(".restore_sent_entries", event_id=event_id, entry_id=entry_id),
        to=show_url(event),
        refused=show_url(event),
    )


@bp.post("/<id:event_id>/entries/<id:entry_id>/upload/restore")
@requires(Permission.RECORDS_WRITE)
def restore_sent_entries(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Put back what was just taken back of a file."""
    event, _entry = own_entry(event_id, entry_id)
    return at_once(
        lambda change: restore_entries(change, entry_id=entry_id, reason=_("กู้คืนทันทีหลังยกเลิก")),
        said=lambda n: _("กู้คืนแล้ว %(n)s ผลงาน นับเหมือนเดิม", n=n),
        to=show_url(event),
        refused=show_url(event),
    )


@bp.get("/<id:event_id>/entries/template.xlsx")
@requires(Permission.RECORDS_WRITE)
def entries_template(event_id: int) -> Response:
    """Send the event's own workbook to fill in."""
    event = own_or_403(event_id)
    nodes = [node for node in tree() if node.closed_on is None or node.closed_on > event.held_on]

    def write(target: IO[bytes]) -> None:
        write_template(target, event, nodes)

    return send_written(write, _("แบบฟอร์มผลงาน %(title)s", title=event.title[:60]), "xlsx")


@bp.get("/<id:event_id>/entries/blank")
@requires(Permission.RECORDS_WRITE)
def blank_entries(event_id: int) -> ResponseReturnValue:
    """Show a blank form to print and fill in by hand."""
    event = own_or_403(event_id)
    stage = plan().stage_by_id[event.stage_id]
    return render("sharing/blank.html", event=event, unit=tree()[event.unit_id], stage=stage)
