"""Settings: config.py, then the file named by TRACKER_CONFIG, then TRACKER_* environment variables."""

import json
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
            return int(json.loads(text))
        except (ValueError, TypeError):
            raise SettingError(f"{name} must be a whole number, not {text!r}.") from None
    return text or None if default is None else text


def _day(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return parse_day(str(value))
    except DateError:
        raise SettingError(f"TRACKER_TODAY must be a day such as 2569-06-18, not {value!r}.") from None


def _check(settings: dict[str, Any]) -> None:
    secret = settings["SECRET_KEY"]
    if secret is not None and (len(secret) < MIN_SECRET or len(set(secret)) < 8):
        raise SettingError("TRACKER_SECRET_KEY is weak: it needs at least 32 random characters.")
    try:
        make_url(settings["DATABASE_URL"])
    except ArgumentError:
        raise SettingError("TRACKER_DATABASE_URL is not the address of a database.") from None
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
    settings = defaults()
    if file := environment.get("TRACKER_CONFIG"):
        if not Path(file).is_file():
            raise SettingError(f"TRACKER_CONFIG names a file that does not exist: {file}")
        own = _plain(Path(file))
        if unknown := sorted(set(own) - set(settings)):
            raise SettingError(f"{file} has unknown settings: {', '.join(unknown)}")
        settings |= own
    settings |= _from_environment(environment, defaults())
    settings |= overrides
    data = Path(settings["DATA_DIR"]).absolute()
    settings["DATA_DIR"] = str(data)
    settings["DATABASE_URL"] = settings["DATABASE_URL"] or f"sqlite:///{data / 'tracker.sqlite'}"
    settings["TODAY"] = _day(settings["TODAY"])
    _check(settings)
    return settings
