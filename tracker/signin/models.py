"""What signing in needs to remember. `Login` and `SignedIn` alone know a web library (Flask-Security)."""

from datetime import datetime
from typing import Any

from flask_security import UserMixin
from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.models import Person
from tracker.database import Base


class Login(UserMixin, Base):
    """What Flask-Security needs to know of a person: exactly one row for each."""

    __tablename__ = "logins"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), unique=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    active: Mapped[bool] = mapped_column(default=True)

    person: Mapped[Person] = relationship(lazy="joined")


class SignedIn(UserMixin):
    """Whom a browser session belongs to: its login in plain values, which no rollback takes away."""

    def __init__(self, fs_uniquifier: str, active: bool, person: Any) -> None:
        self.fs_uniquifier = fs_uniquifier
        self.active = active
        self.person = person  # what `Person` has, to be read only


class BrowserSession(Base):
    """A browser that is signed in, or about to be; the token itself is never stored."""

    __tablename__ = "browser_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(60), default="")
    browser: Mapped[str] = mapped_column(String(300), default="")
    values: Mapped[dict[str, Any]]


class FailedAttempt(Base):
    """A sign-in that failed; counted over all processes to slow down guessing."""

    __tablename__ = "failed_attempts"
    __table_args__ = (Index(None, "account_hash", "at"), Index(None, "address", "at"))

    at: Mapped[datetime] = mapped_column(index=True)
    account_hash: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(60))


class KeptText(Base):
    """A form that a session's end interrupted: encrypted, for its account only, for half an hour."""

    __tablename__ = "kept_texts"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    kept_at: Mapped[datetime]
    path: Mapped[str] = mapped_column(String(1000))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
