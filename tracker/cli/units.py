"""`tracker units …`."""

from pathlib import Path

import click
from flask_babel import force_locale

from tracker.administration.files import read_unit_file
from tracker.administration.operations import import_units
from tracker.cli.base import on_database, real_installation
from tracker.cli.files import problems_told, rehearsal, told

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
dry_run_option = click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")


@click.group("units", short_help="Take units over from a file.")
def group() -> None:
    """Work with the units of the organisation."""


@group.command("import")
@click.argument("file", type=FILE)
@dry_run_option
@on_database
def import_(file: Path, dry_run: bool) -> None:
    """Take units over from FILE, csv or xlsx: all rows, or none.

    Units that are absent from the file stay as they are; a unit is known by its code. The same file
    again changes nothing. Every problem is named by line, column, value and remedy.
    """
    real_installation()
    with force_locale("en"):
        rows, problems = read_unit_file(file.read_bytes())
    if problems:
        raise told(problems)
    with problems_told(), rehearsal(dry_run) as change:
        result = import_units(change, rows=rows)
    for code, fields in result.changed.items():
        words = [f"{name} {old or '-'} → {new or '-'}" for name, (old, new) in fields.items()]
        click.echo(f"{code}: {', '.join(words)}")
    click.echo(
        f"{len(result.added)} added, {len(result.changed)} changed, {len(result.unchanged)} as before."
    )
