"""`tracker db …`: the schema of the database."""

import click

from tracker.cli import schema
from tracker.cli.base import ProblemError, overrides_of
from tracker.settings import read_settings


def _url() -> str:
    url: str = read_settings(**overrides_of(click.get_current_context()))["DATABASE_URL"]
    return url


@click.group("db", short_help="Bring the database's tables up to date, or look at them.")
def group() -> None:
    """Bring the tables of the database to the code's revision, check them, list the revisions."""


def _migrate(revision: str) -> bool:
    """Migrate, say so, and tell whether a database that held something moved."""
    before, after = schema.migrate(_url(), revision)
    if before == after:
        click.echo(f"Nothing to do: the database is at revision {after or 'none'}.")
    else:
        click.echo(f"The database went from revision {before or 'none'} to {after or 'none'}.")
    return before is not None and before != after


@group.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the database up to a REVISION (the newest).

    All steps are done, or none; several processes may ask at once. Take a backup first.
    """
    if _migrate(revision):
        click.echo("Then run: tracker progress recount")


@group.command()
@click.argument("revision")
@click.confirmation_option(prompt="Going back may drop columns and what they hold. Go on?")
def downgrade(revision: str) -> None:
    """Take the database back to a REVISION ("base": to nothing at all)."""
    _migrate(revision)


@group.command()
def check() -> None:
    """Tell whether the tables are exactly what the code expects; exit with 1 when not."""
    schema.check(_url())
    click.echo(f"The database is at revision {schema.head()} and its tables are what the code expects.")


@group.command()
def history() -> None:
    """List the revisions, the oldest first, and mark where the database is."""
    current = schema.revision_of(_url())
    for step in schema.steps():
        mark = "*" if step.revision == current else " "
        click.echo(f"{mark} {step.revision}  {(step.doc or '').strip()}")
    if current is None:
        click.echo("The database has no tables yet. Run: tracker db upgrade")


@group.command()
@click.argument("message")
def new(message: str) -> None:
    """Write a new migration from this database to the models as they are now (for developers)."""
    if schema.revision_of(_url()) != schema.head():
        raise ProblemError("The database is behind. Run first: tracker db upgrade")
    click.echo(f"Wrote {schema.write_migration(_url(), message)}. Read it, and write its way back with care.")
