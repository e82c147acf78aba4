"""The command itself: its groups, its commands and what becomes of errors."""

import logging
import re
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DataError, DBAPIError

from tracker.change import RefusedError
from tracker.cli import activities, backup, db, demo, export, people, progress, routes, serve, setup, units
from tracker.cli.base import ConfigError, ProblemError, in_english, today_option
from tracker.cli.schema import SchemaError, tracker_version
from tracker.settings import SettingError

log = logging.getLogger(__name__)


class Tracker(AppGroup):
    """The group of all commands: turns what the tracker refuses into a line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a setting or database that does not work ends it with 78, a refusal with 1."""
        try:
            return super().invoke(ctx)
        except SettingError as error:
            raise ConfigError(str(error)) from None
        except RefusedError as error:
            raise ProblemError(_refusal(error)) from None
        except SchemaError as error:
            raise ProblemError(str(error)) from None
        except OSError as error:
            raise ConfigError(f"{error.filename or 'A file'} cannot be used: {error.strerror}.") from None
        except DBAPIError as error:
            reason = _reason(error)
            if error.connection_invalidated or _is_unreachable(error):
                raise ConfigError(f"The database cannot be reached or written: {reason}") from None
            log.error("The database refused a statement: %s", " ".join((error.statement or "").split()))
            raise ProblemError(f"The database refused this, nothing was written: {reason}") from None


def _refusal(error: RefusedError) -> str:
    """Return a refusal in English, with the name of what it is about where the sentence may lack it."""
    return f"{error.field}: {in_english(error)}" if error.field else in_english(error)


def _reason(error: DBAPIError) -> str:
    """Return what the database says, without the values that it may quote."""
    said = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    return re.sub('"[^"]*"', "…", said[0]) if isinstance(error, DataError) else said[0]


def _is_unreachable(error: DBAPIError) -> bool:
    words = (
        "unable to open", "readonly database", "not a database", "malformed", "connection", "locked", "disk",
    )  # fmt: skip
    return any(word in str(error.orig) for word in words)


@click.group(
    cls=Tracker,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 problems found, 2 wrong usage, 78 a setting or the database does not work. "
    "docs/operating.md explains every command and setting.",
)
@click.version_option(tracker_version(), prog_name="tracker")
@today_option
def tracker() -> None:
    """Operate the KM Milestone tracker."""


PARTS = (
    activities.group,
    backup.backup,
    backup.restore,
    db.group,
    demo.demo,
    export.export,
    people.group,
    progress.group,
    routes.routes,
    serve.serve,
    setup.init,
    units.group,
)
for _part in PARTS:
    tracker.add_command(_part)


def main() -> None:
    """Run the command line."""
    tracker(prog_name="tracker")
