"""The `tracker` command: what whoever operates the tracker types."""

from tracker.cli.command import main

__all__ = ["main"]
