"""Pages of people and roles, by the real forms."""

from datetime import date
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from tests import world
from tracker.accounts.models import HeldRole, Person, RoleKind
from tracker.accounts.passwords import password_matches
from tracker.activities.models import Draft
from tracker.audit.models import AuditEntry

NEW = {"name": "สมศรี มาใหม่สมมติ", "email": "New@P002.Example", "office_phone": "0 2000 0009"}


def person_of(session, email):
    return session.scalars(select(Person).where(Person.email == email)).one_or_none()


def the_form(page):
    """Return the form of the page itself: the last one that is a POST to this address."""
    own = (form for form in page.forms.values() if form.method.lower() == "post" and form.action == "")
    return next(form for form in own if "typed" not in form.fields)


def add_person(browser, **typed):
    form = the_form(browser.get("/administration/people/new"))
    for name, value in {**NEW, **typed}.items():
        form[name] = value
    return form


def test_a_new_person_gets_a_slip_that_works_and_another_page_shows_it_never(browser_as, session):
    browser = browser_as("office")
    form = add_person(browser)

    slip = form.submit(status=200)

    password = slip.html.select_one(".password-once").text
    person = person_of(session, "new@p002.example")
    assert password_matches(person.password_hash, password)
    assert person.must_change_password
    assert password not in browser.get(f"/administration/people/{person.id}").text
    assert session.query(Person).filter_by(email="new@p002.example").count() == 1


def test_an_address_that_is_taken_is_said_at_its_field_and_nothing_typed_is_lost(browser_as):
    page = add_person(browser_as("office"), email=world.PEOPLE["head"].email).submit(status=422)

    assert "มีบัญชีที่ใช้อีเมล" in page.text
    assert the_form(page)["name"].value == NEW["name"]


@pytest.mark.parametrize("email", ["ไม่ใช่อีเมล", "a@b", "a b@c.example", "a@@b.example"])
def test_what_is_no_address_is_refused(browser_as, email):
    assert "อีเมลไม่ถูกต้อง" in add_person(browser_as("office"), email=email).submit(status=422).text


def test_a_name_with_a_national_id_is_refused(browser_as):
    page = add_person(browser_as("office"), name="สมศรี 1-2345-67890-12-1").submit(status=422)

    assert "13 หลัก" in page.text


def test_the_list_finds_by_name_role_unit_and_state(browser_as, make):
    make.person(
        "silent@p003.example", (RoleKind.COORDINATOR, "P003"), name="เงียบ สมมติ", first_signed_in_at=None
    )
    browser = browser_as("office")

    def found(**query):
        page = browser.get("/administration/people", query)
        return {row.text for row in page.html.select("tbody th a")}

    assert found(q="มาลี") == {world.PEOPLE["coordinator"].name}
    assert found(q="ม") >= {world.PEOPLE["coordinator"].name}
    assert found(role="unit_head") == {world.PEOPLE["head"].name, world.PEOPLE["group_head"].name}
    assert found(unit="PG01", role="coordinator") >= {"เงียบ สมมติ", world.PEOPLE["group_coordinator"].name}
    assert found(state="never") == {"เงียบ สมมติ"}
    assert found(state="disabled") == {world.PEOPLE["disabled"].name}
    assert found(q="ไม่มีใครชื่อนี้") == set()


def test_the_export_has_the_rows_of_the_list(browser_as):
    browser = browser_as("office")
    page = browser.get("/administration/people", {"role": "coordinator"})
    rows = browser.get("/administration/people.csv", {"role": "coordinator"}).body.decode("utf-8-sig")

    assert len(page.html.select("tbody tr")) == len([r for r in rows.splitlines() if "ผู้ประสานงาน" in r])
    assert "@" not in rows


@pytest.mark.parametrize("typed", ["1101700230708", "๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘", "สมชาย 1 1017 00230 70 8"])
def test_a_national_id_in_a_search_does_not_get_into_the_trail(browser_as, session, typed):
    browser = browser_as("office")
    assert browser.get("/administration/people.csv", {"q": typed, "role": "coordinator"}).body
    assert browser.get("/administration/people.csv", {"_x": typed}).body

    said = [
        entry.details["address"] for entry in session.scalars(select(AuditEntry)) if entry.verb == "exported"
    ]
    assert said == ["/administration/people.csv?q=xxx&role=coordinator", "/administration/people.csv?_x=xxx"]


def test_the_trail_says_what_was_searched(browser_as, session):
    assert browser_as("office").get("/administration/people.csv", {"q": "สมชาย"}).body

    entry = session.scalars(select(AuditEntry).where(AuditEntry.verb == "exported")).one()
    assert unquote(entry.details["address"]) == "/administration/people.csv?q=สมชาย"


def test_editing_with_an_old_version_shows_both(browser_as, session):
    browser = browser_as("office")
    person = world.person(session, "head")
    form = the_form(browser.get(f"/administration/people/{person.id}/edit"))
    other = the_form(browser.get(f"/administration/people/{person.id}/edit"))
    other["name"] = "ชื่อใหม่ จากอีกคน"
    other.submit(status=303)
    form["name"] = "ชื่อใหม่ ของฉัน"

    page = form.submit(status=409)

    assert "ชื่อใหม่ จากอีกคน" in page.text
    assert "ชื่อใหม่ ของฉัน" in page.text


def test_disabling_asks_for_a_reason_and_can_be_undone(browser_as, session):
    browser = browser_as("office")
    person = world.person(session, "head")
    form = the_form(browser.get(f"/administration/people/{person.id}/disable"))
    form.submit(status=422)
    form["reason"] = "ย้ายหน่วยงาน"

    page = form.submit(status=303).follow()

    assert world.person(session, "head").disabled_at
    undo = next(f for f in page.forms.values() if f.action.endswith("/enable"))
    undo.submit(status=303)
    assert world.person(session, "head").disabled_at is None


def test_nobody_disables_themselves(browser_as, session):
    administrator = world.person(session, "administrator")
    form = the_form(browser_as("administrator").get(f"/administration/people/{administrator.id}/disable"))
    form["reason"] = "ลองดู"

    assert "ของตนเองไม่ได้" in form.submit(status=422).text


@pytest.mark.parametrize("path", ["edit", "disable", "password", "roles/new", "hand-over"])
@pytest.mark.parametrize("who", ["administrator", "two_roles"])
def test_the_office_leaves_accounts_of_administrators_and_of_the_office_alone(browser_as, session, path, who):
    person = world.person(session, who)

    browser_as("office").get(f"/administration/people/{person.id}/{path}", status=403)


def test_a_new_password_replaces_the_old_one(browser_as, session):
    person = world.person(session, "head")
    form = the_form(browser_as("office").get(f"/administration/people/{person.id}/password"))

    slip = form.submit(status=200)

    password = slip.html.select_one(".password-once").text
    person = world.person(session, "head")
    assert password_matches(person.password_hash, password)
    assert not password_matches(person.password_hash, world.PASSWORD)
    assert password not in str([entry.details for entry in session.scalars(select(AuditEntry))])


def give_role(browser, person, kind="coordinator", unit="P002"):
    form = the_form(browser.get(f"/administration/people/{person.id}/roles/new"))
    form["kind"] = kind
    form["unit_id"].force_value(str(unit))
    return form


def test_a_role_is_given_from_a_day_and_ended_on_one(browser_as, session, make):
    browser = browser_as("office")
    person = world.person(session, "nobody")
    give_role(browser, person, unit=make.node("P002").id).submit(status=303)
    role = session.scalars(select(HeldRole).where(HeldRole.person_id == person.id)).one()
    assert (role.kind, role.unit_id, role.since) == (RoleKind.COORDINATOR, make.node("P002").id, world.TODAY)

    the_form(browser.get(f"/administration/roles/{role.id}/end")).submit(status=303)

    assert session.get(HeldRole, role.id).until == world.TODAY


def test_the_office_is_not_offered_the_roles_of_administrators(browser_as, session):
    page = browser_as("office").get(f"/administration/people/{world.person(session, 'nobody').id}/roles/new")

    offered = {option["value"] for option in page.html.select("[name=kind]")}
    assert offered == {"coordinator", "unit_head", "executive"}


def test_a_role_that_is_not_offered_is_refused(browser_as, session, make):
    person = world.person(session, "nobody")
    form = give_role(browser_as("office"), person, unit=make.node("P002").id)
    form["kind"].force_value("administrator")

    form.submit(status=422)

    assert session.query(HeldRole).filter_by(person_id=person.id).count() == 0


def test_an_administrator_keeps_their_own_last_role(browser_as, session):
    person = world.person(session, "administrator")
    role = session.scalars(select(HeldRole).where(HeldRole.person_id == person.id)).one()

    page = the_form(browser_as("administrator").get(f"/administration/roles/{role.id}/end")).submit(
        status=422
    )

    assert "ของตนเองไม่ได้" in page.text


def test_a_leaver_hands_roles_over(browser_as, session, make):
    leaver, successor = world.person(session, "coordinator"), world.person(session, "nobody")
    form = the_form(browser_as("office").get(f"/administration/people/{leaver.id}/hand-over"))
    form["email"] = "missing@doc.example"
    form.submit(status=422)
    form["email"] = world.PEOPLE["nobody"].email

    form.submit(status=303)

    old = session.scalars(select(HeldRole).where(HeldRole.person_id == leaver.id)).one()
    new = session.scalars(select(HeldRole).where(HeldRole.person_id == successor.id)).one()
    assert (old.until, new.since) == (date(2026, 6, 17), world.TODAY)
    assert new.unit_id == make.node("P001").id


@pytest.mark.parametrize("path", ["", "/edit", "/disable", "/password", "/roles/new", "/hand-over"])
def test_a_missing_person_is_not_found(browser_as, path):
    browser_as("administrator").get(f"/administration/people/999999{path}", status=404)


def test_every_page_speaks_english(browser_as, session):
    browser = browser_as("administrator").in_english()
    person = world.person(session, "head")
    for path in (
        "/",
        "/people",
        f"/people/{person.id}",
        "/people/new",
        "/people/import",
        "/settings",
        "/audit",
    ):
        page = browser.get(f"/administration{path}")
        heading = page.html.select_one("h1").text
        assert heading == person.name or heading.isascii(), path


def test_a_leavers_drafts_go_to_the_successor(browser_as, session, make):
    leaver, successor = world.person(session, "coordinator"), world.person(session, "nobody")
    session.add(
        Draft(unit_id=make.node("P001").id, person_id=leaver.id, title="ร่าง", saved_at=world.NOW, values={})
    )
    session.commit()
    form = the_form(browser_as("office").get(f"/administration/people/{leaver.id}/hand-over"))
    form["email"] = world.PEOPLE["nobody"].email

    form.submit(status=303)

    assert session.scalars(select(Draft)).one().person_id == successor.id
