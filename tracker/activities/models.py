"""Activities, who took part in them, and drafts of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base
from tracker.organisation.models import Audience, EntryDay, Manner

_COUNTED = text("withdrawn_on IS NULL AND hidden_at IS NULL")
_WITHDRAWN = text("withdrawn_on IS NOT NULL")


class Activity(EntryDay, Base):
    """Something that happened on a day at a unit, and the enrolment that it counts for."""

    __tablename__ = "activities"
    __table_args__ = (
        CheckConstraint("participants IS NULL OR participants >= 0", name="participants_not_negative"),
        Index(None, "enrolment_id", "step_id", "entered_on"),
        Index(None, "enrolment_id", "entered_on"),
        Index(None, "unit_id", "held_on"),
        Index(None, "held_on", "id"),
        Index(None, "stage_id", "held_on"),
        # The records that count: a list walks them in order, a number is counted without reading the rows.
        Index(
            "ix_activities_counted",
            "held_on",
            "id",
            "audience",
            "unit_id",
            "hidden_at",
            "withdrawn_on",
            sqlite_where=_COUNTED,
            postgresql_where=_COUNTED,
        ),
        Index(
            "ix_activities_counted_at_units",
            "unit_id",
            "stage_id",
            "held_on",
            "id",
            "audience",
            "hidden_at",
            "withdrawn_on",
            sqlite_where=_COUNTED,
            postgresql_where=_COUNTED,
        ),
        # What counted on a day before: few, and all others are passed over.
        Index(
            "ix_activities_withdrawn",
            "enrolment_id",
            "withdrawn_on",
            sqlite_where=_WITHDRAWN,
            postgresql_where=_WITHDRAWN,
        ),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("steps.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("activity_kinds.id"))
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolments.id"))
    held_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(300))
    outcome: Mapped[str] = mapped_column(Text, default="")
    participants: Mapped[int | None]
    link: Mapped[str] = mapped_column(String(1000), default="")
    secrecy_read: Mapped[bool] = mapped_column(default=False)
    outside_stage_reason: Mapped[str] = mapped_column(String(500), default="")
    audience: Mapped[Audience] = mapped_column(default=Audience.DEPARTMENT)
    search_text: Mapped[str] = mapped_column(Text, default="")
    sort_key: Mapped[str] = mapped_column(String(400), default="")
    import_key: Mapped[str | None] = mapped_column(String(64), unique=True)


class ActivityFacilitator(Base):
    """A facilitator who led an activity."""

    __tablename__ = "activity_facilitators"
    __table_args__ = (UniqueConstraint("activity_id", "facilitator_id"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"))
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitators.id"), index=True)


class ActivityExecutive(Base):
    """An executive post that took part in an activity, and how."""

    __tablename__ = "activity_executives"
    __table_args__ = (UniqueConstraint("activity_id", "post_id"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"))
    post_id: Mapped[int] = mapped_column(ForeignKey("executive_posts.id"), index=True)
    manner: Mapped[Manner]


class ActivityUnit(Base):
    """A further unit that joined an activity (หน่วยงานที่ร่วม)."""

    __tablename__ = "activity_units"
    __table_args__ = (UniqueConstraint("activity_id", "unit_id"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)


class Draft(Base):
    """An activity that is not finished: kept by the unit, shown to nobody else."""

    __tablename__ = "drafts"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    title: Mapped[str] = mapped_column(String(300), default="")
    saved_at: Mapped[datetime]
    values: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
