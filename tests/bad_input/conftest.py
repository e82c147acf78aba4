"""The siege: an application with one of everything, that keeps nothing of what the attacks write."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.bad_input.pages import Siege
from tests.conftest import engine_of, settings
from tests.databases import Databases
from tests.permissions.things import Things
from tests.permissions.trial import Trial
from tracker.app import create_app
from tracker.audit.kept import forget


@pytest.fixture(scope="session")
def besieged(
    application: Flask, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Siege]:
    """Make one of everything, sign everybody in, and collect every page and its forms."""
    app = create_app(**settings(databases.copy("bad_input"), tmp_path_factory.mktemp("bad_input")))
    with Session(engine_of(app)) as session:
        trial = Trial(app, Things(session))
        trial.sign_everybody_in()
        for who in ("office", "head"):
            session.expire_all()
            trial.things.sessions_of(who)
        session.commit()
        trial.keep_nothing()
        yield Siege(trial)
    engine_of(app).dispose()


@pytest.fixture
def siege(besieged: Siege) -> Siege:
    """Give the siege; figures kept from other tests are forgotten."""
    forget()
    return besieged
