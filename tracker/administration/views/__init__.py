"""The pages of administration: people, roles, units, posts, settings and the audit trail."""

from tracker.administration.views import audit, imports, index, people, posts, roles, units
from tracker.administration.views.blueprint import bp

__all__ = ["audit", "bp", "imports", "index", "people", "posts", "roles", "units"]
