"""Stages, steps, kinds of activity, evidence rules and enrolments: rows that a template file fills."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base


class Programme(Base):
    """The programme itself: exactly one row."""

    __tablename__ = "programmes"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    code: Mapped[str] = mapped_column(String(40))
    name_th: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300))
    chosen_stage_id: Mapped[int | None]
    template: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)


class Stage(Base):
    """One of the yearly stages; it starts and ends with its fiscal year (B.E. in `fiscal_year`)."""

    __tablename__ = "stages"
    __table_args__ = (CheckConstraint("ends_on > starts_on", name="ends_after_start"),)

    number: Mapped[int] = mapped_column(unique=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    short_name_th: Mapped[str] = mapped_column(String(100))
    short_name_en: Mapped[str] = mapped_column(String(100))
    fiscal_year: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    levels: Mapped[list[str]]
    unit_word_th: Mapped[str] = mapped_column(String(60), default="หน่วยงาน")
    unit_word_en: Mapped[str] = mapped_column(String(60), default="units")
    closed_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)
    unit_word_one_en: Mapped[str] = mapped_column(String(60), default="")


class Step(Base):
    """One of the steps that every enrolled unit does inside a stage."""

    __tablename__ = "steps"

    number: Mapped[int] = mapped_column(unique=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    short_name_th: Mapped[str] = mapped_column(String(100))
    short_name_en: Mapped[str] = mapped_column(String(100))
    purpose_th: Mapped[str] = mapped_column(String(2000), default="")
    purpose_en: Mapped[str] = mapped_column(String(2000), default="")
    help_th: Mapped[str] = mapped_column(String(2000), default="")
    help_en: Mapped[str] = mapped_column(String(2000), default="")
    is_state: Mapped[bool] = mapped_column(default=False)
    claim_words: Mapped[dict[str, Any]]


class StageStep(Base):
    """When a step of a stage is due: the last day of a month, or never."""

    __tablename__ = "stage_steps"
    __table_args__ = (UniqueConstraint("stage_id", "step_id"),)

    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"))
    step_id: Mapped[int] = mapped_column(ForeignKey("steps.id"))
    due_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)


class ActivityKind(Base):
    """A kind of activity: of one step, of every step (`is_everywhere`), or of none (preparation)."""

    __tablename__ = "activity_kinds"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    step_id: Mapped[int | None] = mapped_column(ForeignKey("steps.id"))
    is_everywhere: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))


class EvidenceRule(Base):
    """What the template counts as evidence of a step: at least so many records of a source."""

    __tablename__ = "evidence_rules"
    __table_args__ = (CheckConstraint("at_least > 0", name="at_least_one"),)

    step_id: Mapped[int] = mapped_column(ForeignKey("steps.id"), index=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    position: Mapped[int]
    source: Mapped[str] = mapped_column(String(40))
    kinds: Mapped[list[str]]
    at_least: Mapped[int]
    name_th: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300))


class Enrolment(Base):
    """A unit takes part in a stage (การเข้าร่วม): the denominator of every figure."""

    __tablename__ = "enrolments"
    __table_args__ = (UniqueConstraint("stage_id", "unit_id"), Index(None, "unit_id"))

    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    enrolled_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)
