"""A setting that cannot be is told in one line, with exit code 78, wherever it stands."""

import pytest
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from tracker.settings import SettingError, read_settings


def in_file(folder, text):
    """Return the settings of a file with this text."""
    file = folder / "own.py"
    file.write_text(text, encoding="utf-8")
    return read_settings({"TRACKER_CONFIG": str(file), "TRACKER_DATA_DIR": str(folder)})


@pytest.mark.parametrize("text", ["1e400", "1.9", "true", "null", "", "[]", "9" * 5000])
def test_a_port_that_is_no_whole_number_is_told(text):
    with pytest.raises(SettingError, match="TRACKER_PORT must be a whole number"):
        read_settings({"TRACKER_PORT": text})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('PORT = "8000"', "PORT in .*own.py must be a whole number, not '8000'"),
        ("PORT = 1.9", "must be a whole number"),
        ("PORT = True", "must be a whole number"),
        ('SECURE_COOKIES = "false"', "must be True or False"),
        ("SECURE_COOKIES = 1", "must be True or False"),
        ("SECRET_KEY = 5", "must be a text in quotes"),
        ('TRUSTED_HOSTS = ["a"]', "must be a text in quotes"),
        ("DATA_DIR = None", "must be a text in quotes"),
        ("LOG_LEVEL = 5", "must be a text in quotes"),
        ("DATABASE_URL = 5", "must be a text in quotes"),
        ("TODAY = 2569-6-18", "must be a text in quotes"),
        ("PORT = ", "cannot be read: SyntaxError"),
        ("PORT = 1 / 0", "cannot be read: ZeroDivisionError: division by zero"),
        ("raise SystemExit", "cannot be read: SystemExit"),
        ("\x00", "cannot be read"),
    ],
)
def test_what_a_file_of_settings_says_wrong_is_told_in_one_line(tmp_path, text, said):
    with pytest.raises(SettingError, match=said) as told:
        in_file(tmp_path, text)

    assert "\n" not in str(told.value)


def test_what_a_file_of_settings_says_right_is_taken(tmp_path):
    found = in_file(tmp_path, 'import os\nPORT = 8080\nSECURE_COOKIES = True\nTODAY = "2569-06-18"\n')

    assert (found["PORT"], found["SECURE_COOKIES"], found["TODAY"].year) == (8080, True, 2026)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://a@b/c", "not with mysql:"),
        ("foo://a", "not with foo:"),
        ("postgresql+psycopg2://a@b/c", "not with postgresql.psycopg2:"),
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
        ("sqlite:////tmp/a.sqlite?colour=blue", "must name a file"),
        ("postgresql://a@b:port/c", "is not the address of a database"),
        ("nonsense", "is not the address of a database"),
    ],
)
def test_the_address_of_a_database_that_the_tracker_cannot_use_is_told(address, said):
    with pytest.raises(SettingError, match=said):
        read_settings({"TRACKER_DATABASE_URL": address})


def test_postgresql_without_its_driver_names_the_extra(monkeypatch):
    def missing() -> None:
        raise ImportError("no module named psycopg")

    monkeypatch.setattr(PGDialect_psycopg, "import_dbapi", missing)
    with pytest.raises(SettingError, match=r"km-milestone-tracker\[postgres\]"):
        read_settings({"TRACKER_DATABASE_URL": "postgresql://a@b/c"})


def test_a_wrong_setting_ends_a_command_with_78_and_one_line(place, run, monkeypatch):
    (place / "own.py").write_text("PORT = ", encoding="utf-8")
    monkeypatch.setenv("TRACKER_CONFIG", str(place / "own.py"))
    said = run("db", "upgrade", code=78).output

    assert said.startswith("Error: ")
    assert said.count("\n") == 1
