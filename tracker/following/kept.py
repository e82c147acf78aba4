"""Figures that were computed once and are given again until somebody changes something."""

from tracker.audit.kept import forget, kept

__all__ = ["forget", "kept"]
