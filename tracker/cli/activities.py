"""`tracker activities …`."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask_babel import force_locale

from tracker.activities.operations import log_many
from tracker.activities.rules import ActivityValues
from tracker.activities.workbook import COLUMNS, PREFILLED, check_rows
from tracker.change import Change
from tracker.cli.base import ProblemError, on_database, operator, real_installation
from tracker.cli.files import SHOWN, rehearsal
from tracker.cli.units import FILE, dry_run_option
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.session import db, today
from tracker.web.uploads import Checkup
from tracker.web.workbooks import Problem, UnreadableFileError, read_file


@click.group("activities", short_help="Take activities over from a file.")
def group() -> None:
    """Work with activities."""


def _told(problems: list[Problem]) -> ProblemError:
    for one in problems[:SHOWN]:
        place = " ".join(part for part in (one.sheet, one.cell, repr(one.value) if one.value else "") if part)
        click.echo(f"{place}: {one.sentence} {one.remedy}".strip(), err=True)
    return ProblemError(f"{len(problems)} problems; nothing was taken over. Mend the file and try again.")


def _checked(change: Change, file: Path, node: UnitNode | None) -> Checkup[ActivityValues]:
    try:
        reading = read_file(file.read_bytes(), file.name, COLUMNS, prefilled=PREFILLED)
    except UnreadableFileError as unreadable:
        raise _told([unreadable.problem]) from None
    checkup = check_rows(change, reading, node, secrecy_read=True, reason="นำเข้าโดยผู้ดูแลระบบ")
    if checkup.problems:
        raise _told(checkup.problems)
    return checkup


@group.command("import")
@click.argument("file", type=FILE)
@click.option("--unit", metavar="CODE", help="Unit of all rows; without it every row names its own.")
@click.option("--similar", is_flag=True, help="Add rows that may be recorded already, too.")
@dry_run_option
@on_database
def import_(file: Path, unit: str | None, similar: bool, dry_run: bool) -> None:
    """Take activities over from FILE (xlsx or csv, as the page's template): all rows, or none.

    Every problem is named by sheet and cell, with its remedy. The same file again adds nothing. A row
    with unit, day, step, kind and title of a record is named and left out, unless --similar is given.
    """
    real_installation()
    node = unit_tree(db()).by_code.get(unit) if unit else None
    if unit and node is None:
        raise ProblemError(f"There is no unit {unit}.")
    with force_locale("en"):
        checkup = _checked(Change(db(), operator(), datetime.now(UTC), today()), file, node)
    rows = checkup.rows + [one.row for one in checkup.similar if similar]
    with rehearsal(dry_run) as change:
        made = len(log_many(change, rows))
    for sheet in checkup.unread:
        click.echo(f"Sheet {sheet!r} has not all the headings and was not read.", err=True)
    for one in checkup.similar:
        done = "added" if similar else "left out"
        click.echo(f"{one.row.held_on} {one.row.title}: may be activity {one.id} already; {done}.", err=True)
    told = [f"{made} activities added", f"{checkup.known} known already"]
    told += [f"{checkup.withdrawn} withdrawn"] if checkup.withdrawn else []
    if checkup.similar and not similar:
        told.append(f"{len(checkup.similar)} left out as possible doubles (--similar adds them)")
    click.echo(", ".join(told) + ".")
    for differing in checkup.differing:
        labels = ", ".join(differing.labels)
        click.echo(f"{differing.title}: the record differs ({labels}); change it on its page.")
