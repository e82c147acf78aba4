"""Flask's session, kept in our own table: the browser holds a random token, the table only its hash.

Somebody who is signed out has no row: the little that the sign-in page needs (its CSRF token, a notice)
travels in a signed cookie that lasts two hours. The same cookie carries the notices of those who are
signed in, bound to their token, so that reading pages writes nothing to the database.
"""

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from flask import Flask, Request, Response, current_app, session
from flask.sessions import SessionInterface, SessionMixin
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import CallbackDict

from tracker.session import db, writing
from tracker.signin.models import BrowserSession, Login, SignedIn
from tracker.signin.queries import who_is_here
from tracker.signin.rules import SEEN_EVERY, Lifetimes

PAGE_COOKIE = "tracker_page"
IN_COOKIE = frozenset({"notices", "next"})
WHEN_SIGNED_OUT = frozenset({"csrf_token"})
SIGNED_OUT_SECONDS = 7200
MAX_COOKIE = 3800
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


def new_token() -> str:
    """Return a session token of 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode("ascii")).hexdigest()


def lifetimes() -> Lifetimes:
    """Return how long sessions may last here."""
    return Lifetimes(
        timedelta(minutes=current_app.config["SESSION_IDLE_MINUTES"]),
        timedelta(hours=current_app.config["SESSION_HOURS"]),
    )


class TrackerSession(CallbackDict[str, Any], SessionMixin):
    """The session of a request: empty until it is loaded, for static files and the health check for good."""

    def __init__(self, token: str | None) -> None:
        super().__init__({}, lambda held: setattr(held, "modified", True))
        self.modified = False
        self.token = token if token and _TOKEN.fullmatch(token) else None
        self.is_loaded = False
        self.row_id: int | None = None
        self.login: Login | SignedIn | None = None
        self.stored: dict[str, Any] = {}
        self.in_cookie: dict[str, Any] = {}
        self.ended_login: Login | SignedIn | None = None
        self.is_timed_out = False
        self.cookie: str | None = None  # "set" or "delete": what becomes of the browser's token

    def adopt(self, row: BrowserSession, login: Login, token: str) -> None:
        """Go on as the session of that row, which already holds the values."""
        self.row_id, self.login, self.token = row.id, login, token
        self.stored = dict(row.values)
        self.cookie = "set"
        self.ended_login = None

    def abandon(self) -> None:
        """Go on as somebody who is signed out, knowing nothing of before."""
        self.clear()
        self.row_id = self.login = self.token = self.ended_login = None
        self.stored = {}
        self.cookie = "delete"

    def light(self) -> dict[str, Any]:
        """Return the values that travel in the signed cookie."""
        names = IN_COOKIE if self.row_id else IN_COOKIE | WHEN_SIGNED_OUT
        return {name: value for name, value in self.items() if name in names}

    def heavy(self) -> dict[str, Any]:
        """Return the values that the row holds."""
        return {name: value for name, value in self.items() if name not in IN_COOKIE}


def own_session() -> TrackerSession:
    """Return this request's session."""
    return cast("TrackerSession", session._get_current_object())  # type: ignore[attr-defined]  # a proxy


def _serializer(held: TrackerSession) -> URLSafeTimedSerializer:
    bound = token_hash(held.token) if held.row_id and held.token else "signed out"
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"page {bound}")


def load_session(held: TrackerSession, request: Request) -> None:
    """Find out who this is; one statement, and once a minute a short write of when they were seen."""
    held.is_loaded = True
    now = datetime.now(UTC)
    found = who_is_here(db(), token_hash(held.token)) if held.token else None
    if found is not None:
        row, login = found
        timed_out = lifetimes().is_over(row.started_at, row.seen_at, now)
        if row.ended_at is None and not timed_out and login.person.disabled_at is None:
            held.row_id, held.login, held.stored = row.id, login, dict(row.values)
            if now - row.seen_at >= SEEN_EVERY:
                _note_seen(row.id, now)
        elif login.person.disabled_at is None and now - row.seen_at < lifetimes().absolute * 2:
            held.ended_login, held.is_timed_out = login, row.ended_at is None
    held.in_cookie = _read_cookie(held, request)
    held.update(held.stored | held.in_cookie)
    held.modified = False


def _note_seen(row_id: int, now: datetime) -> None:
    try:
        with writing(db()) as writer:
            writer.execute(
                update(BrowserSession)
                .where(BrowserSession.id == row_id, BrowserSession.ended_at.is_(None))
                .values(seen_at=now)
                .execution_options(synchronize_session=False)
            )
    except DBAPIError:  # a full disk or a long import must not keep people from reading
        current_app.logger.warning("when a session was seen could not be written")


def _read_cookie(held: TrackerSession, request: Request) -> dict[str, Any]:
    text = request.cookies.get(PAGE_COOKIE)
    if not text:
        return {}
    seconds = lifetimes().absolute.total_seconds() if held.row_id else SIGNED_OUT_SECONDS
    names = IN_COOKIE if held.row_id else IN_COOKIE | WHEN_SIGNED_OUT
    try:
        values = _serializer(held).loads(text, max_age=int(seconds))
    except BadData:
        return {}
    return {name: value for name, value in values.items() if name in names}


class DatabaseSessions(SessionInterface):
    """Flask's session interface over our table; who this is gets loaded by the first hook of a request."""

    def open_session(self, app: Flask, request: Request) -> TrackerSession:
        """Take the token from the browser; nothing is asked of the database yet."""
        return TrackerSession(request.cookies.get(self.get_cookie_name(app)))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what changed: values of the row, the signed cookie, the token."""
        held = cast("TrackerSession", session)
        if not held.is_loaded:
            return
        self._save_row(held)
        self._save_page_cookie(app, held, response)
        options = self._options(app)
        name = self.get_cookie_name(app)
        if held.cookie == "set" and held.token:
            response.set_cookie(name, held.token, **options)
        elif held.cookie == "delete":
            response.delete_cookie(name, **options)

    def _options(self, app: Flask) -> dict[str, Any]:
        return {
            "httponly": True,
            "samesite": self.get_cookie_samesite(app),
            "secure": self.get_cookie_secure(app),
            "path": self.get_cookie_path(app),
        }

    def _save_row(self, held: TrackerSession) -> None:
        if held.row_id is None or held.heavy() == held.stored:
            return
        with writing(db()) as writer:
            writer.execute(
                update(BrowserSession)
                .where(BrowserSession.id == held.row_id)
                .values(values=held.heavy())
                .execution_options(synchronize_session=False)
            )

    def _save_page_cookie(self, app: Flask, held: TrackerSession, response: Response) -> None:
        light = held.light()
        if light == held.in_cookie and held.cookie is None:
            return
        if not light:
            response.delete_cookie(PAGE_COOKIE, **self._options(app))
            return
        text = _serializer(held).dumps(light)
        if len(text) > MAX_COOKIE:  # browsers drop a cookie beyond 4 KB, so only the newest notice goes along
            light["notices"] = [[str(line[0])[:300], *line[1:]] for line in light.get("notices", [])[-1:]]
            text = _serializer(held).dumps(light)
        response.set_cookie(PAGE_COOKIE, text, **self._options(app))
