"""Files that a command reads: their problems, told one a line, and rehearsed imports."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from tracker.administration.unit_file import FileProblem, UnitFileError
from tracker.change import Change, RefusedError
from tracker.cli.bar import bar
from tracker.cli.base import ProblemError, change_by_operator, in_english
from tracker.programme.template import TemplateError

SHOWN = 200


class _RehearsedError(Exception):
    """Ends the transaction of a rehearsal."""


@contextmanager
def rehearsal(is_rehearsal: bool) -> Iterator[Change]:
    """Open a change by the operator, and show how far it is; a rehearsal does everything, then undoes it."""
    try:
        with bar("Taking over") as tell, change_by_operator() as change:
            change.tell = tell
            yield change
            if is_rehearsal:
                raise _RehearsedError
    except _RehearsedError:
        click.echo("Dry run: nothing was written.")


def _in_place(line: int, column: str, value: str) -> str:
    return f"line {line}" + (f", {column}" if column else "") + (f" {value!r}" if value else "")


def _sentence(error: RefusedError) -> str:
    said = in_english(error)
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _told(lines: Sequence[str]) -> ProblemError:
    for line in lines[:SHOWN]:
        click.echo(line, err=True)
    if len(lines) > SHOWN:
        click.echo(f"… and {len(lines) - SHOWN} more", err=True)
    plural = "problem" if len(lines) == 1 else "problems"
    return ProblemError(f"{len(lines)} {plural}; nothing was taken over. Mend the file and try again.")


def told(problems: Sequence[FileProblem]) -> ProblemError:
    """Print every problem of a file on stderr, a line each; return the error to raise."""
    return _told(
        [
            f"{_in_place(one.line, one.column, one.value)}: {_sentence(one.said)} {_sentence(one.remedy)}"
            for one in problems
        ]
    )


@contextmanager
def problems_told() -> Iterator[None]:
    """Print what is wrong with a file that an operation refuses."""
    try:
        yield
    except UnitFileError as error:
        raise told(error.problems) from None
    except TemplateError as error:
        raise _told(
            [": ".join(part for part in (one.where, _sentence(one.said)) if part) for one in error.problems]
        ) from None
