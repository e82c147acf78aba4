"""Every route × every role × own unit, below, elsewhere, kept, hidden, missing: the product's answers."""

import pytest

from tests.permissions.table import LINES
from tests.permissions.trial import LINE


def test_every_route_has_its_line_and_only_one(application):
    endpoints = {rule.endpoint for rule in application.url_map.iter_rules()}

    assert sorted(endpoints - LINE.keys()) == [], "not listed in tests/permissions/table.py"
    assert sorted(LINE.keys() - endpoints) == [], "listed, but no route"
    assert len(LINE) == len(LINES)


@pytest.mark.parametrize("endpoint", sorted(LINE))
def test_answers_are_those_of_the_product(trial, endpoint):
    faults = trial.faults(endpoint)

    assert not faults, "\n".join(faults)
