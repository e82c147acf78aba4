"""Signing in and out, the language, the first password, the privacy notice, kept texts, the health check."""

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from tracker.accounts.models import Person
from tracker.accounts.permissions import Permission
from tracker.change import msgid
from tracker.organisation.models import Installation
from tracker.session import db
from tracker.signin import account, kept, signing
from tracker.signin.forms import FirstPasswordForm, SignInForm
from tracker.signin.gate import go_on, init_gate, remember_language, way_in
from tracker.signin.identity import init_identity
from tracker.signin.operations import acknowledge_privacy
from tracker.signin.replacing import replace_password
from tracker.signin.sessions import own_session
from tracker.signin.signing import Outcome
from tracker.signin.waiting import wait_page
from tracker.web.forms import TrackerForm
from tracker.web.guards import actor, public, requires, visitor
from tracker.web.i18n import LANGUAGES
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, render, render_form, see, submit
from tracker.web.reference import here
from tracker.web.shell import rehearsal_banner

bp = Blueprint("signin", __name__)


def init(app: Flask) -> None:
    """Put sign-in into the application: who is here, what comes before everything else, kept texts."""
    init_identity(app)
    init_gate(app)
    app.register_blueprint(account.bp)
    app.extensions["keep_interrupted"] = kept.keep_interrupted


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask who one is."""
    if visitor().person_id is not None:
        return see(way_in(request.args.get("next")))
    form = SignInForm()
    if form.validate_on_submit():
        answer = signing.sign_in(form.email.data, form.password.data)
        if answer.outcome is Outcome.DONE and answer.person is not None:
            return _welcome(answer.person)
        if answer.outcome is Outcome.THROTTLED:
            return wait_page(answer.wait, msgid("เข้าสู่ระบบไม่สำเร็จหลายครั้ง ลองใหม่ได้ในอีก %(minutes)s นาที"))
        form.form_errors = [_refusal(answer.outcome)]
    return _sign_in_page(form)


def _sign_in_page(form: SignInForm) -> ResponseReturnValue:
    info = here()
    accounts = current_app.config.get("DEMO_ACCOUNTS") if info and info.is_demo else None
    minutes = current_app.config["SESSION_IDLE_MINUTES"]
    return render_form(
        "signin/sign_in.html",
        form,
        info=info,
        banner=rehearsal_banner(),
        demo_accounts=accounts or [],
        timed_out=minutes if own_session().is_timed_out and not form.is_submitted() else None,
    )


def _refusal(outcome: Outcome) -> str:
    if outcome is Outcome.EXPIRED:
        return _("รหัสผ่านชั่วคราวนี้หมดอายุแล้ว ขอใหม่จากผู้ดูแลระบบ")
    return _("อีเมลหรือรหัสผ่านไม่ถูกต้อง")


def _welcome(person: Person) -> ResponseReturnValue:
    """Send somebody who just signed in to what comes first."""
    target = way_in(request.args.get("next"))
    if any(resumed.is_interrupted for resumed in kept.kept_for(person.id)):
        target = url_for("signin.resume")
    if person.must_change_password or person.privacy_seen_at is None:
        own_session()["next"] = target
    return see(target)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End this session."""
    signing.sign_out()
    notice(_("ออกจากระบบแล้ว"))
    return see(url_for("signin.sign_in"))


@bp.route("/language/<code>", methods=["GET", "POST"])
@public
def language(code: str) -> ResponseReturnValue:
    """Read on in another language, with what was typed: this browser keeps it, the account says its own."""
    if code not in LANGUAGES:
        abort(404)
    target = way_in(request.args.get("next"))
    if request.method == "POST":
        g.language = code
        filled_in = kept.keep_typed(target, request.form.get("typed", ""))
        if filled_in != target:
            notice(_("ยังไม่ได้บันทึก ข้อความที่พิมพ์ไว้ยังอยู่ ตรวจแล้วกดบันทึก"), kind="warning")
        target = filled_in
    answer = make_response(redirect(target, 303))
    return remember_language(answer, code)


@bp.route("/first-password", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def first_password() -> ResponseReturnValue:
    """Replace a one-time password before anything else."""
    if not current_user.person.must_change_password:
        return see(go_on())
    return replace_password(FirstPasswordForm(), "signin/first_password.html", url_for("signin.privacy"))


@bp.route("/privacy", methods=["GET", "POST"])
@public
def privacy() -> ResponseReturnValue:
    """Say what is kept about people; asked to be read once, readable by everybody at any time."""
    if visitor().person_id is None or current_user.person.must_change_password:
        return render("signin/privacy.html", form=None, info=here())
    if current_user.person.privacy_seen_at is not None:
        if "next" in own_session():
            return see(go_on())
        return render("signin/privacy.html", form=None, info=here())
    return submit(
        TrackerForm(),
        "signin/privacy.html",
        do=acknowledge_privacy,
        to=lambda _person: go_on(),
        info=here(),
    )


@bp.route("/resume", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def resume() -> ResponseReturnValue:
    """Show the texts that a session's end interrupted; let one be thrown away."""
    person_id = actor().person_id
    if person_id is not None and request.method == "POST":
        kept_id = request.form.get("kept", "")
        if kept_id.isascii() and kept_id.isdigit() and len(kept_id) < 10:
            kept.forget_kept(int(kept_id), person_id)
            notice(_("ทิ้งข้อความที่เก็บไว้แล้ว"))
        return see(url_for("signin.resume"))
    return render("signin/resume.html", kept=kept.kept_for(person_id or 0))


@bp.get("/health")
@public
def health() -> ResponseReturnValue:
    """Tell a watcher whether the tracker and its database answer; nothing else."""
    try:
        db().execute(select(Installation.id))
    except (DBAPIError, PoolTimeoutError):
        return Response("unavailable\n", 503, mimetype="text/plain")
    return Response("ok\n", 200, mimetype="text/plain")
