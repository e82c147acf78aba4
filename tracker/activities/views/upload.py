"""Many activities at once: the form to fill in, the file, the dry run, and saving what was checked."""

from datetime import datetime, time
from typing import IO

from flask import Response, abort, current_app, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from tracker.accounts.permissions import Permission, writes_on_behalf
from tracker.activities import operations
from tracker.activities.forms import ConfirmForm, SendForm
from tracker.activities.template_file import write_template
from tracker.activities.views.base import asked_unit, bp, plan, writable_units
from tracker.activities.workbook import COLUMNS, PREFILLED, Checkup, as_plain, check_rows, from_plain
from tracker.change import Change, RefusedError
from tracker.facilitators.queries import facilitators_at
from tracker.organisation.tree import UnitNode
from tracker.session import begin_change, db
from tracker.web.clock import BANGKOK, today
from tracker.web.downloads import send_written
from tracker.web.guards import actor, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named, refusal_text
from tracker.web.pages import notice, render, render_form, see
from tracker.web.reference import tree
from tracker.web.workbooks import Reading, UnreadableFileError, read_file, read_pasted

SEALED_FOR = 2 * 60 * 60
MOST_SEALED = 900_000
SHOWN_PROBLEMS = 200
SEND = "activities/upload.html"


def _seal() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        current_app.config["SECRET_KEY"], salt=f"activities.upload.{actor().person_id}"
    )


def _dry() -> Change:
    """Return a change that only checks: it is never committed."""
    return Change(db(), actor(), datetime.combine(today(), time(), BANGKOK), today())


def _reading(form: SendForm) -> Reading:
    if form.file.file_name:
        return read_file(form.file.content, form.file.file_name, COLUMNS, prefilled=PREFILLED)
    return read_pasted(form.pasted.typed or "", COLUMNS, prefilled=PREFILLED)


def _unit_or_404() -> UnitNode:
    node = asked_unit()
    if node is None:
        abort(404)
    return node


def _send_form(node: UnitNode) -> SendForm:
    form = SendForm()
    if not writes_on_behalf(actor(), node):
        del form.on_behalf_reason
    return form


@bp.route("/upload", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def upload() -> ResponseReturnValue:
    """Send a file or paste rows; show every problem, or what would be saved."""
    node = asked_unit()
    if node is None:
        return render("activities/choose.html", units=writable_units(), target="activities.upload")
    form = _send_form(node)
    if not form.validate_on_submit():
        return render_form(SEND, form, node=node, problems=[], columns=COLUMNS)
    reason = str(form.data.get("on_behalf_reason") or "")
    try:
        checkup = check_rows(_dry(), _reading(form), node, secrecy_read=form.secrecy_read.data, reason=reason)
    except UnreadableFileError as unreadable:
        checkup = Checkup(problems=[unreadable.problem])
    if checkup.problems:
        shown, count = checkup.problems[:SHOWN_PROBLEMS], len(checkup.problems)
        return render(SEND, form=form, node=node, problems=shown, count=count, columns=COLUMNS), 422
    return _checked(node, form, checkup)


def _checked(node: UnitNode, form: SendForm, checkup: Checkup) -> ResponseReturnValue:
    sealed = _seal().dumps([as_plain(row) for row in checkup.rows])
    if len(sealed) > MOST_SEALED:
        form.form_errors = [_("ข้อความในไฟล์ยาวเกินกว่าที่รับได้ในครั้งเดียว แบ่งเป็นหลายไฟล์")]
        return render_form(SEND, form, node=node, problems=[], columns=COLUMNS)
    confirm = ConfirmForm(formdata=None, data={"sealed": sealed})
    return render(
        "activities/upload_check.html", form=confirm, node=node, checkup=checkup, plan=plan(), tree=tree()
    )


@bp.post("/upload/confirm")
@requires(Permission.RECORDS_WRITE)
def confirm_upload() -> ResponseReturnValue:
    """Save the rows that were checked: all or none; rows that were saved meanwhile are left out."""
    node, form = _unit_or_404(), ConfirmForm()
    back = url_for("activities.upload", unit=node.code)
    try:
        rows = [from_plain(row) for row in _seal().loads(form.sealed.data or "", max_age=SEALED_FOR)]
        with begin_change() as change:
            made = operations.log_many(change, rows)
    except BadData:
        notice(_("หน้าตรวจไฟล์เปิดไว้นานเกินไป ส่งไฟล์อีกครั้ง ยังไม่มีอะไรถูกบันทึก"), kind="error")
        return see(back)
    except RefusedError as refusal:
        notice(refusal_text(refusal), kind="error")
        return see(back)
    notice(_("บันทึกแล้ว %(n)s กิจกรรม", n=len(made)) if made else _("ทุกแถวบันทึกไว้แล้ว ไม่มีอะไรเพิ่ม"))
    return see(url_for("activities.index", unit=node.code, only="own"))


@bp.get("/template.xlsx")
@requires(Permission.RECORDS_WRITE)
def template() -> Response:
    """Send the unit's own workbook to fill in."""
    node = _unit_or_404()
    people = facilitators_at(db(), [node.id], today())

    def write(target: IO[bytes]) -> None:
        write_template(target, node, plan(), people)

    return send_written(write, _("แบบฟอร์มกิจกรรม %(unit)s", unit=named(node, "short")), "xlsx")


@bp.get("/blank")
@requires(Permission.RECORDS_WRITE)
def blank() -> ResponseReturnValue:
    """Show a blank form to print and fill in by hand."""
    node = _unit_or_404()
    return render("activities/blank.html", node=node, plan=plan(), stage=plan().current_stage(today()))
