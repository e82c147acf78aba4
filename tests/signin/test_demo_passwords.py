"""In a demo the printed passwords stay: whoever tries it next signs in with them."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import world
from tests.browsers import Browser
from tests.signin.conftest import Enter, form_in, form_to, send
from tests.world import PASSWORD, PEOPLE
from tracker.accounts.passwords import one_time_password
from tracker.administration.operations import disable_person, edit_person, enable_person, reset_password
from tracker.change import RefusedError
from tracker.organisation.models import Installation, InstallationKind
from tracker.organisation.revision import renew_revision
from tracker.signin.operations import change_password

GOOD = "แม่น้ำสามสาย-กับรถไฟ"


@pytest.fixture(autouse=True)
def demo(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the world a demo that prints the coordinator's account."""
    monkeypatch.setattr("tracker.accounts.queries.ADDRESSES", {PEOPLE["coordinator"].email})
    session.get_one(Installation, 1).kind = InstallationKind.DEMO
    renew_revision(session)
    session.commit()


def test_the_page_of_the_password_says_why_it_stays(entered: Enter):
    page = entered().get("/account/password", status=200)

    assert "รหัสผ่านของบัญชีสาธิตเปลี่ยนไม่ได้" in page
    assert not any("current" in form.fields for form in page.forms.values())


def test_a_password_that_is_sent_all_the_same_is_refused(entered: Enter, session: Session):
    browser = entered()
    token = form_to(browser, "/sign-out")["csrf_token"].value
    sent = {"csrf_token": token, "current": PASSWORD, "password": GOOD, "again": GOOD}

    assert "รหัสผ่านของบัญชีสาธิตเปลี่ยนไม่ได้" in browser.post("/account/password", sent, status=422)
    assert world.person(session, "coordinator").password_hash == world.PASSWORD_HASH


def test_the_operations_refuse_too(change_as, session: Session):
    person_id = world.person(session, "coordinator").id
    with pytest.raises(RefusedError, match="เปลี่ยนไม่ได้"):
        change_password(change_as("coordinator"), current=PASSWORD, password=GOOD)
    with pytest.raises(RefusedError, match="ตั้งรหัสผ่านใหม่ไม่ได้"):
        reset_password(change_as("administrator"), person_id=person_id, password_days=14)
    with pytest.raises(RefusedError, match="ตั้งรหัสผ่านใหม่ไม่ได้"):
        disable_person(change_as("administrator"), person_id=person_id)


def test_the_address_of_a_printed_account_stays_and_its_name_may_change(entered: Enter, session: Session):
    person = world.person(session, "coordinator")
    form = form_in(entered("administrator").get(f"/administration/people/{person.id}/edit"), "email")
    address, form["name"] = person.email, "ผู้ประสานงาน คนใหม่"
    form["email"] = "elsewhere@p001.example"
    page = form.submit(status=422)
    assert "อีเมลของบัญชีสาธิตเปลี่ยนไม่ได้" in page
    assert world.person(session, "coordinator").email == address

    form = form_in(page, "email")
    form["email"] = address
    form.submit(status=303)

    assert world.person(session, "coordinator").name == "ผู้ประสานงาน คนใหม่"


def test_the_page_of_such_a_person_says_so_instead_of_offering_it(entered: Enter, session: Session):
    person_id = world.person(session, "coordinator").id
    page = entered("administrator").get(f"/administration/people/{person_id}")

    assert "บัญชีสาธิตที่พิมพ์รหัสผ่านไว้" in page
    assert f"/administration/people/{person_id}/password" not in page


def test_an_account_without_a_printed_password_is_an_account_as_everywhere(
    app: Flask, change_as, entered: Enter, session: Session
):
    person = world.person(session, "head")
    person.password_hash = None
    with change_as("administrator") as change:
        password = reset_password(change, person_id=person.id, password_days=14)
    assert len(password) == len(one_time_password())
    with change_as("administrator") as change:
        disable_person(change, person_id=person.id)
    with change_as("administrator") as change:
        enable_person(change, person_id=person.id)

    browser = entered("head", password=password)
    assert "ตั้งรหัสผ่านของคุณ" in browser.get("/", status=303).follow()
    form = next(form for form in browser.get("/first-password").forms.values() if "again" in form.fields)
    form["password"], form["again"] = GOOD, GOOD
    form.submit(status=303)
    send(Browser(app, session), "head", GOOD, status=303)


def test_somebody_who_was_added_and_chose_a_password_can_be_reset_moved_and_disabled(
    change_as, session: Session
):
    person = world.person(session, "head")
    assert person.password_hash is not None
    assert not person.must_change_password
    with change_as("head") as change:
        change_password(change, current=PASSWORD, password=GOOD)
    with change_as("administrator") as change:
        edit_person(change, person_id=person.id, email="elsewhere@p001.example", name=person.name)
    with change_as("administrator") as change:
        reset_password(change, person_id=person.id, password_days=14)
    with change_as("administrator") as change:
        disable_person(change, person_id=person.id)

    session.refresh(person)
    assert (person.email, person.disabled_at is None) == ("elsewhere@p001.example", False)
