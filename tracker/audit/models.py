"""The entries of the audit trail; they are only ever added."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base


class AuditEntry(Base):
    """One thing that somebody did: `at` is the real moment, `day` the programme's day."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "subject_type", "subject_id"), Index(None, "unit_id", "id"))

    at: Mapped[datetime] = mapped_column(index=True)
    day: Mapped[date]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    person_name: Mapped[str] = mapped_column(String(200))
    verb: Mapped[str] = mapped_column(String(40))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    reference: Mapped[str] = mapped_column(String(20), default="")
    details: Mapped[dict[str, Any]]
