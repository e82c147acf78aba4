"""Pages of events: the list, one event, its steps, its entries, and many entries at once."""

from tracker.sharing.views import entries, events, life, upload
from tracker.sharing.views.base import bp

__all__ = ["bp", "entries", "events", "life", "upload"]
