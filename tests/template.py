"""Puts the programme template that the tracker ships with into an empty database."""

from datetime import UTC, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tracker.accounts.permissions import system_actor
from tracker.audit.models import AuditEntry
from tracker.change import Change
from tracker.programme.operations import install_template
from tracker.programme.template import read_template


def load_template(session: Session, first_fiscal_year: int) -> None:
    """Load levels, stages, steps, kinds and rules; the first stage is that of a B.E. fiscal year."""
    at = datetime.now(UTC)
    change = Change(session, system_actor("tests"), at, at.date())
    install_template(change, template=read_template(), first_fiscal_year=first_fiscal_year)
    session.execute(delete(AuditEntry))  # the world begins with an empty trail
