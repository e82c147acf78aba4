"""The matrix finds it when a single check is taken out: one of each kind."""

import pytest
from sqlalchemy import true

from tests.permissions.choices import foreign_units
from tracker.accounts.permissions import Permission
from tracker.activities.models import Activity
from tracker.change import Change
from tracker.session import db


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    """Let no question that a test spoilt be kept for another one, nor a good one for this."""
    monkeypatch.setattr("tracker.organisation.revision._kept", {})


def test_a_view_without_its_guard_is_found(trial, monkeypatch):
    for endpoint in ("activities.show", "following.index", "programme.enrol", "administration.settings"):
        view = trial.app.view_functions[endpoint]
        with monkeypatch.context() as patch:
            patch.setitem(trial.app.view_functions, endpoint, view.__wrapped__)
            assert trial.faults(endpoint), endpoint
        assert trial.faults(endpoint) == []


def test_an_operation_that_does_not_require_is_found(trial, monkeypatch):
    require = Change.require

    def forgetful(change, permission, place=None):
        if permission is not Permission.PROGRESS_CLAIM:
            require(change, permission, place)

    monkeypatch.setattr(Change, "require", forgetful)

    assert any("not [403]" in fault for fault in trial.faults("progress.undo"))


def test_a_list_without_the_filter_by_audience_is_found(trial, monkeypatch):
    for name in ("queries.open_to", "listing.words_open_to"):
        monkeypatch.setattr(f"tracker.activities.{name}", lambda *_who: true())

    for endpoint in ("activities.index", "activities.export", "overview.index", "overview.step"):
        assert any("shows" in fault for fault in trial.faults(endpoint)), endpoint


def test_a_record_that_is_not_filtered_by_who_reads_it_is_found(trial, monkeypatch):
    monkeypatch.setattr(
        "tracker.activities.views.base.readable_activity", lambda *asked: db().get(Activity, asked[-1])
    )

    assert any("not [404]" in fault for fault in trial.faults("activities.show"))
    assert any("not [404]" in fault for fault in trial.faults("activities.edit"))


def test_a_page_that_forgets_whose_unit_it_is_is_found(trial, monkeypatch):
    monkeypatch.setattr("tracker.home.views.allowed", lambda *_what: True)

    assert any("not [404]" in fault for fault in trial.faults("home.unit"))


@pytest.mark.parametrize(
    ("address", "filtered_by"),
    [
        ("/facilitators/trainings/new", "tracker.register.blueprint.places_open_to"),
        ("/reports/", "tracker.reporting.views.places_open_to"),
    ],
)
def test_a_choice_list_of_all_units_is_found(trial, monkeypatch, address, filtered_by):
    assert foreign_units(trial, "coordinator", address) == set()

    monkeypatch.setattr(filtered_by, lambda _who, _permission, places: list(places))
    assert foreign_units(trial, "coordinator", address)
