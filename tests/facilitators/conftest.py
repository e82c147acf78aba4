"""What tests of facilitators and trainings share."""

import pytest
from sqlalchemy import select

from tests.world import TODAY
from tracker.facilitators.models import KmRole
from tracker.facilitators.operations import add_facilitator, edit_facilitator, post_facilitator
from tracker.progress.models import StepProgress


@pytest.fixture
def add(make, change_as):
    def say(name="มาลี สมมติ", *, who="coordinator", code="P001", **details):
        with change_as(who) as change:
            return add_facilitator(change, unit_id=make.node(code).id, name=name, **details)

    return say


@pytest.fixture
def edit(change_as):
    def say(person, *, who="coordinator", **details):
        values = {
            "name": person.name, "position_title": person.position_title, "roles": [KmRole.FACILITATOR],
            "appointed_by": "", "appointed_on": None, "remarks": "", "opened_with": person.version, **details,
        }  # fmt: skip
        with change_as(who) as change:
            return edit_facilitator(change, facilitator_id=person.id, **values)

    return say


@pytest.fixture
def move(make, change_as):
    def say(person, code, *, who="coordinator", since=TODAY, **details):
        with change_as(who) as change:
            return post_facilitator(
                change, facilitator_id=person.id, unit_id=make.node(code).id, since=since, **details
            )

    return say


@pytest.fixture
def measured(session, make):
    def rules_met(code, stage=2):
        found = session.scalars(
            select(StepProgress).where(
                StepProgress.enrolment_id == make.enrolment(code, stage).id,
                StepProgress.step_id == make.step_id(2),
            )
        ).one_or_none()
        return found.measured_met if found else 0

    return rules_met
