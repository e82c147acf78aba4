"""Where each role begins, and whose homes it may read."""

import pytest

from tests import world
from tests.world import TODAY
from tracker.accounts.models import HeldRole, RoleKind


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("coordinator", "/home/P001"),
        ("group_coordinator", "/home/PG01"),
        ("head", "/home/P001"),
        ("two_roles", "/home/D01"),
        ("office", "/overview"),
        ("executive", "/overview"),
        ("administrator", "/administration/"),
    ],
)
def test_everybody_begins_where_their_work_is(browser_as, who, address):
    answer = browser_as(who).get("/", status=303)

    assert answer.location.removeprefix("http://localhost") == address


def test_somebody_without_a_role_is_told_whom_to_ask(browser_as):
    page = browser_as("nobody").get("/")

    assert "ผู้ดูแลระบบสมมติ" in page
    assert "0 2000 0000" in page


def test_somebody_with_several_units_chooses(browser_as, make, session):
    person = world.person(session, "coordinator")
    further = HeldRole(
        person_id=person.id, kind=RoleKind.COORDINATOR, unit_id=make.node("P002").id, since=TODAY
    )
    session.add(further)
    session.commit()

    page = browser_as("coordinator").get("/")

    assert "/home/P002" in page
    assert page.click("เรือนจำจังหวัดนาสมมติ").status_int == 200


@pytest.mark.parametrize(
    ("who", "code", "status"),
    [
        ("coordinator", "P001", 200),
        ("coordinator", "P001-G1", 200),
        ("coordinator", "P002", 404),
        ("coordinator", "NOWHERE", 404),
        ("group_coordinator", "P001", 200),
        ("head", "P001", 200),
        ("executive", "P002", 200),
        ("administrator", "P001", 403),
        ("administrator", "NOWHERE", 403),
        ("nobody", "P001", 403),
    ],
)
def test_a_home_is_read_by_those_above_it(browser_as, who, code, status):
    browser_as(who).get(f"/home/{code}", status=status)
