"""`tracker progress …`."""

import click

from tracker.cli.bar import bar
from tracker.cli.base import ProblemError, change_by_operator, installation, on_database
from tracker.organisation.models import Installation
from tracker.progress.check import differences
from tracker.progress.recount import recount_everything
from tracker.session import db


@click.group("progress", short_help="Prove that the stored figures are those of the records, or renew them.")
def group() -> None:
    """Work with the stored figures of progress."""


@group.command()
@on_database
def check() -> None:
    """Count everything again from the records, and compare; exit with 1 where a stored figure differs."""
    installation()
    with bar("Counting") as tell:
        found = differences(db(), tell)
    for line in found:
        click.echo(line)
    if found:
        raise ProblemError(f"{len(found)} stored figures differ from the records.")
    click.echo("0 differences: every stored figure is what the records amount to.")


@group.command()
@on_database
def recount() -> None:
    """Count everything again from the records, and store it: after an upgrade that counts otherwise."""
    installation()
    with change_by_operator() as change:
        recount_everything(change)
        change.record("recounted", change.session.get_one(Installation, 1))
    click.echo("Every figure was counted again from the records.")
