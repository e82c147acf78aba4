"""The programme and its enrolments, for pages."""

from tracker.programme.enrolments import EnrolmentBook, enrolment_book
from tracker.programme.plan import Plan, programme_plan
from tracker.session import db


def plan() -> Plan:
    """Return the programme."""
    return programme_plan(db())


def book() -> EnrolmentBook:
    """Return all enrolments."""
    return enrolment_book(db())
