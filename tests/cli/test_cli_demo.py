"""`tracker demo`: loads into an empty place only, opens to this machine only, and adds up."""

import os
import sys
import time
import urllib.error
import urllib.request

import pytest
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from webtest import TestApp

from tests.cli.serving import serving
from tests.source import ROOT
from tracker.accounts.models import Person
from tracker.accounts.printed import ACCOUNTS
from tracker.activities.models import Activity
from tracker.audit.models import AuditEntry
from tracker.cli.serve import ready_app
from tracker.database import Base
from tracker.facilitators.models import Facilitator
from tracker.following.models import Call, Word
from tracker.organisation.models import Unit
from tracker.programme.models import Enrolment, Stage
from tracker.progress.models import Claim, StepProgress
from tracker.sharing.models import Adoption, Event, EventEntry, EventState


@pytest.fixture
def early_demo(place, run, monkeypatch):
    """Give the demo as it was three weeks after the beginning of its story: the load is short."""
    monkeypatch.delenv("TRACKER_SECRET_KEY")
    run("db", "upgrade")
    said = run("demo", "--today", "2567-10-20").output
    return place, said


def test_the_demo_prints_its_accounts_and_they_sign_in(early_demo):
    _place, said = early_demo
    app, info = ready_app()
    page = TestApp(app).get("/sign-in")

    assert info is not None
    assert info.is_demo
    for account in ACCOUNTS:
        assert account.email in said
        assert account.password in said
        assert account.email in page
        browser = TestApp(app)
        form = browser.get("/sign-in").forms["sign-in"]
        form["email"], form["password"] = account.email, account.password
        assert "/sign-in" not in form.submit(status=303).location
    assert TestApp(app).get("/health", extra_environ={"REMOTE_ADDR": "10.1.2.3"}, status=403)
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        assert TestApp(app).get("/health", headers={header: "203.0.113.9"}, status=403)
    app.extensions["tracker_engine"].dispose()


def test_a_demo_that_is_served_through_a_proxy_of_this_machine_refuses(early_demo, tmp_path):
    environment = {**os.environ, "TRACKER_PORT": "0", "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with serving(environment, tmp_path) as address:
        asked = urllib.request.Request(f"{address}sign-in", headers={"X-Forwarded-For": "203.0.113.9"})
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(asked, timeout=10)
        with urllib.request.urlopen(f"{address}sign-in", timeout=10) as answer:
            assert answer.status == 200


def test_the_demo_keeps_its_key_to_itself_and_refuses_others(early_demo, run, monkeypatch):
    place, _said = early_demo
    key = place / "data" / "demo-secret-key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_text(encoding="ascii")) > 40

    assert "it holds a demo" in run("demo", code=1).output
    assert "a demo in this database already" in run(*INIT, code=1).output
    assert "This is a demo" in run("people", "add", "a@b.example", "--name", "x", code=1).output
    for verb in ("disable", "enable", "reset-password"):
        assert "This is a demo" in run("people", verb, "office@demo.invalid", code=1).output
    monkeypatch.setenv("TRACKER_HOST", "0.0.0.0")
    assert "this machine only" in run("serve", code=78).output
    monkeypatch.delenv("TRACKER_HOST")
    monkeypatch.setenv("TRACKER_PROXIES", "1")
    assert "TRACKER_PROXIES must be 0" in run("serve", code=78).output
    monkeypatch.delenv("TRACKER_PROXIES")
    assert run("demo", "--if-empty").output == ""


INIT = (
    "init", "--admin-email", "a@b.example", "--admin-name", "x", "--first-fiscal-year", "2568",
    "--units", "shipped", "--department", "กรม",
)  # fmt: skip


def test_the_key_of_a_demo_does_not_open_a_real_installation(place, run, monkeypatch):
    monkeypatch.delenv("TRACKER_SECRET_KEY")
    run("db", "upgrade")
    run(*INIT)
    (place / "data").mkdir(exist_ok=True)
    (place / "data" / "demo-secret-key").write_text("0123456789abcdefghijklmnopqrstuvwxyz", encoding="ascii")

    assert "TRACKER_SECRET_KEY is missing" in run("serve", code=78).output


@pytest.mark.slow
def test_the_whole_demo_loads_in_a_minute_and_adds_up(place, run, opened):
    run("db", "upgrade")
    began = time.monotonic()
    run("demo")
    took = time.monotonic() - began

    assert took < (60 if sys.gettrace() is None else 240)
    assert "0 differences" in run("progress", "check").output
    with Session(opened(os.environ["TRACKER_DATABASE_URL"])) as session:

        def count(model: type[Base], *conditions: ColumnElement[bool]) -> int:
            return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0

        second = session.scalars(select(Stage.id).where(Stage.number == 2)).one()
        assert count(Unit, Unit.level.not_in(["pilot_group"])) == 170
        assert count(Enrolment, Enrolment.stage_id == second) == 155
        assert count(Activity) >= 2000
        assert count(Facilitator) == 300
        assert count(Event) >= 25
        assert count(Event, Event.state == EventState.SUMMARISED) >= 15
        assert count(EventEntry) > count(Adoption) > 10
        assert count(StepProgress, StepProgress.claim == Claim.DONE) > 300
        assert min(count(Call), count(Word)) > 20
        assert count(AuditEntry, AuditEntry.person_id.is_not(None)) > 4000
        never = count(Person, Person.first_signed_in_at.is_(None), Person.password_hash.is_(None))
        assert 0 < never < 30
