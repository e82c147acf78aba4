"""What the office and executives say to units, and what the office notes about them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base


class WordKind(StrEnum):
    """What somebody says to a unit."""

    QUESTION = "question"
    ENCOURAGEMENT = "encouragement"


class Word(Base):
    """A sentence to a unit (สอบถามหน่วยงาน, ให้กำลังใจ) and what the unit answered."""

    __tablename__ = "words"
    __table_args__ = (Index(None, "unit_id", "said_at"),)

    kind: Mapped[WordKind]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stages.id"))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("steps.id"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"))
    text: Mapped[str] = mapped_column(String(1000))
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    said_by: Mapped[str] = mapped_column(String(200))
    said_on: Mapped[date]
    said_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(String(2000), default="")
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    answered_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    seen_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    withdrawn_on: Mapped[date | None]


class Call(Base):
    """The office called a unit, and when it will look again."""

    __tablename__ = "calls"
    __table_args__ = (Index(None, "enrolment_id", "called_on"),)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    called_on: Mapped[date]
    next_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(1000), default="")
    called_by: Mapped[str] = mapped_column(String(200))
    called_at: Mapped[datetime]
    withdrawn_on: Mapped[date | None]


class Pause(Base):
    """The office pauses following a unit until a day (included), with a reason.

    From `ended_on`, if there is one, the unit is followed again.
    """

    __tablename__ = "pauses"
    __table_args__ = (CheckConstraint("until >= since", name="until_after_since"),)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(String(500))
    paused_by: Mapped[str] = mapped_column(String(200))
    paused_at: Mapped[datetime]
    ended_on: Mapped[date | None]

    def covers(self, day: date) -> bool:
        """Tell whether following is paused on a day."""
        return self.since <= day <= self.until and (self.ended_on is None or day < self.ended_on)


class Announcement(Base):
    """A line of the office on every home page, from a day to a day (included)."""

    __tablename__ = "announcements"
    __table_args__ = (CheckConstraint("until >= since", name="until_after_since"),)

    text_th: Mapped[str] = mapped_column(String(500))
    text_en: Mapped[str] = mapped_column(String(500), default="")
    since: Mapped[date]
    until: Mapped[date]
    announced_by: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)
