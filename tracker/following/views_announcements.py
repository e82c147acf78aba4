"""Pages of the office's announcements."""

from datetime import timedelta
from typing import Any, cast

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.change import StaleError
from tracker.following.announcements import (
    all_announcements,
    announce,
    edit_announcement,
    end_announcement,
)
from tracker.following.blueprint import bp
from tracker.following.forms import AnnouncementForm, EditAnnouncementForm
from tracker.following.models import Announcement
from tracker.session import begin_change, db
from tracker.thai.dates import format_day
from tracker.web.clock import today
from tracker.web.conflicts import conflict_page
from tracker.web.forms import TrackerForm
from tracker.web.guards import requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language
from tracker.web.pages import notice, render, see, submit

PROPOSED_DAYS = 14


@bp.get("/announcements/")
@requires(Permission.ANNOUNCEMENTS_MANAGE)
def announcements() -> str:
    """Show all announcements."""
    return render("following/announcements.html", lines=all_announcements(db()), day=today())


def _line_values(form: AnnouncementForm | EditAnnouncementForm) -> dict[str, Any]:
    return {name: form[name].data for name in ("text_th", "text_en", "since", "until")}


@bp.route("/announcements/new", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENTS_MANAGE)
def new_announcement() -> ResponseReturnValue:
    """Announce something."""
    form = AnnouncementForm(data={"since": today(), "until": today() + timedelta(days=PROPOSED_DAYS)})
    return submit(
        form,
        "following/announcement.html",
        do=lambda change: announce(change, **_line_values(form)),
        to=lambda _line: url_for(".announcements"),
        said=lambda _line: notice(_("บันทึกประกาศแล้ว")),
    )


@bp.route("/announcements/<id:announcement_id>/edit", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENTS_MANAGE)
def change_announcement(announcement_id: int) -> ResponseReturnValue:
    """Change an announcement."""
    line = db().get(Announcement, announcement_id) or abort(404)
    form = EditAnnouncementForm(obj=line)
    return submit(
        form,
        "following/announcement.html",
        do=lambda change: edit_announcement(
            change, announcement_id=announcement_id, version=form.opened_with, **_line_values(form)
        ),
        to=lambda _line: url_for(".announcements"),
        said=lambda _line: notice(_("บันทึกประกาศแล้ว")),
        conflict=_conflict,
        line=line,
    )


def _conflict(form: TrackerForm, stale: StaleError) -> ResponseReturnValue:
    now = cast("Announcement", stale.current)
    return conflict_page(
        stale,
        [
            (_("ข้อความ"), form.text_th.data, now.text_th),
            (_("ข้อความภาษาอังกฤษ"), form.text_en.data, now.text_en),
            (_("ตั้งแต่วันที่"), format_day(form.since.data, language()), format_day(now.since, language())),
            (_("ถึงวันที่"), format_day(form.until.data, language()), format_day(now.until, language())),
        ],
        show_url=url_for(".change_announcement", announcement_id=now.id),
    )


@bp.post("/announcements/<id:announcement_id>/end")
@requires(Permission.ANNOUNCEMENTS_MANAGE)
def stop_announcement(announcement_id: int) -> ResponseReturnValue:
    """Take an announcement off every page."""
    db().get(Announcement, announcement_id) or abort(404)
    with begin_change() as change:
        end_announcement(change, announcement_id=announcement_id)
    notice(_("สิ้นสุดประกาศแล้ว"))
    return see(url_for(".announcements"))
