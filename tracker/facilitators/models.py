"""Facilitators and their trainings. Facilitators are people of the register, not accounts."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base
from tracker.organisation.models import Audience, EntryDay


class KmRole(StrEnum):
    """What somebody does in knowledge sharing."""

    SPONSOR = "sponsor"
    FACILITATOR = "facilitator"
    PRACTITIONER = "practitioner"
    NOTE_TAKER = "note_taker"
    NETWORKER = "networker"


class Facilitator(EntryDay, Base):
    """Somebody who can lead others to share what they know."""

    __tablename__ = "facilitators"

    name: Mapped[str] = mapped_column(String(200))
    position_title: Mapped[str] = mapped_column(String(200), default="")
    sort_key: Mapped[str] = mapped_column(String(400), default="", index=True)
    search_text: Mapped[str] = mapped_column(String(1000), default="")
    appointed_by: Mapped[str] = mapped_column(String(200), default="")
    appointed_on: Mapped[date | None]
    remarks: Mapped[str] = mapped_column(String(2000), default="")


class FacilitatorRole(Base):
    """A KM role that a facilitator plays."""

    __tablename__ = "facilitator_roles"
    __table_args__ = (UniqueConstraint("facilitator_id", "kind"),)

    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitators.id"))
    kind: Mapped[KmRole]


class Posting(Base):
    """Where a facilitator serves, from a day to a day (the last day included).

    `entered_on` is the programme's day on which that was entered, `until_entered_on` the one of its end.
    """

    __tablename__ = "postings"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),)

    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitators.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    entered_on: Mapped[date]
    until_entered_on: Mapped[date | None]

    def holds_on(self, day: date) -> bool:
        """Tell whether the facilitator serves there on a day."""
        return self.since <= day and (self.until is None or self.until >= day)

    def end(self, until: date, entered_on: date) -> None:
        """Set the last day, and when that was entered."""
        self.until, self.until_entered_on = until, entered_on

    def open_again(self) -> None:
        """Take the end back, as if it had never been entered."""
        self.until = self.until_entered_on = None


class Training(EntryDay, Base):
    """A course for facilitators, held by a unit in a stage."""

    __tablename__ = "trainings"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index(None, "unit_id", "starts_on"),
    )

    course: Mapped[str] = mapped_column(String(300))
    sort_key: Mapped[str] = mapped_column(String(400), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    hours: Mapped[int | None]
    audience: Mapped[Audience] = mapped_column(default=Audience.DEPARTMENT)
    outside_stage_reason: Mapped[str] = mapped_column(String(500), default="")
    search_text: Mapped[str] = mapped_column(String(1000), default="")


class Attendance(Base):
    """A facilitator attended a training, and passed it or not.

    `entered_on` is the day on which the attendance was entered, `passed_on` the one on which it was marked
    as passed: later when the mark came later, none without it.
    """

    __tablename__ = "attendances"
    __table_args__ = (UniqueConstraint("training_id", "facilitator_id"),)

    training_id: Mapped[int] = mapped_column(ForeignKey("trainings.id"))
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitators.id"), index=True)
    passed: Mapped[bool]
    entered_on: Mapped[date]
    passed_on: Mapped[date | None]
