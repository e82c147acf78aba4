"""Many activities at once: the form to fill in, the file, the dry run, and saving what was checked."""

from typing import IO

from flask import Response, abort, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission, writes_on_behalf
from tracker.activities import operations
from tracker.activities import operations_uploads as uploads
from tracker.activities.forms import ActivitiesForm
from tracker.activities.rules import ActivityValues
from tracker.activities.template_file import write_template
from tracker.activities.views.base import bp, changeable_or_403, show_url
from tracker.activities.workbook import COLUMNS, PREFILLED, as_plain, check_rows, from_plain
from tracker.change import Change
from tracker.facilitators.queries import facilitators_at
from tracker.organisation.tree import UnitNode
from tracker.programme.reading import Aside
from tracker.programme.reference import plan
from tracker.session import db
from tracker.web.clock import today
from tracker.web.downloads import send_written
from tracker.web.guards import actor, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named
from tracker.web.pages import render
from tracker.web.reference import tree
from tracker.web.units import asked_unit, writable_units
from tracker.web.uploads import Checkup, Sending, at_once
from tracker.web.workbooks import Reading

SENDING: Sending[ActivityValues] = Sending(
    "activities",
    COLUMNS,
    as_plain,
    from_plain,
    send_page="activities/upload.html",
    check_page="activities/upload_check.html",
    prefilled=PREFILLED,
)


def _unit_or_404() -> UnitNode:
    node = asked_unit()
    if node is None:
        abort(404)
    return node


@bp.route("/upload", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def upload() -> ResponseReturnValue:
    """Send a file or paste rows; show every problem, or what would be saved."""
    node = asked_unit()
    if node is None:
        return render("activities/choose.html", units=writable_units(), target="activities.upload")
    form = ActivitiesForm()
    if not writes_on_behalf(actor(), node):
        del form.on_behalf_reason

    def check(change: Change, reading: Reading) -> Checkup[ActivityValues]:
        reason = str(form.data.get("on_behalf_reason") or "")
        return check_rows(change, reading, node, secrecy_read=form.secrecy_read.data, reason=reason)

    withdrawn = url_for("activities.index", unit=node.code, only="own", state=Aside.WITHDRAWN.value)
    return SENDING.answer(form, check, place=node.id, node=node, plan=plan(), withdrawn_url=withdrawn)


@bp.post("/upload/confirm")
@requires(Permission.RECORDS_WRITE)
def confirm_upload() -> ResponseReturnValue:
    """Save the rows that were checked: all or none; rows that were saved meanwhile are left out."""
    node = _unit_or_404()
    return SENDING.save(
        operations.log_many,
        place=node.id,
        said=lambda n: _("บันทึกแล้ว %(n)s กิจกรรม", n=n),
        undo=lambda first: url_for("activities.undo_upload", activity_id=first),
        to=url_for("activities.index", unit=node.code, only="own"),
        back=url_for("activities.upload", unit=node.code),
    )


@bp.post("/<id:activity_id>/upload/undo")
@requires(Permission.RECORDS_WRITE)
def undo_upload(activity_id: int) -> ResponseReturnValue:
    """Take back all that the same person logged today by the file with which an activity came."""
    activity = changeable_or_403(activity_id)
    return at_once(
        lambda change: uploads.withdraw_upload(change, activity_id=activity_id, reason=_("ยกเลิกการบันทึกทันที")),
        said=lambda n: _("ยกเลิกการบันทึกแล้ว %(n)s กิจกรรม ส่งไฟล์ที่แก้แล้วได้ที่นี่", n=n),
        undo=url_for("activities.restore_upload", activity_id=activity_id),
        to=url_for("activities.upload", unit=tree()[activity.unit_id].code),
        refused=show_url(activity),
    )


@bp.post("/<id:activity_id>/upload/restore")
@requires(Permission.RECORDS_WRITE)
def restore_upload(activity_id: int) -> ResponseReturnValue:
    """Put back what was just taken back of a file."""
    activity = changeable_or_403(activity_id)
    return at_once(
        lambda change: uploads.restore_upload(change, activity_id=activity_id, reason=_("กู้คืนทันทีหลังยกเลิก")),
        said=lambda n: _("กู้คืนแล้ว %(n)s กิจกรรม นับเหมือนเดิม", n=n),
        to=url_for("activities.index", unit=tree()[activity.unit_id].code, only="own"),
        refused=show_url(activity),
    )


@bp.get("/template.xlsx")
@requires(Permission.RECORDS_WRITE)
def template() -> Response:
    """Send the unit's own workbook to fill in."""
    node = _unit_or_404()
    people = facilitators_at(db(), tree().with_pilots(node.id), today())

    def write(target: IO[bytes]) -> None:
        write_template(target, node, plan(), people)

    return send_written(write, _("แบบฟอร์มกิจกรรม %(unit)s", unit=named(node, "short")), "xlsx")


@bp.get("/blank")
@requires(Permission.RECORDS_WRITE)
def blank() -> ResponseReturnValue:
    """Show a blank form to print and fill in by hand."""
    node = _unit_or_404()
    return render("activities/blank.html", node=node, plan=plan(), stage=plan().current_stage(today()))
