"""Persons and the roles they hold."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base


class RoleKind(StrEnum):
    """What a person does in the programme."""

    COORDINATOR = "coordinator"
    UNIT_HEAD = "unit_head"
    OFFICE = "office"
    EXECUTIVE = "executive"
    ADMINISTRATOR = "administrator"


class Person(Base):
    """Somebody with an account."""

    __tablename__ = "persons"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(String(400), default="")
    search_text: Mapped[str] = mapped_column(String(1000), default="")
    office_phone: Mapped[str] = mapped_column(String(50), default="")
    language: Mapped[str] = mapped_column(String(5), default="th")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    password_expires_at: Mapped[datetime | None]
    privacy_seen_at: Mapped[datetime | None]
    first_signed_in_at: Mapped[datetime | None]
    last_signed_in_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    disabled_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)


class HeldRole(Base):
    """A role that a person holds at a unit from a day to a day (the last day included)."""

    __tablename__ = "held_roles"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    kind: Mapped[RoleKind]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]

    def holds_on(self, day: date) -> bool:
        """Tell whether the role is held on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def overlaps(self, kind: RoleKind, unit_id: int, since: date, until: date | None) -> bool:
        """Tell whether it is that role at that unit on any day from one to another."""
        same = self.kind is kind and self.unit_id == unit_id
        return same and (self.until is None or self.until >= since) and (until is None or self.since <= until)
