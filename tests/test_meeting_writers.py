"""Changes that meet on PostgreSQL: each sees what the one before it did, and a reader sees one moment."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.conftest import engine_of
from tracker.accounts.permissions import system_actor
from tracker.activities.models import Activity
from tracker.activities.operations import log_activity
from tracker.change import Change
from tracker.organisation.models import Unit
from tracker.programme.operations import enrol_units
from tracker.programme.plan import programme_plan
from tracker.progress.check import differences
from tracker.session import begin_change, db

pytestmark = pytest.mark.postgres
HELD_ON = date(2026, 6, 10)
PATIENCE = 20


class Meeting:
    """A change in a thread of its own that stays open until it is told to end."""

    def __init__(self, app: Flask, do: Callable[[Change], object]) -> None:
        self.error: BaseException | None = None
        self._app, self._do = app, do
        self._done, self._end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            with self._app.app_context(), begin_change(system_actor("meeting")) as change:
                self._do(change)
                self._done.set()
                self._end.wait(PATIENCE)
        except BaseException as error:  # noqa: BLE001  # the test looks at it
            self.error = error

    def begin(self) -> "Meeting":
        """Begin the change in the background."""
        self._thread.start()
        return self

    def begin_and_do(self) -> "Meeting":
        """Begin the change, and return when all is done but the commit."""
        self.begin()
        assert self._done.wait(PATIENCE)
        return self

    def end(self) -> None:
        """Commit, and raise what went wrong."""
        self._end.set()
        self._thread.join(PATIENCE)
        if self.error is not None:
            raise self.error


@contextmanager
def open_change(app: Flask, do: Callable[[Change], object]):
    """Keep a change open, done and uncommitted, while the block runs."""
    meeting = Meeting(app, do).begin_and_do()
    try:
        yield
    finally:
        meeting.end()


def wait_until_somebody_waits(engine: Engine) -> None:
    """Return when a connection waits for a lock of another."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    for _ in range(PATIENCE * 50):
        with engine.connect() as connection:
            if connection.scalar(waiting):
                return
        threading.Event().wait(0.02)
    raise AssertionError("nobody waits")


@pytest.fixture
def newcomer(make, session):
    """Give a unit that is enrolled nowhere, and what logging and enrolling it take."""
    make.unit("P009", "PG02")
    unit, stage, step = make.node("P009").id, make.stage(2).id, make.step_id(3)
    kind = programme_plan(session).kinds_of(step)[0].id
    session.commit()

    def log(change: Change) -> None:
        log_activity(
            change, unit_id=unit, stage_id=stage, step_id=step, kind_id=kind, held_on=HELD_ON, title="วง"
        )

    def enrol(change: Change) -> None:
        enrol_units(change, stage_id=stage, unit_ids=[unit])

    return log, enrol


@pytest.mark.parametrize("logged_first", [True, False])
def test_an_activity_logged_while_its_unit_is_enrolled_counts_for_the_enrolment(
    app, session, make, newcomer, logged_first
):
    first, second = newcomer if logged_first else newcomer[::-1]
    with open_change(app, first):
        later = Meeting(app, second).begin()
        wait_until_somebody_waits(engine_of(app))
    later.end()

    assert session.scalars(select(Activity.enrolment_id)).one() == make.enrolment("P009").id
    assert differences(session) == []


def test_two_who_change_reference_data_at_once_both_succeed(app, session, make):
    for code in ("P008", "P009"):
        make.unit(code, "PG02")
    ids, stage = [make.node(code).id for code in ("P008", "P009")], make.stage(2).id
    session.commit()
    with open_change(app, lambda change: enrol_units(change, stage_id=stage, unit_ids=ids[:1])):
        later = Meeting(app, lambda change: enrol_units(change, stage_id=stage, unit_ids=ids[1:])).begin()
        wait_until_somebody_waits(engine_of(app))
    later.end()

    assert make.enrolment("P008")
    assert make.enrolment("P009")
    assert differences(session) == []


def test_a_change_waits_ten_seconds_for_another_and_then_says_that_it_cannot(app, newcomer, monkeypatch):
    monkeypatch.setattr("tracker.database.PATIENCE_SECONDS", 1)
    engine_of(app).dispose()
    log, enrol = newcomer
    with open_change(app, enrol), pytest.raises(OperationalError, match="lock timeout"):
        Meeting(app, log).begin().end()


def test_who_reads_sees_one_moment_while_others_commit(app, make):
    counting = select(func.count()).select_from(Unit)
    with app.app_context():
        before = db().scalar(counting)
        make.unit("P009", "PG02")

        assert db().scalar(counting) == before
        db().rollback()
        assert db().scalar(counting) == (before or 0) + 1


def test_who_reads_cannot_write(app):
    with Session(engine_of(app)) as session, pytest.raises(Exception, match="read-only transaction"):
        session.execute(text("UPDATE installations SET office_th = ''"))
