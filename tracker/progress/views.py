"""Pages of a step of a unit: its status, what counts as evidence, and the history of what was said."""

from flask import Blueprint, Flask

from tracker.programme.attribution import follow_enrolments
from tracker.progress.attribution import move_records
from tracker.progress.recount import recount
from tracker.session import follow_changes

bp = Blueprint("progress", __name__)


def init(_app: Flask) -> None:
    """Have every change recounted before its commit."""
    follow_enrolments(move_records)
    follow_changes(recount)
