"""What every test may ask for. `tests/README.md` says how to use it; `tests/world.py` is what they find."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests import world
from tests.browsers import Browser
from tests.changes import TriedChange, try_change
from tests.databases import Databases, PostgresDatabases, SqliteDatabases, fast_folder, start_postgres
from tests.make import Make
from tests.network import refuse_the_network
from tests.surroundings import DATABASE, announce_server, server_address
from tracker.accounts.permissions import Actor, system_actor
from tracker.accounts.queries import actor_for
from tracker.app import create_app
from tracker.cli.schema import migrate

# How fast a busy machine draws examples says nothing about the code.
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")
SECRET = "for-the-tests-only-0123456789-abcdefghij"
SERVER = pytest.StashKey[Any]()
FOLDER = pytest.StashKey[tempfile.TemporaryDirectory[str]]()
ONE_WORKER = ("bad_input", "permissions")  # each opens every page once for all of its tests


def is_worker(config: pytest.Config) -> bool:
    """Tell whether this process is one of several that pytest-xdist started."""
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    """Close the network; start the PostgreSQL that the run shares, once."""
    config.stash[FOLDER] = tempfile.TemporaryDirectory(prefix="tracker-tests-", dir=fast_folder())
    if DATABASE == "postgres" and not is_worker(config):
        server, address = start_postgres(Path(config.stash[FOLDER].name))
        config.stash[SERVER] = server
        announce_server(address)
    refuse_the_network()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    if server := config.stash.get(SERVER, None):
        server.cleanup()
    config.stash[FOLDER].cleanup()


def pytest_report_header() -> str:
    """Say which database the suite runs on."""
    return f"database: {DATABASE}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what only makes sense on the other database; keep together what shares a costly beginning."""
    for item in items:
        if (folder := item.path.parent.name) in ONE_WORKER:
            item.add_marker(pytest.mark.xdist_group(folder))
        for kind in ("sqlite", "postgres"):
            if item.get_closest_marker(kind) and kind != DATABASE:
                item.add_marker(pytest.mark.skip(reason=f"left out: only makes sense on {kind}"))


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config) -> Databases:
    """Give the place where this worker keeps its databases."""
    if DATABASE == "postgres":
        worker = getattr(pytestconfig, "workerinput", {}).get("workerid", "alone")
        return PostgresDatabases(server_address(), worker)
    return SqliteDatabases(Path(pytestconfig.stash[FOLDER].name))


@pytest.fixture(scope="session")
def application(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give the application that a worker's tests share, on a database that the migrations built."""
    migrate(databases.url)
    app = create_app(**settings(databases.url, tmp_path_factory.mktemp("data")))
    with session_on(app) as session:
        world.build(session)
        session.commit()
    engine_of(app).dispose()
    databases.keep_as_template()
    yield app
    engine_of(app).dispose()


def settings(url: str, folder: Path) -> dict[str, Any]:
    """Return the settings that the suite runs with."""
    return {
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "SECRET_KEY": SECRET,
        "TODAY": world.TODAY_SETTING,
        "TESTING": True,
    }


def engine_of(app: Flask) -> Engine:
    """Return the engine of an application."""
    engine: Engine = app.extensions["tracker_engine"]
    return engine


def session_on(app: Flask) -> Session:
    """Return a session that may write without saying so before: the tests' own."""
    return Session(writable(engine_of(app)))


def writable(engine: Engine) -> Engine:
    """Return an engine whose sessions may write without saying so before."""
    if DATABASE == "postgres":
        return engine.execution_options(isolation_level="READ COMMITTED")
    return engine


@pytest.fixture
def app(application: Flask, databases: Databases) -> Flask:
    """Give the application with the small world as it was at the beginning."""
    engine_of(application).dispose()
    databases.reset()
    return application


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Give a session of the test's own; what the application wrote is seen after each request."""
    with session_on(app) as session:
        yield session


@pytest.fixture
def make(session: Session) -> Make:
    """Give the makers of records."""
    return Make(session)


@pytest.fixture
def actor_of(session: Session) -> Callable[[str], Actor]:
    """Give a function from a person of the world to somebody who acts on the world's day."""
    return lambda who: actor_for(session, world.person(session, who), world.TODAY)


@pytest.fixture
def change_as(session: Session, actor_of: Callable[[str], Actor]) -> Callable[[str], TriedChange]:
    """Give a function that begins a change by somebody of the world, or by "system"."""
    return lambda who: try_change(session, system_actor("tests") if who == "system" else actor_of(who))


@pytest.fixture
def change(change_as: Callable[[str], TriedChange]) -> TriedChange:
    """Give a change by the coordinator of P001."""
    return change_as("coordinator")


@pytest.fixture
def signed_out(app: Flask, session: Session) -> Browser:
    """Give a browser in which nobody has signed in."""
    return Browser(app, session)


@pytest.fixture
def browser_as(app: Flask, session: Session) -> Callable[[str], Browser]:
    """Give a function that signs somebody of the world in and returns their browser."""

    def sign_in(who: str) -> Browser:
        browser = Browser(app, session)
        browser.sign_in(who)
        return browser

    return sign_in


@pytest.fixture
def on_day(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Give a function that makes the application believe another day for the rest of the test."""
    return lambda day: monkeypatch.setitem(app.config, "TODAY", day)


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Give the list of SQL statements as it grows; `statements.clear()` before what is to be counted."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            said.append(statement)

    event.listen(engine_of(app), "before_cursor_execute", listen)
    yield said
    event.remove(engine_of(app), "before_cursor_execute", listen)
