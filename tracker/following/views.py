"""Pages by which the office and executives follow units: the list, calls, pauses."""

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.audit.kept import forget
from tracker.following import operations as ops
from tracker.following import views_announcements as _views_announcements
from tracker.following import views_words as _views_words
from tracker.following.announcements import announcements_on
from tracker.following.attention import ReasonKind
from tracker.following.blueprint import bp
from tracker.following.forms import CallForm, PauseForm
from tracker.following.listing import follow_rows, groups_of, paused_rows, reason_counts
from tracker.following.models import Call
from tracker.following.queries import calls_of
from tracker.following.sentences import REASON_NAMES, call_line, reason_lines
from tracker.following.stage_view import StageView, stage_view
from tracker.following.tables import follow_table
from tracker.organisation.tree import UnitNode
from tracker.programme.enrolments import EnrolmentInfo, enrolment_book
from tracker.programme.reference import plan
from tracker.session import begin_change, db, follow_changes
from tracker.thai.dates import format_day
from tracker.web.clock import today
from tracker.web.downloads import send_table
from tracker.web.guards import allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.pages import notice, referring_page, render, see, submit
from tracker.web.paging import Page, here_with, page_number, per_page
from tracker.web.reference import tree, unit_or_404
from tracker.web.security import safe_next
from tracker.web.shell import Shell, fill_shell

__all__ = ["_views_announcements", "_views_words", "bp", "init"]
P = Permission


def asked_unit() -> UnitNode | None:
    """Return the unit that the address narrows the page to."""
    code = request.args.get("unit", "")
    return unit_or_404(code) if code else None


def _view() -> StageView:
    stage = plan().current_stage(today())
    return stage_view(db(), plan(), stage or abort(404), today(), asked_unit())


def _reason() -> ReasonKind | None:
    asked = request.args.get("reason", "")
    return ReasonKind(asked) if asked in list(ReasonKind) else None


def _filter_line(view: StageView, reason: ReasonKind | None) -> str:
    """Return which units to follow are shown, and how many of all; "" for all of them."""
    return (
        ""
        if reason is None
        else _(
            "%(filter)s %(n)s จาก %(of)s หน่วยงานที่ควรติดตาม",
            filter=REASON_NAMES[reason],
            n=f"{reason_counts(view)[reason]:,}",
            of=f"{len(view.follow):,}",
        )
    )


@bp.get("/follow/")
@requires(P.ATTENTION_READ)
def index() -> str:
    """Show the units to follow, the most urgent first."""
    view, reason = _view(), _reason()
    coordinators, counts = allowed(P.FOLLOWING_MANAGE), reason_counts(view)
    total = counts[reason] if reason else len(view.follow)
    number = page_number(total)
    rows = follow_rows(
        db(),
        view,
        reason=reason,
        coordinators=coordinators,
        first=per_page(),
        after=(number - 1) * per_page(),
    )
    return render(
        "following/index.html",
        view=view,
        stage=view.scope.stage,
        unit=view.scope.within,
        page=Page(rows, number, total),
        paused=paused_rows(db(), view),
        counts=counts,
        reason=reason,
        filtered=_filter_line(view, reason),
        groups=groups_of(tree()),
        here=here_with() if request.args else None,
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {
        "reason_names": REASON_NAMES,
        "lines": lambda reasons: reason_lines(reasons, plan()),
        "call_line": call_line,
        "manages": allowed(P.FOLLOWING_MANAGE),
        "here_with": here_with,
        "day": today(),
    }


@bp.get("/follow.<any(csv, xlsx):extension>")
@requires(P.ATTENTION_READ)
def export(extension: str) -> ResponseReturnValue:
    """Send the units to follow as a file."""
    view, reason = _view(), _reason()
    filtered = _filter_line(view, reason)
    about = (
        f"{_('ระยะที่')} {view.scope.stage.number} {named(view.scope.stage)}",
        f"{_('ข้อมูล ณ')} {format_day(today(), language())}",
        named(view.scope.within) if view.scope.within else _("ทุกหน่วยงาน"),
        *([filtered] if filtered else []),
    )
    table = follow_table(follow_rows(db(), view, reason=reason), plan(), about)
    return send_table(table, extension, f"{table.name} {REASON_NAMES[reason]}" if reason else None)


def _enrolment(enrolment_id: int) -> tuple[EnrolmentInfo, UnitNode]:
    enrolment = enrolment_book(db()).by_id.get(enrolment_id)
    return (enrolment, tree()[enrolment.unit_id]) if enrolment else abort(404)


def _back() -> str:
    """Return the page from which a form was opened, else the list."""
    return safe_next(request.args.get("back"), url_for(".index"))


@bp.route("/follow/<id:enrolment_id>/call", methods=["GET", "POST"])
@requires(P.FOLLOWING_MANAGE)
def call(enrolment_id: int) -> ResponseReturnValue:
    """Note a call."""
    enrolment, unit = _enrolment(enrolment_id)
    back = _back()
    form = CallForm(data={"called_on": today()})
    return submit(
        form,
        "following/call.html",
        do=lambda change: ops.note_call(
            change,
            enrolment_id=enrolment.id,
            note=form.note.data,
            called_on=form.called_on.data or change.today,
            next_on=form.next_on.data,
        ),
        to=lambda _call: back,
        said=lambda noted: notice(
            _("บันทึกการติดตาม %(unit)s แล้ว", unit=named(unit)), url_for(".withdraw_call", call_id=noted.id)
        ),
        unit=unit,
        back=back,
        calls=calls_of(db(), enrolment.id),
    )


@bp.post("/follow/calls/<id:call_id>/withdraw")
@requires(P.FOLLOWING_MANAGE)
def withdraw_call(call_id: int) -> ResponseReturnValue:
    """Take a noted call back."""
    return _put(call_id, ops.withdraw_call, _("ยกเลิกการติดตามที่บันทึกไว้แล้ว"), "restore_call")


@bp.post("/follow/calls/<id:call_id>/restore")
@requires(P.FOLLOWING_MANAGE)
def restore_call(call_id: int) -> ResponseReturnValue:
    """Let a call stand again that was taken back."""
    return _put(call_id, ops.restore_call, _("กู้คืนการติดตามแล้ว"), "withdraw_call")


def _put(call_id: int, do: Callable[..., Call], done: str, undone_by: str) -> ResponseReturnValue:
    if db().get(Call, call_id) is None:
        abort(404)
    with begin_change() as change:
        do(change, call_id=call_id)
    notice(done, url_for(f".{undone_by}", call_id=call_id))
    return see(referring_page() or url_for(".index"))


@bp.route("/follow/<id:enrolment_id>/pause", methods=["GET", "POST"])
@requires(P.FOLLOWING_MANAGE)
def pause(enrolment_id: int) -> ResponseReturnValue:
    """Pause following a unit."""
    enrolment, unit = _enrolment(enrolment_id)
    form, back = PauseForm(), _back()
    return submit(
        form,
        "following/pause.html",
        do=lambda change: ops.pause_following(
            change, enrolment_id=enrolment.id, until=form.until.data or change.today, reason=form.reason.data
        ),
        to=lambda _pause: back,
        said=lambda _pause: notice(
            _("พักการติดตาม %(unit)s แล้ว", unit=named(unit)), url_for(".end_pause", enrolment_id=enrolment.id)
        ),
        unit=unit,
        back=back,
    )


@bp.post("/follow/<id:enrolment_id>/pause/end")
@requires(P.FOLLOWING_MANAGE)
def end_pause(enrolment_id: int) -> ResponseReturnValue:
    """Follow a paused unit again."""
    enrolment, unit = _enrolment(enrolment_id)
    with begin_change() as change:
        ops.end_pause(change, enrolment_id=enrolment.id)
    notice(_("กลับมาติดตาม %(unit)s แล้ว", unit=named(unit)))
    return see(referring_page() or url_for(".index"))


def announcements_now() -> list[str]:
    """Return what is announced today, in the visitor's language."""
    return [named(line, "text") for line in announcements_on(db(), today())]


def fill_announcements(shell: Shell) -> None:
    """Put today's announcements on top of everybody's home."""
    if request.blueprint == "home":
        shell.announcements = announcements_now()


def init(_app: Flask) -> None:
    """Show announcements on everybody's home, and forget kept figures with each change of this process."""
    fill_shell(fill_announcements)
    follow_changes(forget)
