"""`tracker demo`: an invented department, to try the tracker with."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress

import click
from flask import current_app
from sqlalchemy import select

from tracker.accounts.models import Person
from tracker.accounts.printed import ACCOUNTS
from tracker.cli.bar import Tell, bar
from tracker.cli.base import ProblemError, change_by_operator, demo_key_file, on_database
from tracker.demo.days import DEMO_DAY
from tracker.demo.load import load_demo
from tracker.demo.make import DEFAULT_SEED, plan_demo
from tracker.organisation.installation import installation_info
from tracker.organisation.models import Unit
from tracker.session import db


def print_accounts() -> None:
    """Print the demo's accounts and their passwords."""
    width = max(len(account.email) for account in ACCOUNTS)
    for account in ACCOUNTS:
        unit = f" of {account.unit_code}" if account.unit_code else ""
        click.echo(f"  {account.email:<{width}}  {account.password:<22}  {account.kind.value}{unit}")


def _make_key(folder: str) -> None:
    """Make the demo's own secret key, which only this user can read."""
    file = demo_key_file(folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as target:
            target.write(secrets.token_urlsafe(48) + "\n")


def _shares(tell: Tell) -> Callable[[str, int, int], None]:
    """Return what hears how far each part of the load is, and tells how far the whole is, in hundredths."""

    def hear(what: str, done: int, of: int) -> None:
        start, share = {"units": (0, 5), "records": (5, 85), "figures": (90, 10)}[what]
        tell(start + share * done // of, 100)

    return hear


@click.command(short_help="Load an invented department into an empty database.")
@click.option(
    "--seed", type=int, default=DEFAULT_SEED, show_default=True, help="The same seed, the same demo."
)
@click.option("--if-empty", is_flag=True, help="Do nothing, successfully, where the database holds anything.")
@on_database
def demo(seed: int, if_empty: bool) -> None:
    """Load an invented department with two stages of work into an empty database; print its accounts.

    Everything in it is invented. It is served under its own day, 18 June 2569, unless --today says
    otherwise, with its own secret key and to this machine only. It refuses a database that holds
    anything.
    """
    info = installation_info(db())
    if info is not None or db().scalar(select(Unit.id).union_all(select(Person.id)).limit(1)) is not None:
        if if_empty:
            return
        kind = "a demo" if info is not None and info.is_demo else "an installation"
        raise ProblemError(
            f"The database is not empty: it holds {kind}. Load the demo into a place of its own."
        )
    folder = current_app.config["DATA_DIR"]
    plan = plan_demo(seed, current_app.config["TODAY"] or DEMO_DAY)
    with bar("Loading the demo") as tell, change_by_operator() as change:
        load_demo(change, plan, tell=_shares(tell))
    _make_key(folder)
    click.echo(
        f"The demo is loaded: {len(plan.activities):,} activities, {len(plan.events)} events. Its accounts:"
    )
    print_accounts()
