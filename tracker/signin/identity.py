"""Who is here: Flask-Security over our sessions, loaded before everything else that a request does."""

from typing import Any

from flask import Flask, g, request
from flask_security import RoleMixin, Security, UserDatastore, current_user

from tracker.accounts.queries import actor_for
from tracker.session import db, today
from tracker.settings import SettingError
from tracker.signin.models import Login, SignedIn
from tracker.signin.sessions import DatabaseSessions, load_session, own_session
from tracker.web.i18n import LANGUAGES

WITHOUT_SESSION = frozenset({"static", "signin.health"})


class LoginDatastore(UserDatastore):
    """What Flask-Security asks for users: only ever the one whose session was found in our table."""

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> Login | SignedIn | None:
        """Return the login of this request's session if it is the one that is asked for."""
        login = own_session().login
        if login is None or kwargs.get("fs_uniquifier") != login.fs_uniquifier:
            return None
        return login

    def find_role(self, role: str) -> None:
        """Return nothing: roles are those of `tracker.accounts`."""
        return

    def put(self, model: Any) -> Any:
        """Add to the running transaction; only `tracker.session` commits."""
        db().add(model)
        return model

    def commit(self) -> None:
        """Leave it to the transaction that is open."""


def load_visitor() -> None:
    """Set `g.actor` and `g.language` for who is signed in; the first thing that happens in a request."""
    if request.endpoint in WITHOUT_SESSION:
        return
    load_session(own_session(), request)
    if not current_user or not current_user.is_authenticated:
        return
    person = current_user.person
    g.actor = actor_for(db(), person, today())
    chosen = request.cookies.get("language")
    g.language = chosen if chosen in LANGUAGES else person.language


def init_identity(app: Flask) -> None:
    """Put Flask-Security and our session store into the application; raise SettingError without a secret."""
    if not app.config.get("SECRET_KEY"):
        raise SettingError("TRACKER_SECRET_KEY is missing: it needs at least 32 random characters.")
    app.config.update(
        SESSION_COOKIE_NAME="tracker_session",
        SESSION_PROTECTION=None,  # a phone changes its address; the token alone says who this is
        SECURITY_PASSWORD_SINGLE_HASH=True,  # passwords are hashed by tracker.accounts.passwords only
        SECURITY_DEFAULT_REMEMBER_ME=False,
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
        SECURITY_ANONYMOUS_USER_DISABLED=False,
    )
    app.session_interface = DatabaseSessions()
    security = Security(app, LoginDatastore(Login, RoleMixin), register_blueprint=False)
    security.login_manager._request_callback = None  # no tokens in addresses, headers or JSON
    app.before_request_funcs.setdefault(None, []).insert(0, load_visitor)
