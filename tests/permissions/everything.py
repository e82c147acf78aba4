"""An application of its own with one of everything in it, in which somebody of every role is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from tests.conftest import engine_of, session_on, settings
from tests.databases import Databases
from tests.permissions.things import Things
from tests.permissions.trial import Trial
from tracker.app import create_app


@contextmanager
def one_of_everything(databases: Databases, name: str, folder: Path) -> Iterator[tuple[Trial, Session]]:
    """Give the trial, and the session that made everything and did not yet commit it."""
    app = create_app(**settings(databases.copy(name), folder))
    try:
        with session_on(app) as session:
            trial = Trial(app, Things(session))
            trial.sign_everybody_in()
            for who in ("office", "head"):
                session.expire_all()
                trial.things.sessions_of(who)
            yield trial, session
    finally:
        engine_of(app).dispose()
