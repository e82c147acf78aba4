"""One's own account: what it says, the password, where one is signed in."""

from datetime import UTC, datetime

from flask import Blueprint, abort, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from tracker.accounts.models import Person
from tracker.accounts.permissions import Permission
from tracker.accounts.queries import is_printed
from tracker.change import StaleError
from tracker.organisation.tree import UnitNode
from tracker.session import begin_change, db
from tracker.signin.forms import AccountForm, PasswordForm
from tracker.signin.gate import remember_language
from tracker.signin.operations import edit_account, end_other_sessions, end_session
from tracker.signin.queries import live_sessions
from tracker.signin.replacing import replace_password
from tracker.signin.rules import device_name
from tracker.signin.sessions import lifetimes, own_session
from tracker.web.conflicts import conflict_page, form_pairs
from tracker.web.forms import TrackerForm
from tracker.web.guards import actor, requires
from tracker.web.i18n import LANGUAGES
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, render, see, submit
from tracker.web.reference import tree
from tracker.web.shell import ROLE_NAMES

bp = Blueprint("account", __name__, url_prefix="/account")


def _own_roles() -> list[tuple[str, UnitNode | None]]:
    return [(str(ROLE_NAMES[role.kind]), tree().get(role.unit_id)) for role in actor().roles]


@bp.get("")
@requires(Permission.ACCOUNT_OWN)
def show() -> ResponseReturnValue:
    """Show what the account says."""
    person = current_user.person
    return render(
        "account/show.html", person=person, roles=_own_roles(), language_name=LANGUAGES[person.language]
    )


@bp.route("/edit", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def edit() -> ResponseReturnValue:
    """Change the name, the office phone and the language."""
    person: Person = current_user.person
    form = AccountForm(obj=person)
    answer = submit(
        form,
        "account/edit.html",
        do=lambda change: edit_account(
            change,
            name=form.name.data,
            office_phone=form.office_phone.data,
            language=form.chosen_language,
            opened_with=form.opened_with,
        ),
        to=lambda _person: url_for("account.show"),
        said=lambda _person: notice(_("บันทึกบัญชีแล้ว")),
        conflict=_both_versions,
    )
    response = make_response(answer)
    return remember_language(response, form.chosen_language) if response.status_code == 303 else response


def _both_versions(form: TrackerForm, stale: StaleError) -> ResponseReturnValue:
    stored = {name: getattr(stale.current, name) for name in ("name", "office_phone", "language")}
    return conflict_page(stale, form_pairs(form, stored), show_url=url_for("account.show"))


@bp.route("/password", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def password() -> ResponseReturnValue:
    """Change the password."""
    if is_printed(db(), current_user.person):
        return render("account/password.html", form=None), 200 if request.method == "GET" else 422
    return replace_password(PasswordForm(), "account/password.html", url_for("account.show"))


@bp.get("/sessions")
@requires(Permission.ACCOUNT_OWN)
def sessions() -> ResponseReturnValue:
    """Show where one is signed in."""
    rows = live_sessions(db(), current_user.person.id, datetime.now(UTC), lifetimes())
    return render("account/sessions.html", sessions=rows, own_id=own_session().row_id, device=device_name)


@bp.post("/sessions/<id:session_id>/end")
@requires(Permission.ACCOUNT_OWN)
def end(session_id: int) -> ResponseReturnValue:
    """Sign one browser out."""
    with begin_change() as change:
        ended = end_session(change, session_id=session_id)
    if not ended:
        abort(404)
    notice(_("ให้เครื่องนั้นออกจากระบบแล้ว"))
    return see(url_for("account.sessions"))


@bp.post("/sessions/end-others")
@requires(Permission.ACCOUNT_OWN)
def end_others() -> ResponseReturnValue:
    """Sign all other browsers out."""
    with begin_change() as change:
        end_other_sessions(change, but=own_session().row_id or 0)
    notice(_("ให้เครื่องอื่นทั้งหมดออกจากระบบแล้ว"))
    return see(url_for("account.sessions"))
