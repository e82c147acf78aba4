"""`make`: an environment is made where there is none of this folder's own, by a Python that can."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.source import ROOT

MARKS = (".venv/.runs", ".venv/.tests")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a checkout, in a folder with blanks in its name, whose environment is up to date."""
    folder = tmp_path / "my  own tracker"
    (folder / ".venv" / "bin").mkdir(parents=True)
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    for name in ("Makefile", "pyproject.toml", *(file.name for file in ROOT.glob("requirements*.lock"))):
        shutil.copy(ROOT / name, folder)
    command(folder / ".venv" / "bin" / "python", "exit 0")
    (folder / ".venv" / ".place").write_text(f"{folder.resolve()}\n", encoding="utf-8")
    for mark in MARKS:
        (folder / mark).touch()
    return folder


def command(file: Path, script: str) -> None:
    """Write a command."""
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def make(folder: Path, *arguments: str) -> str:
    """Return what make says."""
    done = subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def test_an_environment_in_a_folder_with_blanks_is_made_once(checkout):
    said = make(checkout, "install", ".venv/.tests")

    assert "Making" not in said
    assert all((checkout / mark).is_file() for mark in MARKS)


@pytest.mark.parametrize("fault", ["moved", "python gone"])
def test_an_environment_that_does_not_work_here_is_made_again(checkout, fault):
    if fault == "moved":
        checkout = checkout.rename(checkout.with_name("elsewhere"))
    else:
        (checkout / ".venv" / "bin" / "python").unlink()

    assert "-m venv --clear" in make(checkout, "--dry-run", "install")


def find_python(folder: Path, **pythons: str) -> subprocess.CompletedProcess[str]:
    """Run find-python where only these commands are."""
    for name, script in pythons.items():
        command(folder / name, script)
    return subprocess.run(
        ["/bin/sh", str(ROOT / ".ci" / "find-python")],
        env={"PATH": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_python_that_lacks_venv_is_told_with_what_to_install(tmp_path):
    found = find_python(tmp_path, python3="echo 'lacks Python 3.11 (/usr/bin/python3) has no ensurepip'")

    assert found.returncode == 1
    assert found.stderr.startswith("Python 3.11 (/usr/bin/python3) has no ensurepip. On Debian or Ubuntu")
    assert "python3-venv" in found.stderr


def test_what_really_is_asked_of_a_python_says_what_it_lacks(tmp_path):

    (tmp_path / "ensurepip.py").write_text("raise ImportError", encoding="utf-8")
    found = find_python(tmp_path, python3=f'PYTHONPATH="{tmp_path}" exec "{sys.executable}" "$@"')

    assert "has no ensurepip" in found.stderr


def test_without_any_python_that_is_new_enough_that_is_told(tmp_path):
    found = find_python(tmp_path, python3="exit 1", python="exit 127")

    assert found.returncode == 1
    assert found.stderr.startswith("Python 3.11 or newer was not found.")


def test_the_newest_python_that_can_do_all_is_taken(tmp_path):
    found = find_python(tmp_path, **{"python3.12": "echo /newer", "python3": "echo /older"})

    assert (found.returncode, found.stdout) == (0, "/newer\n")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"])
def test_a_lock_has_a_hash_for_everything_and_names_no_host(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = text.replace("\\\n", " ").splitlines()

    assert "://" not in text
    assert all("--hash=sha256:" in one for one in entries if "==" in one and not one.strip().startswith("#"))


def test_what_builds_a_package_is_locked():
    named = {
        line.partition("==")[0]
        for line in (ROOT / "requirements-build.lock").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }

    assert {"hatchling", "editables", "setuptools", "wheel"} <= named
