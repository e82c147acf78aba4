"""`tracker serve`: when it starts, and when it refuses."""

import os
import urllib.request

import pytest
from webtest import TestApp

from tests.cli.serving import serving
from tests.conftest import SECRET
from tests.source import ROOT
from tracker.cli.serve import application, is_loopback, ready_app


def test_it_refuses_without_a_key_and_with_a_weak_one(place, run, monkeypatch):
    run("db", "upgrade")
    monkeypatch.delenv("TRACKER_SECRET_KEY")
    assert "TRACKER_SECRET_KEY is missing" in run("serve", code=78).output
    monkeypatch.setenv("TRACKER_SECRET_KEY", "a" * 40)
    assert "TRACKER_SECRET_KEY is weak" in run("serve", code=78).output


def test_it_refuses_a_schema_behind_the_code(place, run):
    assert "tracker db upgrade" in run("serve", code=78).output


def test_it_refuses_an_unknown_setting(place, run, monkeypatch):
    run("db", "upgrade")
    monkeypatch.setenv("TRACKER_PROT", "8000")

    assert "TRACKER_PROT is not a setting" in run("serve", code=78).output


def test_it_refuses_a_port_that_is_taken(place, run, monkeypatch):
    import socket

    run("db", "upgrade")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("TRACKER_PORT", str(taken.getsockname()[1]))
        assert "cannot be listened on" in run("serve", code=1).output


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("a.b", False),
    ],
)
def test_loopback_is_known(host, expected):
    assert is_loopback(host) is expected


def test_gunicorn_gets_an_application_or_exit_code_78(place, run, monkeypatch, capsys):
    run("db", "upgrade")
    assert application().name == "tracker"
    monkeypatch.setenv("TRACKER_SECRET_KEY", "weak")
    with pytest.raises(SystemExit) as stopped:
        application()

    assert stopped.value.code == 78
    assert "weak" in capsys.readouterr().err


def test_static_files_have_the_headers_of_pages(world_place):
    app, info = ready_app()
    answer = TestApp(app).get("/static/site.css")
    app.extensions["tracker_engine"].dispose()

    assert info is not None
    assert not info.is_demo
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "max-age" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_served_tracker_answers_and_ends_when_told_to(world_place, tmp_path):
    environment = {**os.environ, "TRACKER_PORT": "0", "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    environment["TRACKER_SECRET_KEY"] = SECRET
    with (
        serving(environment, tmp_path) as address,
        urllib.request.urlopen(f"{address}health", timeout=10) as answer,
    ):
        assert answer.status == 200
