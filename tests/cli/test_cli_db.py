"""`tracker db`, and what every command says when it cannot work."""

import os
import subprocess
import sys

import pytest

from tests.source import ROOT
from tracker.cli.command import tracker
from tracker.cli.schema import head


def test_the_database_is_brought_up_and_checked(place, run):
    assert "none" in run("db", "check", code=1).output
    assert f"to {head()}" in run("db", "upgrade").output
    assert "Nothing to do" in run("db", "upgrade").output
    assert "what the code expects" in run("db", "check").output
    assert f"* {head()}" in run("db", "history").output


def test_the_database_is_taken_back_after_a_question(place, run):
    run("db", "upgrade")

    assert "Aborted" in run("db", "downgrade", "base", input="n\n", code=1).output
    assert "to none" in run("db", "downgrade", "base", "--yes").output
    assert "tracker db upgrade" in run("db", "history").output


def test_an_unknown_revision_is_told(place, run):
    assert "There is no revision 'nonsense'" in run("db", "upgrade", "nonsense", code=1).output


def test_a_new_migration_needs_a_difference(place, run):
    assert "behind" in run("db", "new", "nothing", code=1).output
    run("db", "upgrade")


def test_commands_refuse_a_database_without_tables(place, run):
    assert "tracker db upgrade" in run("progress", "check", code=78).output


def test_commands_refuse_a_schema_behind_the_code(place, run, databases, opened, monkeypatch):
    run("db", "upgrade")
    monkeypatch.setattr("tracker.cli.base.head", lambda: "later")

    assert "the code expects later" in run("progress", "check", code=78).output


def test_commands_refuse_an_unknown_setting(place, run, monkeypatch):
    monkeypatch.setenv("TRACKER_COLOUR", "blue")

    assert "TRACKER_COLOUR is not a setting" in run("db", "upgrade", code=78).output


def test_commands_refuse_a_database_that_does_not_answer(place, run, monkeypatch):
    monkeypatch.setenv("TRACKER_DATABASE_URL", "postgresql://somebody:secret@127.0.0.1:1/none")
    said = run("progress", "check", code=78).output

    assert "cannot be reached" in said
    assert "secret" not in said
    assert "cannot be reached" in run("db", "check", code=78).output


def test_a_file_that_is_no_database_is_told(place, run, monkeypatch, tmp_path):
    (tmp_path / "letter.txt").write_text("not a database at all, only a letter\n" * 40)
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{tmp_path}/letter.txt")

    for command in ("upgrade", "check"):
        said = run("db", command, code=78).output
        assert "not a database" in said
        assert "Traceback" not in said


def test_commands_refuse_a_folder_that_cannot_be_made(place, run, monkeypatch):
    monkeypatch.setenv("TRACKER_DATABASE_URL", "sqlite:////proc/nowhere/tracker.sqlite")

    assert "cannot be used" in run("db", "upgrade", code=78).output


def test_a_day_that_is_none_is_wrong_usage(place, run):
    assert "is not a day" in run("--today", "2569-02-30", "db", "check", code=2).output


@pytest.mark.parametrize("name", sorted(tracker.commands))
def test_every_command_explains_itself(name, run):
    assert tracker.commands[name].get_short_help_str()
    assert "Usage" in run(name, "--help").output
    for other in getattr(tracker.commands[name], "commands", {}):
        assert "Usage" in run(name, other, "--help").output


def test_the_help_names_the_exit_codes(run):
    assert "78" in run("--help").output
    assert "tracker" in run("--version").output


def test_routes_lists_every_address(place, run):
    assert "/static/<path:filename>" in run("routes").output


@pytest.mark.slow
def test_several_processes_that_upgrade_at_once_all_succeed(place, run):
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tracker", "db", "upgrade"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(4)
    ]
    said = [process.communicate(timeout=120)[0] for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0, 0], said
    assert sum("Nothing to do" in one for one in said) == 3
    run("db", "check")


@pytest.mark.sqlite
def test_a_new_database_is_readable_by_its_user_only(place, run, monkeypatch):
    monkeypatch.delenv("TRACKER_DATABASE_URL")
    before = os.umask(0o022)
    try:
        run("db", "upgrade")
    finally:
        os.umask(before)

    assert (place / "data").stat().st_mode & 0o777 == 0o700
    assert (place / "data" / "tracker.sqlite").stat().st_mode & 0o777 == 0o600
