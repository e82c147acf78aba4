"""docs/operating.md tells every setting and every command, and nothing that is not there."""

import re

import click
import pytest

from tests.source import ROOT
from tracker.cli.command import tracker
from tracker.settings import BOUNDS, SettingError, defaults, read_settings

MANUAL = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def command_names() -> set[str]:
    """Return every command as it is typed."""
    names = set()
    for name, command in tracker.commands.items():
        if isinstance(command, click.Group):
            names |= {f"{name} {other}" for other in command.commands}
        else:
            names.add(name)
    return names


def test_every_setting_is_in_the_manual_and_no_other():
    told = set(re.findall(r"^\| `TRACKER_([A-Z_]+)`", MANUAL, re.MULTILINE))

    assert told == set(defaults()) | {"CONFIG"}


def test_every_default_is_told_right():
    for name, value in defaults().items():
        if isinstance(value, int | str) and name not in {"DATA_DIR", "TRUSTED_HOSTS"}:
            shown = str(value).lower() if isinstance(value, bool) else str(value)
            assert f"| `TRACKER_{name}` | {shown} |" in MANUAL


def test_every_command_is_in_the_manual_and_no_other():
    told = set(re.findall(r"^\| `tracker ([a-z]+(?: [a-z][a-z-]+)?)", MANUAL, re.MULTILINE))

    assert told == command_names()


@pytest.mark.parametrize("name", BOUNDS)
def test_a_number_out_of_bounds_is_told(name):
    for value in (BOUNDS[name][0] - 1, BOUNDS[name][1] + 1):
        with pytest.raises(SettingError, match=f"TRACKER_{name} must be between"):
            read_settings({f"TRACKER_{name}": str(value)})


def test_an_unknown_log_level_is_told():
    with pytest.raises(SettingError, match="must be one of DEBUG"):
        read_settings({"TRACKER_LOG_LEVEL": "LOUD"})
