"""Pages of activities: the list, one record, the form, and many at once."""

from flask import Flask

from tracker.activities.handover import move_drafts
from tracker.activities.views import form, lists, record, upload
from tracker.activities.views.base import bp
from tracker.administration.rows import follow_handovers

__all__ = ["bp", "form", "init", "lists", "record", "upload"]


def init(_app: Flask) -> None:
    """Have a leaver's drafts handed over with the roles."""
    follow_handovers(move_drafts)
