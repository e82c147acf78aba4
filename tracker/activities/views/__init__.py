"""Pages of activities: the list, one record, the form, and many at once."""

from tracker.activities.views import form, lists, record, upload
from tracker.activities.views.base import bp

__all__ = ["bp", "form", "lists", "record", "upload"]
