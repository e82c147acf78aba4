"""The texts of reports: those of a period, and those of the period before it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.reporting.models import ReportText

FIELDS = ("problems", "suggestions", "factors")


@dataclass(frozen=True, slots=True)
class Texts:
    """What people typed into a report; `carried_from` is the last day of the earlier period it is taken from.

    `version` is 0 where nothing was kept for this very period yet.
    """

    problems: str = ""
    suggestions: str = ""
    factors: str = ""
    carried_from: date | None = None
    version: int = 0


def report_text(session: Session, stage_id: int, unit_id: int, since: date, until: date) -> ReportText | None:
    """Return what was kept for a stage, unit and period."""
    return session.scalar(
        select(ReportText).where(
            ReportText.stage_id == stage_id,
            ReportText.unit_id == unit_id,
            ReportText.starts_on == since,
            ReportText.ends_on == until,
        )
    )


def text_before(session: Session, stage_id: int, unit_id: int, until: date) -> ReportText | None:
    """Return what was kept for the latest period that ended before a day."""
    return session.scalar(
        select(ReportText)
        .where(ReportText.stage_id == stage_id, ReportText.unit_id == unit_id, ReportText.ends_on < until)
        .order_by(ReportText.ends_on.desc(), ReportText.starts_on, ReportText.id)
        .limit(1)
    )


def texts_for(session: Session, stage_id: int, unit_id: int, since: date, until: date) -> Texts:
    """Return the texts of a period; where nothing was kept for it, those of the period before."""
    found = report_text(session, stage_id, unit_id, since, until)
    if found is not None:
        return Texts(found.problems, found.suggestions, found.factors, None, found.version)
    before = text_before(session, stage_id, unit_id, until)
    if before is None:
        return Texts()
    return Texts(before.problems, before.suggestions, before.factors, before.ends_on)
