"""The bar of a command that takes a while."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Tell = Callable[[int, int], None]


@contextmanager
def bar(label: str) -> Iterator[Tell]:
    """Show how far the block is, on the terminal; give the function that hears (done, of how many)."""
    with click.progressbar(length=100, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as shown:

        def tell(done: int, of: int) -> None:
            shown.update(max(0, 100 * done // of - shown.pos))

        yield tell
        tell(1, 1)
