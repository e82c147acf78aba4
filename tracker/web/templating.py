"""Jinja as Flask sets it up, but for one thing that every page pays for."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class PageEnvironment(Environment):
    """Flask's environment whose templates share one plain dictionary of globals.

    Jinja gives each template a chain of its own, so that one may be loaded with more globals; none of ours
    is, and each import of a page (some ten) would compare and copy the chain name by name.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the environment's globals themselves, unless a template brings some of its own."""
        return super().make_globals(d) if d else self.globals
