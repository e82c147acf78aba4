"""Nobody below an administrator changes the account of the office or of an administrator: by no way."""

import base64

import pytest
from sqlalchemy import select

from tests import world
from tests.administration.test_people_pages import the_form
from tests.world import TODAY
from tracker.accounts.models import HeldRole, RoleKind
from tracker.administration.operations import end_role, give_role, hand_over, import_people
from tracker.administration.people_file import PersonRow
from tracker.administration.unit_file import UnitFileError
from tracker.change import NotPermittedError

PRIVILEGED = ("office", "two_roles", "administrator")
HEADER = "email,name,unit_code,office_phone\n"


def roles_of(session, who):
    person = world.person(session, who)
    return session.scalars(select(HeldRole).where(HeldRole.person_id == person.id)).all()


def row_of(who, unit="P002"):
    return PersonRow(2, world.PEOPLE[who].email, world.PEOPLE[who].name, unit, "")


@pytest.mark.parametrize("who", PRIVILEGED)
@pytest.mark.parametrize("kind", [RoleKind.COORDINATOR, RoleKind.UNIT_HEAD, RoleKind.EXECUTIVE])
def test_the_office_gives_no_role_to_such_an_account(change_as, session, make, who, kind):
    given = {"person_id": world.person(session, who).id, "kind": kind, "unit_id": make.node("P002").id}
    with pytest.raises(NotPermittedError):
        give_role(change_as("office"), **given, since=TODAY)

    with change_as("administrator") as change:
        assert give_role(change, **given, since=TODAY).kind is kind


def test_the_office_ends_no_role_of_such_an_account(change_as, session):
    role = next(held for held in roles_of(session, "two_roles") if held.kind is RoleKind.COORDINATOR)
    for who in ("office", "two_roles"):
        with pytest.raises(NotPermittedError):
            end_role(change_as(who), role_id=role.id, on=TODAY)


def test_the_page_that_ends_a_role_of_such_an_account_is_closed_to_the_office(browser_as, session):
    role = next(held for held in roles_of(session, "two_roles") if held.kind is RoleKind.COORDINATOR)

    browser_as("office").get(f"/administration/roles/{role.id}/end", status=403)
    browser_as("administrator").get(f"/administration/roles/{role.id}/end", status=200)


@pytest.mark.parametrize(("leaver", "successor"), [("coordinator", "office"), ("two_roles", "nobody")])
def test_the_office_hands_nothing_over_from_or_to_such_an_account(change_as, session, leaver, successor):
    old, new = (world.person(session, who).id for who in (leaver, successor))

    with pytest.raises(NotPermittedError):
        hand_over(change_as("office"), from_person_id=old, to_person_id=new, on=TODAY)


def test_a_successor_that_is_not_the_offices_to_change_is_told_at_the_field(browser_as, session):
    leaver = world.person(session, "coordinator")
    form = the_form(browser_as("office").get(f"/administration/people/{leaver.id}/hand-over"))
    form["email"] = world.PEOPLE["office"].email

    assert "ผู้ดูแลระบบเท่านั้น" in form.submit(status=422)
    assert [held.until for held in roles_of(session, "coordinator")] == [None]


@pytest.mark.parametrize("who", PRIVILEGED)
def test_the_office_imports_no_role_for_such_an_account(change_as, session, who):
    before = len(roles_of(session, who))
    with pytest.raises(UnitFileError) as told:
        import_people(change_as("office"), rows=[row_of("nobody"), row_of(who)], password_days=14)

    assert [problem.value for problem in told.value.problems] == [world.PEOPLE[who].email]
    assert (len(roles_of(session, who)), roles_of(session, "nobody")) == (before, [])


def test_an_import_leaves_alone_who_holds_the_role_already(change_as):
    with change_as("office") as change:
        taken = import_people(change, rows=[row_of("two_roles", "D01")], password_days=14)

    assert [one.password for one in taken] == [None]


def test_the_dry_run_says_which_accounts_are_not_the_offices_to_change(browser_as, session):
    browser = browser_as("office")
    form = next(
        form
        for form in browser.get("/administration/people/import").forms.values()
        if "content" in form.fields
    )
    text = HEADER + f"{world.PEOPLE['office'].email},{world.PEOPLE['office'].name},P002,\n"
    sent = {
        "csrf_token": form["csrf_token"].value,
        "idempotency_key": form["idempotency_key"].value,
        "content": base64.b64encode(text.encode()).decode(),
        "file_name": "a.csv",
        "confirm": "1",
    }

    page = browser.post("/administration/people/import", sent, status=422)

    assert "ผู้ดูแลระบบเท่านั้นที่แก้ไขได้" in page
    assert [held.kind for held in roles_of(session, "office")] == [RoleKind.OFFICE]


def test_an_account_that_was_the_offices_once_is_an_account_like_others(change_as, session, make):
    office = world.person(session, "two_roles")
    role = next(held for held in roles_of(session, "two_roles") if held.kind is RoleKind.OFFICE)
    with change_as("administrator") as change:
        end_role(change, role_id=role.id, on=TODAY.replace(day=1))

    with change_as("office") as change:
        given = give_role(
            change, person_id=office.id, kind=RoleKind.COORDINATOR, unit_id=make.node("P002").id, since=TODAY
        )
    assert given.person_id == office.id
