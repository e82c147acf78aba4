"""The programme's day, for pages."""

from tracker.session import BANGKOK, rehearsed_day, today

__all__ = ["BANGKOK", "rehearsed_day", "today"]
