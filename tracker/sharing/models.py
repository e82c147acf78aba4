"""Events, their entries, and who took the entries up."""

from datetime import date
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    case,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base
from tracker.organisation.models import Audience, EntryDay, Manner


class EventType(StrEnum):
    """What kind of day it is."""

    SHARE_AND_SHOW = "share_and_show"
    MARKET = "market"
    OTHER = "other"


class EventState(StrEnum):
    """Where an event stands in its life."""

    PLANNED = "planned"
    HELD = "held"
    SUMMARISED = "summarised"
    CANCELLED = "cancelled"


HELD = (EventState.HELD, EventState.SUMMARISED)


class Event(EntryDay, Base):
    """A day on which people present what they found out; it counts for the host's enrolment."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("attendance IS NULL OR attendance >= 0", name="attendance_not_negative"),
        Index(None, "held_on", "id"),
        Index(None, "enrolment_id"),
    )

    type: Mapped[EventType]
    title: Mapped[str] = mapped_column(String(300))
    sort_key: Mapped[str] = mapped_column(String(400), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolments.id"))
    held_on: Mapped[date]
    hours: Mapped[str] = mapped_column(String(60), default="")
    venue: Mapped[str] = mapped_column(String(300), default="")
    attendance: Mapped[int | None]
    state: Mapped[EventState] = mapped_column(default=EventState.PLANNED)
    summary: Mapped[str] = mapped_column(Text, default="")
    cancelled_reason: Mapped[str] = mapped_column(String(500), default="")
    audience: Mapped[Audience] = mapped_column(default=Audience.DEPARTMENT)
    search_text: Mapped[str] = mapped_column(Text, default="")
    outside_stage_reason: Mapped[str] = mapped_column(
        String(500), default="", server_default=text("''"), sort_order=1
    )

    @property
    def was_held(self) -> bool:
        """Tell whether the event took place, summed up or not."""
        return self.state in HELD


def held_known_on() -> ColumnElement[date]:
    """Return since when it is known that an event was held: its day for one that was planned."""
    return case((Event.held_on > Event.entered_on, Event.held_on), else_=Event.entered_on)


class EventExecutive(Base):
    """An executive post that took part in an event, and how."""

    __tablename__ = "event_executives"
    __table_args__ = (UniqueConstraint("event_id", "post_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    post_id: Mapped[int] = mapped_column(ForeignKey("executive_posts.id"), index=True)
    manner: Mapped[Manner]


class EventFacilitator(Base):
    """A facilitator who led at an event."""

    __tablename__ = "event_facilitators"
    __table_args__ = (UniqueConstraint("event_id", "facilitator_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitators.id"), index=True)


class EventEntry(EntryDay, Base):
    """An innovation shown at an event; it counts for its own unit's enrolment."""

    __tablename__ = "event_entries"
    __table_args__ = (Index(None, "event_id", "position"), Index(None, "enrolment_id"))

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    presenter: Mapped[str] = mapped_column(String(300), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolments.id"))
    change: Mapped[str] = mapped_column(Text, default="")
    award: Mapped[str] = mapped_column(String(200), default="")
    search_text: Mapped[str] = mapped_column(Text, default="")
    import_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    sort_key: Mapped[str] = mapped_column(String(400), default="", server_default=text("''"), sort_order=1)


def shown_known_on() -> ColumnElement[date]:
    """Return since when it is known that an entry was shown: entered, at an event that was held."""
    held = held_known_on()
    return case((EventEntry.entered_on > held, EventEntry.entered_on), else_=held)


class Adoption(Base):
    """A unit took an entry up (การนำไปใช้)."""

    __tablename__ = "adoptions"
    __table_args__ = (UniqueConstraint("entry_id", "unit_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("event_entries.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    adopted_on: Mapped[date]
    entered_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(1000), default="")
    withdrawn_on: Mapped[date | None]
