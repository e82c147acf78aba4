"""The trial: an application of its own, made once for all tests of this folder in a worker."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.databases import Databases
from tests.permissions.everything import one_of_everything
from tests.permissions.trial import Trial
from tracker.audit.kept import forget


@pytest.fixture(scope="session")
def everything(
    application: Flask, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Trial]:
    """Make one of everything and sign everybody in."""
    with one_of_everything(databases, "permissions", tmp_path_factory.mktemp("permissions")) as (
        trial,
        session,
    ):
        session.commit()
        trial.keep_nothing()
        yield trial


@pytest.fixture
def trial(everything: Trial) -> Trial:
    """Give the trial; figures kept from other tests are forgotten."""
    forget()
    return everything
