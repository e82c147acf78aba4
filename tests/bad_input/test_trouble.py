"""The database is down, locked by another process, or full: a page that says so, and nothing is lost."""

import errno
import re
import sqlite3
import subprocess
import sys
import time

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.test import Client

from tests.conftest import engine_of, settings
from tests.world import PASSWORD, PEOPLE
from tracker.app import create_app

TOKEN = re.compile(r'name="?csrf_token"?[^>]*value="([^"]+)"')
REFERENCE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")
HOLDER = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(60)
"""


def token_of(page):
    found = TOKEN.search(page.text)
    assert found
    return found[1]


@pytest.fixture
def served(app, databases, tmp_path):
    """Give an application as it is served (a fault is a page), a coordinator's browser."""
    engine_of(app).dispose()
    served = create_app(**{**settings(databases.url, tmp_path), "TESTING": False})
    browser = Client(served)
    token = token_of(browser.get("/sign-in"))
    form = {"email": PEOPLE["coordinator"].email, "password": PASSWORD, "csrf_token": token}
    assert browser.post("/sign-in", data=form).status_code == 303
    yield served, browser
    engine_of(served).dispose()


def breaking(app, error):
    """Have every statement of an application fail from here on."""

    def fail(*_anything):
        raise error

    event.listen(engine_of(app), "before_cursor_execute", fail)
    return fail


def said_well(answer, status):
    assert answer.status_code == status
    assert REFERENCE.search(answer.text), answer.text[:300]
    assert "Traceback" not in answer.text
    assert "sqlite" not in answer.text.lower()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    if status == 503:
        assert int(answer.headers["Retry-After"]) > 0


ERRORS = {
    "down": (OperationalError("x", {}, Exception("could not connect to server: Connection refused")), 503),
    "locked": (OperationalError("x", {}, sqlite3.OperationalError("database is locked")), 503),
    "no connection left": (PoolTimeoutError("QueuePool limit of size 4 overflow 0 reached"), 503),
    "full": (OperationalError("x", {}, sqlite3.OperationalError("database or disk is full")), 507),
}


@pytest.mark.parametrize(("error", "status"), ERRORS.values(), ids=list(ERRORS))
@pytest.mark.parametrize("path", ["/home/P001", "/", "/activities/", "/account", "/nowhere"])
def test_trouble_with_the_database_is_told(served, error, status, path):
    app, browser = served
    fail = breaking(app, error)

    answer = browser.get(path)

    said_well(answer, status)
    event.remove(engine_of(app), "before_cursor_execute", fail)
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize(("error", "status"), ERRORS.values(), ids=list(ERRORS))
def test_trouble_while_signing_in_is_told(served, error, status):
    app, _browser = served
    stranger = Client(app)
    token = token_of(stranger.get("/sign-in"))
    fail = breaking(app, error)

    said_well(stranger.get("/sign-in"), status)
    said_well(
        stranger.post("/sign-in", data={"email": "a@b.example", "password": "x" * 20, "csrf_token": token}),
        status,
    )
    assert stranger.get("/health").status_code == 503
    event.remove(engine_of(app), "before_cursor_execute", fail)


def test_a_disk_that_fills_while_a_file_is_written_is_told(served, monkeypatch):
    _app, browser = served

    def full(*_anything, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tracker.web.downloads.write_csv", full)

    said_well(browser.get("/activities/export.csv"), 507)


def test_an_unforeseen_fault_shows_no_trace(served, monkeypatch):
    _app, browser = served

    def fault(*_anything, **_named):
        raise ZeroDivisionError("secret inside")

    monkeypatch.setattr("tracker.activities.views.lists.read_filters", fault)
    answer = browser.get("/activities/")

    said_well(answer, 500)
    assert "secret inside" not in answer.text


@pytest.mark.sqlite
@pytest.mark.slow
def test_another_process_that_holds_the_file_makes_a_write_wait_and_then_say_so(served, databases):
    app, browser = served
    file = databases.url.removeprefix("sqlite:///")
    engine = engine_of(app)
    event.listen(engine, "checkout", lambda connection, *_rest: connection.execute("PRAGMA busy_timeout=300"))
    form = {
        "name": "มาลี ตั้งใหม่",
        "office_phone": "",
        "language": "th",
        "version": "1",
        "csrf_token": token_of(browser.get("/account/edit")),
    }
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, file], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        begun = time.monotonic()
        said_well(browser.post("/account/edit", data=form), 503)
        said_well(browser.get("/home/P001"), 503)
        assert time.monotonic() - begun < 20
    finally:
        holder.kill()
        holder.wait()
        if holder.stdout is not None:
            holder.stdout.close()
    assert browser.post("/account/edit", data=form).status_code == 303
    assert "มาลี ตั้งใหม่" in browser.get("/account").text


def test_a_database_that_is_not_there_is_told(tmp_path):
    app = create_app(**{**settings(f"sqlite:///{tmp_path}/empty.sqlite", tmp_path), "TESTING": False})

    said_well(Client(app).get("/sign-in"), 503)
    engine_of(app).dispose()
