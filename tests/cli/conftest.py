"""Running the command line against databases of the test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from tests.conftest import SECRET
from tests.databases import Databases
from tracker.cli.command import tracker
from tracker.database import open_engine

Run = Callable[..., Result]


@pytest.fixture
def place(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the command line at an empty database and a data folder of its own."""
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TRACKER_DATABASE_URL", databases.empty("cli"))
    monkeypatch.setenv("TRACKER_SECRET_KEY", SECRET)
    return tmp_path


@pytest.fixture
def world_place(app, place: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the command line at the small world, on its day."""
    monkeypatch.setenv("TRACKER_DATABASE_URL", databases.url)
    monkeypatch.setenv("TRACKER_TODAY", "2569-06-18")
    return place


@pytest.fixture
def run() -> Run:
    """Give a function that runs a command and expects it to end with an exit code."""

    def running(*arguments: object, code: int = 0, **options: Any) -> Result:
        result = CliRunner().invoke(tracker, [str(one) for one in arguments], prog_name="tracker", **options)
        assert result.exit_code == code, result.output
        return result

    return running


@pytest.fixture
def opened() -> Iterator[Callable[[str], Engine]]:
    """Give a function that opens a database until the test ends."""
    engines: list[Engine] = []

    def opening(url: str) -> Engine:
        engines.append(open_engine(url))
        return engines[-1]

    yield opening
    for engine in engines:
        engine.dispose()
