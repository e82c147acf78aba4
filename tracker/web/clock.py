"""The programme's day, for pages; and the real moment, for what says when it was made."""

from datetime import UTC, datetime

from tracker.session import rehearsed_day, today
from tracker.thai.dates import BANGKOK

__all__ = ["BANGKOK", "now", "rehearsed_day", "today"]


def now() -> datetime:
    """Return the real moment, in UTC."""
    return datetime.now(UTC)
