"""The siege: an application with one of everything, that keeps nothing of what the attacks write."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.bad_input.pages import Siege
from tests.databases import Databases
from tests.permissions.everything import one_of_everything
from tracker.audit.kept import forget


@pytest.fixture(scope="session")
def besieged(
    application: Flask, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Siege]:
    """Make one of everything, sign everybody in, and collect every page and its forms."""
    with one_of_everything(databases, "bad_input", tmp_path_factory.mktemp("bad_input")) as (trial, session):
        session.commit()
        trial.keep_nothing()
        yield Siege(trial)


@pytest.fixture
def siege(besieged: Siege) -> Siege:
    """Give the siege; figures kept from other tests are forgotten, and what they would have written."""
    forget()
    besieged.trial.pending.clear()
    besieged.trial.committed.clear()
    besieged.said.clear()
    return besieged
