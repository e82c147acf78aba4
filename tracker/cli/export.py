"""`tracker export`: the files that the pages give, written to a path."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from flask import Response, current_app, g
from werkzeug.exceptions import HTTPException

from tracker.cli.base import ProblemError, installation, on_database, operator
from tracker.organisation.tree import unit_tree
from tracker.programme.plan import Plan, StageInfo, programme_plan
from tracker.reporting.files import FORMATS as REPORT_FORMATS
from tracker.session import db, today
from tracker.thai.dates import DateError, parse_day

FORMATS = {
    "overview": ("csv", "xlsx"),
    "activities": ("csv", "xlsx"),
    "facilitators": ("csv", "xlsx"),
    "events": ("csv", "xlsx"),
    "report": REPORT_FORMATS,
}
ENDPOINTS = {
    "overview": "overview.export",
    "activities": "activities.export",
    "facilitators": "register.export",
    "events": "sharing.export",
    "report": "reporting.download",
}


# Which options narrow what; the words are those of the pages' addresses.
ACCEPTED = {
    "overview": {"stage", "unit"},
    "activities": {"stage", "unit", "from", "to"},
    "facilitators": {"unit"},
    "events": {"stage", "unit", "from", "to"},
    "report": {"stage", "unit", "from", "to", "annex"},
}


@dataclass(frozen=True)
class Asked:
    """What is to be exported: `arguments` as in the address of the page's own export."""

    what: str
    extension: str
    arguments: dict[str, str]
    stage: int | None
    language: str


def _stage(plan: Plan, number: int | None) -> StageInfo | None:
    stage = plan.stage(number) if number is not None else plan.current_stage(today())
    if number is not None and stage is None:
        raise ProblemError(f"There is no stage {number}.")
    return stage


def _day(option: str, text: str | None) -> str | None:
    """Return a day as an address has it."""
    if text is None:
        return None
    try:
        return parse_day(text).isoformat()
    except DateError:
        raise click.UsageError(f"{option} must be a day such as 2569-06-18, not {text!r}.") from None


def _check_usage(what: str, extension: str, arguments: dict[str, str]) -> None:
    if extension not in FORMATS[what]:
        raise click.UsageError(f"{what} is written as {' or '.join(FORMATS[what])}.")
    if foreign := sorted(set(arguments) - ACCEPTED[what]):
        raise click.UsageError(f"{what} knows no --{foreign[0]}.")


def _check_target(target: Path, *, overwrite: bool) -> None:
    if target.exists() and not overwrite:
        raise ProblemError(f"{target} is there already. Choose another file, or say --overwrite.")
    if not target.absolute().parent.is_dir():
        raise ProblemError(f"There is no folder {target.absolute().parent}.")


def _written(asked: Asked, target: Path) -> None:
    """Ask the page's own view, so that a file of the command line is the file of the page."""
    view: Callable[..., Any] = current_app.view_functions[ENDPOINTS[asked.what]]
    places: dict[str, object] = {"extension": asked.extension}
    if asked.what == "report":
        places["number"] = asked.stage
    with current_app.test_request_context("/", query_string=asked.arguments):
        g.actor, g.language = operator(), asked.language
        answer = current_app.make_response(view(**places))
        _save(answer, target)


def _save(answer: Response, target: Path) -> None:
    """Write to a file beside the target, which appears only when it is whole."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in answer.response:
                file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
            file.flush()
            os.fsync(handle)
        Path(name).replace(target)
    finally:
        answer.close()
        Path(name).unlink(missing_ok=True)


def _why_not(error: HTTPException) -> str:
    """Say why the view gave no file; what the page would say is for a browser."""
    if error.code == 404:
        return (
            "That cannot be exported: the first day must not be after the last one. "
            "Without --from and --to these are the stage's first day and today, or its last day."
        )
    return f"That cannot be exported: the page answers {error.code}."


@click.command(short_help="Write a list, the overview or the progress report to a file.")
@click.argument("what", type=click.Choice(list(FORMATS)))
@click.option("--format", "extension", type=click.Choice(["csv", "xlsx", "docx"]), required=True)
@click.option(
    "--out", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE"
)
@click.option("--overwrite", is_flag=True, help="Replace FILE if it is there.")
@click.option(
    "--stage", type=int, help="Number of a stage; the overview and the report take the current one."
)
@click.option("--unit", metavar="CODE", help="A unit and all below it.")
@click.option("--from", "since", metavar="DAY", help="From this day, B.E. or A.D.")
@click.option("--to", "until", metavar="DAY", help="To this day.")
@click.option("--annex", is_flag=True, help="Report only: with the annex of units to follow.")
@click.option("--language", type=click.Choice(["th", "en"]), default="th", show_default=True)
@on_database
def export(
    what: str, extension: str, target: Path, overwrite: bool, stage: int | None, unit: str | None,
    since: str | None, until: str | None, annex: bool, language: str,
) -> None:  # fmt: skip
    """Write WHAT to FILE: the same rows and figures as the page's own export shows the office.

    Lists and the overview are csv or xlsx, the report docx, xlsx or csv. Every export is in the audit trail.
    """
    installation()
    given = {
        "stage": None if stage is None else str(stage),
        "unit": unit,
        "from": _day("--from", since),
        "to": _day("--to", until),
        "annex": "1" if annex else None,
    }
    arguments = {name: value for name, value in given.items() if value}
    _check_usage(what, extension, arguments)
    _check_target(target, overwrite=overwrite)
    if unit is not None and unit not in unit_tree(db()).by_code:
        raise ProblemError(f"There is no unit {unit}.")
    found = _stage(programme_plan(db()), stage)
    if what == "report" and found is None:
        raise ProblemError("No stage is current; say which by --stage.")
    asked = Asked(what, extension, arguments, found.number if found else None, language)
    try:
        _written(asked, target.absolute())
    except HTTPException as error:
        raise ProblemError(_why_not(error)) from None
    click.echo(f"Wrote {target} ({target.stat().st_size:,} bytes).")
