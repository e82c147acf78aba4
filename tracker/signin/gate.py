"""What comes before every page of somebody who is signed in, and where signing in leads."""

from flask import Flask, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from tracker.signin.kept import fill_in_resumed, forget_resumed
from tracker.signin.sessions import own_session
from tracker.web.pages import see
from tracker.web.security import safe_next

ALWAYS = frozenset({"static", "signin.health", "signin.sign_out", "signin.language", "signin.privacy"})
HOME = "/"
A_YEAR = 365 * 24 * 3600


def way_in(wanted: str | None) -> str:
    """Return where to go on: the wanted page if it is one of ours, else the first one."""
    target = safe_next(wanted, HOME)
    return HOME if target.startswith(url_for("signin.sign_in")) else target


def go_on() -> str:
    """Return where somebody who just signed in wanted to go, and forget it."""
    return way_in(own_session().pop("next", None))


def remember_language(answer: Response, code: str) -> Response:
    """Have the browser keep a language, for pages that are read signed out too."""
    answer.set_cookie(
        "language",
        code,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return answer


def first_things_first() -> ResponseReturnValue | None:
    """Ask for an own password, then for the privacy notice to be read, before any other page."""
    if request.endpoint in ALWAYS or not own_session().row_id:
        return None
    person = current_user.person
    if person.must_change_password:
        return None if request.endpoint == "signin.first_password" else see(url_for("signin.first_password"))
    if person.privacy_seen_at is None:
        return see(url_for("signin.privacy"))
    fill_in_resumed()
    return None


def _after(response: Response) -> Response:
    forget_resumed(response.status_code)
    return response


def init_gate(app: Flask) -> None:
    """Put the gate before every request, behind the check of its CSRF token."""
    app.before_request(first_things_first)
    app.after_request(_after)
