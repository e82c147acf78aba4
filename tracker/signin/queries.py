"""Questions about sessions, failed attempts and kept texts."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from tracker.accounts.models import Person
from tracker.signin.models import BrowserSession, FailedAttempt, KeptText, Login, SignedIn
from tracker.signin.rules import (
    ACCOUNT_LIMIT,
    ADDRESS_LIMIT,
    KEPT_FOR,
    TOTAL_LIMIT,
    WINDOW,
    Lifetimes,
    network_of,
)


@dataclass(frozen=True, slots=True)
class Failures:
    """When sign-ins failed within the window: for an account from an address, from the address, in all."""

    account: list[datetime]
    address: list[datetime]
    total: list[datetime]

    def by_limit(self) -> tuple[tuple[list[datetime], int], ...]:
        """Return the failures of each kind with how many of them close the door."""
        return ((self.account, ACCOUNT_LIMIT), (self.address, ADDRESS_LIMIT), (self.total, TOTAL_LIMIT))


class KnownSession(NamedTuple):
    """What the table knows of a browser session."""

    id: int
    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    values: dict[str, Any]


# Asked by every request, so built once, and of plain columns: objects take three times as long.
_PERSON = [column.key for column in Person.__table__.columns]
_WHO = (
    select(
        *(getattr(BrowserSession, name) for name in KnownSession._fields),
        *(getattr(Person, name) for name in _PERSON),
        Login.fs_uniquifier,
        Login.active,
    )
    .join(Login, Login.person_id == BrowserSession.person_id)
    .join(Person, Person.id == Login.person_id)
    .where(BrowserSession.token_hash == bindparam("token_hash"))
)


def who_is_here(session: Session, token_hash: str) -> tuple[KnownSession, SignedIn] | None:
    """Return the browser session of a token and whom it belongs to, in one statement."""
    row = session.connection().execute(_WHO, {"token_hash": token_hash}).one_or_none()
    if row is None:
        return None
    known, rest = row[: len(KnownSession._fields)], row[len(KnownSession._fields) :]
    person = SimpleNamespace(**dict(zip(_PERSON, rest, strict=False)))
    return KnownSession(*known), SignedIn(rest[-2], rest[-1], person)


def recent_failures(session: Session, account_hash: str, address: str, now: datetime) -> Failures:
    """Return the failures that count at a moment; those in all never count at a known address."""
    rows = session.execute(
        select(FailedAttempt.at, FailedAttempt.account_hash, FailedAttempt.address).where(
            FailedAttempt.at > now - WINDOW
        )
    ).all()
    everybody = [at for at, _account, _place in rows]
    if len(everybody) >= TOTAL_LIMIT and _somebody_signed_in_from(session, address):
        everybody = []
    return Failures(
        [at for at, account, place in rows if account == account_hash and place == address],
        [at for at, _account, place in rows if place == address],
        everybody,
    )


def _somebody_signed_in_from(session: Session, address: str) -> bool:
    """Tell whether a session that is still remembered, live or ended, began at an address."""
    known = session.scalars(select(BrowserSession.address).distinct())
    return any(network_of(one) == address for one in known)


def live_sessions(
    session: Session, person_id: int, now: datetime, lifetimes: Lifetimes
) -> list[BrowserSession]:
    """Return the sessions in which a person is signed in now, the one used last first."""
    rows = session.scalars(
        select(BrowserSession)
        .where(BrowserSession.person_id == person_id, BrowserSession.ended_at.is_(None))
        .order_by(BrowserSession.seen_at.desc())
    )
    return [row for row in rows if not lifetimes.is_over(row.started_at, row.seen_at, now)]


def whose_token(session: Session, csrf_token: str) -> int | None:
    """Return whose session, live or ended, gave its forms this token; None: nobody's who may enter."""
    return session.scalars(
        select(Person.id)
        .join(BrowserSession, BrowserSession.person_id == Person.id)
        .where(BrowserSession.values["csrf_token"].as_string() == csrf_token, Person.disabled_at.is_(None))
    ).first()


def kept_texts(session: Session, person_id: int, now: datetime) -> list[KeptText]:
    """Return the texts that are kept for a person, the latest first."""
    return list(
        session.scalars(
            select(KeptText)
            .where(KeptText.person_id == person_id, KeptText.kept_at > now - KEPT_FOR)
            .order_by(KeptText.id.desc())
        )
    )
