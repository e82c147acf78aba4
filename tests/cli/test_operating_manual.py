"""docs/operating.md tells every setting and every command, and nothing that is not there."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from tests.conftest import SECRET
from tests.source import ROOT
from tracker.cli.backup_folder import read_manifest
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


def cron_line(folder: Path) -> str:
    """Return the manual's line for cron as the shell gets it, with the places of a folder."""
    line = next(line for line in MANUAL.splitlines() if line.startswith("    15 2 * * *"))
    places = {
        "/etc/tracker.env": folder / "tracker.env",
        "/opt/tracker/.venv/bin/tracker": folder / "tracker",
        "/backups": folder / "backups",
    }
    shell = line.split(maxsplit=6)[6].replace(r"\%", "%")
    for told, real in places.items():
        assert told in shell
        shell = shell.replace(told, str(real))
    return shell


def test_the_line_for_cron_makes_a_backup_and_keeps_others_for_thirty_days(world_place, databases):
    old, young = (world_place / "backups" / name for name in ("old", "young"))
    for folder, days in ((old, 40), (young, 20)):
        folder.mkdir(parents=True)
        then = time.time() - days * 86_400
        os.utime(folder, (then, then))
    (world_place / "tracker.env").write_text(
        f"TRACKER_DATABASE_URL='{databases.url}'\nTRACKER_DATA_DIR='{world_place / 'data'}'\n"
        f"TRACKER_SECRET_KEY='{SECRET}'\n",
        encoding="utf-8",
    )
    command = f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m tracker "$@"\n'
    (world_place / "tracker").write_text(command, encoding="utf-8")
    (world_place / "tracker").chmod(0o755)
    shell = cron_line(world_place)
    done = subprocess.run(
        ["/bin/sh", "-c", shell],
        cwd="/",
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    made = [folder for folder in (world_place / "backups").iterdir() if folder != young]
    assert [len(read_manifest(folder).tables) > 40 for folder in made] == [True]
    assert young.is_dir()
    assert not old.exists()


def test_what_the_manual_has_people_make_is_a_target_of_make():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(re.findall(r"`make ([a-z-]+)`", MANUAL)) <= targets
