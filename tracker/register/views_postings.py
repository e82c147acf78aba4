"""Pages about where facilitators serve: moving, ending, correcting, taking that back."""

from datetime import date, timedelta

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker.change import StaleError
from tracker.facilitators.forms import EndPostingForm, MoveForm, SinceForm
from tracker.facilitators.models import Facilitator
from tracker.facilitators.operations import correct_since, end_posting, post_facilitator, resume_posting
from tracker.facilitators.queries import closed_stages_of, postings_of
from tracker.programme.closed_stages import send_back, turn_back
from tracker.register.blueprint import (
    P,
    allowed_at,
    bp,
    facilitator_or_404,
    facilitator_to_change,
    is_on_behalf,
    open_units,
    parent_name,
    places_of,
    profile_url,
    refuse_without_units,
    units_to_write,
)
from tracker.register.comparing import posting_conflict
from tracker.session import begin_change, db
from tracker.web.clock import today
from tracker.web.errors import error_page
from tracker.web.guards import requires
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, see, submit
from tracker.web.reference import tree


@bp.route("/facilitators/<id:facilitator_id>/move", methods=["GET", "POST"])
@requires(P.RECORDS_WRITE)
def move(facilitator_id: int) -> ResponseReturnValue:
    """Have a facilitator serve at another unit."""
    facilitator = facilitator_or_404(facilitator_id)
    postings = postings_of(db(), facilitator_id)
    places = places_of(postings)
    leaves = [posting for posting in postings if posting.until is None or posting.until >= today()]
    if leaves and not allowed_at(places, P.RECORDS_WRITE):
        abort(403)
    _turn_back(facilitator, today())
    if not leaves:
        refuse_without_units(profile_url(facilitator))
    form = MoveForm(version=facilitator.version, since=today())
    if not leaves and not form.is_submitted():
        form.unit.data = next((node.id for node in units_to_write()), None)
    theirs = [node for node in open_units() if node not in places] if leaves else units_to_write()
    form.unit.offer(theirs, parent_name())
    return submit(
        form,
        "register/move.html",
        do=lambda change: post_facilitator(
            change, facilitator_id=facilitator_id, unit_id=int(form.unit.data or 0),
            since=form.since.data or today(), reason=form.reason.data, opened_with=form.opened_with,
        ),
        to=lambda _made: profile_url(facilitator),
        said=lambda _made: notice(_("ย้าย %(name)s แล้ว", name=facilitator.name), _resume_url(facilitator)),
        conflict=posting_conflict,
        facilitator=facilitator,
        places=places if leaves else [],
        on_behalf=is_on_behalf(places if leaves else theirs, form.reason),
    )  # fmt: skip


def _turn_back(facilitator: Facilitator, day: date) -> None:
    """Send who opens a form back that no day could save: for what is withdrawn, or rests on closed stages."""
    if facilitator.withdrawn_on is not None:
        send_back(profile_url(facilitator), _("รายการนี้ถูกยกเลิกแล้ว กู้คืนก่อนจึงแก้ไขได้"))
    turn_back(closed_stages_of(db(), facilitator.id, day), profile_url(facilitator))


def _resume_url(facilitator: Facilitator) -> str:
    """Return where a move or end that was just entered is taken back, as long as nothing follows it."""
    return url_for("register.resume", facilitator_id=facilitator.id, version=facilitator.version)


@bp.route("/facilitators/<id:facilitator_id>/end", methods=["GET", "POST"])
@requires(P.RECORDS_WRITE)
def end(facilitator_id: int) -> ResponseReturnValue:
    """Say that a facilitator serves no more at the present unit."""
    facilitator, places = facilitator_to_change(facilitator_id)
    last = postings_of(db(), facilitator_id)[0]
    _turn_back(facilitator, today() + timedelta(days=1))
    if last.until is not None:
        send_back(profile_url(facilitator), _("การประจำที่หน่วยงานนี้สิ้นสุดไปแล้ว"))
    form = EndPostingForm(version=facilitator.version, until=today())
    return submit(
        form,
        "register/end.html",
        do=lambda change: end_posting(
            change, posting_id=last.id, until=form.until.data or today(), reason=form.reason.data,
            opened_with=form.opened_with,
        ),
        to=lambda _made: profile_url(facilitator),
        said=lambda _made: notice(_("บันทึกวันสุดท้ายที่ประจำหน่วยงานแล้ว"), undo=_resume_url(facilitator)),
        conflict=posting_conflict,
        facilitator=facilitator,
        place=tree()[last.unit_id],
        on_behalf=is_on_behalf(places, form.reason),
    )  # fmt: skip


@bp.route("/facilitators/<id:facilitator_id>/since", methods=["GET", "POST"])
@requires(P.RECORDS_WRITE)
def since(facilitator_id: int) -> ResponseReturnValue:
    """Correct the first day at the present unit, or at the last one."""
    facilitator, places = facilitator_to_change(facilitator_id)
    last = postings_of(db(), facilitator_id)[0]
    _turn_back(facilitator, last.since)
    form = SinceForm(version=facilitator.version, since=last.since)
    return submit(
        form,
        "register/since.html",
        do=lambda change: correct_since(
            change, facilitator_id=facilitator_id, since=form.since.data or last.since,
            reason=form.reason.data, opened_with=form.opened_with,
        ),
        to=lambda _made: profile_url(facilitator),
        said=lambda _made: notice(_("แก้ไขวันที่เริ่มประจำแล้ว")),
        conflict=posting_conflict,
        facilitator=facilitator,
        place=tree()[last.unit_id],
        on_behalf=is_on_behalf(places, form.reason),
    )  # fmt: skip


@bp.post("/facilitators/<id:facilitator_id>/resume")
@requires(P.RECORDS_WRITE)
def resume(facilitator_id: int) -> ResponseReturnValue:
    """Take the move or end back that the same person just entered; later one enters another."""
    facilitator = facilitator_or_404(facilitator_id)
    version = request.args.get("version", -1, type=int)
    try:
        with begin_change() as change:
            resume_posting(
                change, facilitator_id=facilitator_id, reason=_("ยกเลิกการบันทึกทันที"), opened_with=version
            )
    except StaleError:
        return error_page(409, _("การย้ายหรือการพ้นหน้าที่นี้ถูกยกเลิกไปแล้ว หรือมีการแก้ไขหลังจากนั้น จึงไม่มีอะไรเปลี่ยน"))
    notice(_("ยกเลิกการย้ายหรือการพ้นหน้าที่แล้ว"))
    return see(profile_url(facilitator))
