"""What all commands share: the application they run in, who acts, and how they say no."""

import getpass
import os
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from tracker.accounts.permissions import Actor, system_actor
from tracker.app import create_app
from tracker.change import Change, RefusedError
from tracker.cli.schema import head, revision_at
from tracker.organisation.installation import InstallationInfo, installation_info
from tracker.session import begin_change, db, engine
from tracker.settings import EXIT_CONFIG, read_settings
from tracker.thai.dates import DateError, parse_day
from tracker.web.i18n import catalogue

P = ParamSpec("P")
R = TypeVar("R")
DEMO_KEY = "demo-secret-key"


class ProblemError(click.ClickException):
    """Something is wrong that the reader of the message can put right: exit code 1."""


class ConfigError(click.ClickException):
    """The tracker cannot work as it is set up: exit code 78."""

    exit_code = EXIT_CONFIG


def in_english(error: RefusedError) -> str:
    """Return the sentence of a refusal in English, filled in."""
    return catalogue("en").gettext(error.sentence).format(**error.values)


def operator() -> Actor:
    """Return the actor of the command line: the system, with the name of the user who runs it."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    return system_actor(f"system ({user})")


def change_by_operator() -> AbstractContextManager[Change]:
    """Open a change by whoever runs the command."""
    return begin_change(operator())


def demo_key_file(folder: str) -> Path:
    """Return the file that keeps the demo's own secret key."""
    return Path(folder) / DEMO_KEY


def demo_key(folder: str) -> str | None:
    """Return the demo's own secret key, if there is one."""
    file = demo_key_file(folder)
    return file.read_text(encoding="ascii").strip() if file.is_file() else None


def build_app(**overrides: Any) -> Flask:
    """Build the application for a command that serves nobody: it may lack a secret key."""
    settings = read_settings(**overrides)
    key = settings["SECRET_KEY"] or demo_key(settings["DATA_DIR"]) or secrets.token_urlsafe(48)
    return create_app(**{**overrides, "SECRET_KEY": key})


def _app_of(context: click.Context) -> Flask:
    info = context.find_root().ensure_object(ScriptInfo)
    if info.create_app is None:
        info.create_app = partial(build_app, **info.data.get("overrides", {}))
    return info.load_app()


def keep_override(context: click.Context, **overrides: Any) -> None:
    """Have the application of this command built with other settings."""
    info = context.find_root().ensure_object(ScriptInfo)
    info.data.setdefault("overrides", {}).update(overrides)


def overrides_of(context: click.Context) -> dict[str, Any]:
    """Return the settings that the command line gave."""
    found: dict[str, Any] = context.find_root().ensure_object(ScriptInfo).data.get("overrides", {})
    return found


def _believe(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    try:
        keep_override(context, TODAY=parse_day(value))
    except DateError:
        raise click.BadParameter(f"{value!r} is not a day such as 2569-06-18 or 2026-06-18.") from None


today_option = click.option(
    "--today",
    metavar="DAY",
    expose_value=False,
    callback=_believe,
    help="Make the programme believe a day (B.E. or A.D., such as 2569-06-18) for this command.",
)


def require_reachable(of: Engine) -> None:
    """Stop with 78 unless the database answers and its schema is the code's."""
    try:
        found = revision_at(of)
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        address = of.url.render_as_string(hide_password=True)
        raise ConfigError(f"The database cannot be reached ({address}): {reason}") from None
    if found is None:
        raise ConfigError("The database has no tables yet. Run: tracker db upgrade")
    if found != head():
        raise ConfigError(
            f"The database is at revision {found}, the code expects {head()}. Run: tracker db upgrade"
        )


def on_application(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command inside the application, whether or not the database answers."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with _app_of(click.get_current_context()).app_context():
            try:
                return command(*args, **kwargs)
            finally:
                db().close()
                engine().dispose()

    return run


def on_database(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command inside the application, once the database answers with the code's own schema."""

    @today_option
    @on_application
    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        require_reachable(engine())
        return command(*args, **kwargs)

    return run


def installation() -> InstallationInfo:
    """Return what the installation is; stop when it is not set up."""
    info = installation_info(db())
    if info is None:
        raise ProblemError("Nothing is set up yet. Run: tracker init (or tracker demo, to try it).")
    return info


def real_installation() -> InstallationInfo:
    """Return what the installation is; stop in a demo, whose data are invented."""
    info = installation()
    if info.is_demo:
        raise ProblemError(
            "This is a demo, with invented data; this command is for a real installation. "
            "Point TRACKER_DATABASE_URL or TRACKER_DATA_DIR at a place of its own and run: tracker init"
        )
    return info
