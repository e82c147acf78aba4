"""The trial: an application of its own, made once for all tests of this folder in a worker."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import engine_of, settings
from tests.databases import Databases
from tests.permissions.things import Things
from tests.permissions.trial import Trial
from tracker.app import create_app
from tracker.audit.kept import forget


@pytest.fixture(scope="session")
def everything(
    application: Flask, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Trial]:
    """Make one of everything and sign everybody in."""
    app = create_app(**settings(databases.copy("permissions"), tmp_path_factory.mktemp("permissions")))
    with Session(engine_of(app)) as session:
        trial = Trial(app, Things(session))
        trial.sign_everybody_in()
        for who in ("office", "head"):
            session.expire_all()
            trial.things.sessions_of(who)
        session.commit()
        trial.keep_nothing()
        yield trial
    engine_of(app).dispose()


@pytest.fixture
def trial(everything: Trial) -> Trial:
    """Give the trial; figures kept from other tests are forgotten."""
    forget()
    return everything
