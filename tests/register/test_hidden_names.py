"""The name of somebody who was hidden reaches only the office and who writes for the unit."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.walking import data_form, fill_day, names
from tracker.activities.models import ActivityFacilitator
from tracker.facilitators.models import Training
from tracker.facilitators.queries import attendances_of, facilitators_named
from tracker.organisation.tree import unit_tree

NAME = "ลับสุด สมมติ"
SEES = [("coordinator", True), ("office", True)]
SEES_NOT = [("other_coordinator", False), ("head", False), ("group_head", False), ("executive", False)]
each_reader = pytest.mark.parametrize(("who", "sees"), [*SEES, *SEES_NOT])


@pytest.fixture
def hidden(make):
    return make.facilitator("P001", name=NAME, hidden_at=datetime.now(UTC), hidden_reason="มีข้อมูลส่วนบุคคล")


@pytest.fixture
def activity(make, hidden):
    return make.activity("P002", title="วงเล่าเรื่องประตูเรือน", facilitators=(hidden,))


def test_one_question_says_whose_names_somebody_reads(make, hidden, actor_of, session):
    shown, tree = make.facilitator("P002"), unit_tree(session)
    for who, sees in [*SEES, *SEES_NOT, ("nobody", False)]:
        found = facilitators_named(session, [hidden.id, shown.id, 999], actor_of(who), tree)
        assert {person.id for person in found} == ({hidden.id, shown.id} if sees else {shown.id}), who


@each_reader
def test_activities_are_neither_filtered_nor_found_nor_told_by_the_name(
    browser_as, hidden, activity, who, sees
):
    browser = browser_as(who)
    filtered = browser.get(f"/activities/?facilitator={hidden.id}")
    found = browser.get("/activities/", {"q": "ลับสุด"})
    page = browser.get(f"/activities/{activity.id}")

    assert (NAME in filtered, NAME in page) == (sees, sees)
    assert ("ไม่รู้จัก" in filtered) is not sees
    assert (names(filtered), names(found)) == ([activity.title], [activity.title]) if sees else ([], [])


def test_the_changes_of_an_activity_do_not_tell_the_name(browser_as, make, hidden):
    hidden.hidden_at = None
    activity = make.activity("P001", facilitators=(hidden,))
    coordinator = browser_as("coordinator")
    form = data_form(coordinator.get(f"/activities/{activity.id}/edit"))
    form["facilitators"] = []
    form.submit(status=303)
    hide = browser_as("office").get(f"/facilitators/{hidden.id}/hide")
    form = next(form for form in hide.forms.values() if "reason" in form.fields)
    form["reason"] = "มีข้อมูลส่วนบุคคล"
    form.submit(status=303)

    assert NAME in coordinator.get(f"/activities/{activity.id}")
    assert NAME not in browser_as("head").get(f"/activities/{activity.id}")


def test_who_may_not_read_the_name_keeps_it_in_an_activity_that_they_change(
    browser_as, activity, hidden, session
):
    page = browser_as("other_coordinator").get(f"/activities/{activity.id}/edit")
    assert NAME not in page
    form = data_form(page)
    form["title"] = "วงเล่าเรื่องรั้ว"
    assert NAME not in form.submit(status=303).follow()

    assert activity.title == "วงเล่าเรื่องรั้ว"
    assert session.scalars(select(ActivityFacilitator.facilitator_id)).all() == [hidden.id]


def test_forms_of_trainings_name_nobody_who_is_not_in_the_register(browser_as, make, hidden):
    withdrawn = make.facilitator("P001", name="ถอนแล้ว สมมติ", withdrawn_on=hidden.entered_on)
    browser = browser_as("other_coordinator")
    for person in (hidden, withdrawn):
        page = browser.get(f"/facilitators/trainings/new?person={person.id}")
        assert person.name not in page
        form = data_form(page)
        form["course"] = "คุณอำนวยขั้นต้น"
        fill_day(form, "starts_on", 2, 2, 2569)
        posted = {**dict(form.submit_fields()), f"attended-{person.id}": "passed"}
        assert person.name not in browser.post("/facilitators/trainings/new", posted, status=422)


def test_a_training_that_is_changed_keeps_who_was_hidden(browser_as, make, hidden, session):
    other = make.facilitator("P002")
    training = make.training("P002", hidden, other)
    page = browser_as("other_coordinator").get(f"/facilitators/trainings/{training.id}/edit")
    assert NAME not in page
    form = data_form(page)
    form["course"], form[f"attended-{other.id}"] = "คุณอำนวยขั้นสูง", "attended"
    page = form.submit(status=303).follow()

    assert NAME not in page
    assert session.get(Training, training.id).course == "คุณอำนวยขั้นสูง"
    assert attendances_of(session, training.id) == {hidden.id: True, other.id: False}


def test_the_changes_of_a_training_do_not_tell_the_name(browser_as, make, hidden, session):
    hidden.hidden_at = None
    session.commit()
    training = make.training("P001", hidden)
    form = data_form(browser_as("coordinator").get(f"/facilitators/trainings/{training.id}/edit"))
    form[f"attended-{hidden.id}"] = "attended"
    form.submit(status=303)
    hidden.hidden_at = datetime.now(UTC)
    session.commit()

    for who, sees in (("coordinator", True), ("head", False)):
        assert (NAME in browser_as(who).get(f"/facilitators/trainings/{training.id}")) is sees, who
