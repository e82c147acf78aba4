"""The cell of an enrolment and a step, the history of its claim, and what is stored for an enrolment."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base, checked_text


class Claim(StrEnum):
    """What the unit says (หน่วยงานรายงาน); the words are the template's."""

    NONE = "none"
    DOING = "doing"
    DONE = "done"


class StepProgress(Base):
    """One enrolment × one step: the claim, and what was recounted from the records.

    `measured_met` of `measured_rules` evidence rules are met; `evidence` holds {rule code: count};
    `evidence_records` counts live records of any source that the step lists, the first entered on
    `first_evidence_on`; `activities` all live activities; `last_record_on` is the last day on which a
    live record was entered; `joined_units` counts the members whose records count here.
    """

    __tablename__ = "step_progress"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "step_id"),
        CheckConstraint("measured_met <= measured_rules", name="met_of_rules"),
    )

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    step_id: Mapped[int] = mapped_column(ForeignKey("steps.id"), index=True)
    claim: Mapped[Claim] = mapped_column(default=Claim.NONE)
    claimed_on: Mapped[date | None]
    claim_entered_on: Mapped[date | None]
    claim_note: Mapped[str] = mapped_column(String(2000), default="")
    measured_met: Mapped[int] = mapped_column(default=0)
    measured_rules: Mapped[int] = mapped_column(default=0)
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)
    evidence_records: Mapped[int] = mapped_column(default=0)
    first_evidence_on: Mapped[date | None]
    activities: Mapped[int] = mapped_column(default=0)
    last_record_on: Mapped[date | None]
    joined_units: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)


class ClaimChange(Base):
    """One change of a claim: who, when, from, to, why. Only ever added.

    `claimed_on` is the day that the unit states, `entered_on` the programme's day of the entry. A change that
    was taken back and the entry that took it back are `is_undone`: kept, and as if never said.
    """

    __tablename__ = "claim_changes"
    __table_args__ = (Index(None, "enrolment_id", "step_id", "id"),)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    step_id: Mapped[int] = mapped_column(ForeignKey("steps.id"))
    before: Mapped[Claim] = mapped_column(checked_text(Claim, "before"))
    after: Mapped[Claim] = mapped_column(checked_text(Claim, "after"))
    claimed_on: Mapped[date]
    entered_on: Mapped[date]
    entered_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    person_name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(2000), default="")
    on_behalf_reason: Mapped[str] = mapped_column(String(500), default="")
    is_undone: Mapped[bool] = mapped_column(default=False)


class EnrolmentProgress(Base):
    """What is stored for an enrolment as a whole, recounted from its records.

    `executive_first_on` is the day on which the first live record became known in which executives of the
    unit itself took part; `last_record_on` and `last_claim_on` are days of entry;
    `ready_times` and `ready_people` count the preparation (เตรียมความพร้อม).
    """

    __tablename__ = "enrolment_progress"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"), unique=True)
    executive_first_on: Mapped[date | None]
    last_record_on: Mapped[date | None]
    last_claim_on: Mapped[date | None]
    records: Mapped[int] = mapped_column(default=0)
    ready_times: Mapped[int] = mapped_column(default=0)
    ready_people: Mapped[int] = mapped_column(default=0)


class MonthCount(Base):
    """How many live activities of an enrolment happened in a month (`month` is its first day)."""

    __tablename__ = "month_counts"
    __table_args__ = (UniqueConstraint("enrolment_id", "month"),)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    month: Mapped[date]
    activities: Mapped[int]
