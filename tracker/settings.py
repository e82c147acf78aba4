"""Settings: config.py, then the file named by TRACKER_CONFIG, then TRACKER_* environment variables."""

import os
import runpy
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from tracker.paths import shipped
from tracker.thai.dates import DateError, parse_day

PREFIX = "TRACKER_"
OTHER_NAMES = frozenset({"TRACKER_CONFIG", "TRACKER_REQUIRE_BROWSER", "TRACKER_TEST_DATABASE"})
EXIT_CONFIG = 78  # EX_CONFIG of sysexits.h
MIN_SECRET = 32
DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
BOUNDS = {
    "PORT": (0, 65_535),
    "THREADS": (1, 200),
    "DATABASE_POOL": (1, 100),
    "PROXIES": (0, 10),
    "SESSION_IDLE_MINUTES": (1, 24 * 60),
    "SESSION_HOURS": (1, 7 * 24),
    "FIRST_PASSWORD_DAYS": (1, 90),
    "MAX_UPLOAD_MB": (1, 200),
}


class SettingError(Exception):
    """A setting is missing, unknown or impossible; the sentence is for whoever operates the tracker."""


def _plain(path: Path) -> dict[str, Any]:
    names = runpy.run_path(str(path))
    return {name: value for name, value in names.items() if name.isupper()}


def defaults() -> dict[str, Any]:
    """Return every setting with its default."""
    return _plain(shipped("config.py"))


def _from_file(file: str, known: Mapping[str, Any]) -> dict[str, Any]:
    if not Path(file).is_file():
        raise SettingError(f"TRACKER_CONFIG names a file that does not exist: {file}")
    try:
        own = _plain(Path(file))
    except (Exception, SystemExit) as error:  # noqa: BLE001  # the file is a programme of somebody else's
        reason = " ".join(str(error).split())
        raise SettingError(f"{file} cannot be read: {type(error).__name__}: {reason}") from None
    if unknown := sorted(set(own) - set(known)):
        raise SettingError(f"{file} has unknown settings: {', '.join(unknown)}")
    for name, value in own.items():
        _require_kind(f"{name} in {file}", value, known[name])
    return own


def _require_kind(name: str, value: object, default: object) -> None:
    """Raise SettingError unless a value is of its default's kind."""
    if isinstance(default, bool):
        fits, kind = isinstance(value, bool), "True or False"
    elif isinstance(default, int):
        fits, kind = isinstance(value, int) and not isinstance(value, bool), "a whole number"
    else:
        fits, kind = isinstance(value, str) or (value is None and default is None), "a text in quotes"
    if not fits:
        raise SettingError(f"{name} must be {kind}, not {value!r}.")


def _from_environment(environment: Mapping[str, str], known: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for name, text in environment.items():
        if not name.startswith(PREFIX) or name in OTHER_NAMES or name.startswith("TRACKER_TEST_"):
            continue
        setting = name.removeprefix(PREFIX)
        if setting not in known:
            raise SettingError(f"{name} is not a setting of the tracker; docs/operating.md lists them all.")
        found[setting] = _typed(name, text, known[setting])
    return found


def _typed(name: str, text: str, default: object) -> Any:
    if isinstance(default, bool):
        if text.lower() in {"1", "true", "yes", "on"}:
            return True
        if text.lower() in {"0", "false", "no", "off", ""}:
            return False
        raise SettingError(f"{name} must be true or false, not {text!r}.")
    if isinstance(default, int):
        try:
            return int(text)
        except ValueError:
            raise SettingError(f"{name} must be a whole number, not {text!r}.") from None
    return text or None if default is None else text


def _day(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return parse_day(str(value))
    except DateError:
        raise SettingError(f"TRACKER_TODAY must be a day such as 2569-06-18, not {value!r}.") from None


def _check_database(address: str) -> None:
    """Raise SettingError unless this is the address of a database that the tracker can work with."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise SettingError("TRACKER_DATABASE_URL is not the address of a database.") from None
    if url.drivername not in DRIVERS:
        raise SettingError(
            "TRACKER_DATABASE_URL must begin with sqlite:///, or with postgresql:// for PostgreSQL, "
            f"not with {url.drivername}:"
        )
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:" or url.query:
            raise SettingError("TRACKER_DATABASE_URL must name a file, such as sqlite:////path/file.sqlite.")
        return
    try:
        url.get_dialect().import_dbapi()
    except ImportError:
        raise SettingError(
            "TRACKER_DATABASE_URL asks for PostgreSQL, but psycopg is not installed; "
            "it comes with the extra: km-milestone-tracker[postgres]"
        ) from None


def _check(settings: dict[str, Any]) -> None:
    secret = settings["SECRET_KEY"]
    if secret is not None and (len(secret) < MIN_SECRET or len(set(secret)) < 8):
        raise SettingError("TRACKER_SECRET_KEY is weak: it needs at least 32 random characters.")
    _check_database(settings["DATABASE_URL"])
    for name, (least, most) in BOUNDS.items():
        if not least <= settings[name] <= most:
            raise SettingError(f"TRACKER_{name} must be between {least} and {most}, not {settings[name]}.")
    if settings["LOG_LEVEL"] not in LOG_LEVELS:
        raise SettingError(f"TRACKER_LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}.")


def read_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> dict[str, Any]:
    """Return all settings, checked; raise SettingError with one clear sentence.

    DATA_DIR becomes absolute, DATABASE_URL is filled in, TODAY becomes a date or None. A missing
    SECRET_KEY stays None: whoever starts the application decides (the demo makes its own).
    """
    environment = os.environ if environment is None else environment
    known = defaults()
    settings = dict(known)
    if file := environment.get("TRACKER_CONFIG"):
        settings |= _from_file(file, known)
    settings |= _from_environment(environment, known)
    settings |= overrides
    data = Path(settings["DATA_DIR"]).absolute()
    settings["DATA_DIR"] = str(data)
    settings["DATABASE_URL"] = settings["DATABASE_URL"] or f"sqlite:///{data / 'tracker.sqlite'}"
    settings["TODAY"] = _day(settings["TODAY"])
    _check(settings)
    return settings
