"""Signing in and out: throttled over all processes, with one answer for wrong and for unknown accounts."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from flask import current_app, g, request, session
from flask_security.utils import login_user, logout_user
from sqlalchemy import delete, event, func, inspect, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper, Session

from tracker.accounts.models import Person
from tracker.accounts.passwords import hash_password, needs_rehash, password_matches
from tracker.accounts.queries import person_by_email
from tracker.audit.models import AuditEntry
from tracker.session import db, today, writing
from tracker.signin.kept import forget_expired
from tracker.signin.models import BrowserSession, FailedAttempt, Login
from tracker.signin.queries import recent_failures
from tracker.signin.rules import ACCOUNT_LIMIT, WINDOW, network_of, wait_after
from tracker.signin.sessions import lifetimes, new_token, own_session, token_hash
from tracker.web.errors import reference

ATTEMPTS_LOCK = 8_040_207_050


class Outcome(StrEnum):
    """How an attempt to sign in went."""

    DONE = "done"
    WRONG = "wrong"
    EXPIRED = "expired"  # the right one-time password, too late
    THROTTLED = "throttled"


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome, who signed in, and how long to wait when there were too many attempts."""

    outcome: Outcome
    person: Person | None = None
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """An attempt, counted as failed until it went well; or how long to wait, when it is one too many."""

    id: int
    account: str
    address: str
    is_last: bool = False
    wait: timedelta | None = None


@event.listens_for(Person, "after_update")
def _end_sessions(_mapper: Mapper[Person], connection: Connection, person: Person) -> None:
    """Put a person out everywhere when the password is changed or the account disabled, whoever does it."""
    state = inspect(person)
    disabled = person.disabled_at is not None and state.attrs.disabled_at.history.has_changes()
    if disabled or state.attrs.password_hash.history.has_changes():
        connection.execute(
            update(BrowserSession)
            .where(BrowserSession.person_id == person.id, BrowserSession.ended_at.is_(None))
            .values(ended_at=datetime.now(UTC))
        )


def _account_hash(email: str) -> str:
    key: str = current_app.config["SECRET_KEY"]
    return hmac.new(key.encode(), email.strip().lower().encode(), hashlib.sha256).hexdigest()


def _address() -> str:
    return (request.remote_addr or "")[:60]


def write_entry(
    writer: Session, verb: str, subject_id: int | None, by: Person | None = None, **details: object
) -> None:
    """Write to the audit trail what happened at the door, to which person, and by whom if that is known."""
    writer.add(
        AuditEntry(
            at=datetime.now(UTC),
            day=today(),
            person_id=by.id if by else None,
            person_name=by.name if by else "",
            verb=verb,
            subject_type="persons",
            subject_id=subject_id,
            reference=reference(),
            details={"address": _address(), **details},
        )
    )


def sign_in(email: str, password: str) -> Answer:
    """Try to sign in; on success this browser gets a new session, whatever it had before."""
    now = datetime.now(UTC)
    today()  # read before a transaction that writes
    attempt = _reserve(email, now)
    if attempt.wait is not None:
        return Answer(Outcome.THROTTLED, wait=attempt.wait)
    person = person_by_email(db(), email)
    known_id, judged = (person.id, person.password_hash) if person else (None, None)
    outcome = _judge(person, password, now)
    if outcome is Outcome.DONE and known_id is not None and judged is not None:
        if (welcomed := _welcome(known_id, password, judged, attempt, now)) is not None:
            return Answer(outcome, welcomed)
        outcome = Outcome.WRONG
    with writing(db()) as writer:
        write_entry(writer, "sign_in_failed", known_id, account=attempt.account[:16], why=outcome.value)
    return Answer(outcome)


def prove(person: Person, password: str) -> Answer:
    """Check the current password of who is signed in, as throttled as signing in.

    Whoever is wrong so often that the door closes is put out: that may be somebody at a PC left open.
    """
    now, person_id, email, password_hash = datetime.now(UTC), person.id, person.email, person.password_hash
    today()
    attempt = _reserve(email, now)
    if attempt.wait is not None:
        return Answer(Outcome.THROTTLED, wait=attempt.wait)
    if password_matches(password_hash, password):
        with writing(db()) as writer:
            _forgive(writer, attempt)
        return Answer(Outcome.DONE)
    with writing(db()) as writer:
        write_entry(writer, "password_check_failed", person_id, person, account=attempt.account[:16])
    if not attempt.is_last:
        return Answer(Outcome.WRONG)
    sign_out()
    return Answer(Outcome.THROTTLED, wait=WINDOW)


def _judge(person: Person | None, password: str, now: datetime) -> Outcome:
    matches = password_matches(person.password_hash if person else None, password)
    if person is None or not matches or person.disabled_at is not None:
        return Outcome.WRONG
    if person.must_change_password and person.password_expires_at and person.password_expires_at < now:
        return Outcome.EXPIRED
    return Outcome.DONE


def _reserve(email: str, now: datetime) -> _Attempt:
    """Count this attempt as failed before it is checked, so that those at the same time count each other."""
    account, address = _account_hash(email), network_of(_address())
    with writing(db()) as writer:
        if writer.get_bind().dialect.name == "postgresql":
            writer.execute(select(func.pg_advisory_xact_lock(ATTEMPTS_LOCK)))
        failures = recent_failures(writer, account, address, now)
        waits = [w for attempts, limit in failures.by_limit() if (w := wait_after(attempts, limit, now))]
        if waits:
            return _Attempt(0, account, address, wait=max(waits))
        row = FailedAttempt(at=now, account_hash=account, address=address)
        writer.add(row)
        writer.execute(delete(FailedAttempt).where(FailedAttempt.at < now - WINDOW * 2))
        writer.flush()
        if any(len(attempts) + 1 == limit for attempts, limit in failures.by_limit()):
            write_entry(writer, "sign_in_throttled", None, account=account[:16])
        return _Attempt(row.id, account, address, is_last=len(failures.account) + 1 == ACCOUNT_LIMIT)


def _forgive(writer: Session, attempt: _Attempt) -> None:
    """Forget an attempt that went well, and the mistakes before it."""
    mistakes = (FailedAttempt.account_hash == attempt.account) & (FailedAttempt.address == attempt.address)
    writer.execute(delete(FailedAttempt).where((FailedAttempt.id == attempt.id) | mistakes))


def _welcome(person_id: int, password: str, judged: str, attempt: _Attempt, now: datetime) -> Person | None:
    """Let somebody in; None when the password that was judged, or the account, was taken back meanwhile."""
    with writing(db()) as writer:
        person = writer.get_one(Person, person_id, with_for_update=True)
        if person.password_hash != judged or person.disabled_at is not None:
            return None
        _forgive(writer, attempt)
        forget_expired(writer, now)
        person.first_signed_in_at = person.first_signed_in_at or now
        person.last_signed_in_at = now
        if person.password_hash and needs_rehash(person.password_hash):
            fresh = hash_password(password)  # by a statement, which leaves the other sessions alone
            writer.execute(update(Person).where(Person.id == person.id).values(password_hash=fresh))
        write_entry(writer, "signed_in", person.id, person)
        started = start_session(writer, person)
    own_session().adopt(*started)
    return person


Started = tuple[BrowserSession, Login, str]


def start_session(writer: Session, person: Person, *, renew: bool = False) -> Started:
    """Begin a session for a person in this browser with a new token; the caller adopts it after the commit.

    `renew` gives the login a new identity, so that no session of before fits it any more.
    """
    now = datetime.now(UTC)
    if (old := own_session().row_id) is not None:
        writer.execute(update(BrowserSession).where(BrowserSession.id == old).values(ended_at=now))
    writer.execute(delete(BrowserSession).where(BrowserSession.seen_at < now - lifetimes().absolute * 3))
    login = _login_of(writer, person)
    if renew:
        login.fs_uniquifier = secrets.token_hex(32)
        writer.flush()
    own_session().abandon()
    login_user(login, remember=False, authn_via=["password"])
    session["csrf_token"] = secrets.token_hex(20)
    token = new_token()
    row = BrowserSession(
        token_hash=token_hash(token),
        person_id=person.id,
        started_at=now,
        seen_at=now,
        address=_address(),
        browser=(request.user_agent.string or "")[:300],
        values=own_session().heavy(),
    )
    writer.add(row)
    writer.flush()
    return row, login, token


def _login_of(writer: Session, person: Person) -> Login:
    login = writer.scalars(select(Login).where(Login.person_id == person.id)).one_or_none()
    if login is None:
        login = Login(person_id=person.id, person=person, fs_uniquifier=secrets.token_hex(32))
        writer.add(login)
        writer.flush()
    return login


def sign_out() -> None:
    """End this browser's session and forget its values."""
    held = own_session()
    if held.row_id is not None and held.login is not None:
        person = held.login.person
        today()
        with writing(db()) as writer:
            writer.execute(
                update(BrowserSession)
                .where(BrowserSession.id == held.row_id)
                .values(ended_at=datetime.now(UTC))
            )
            write_entry(writer, "signed_out", person.id, person)
    logout_user()
    held.abandon()
    g.pop("actor", None)
