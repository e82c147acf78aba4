"""`tracker backup` and `tracker restore`."""

from contextlib import suppress
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError

from tracker.cli.backup_folder import BackupError, Manifest
from tracker.cli.base import ProblemError, change_by_operator, on_database, operator, overrides_of
from tracker.cli.copying import make_backup, restore_backup
from tracker.cli.schema import every_table
from tracker.organisation.models import Installation
from tracker.session import engine
from tracker.settings import read_settings
from tracker.signin.kept import forget_expired


def _say(done: str, manifest: Manifest, folder: Path) -> None:
    rows = sum(entry.rows for entry in manifest.tables)
    click.echo(
        f"{done} {folder}: {len(manifest.tables)} tables, {rows:,} rows, revision {manifest.revision}."
    )


def _record(folder: Path) -> None:
    """Write to the audit trail that a backup was made; one that is there stays, whatever becomes of this."""
    try:
        with change_by_operator() as change:
            if (installation := change.session.get(Installation, 1)) is not None:
                change.record("backed_up", installation, folder=folder.name)
    except DBAPIError as error:
        click.echo(f"Warning: the backup is whole, but is not in the audit trail: {error.orig}", err=True)


def _forget_expired() -> None:
    """Leave out what was kept for 30 minutes only; a database that takes no writing stays as it is."""
    with suppress(DBAPIError), change_by_operator() as change:
        forget_expired(change.session, change.at)


@click.command(short_help="Write everything into a new folder, while people go on working.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@on_database
def backup(folder: Path) -> None:
    """Write all tables into DIR, which must be new or empty, while people go on working.

    DIR holds one file of JSON lines for each table, manifest.json, and SHA256SUMS for `sha256sum -c`.
    The same backup restores into SQLite and into PostgreSQL. It holds names and password hashes: keep
    it as safe as the database. The secret key is not in it.
    """
    target = folder.absolute()
    _forget_expired()
    try:
        with click.progressbar(length=len(every_table().tables), label="Writing", item_show_func=str) as bar:
            manifest = make_backup(
                engine(), target, by=operator().name, tell=lambda name: bar.update(1, current_item=name)
            )
    except BackupError as error:
        raise ProblemError(str(error)) from None
    except OSError as error:
        raise ProblemError(f"{target} cannot be written: {error.strerror}.") from None
    _record(target)
    _say("Wrote", manifest, target)


@click.command(short_help="Bring a backup back into an empty database, verified.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_context
def restore(context: click.Context, folder: Path) -> None:
    """Bring the backup in DIR back into the database of the settings, which must be empty.

    Every checksum is verified before, and every table is read back and compared after; all of it is
    restored, or nothing.
    """
    source = folder.absolute()
    url = read_settings(**overrides_of(context))["DATABASE_URL"]
    try:
        with click.progressbar(
            length=len(every_table().tables), label="Restoring", item_show_func=str
        ) as bar:
            manifest = restore_backup(url, source, tell=lambda name: bar.update(1, current_item=name))
    except BackupError as error:
        raise ProblemError(str(error)) from None
    _say("Restored", manifest, source)
