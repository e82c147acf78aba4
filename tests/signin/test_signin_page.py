"""What the sign-in page says, and what signing in needs to be there at all."""

import random

import pytest
from flask import Flask
from flask_security import RoleMixin
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.browsers import Browser
from tests.signin.conftest import Enter, form_to
from tracker.app import create_app
from tracker.organisation.models import Installation, InstallationKind
from tracker.organisation.revision import renew_revision
from tracker.settings import SettingError
from tracker.signin.identity import LoginDatastore
from tracker.signin.models import BrowserSession, Login
from tracker.signin.sessions import MAX_COOKIE, PAGE_COOKIE


def test_the_page_says_whom_to_call(signed_out: Browser):
    page = signed_out.get("/sign-in")

    assert "ผู้ดูแลระบบสมมติ" in page
    assert 'href="tel:020000000"' in page


def test_a_tracker_that_is_not_set_up_says_so(signed_out: Browser, session: Session):
    session.execute(text("DELETE FROM installations"))
    session.commit()

    assert "tracker init" in signed_out.get("/sign-in")


def test_a_real_installation_never_lists_accounts(app: Flask, signed_out: Browser, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO_ACCOUNTS", [("a@b.example", "known-password", "ผู้บริหาร")])

    assert "known-password" not in signed_out.get("/sign-in")


def test_a_demo_lists_its_accounts(app: Flask, signed_out: Browser, session: Session, monkeypatch):
    session.get_one(Installation, 1).kind = InstallationKind.DEMO
    renew_revision(session)
    monkeypatch.setitem(app.config, "DEMO_ACCOUNTS", [("a@b.example", "known-password", "ผู้บริหาร")])

    assert "known-password" in signed_out.get("/sign-in")


def test_the_application_does_not_start_without_a_secret(app: Flask):
    with pytest.raises(SettingError, match="SECRET_KEY"):
        create_app(SECRET_KEY=None, DATABASE_URL=app.config["DATABASE_URL"])


def test_a_signed_out_page_says_the_rehearsal_s_day(signed_out: Browser):
    assert "วันซ้อม" in signed_out.get("/sign-in")


def test_a_language_that_is_not_offered_is_not_found(signed_out: Browser):
    signed_out.get("/language/fr", status=404)


def test_who_wanted_a_page_goes_there_when_signed_in_already(entered: Enter):
    assert entered().get("/sign-in?next=/account/edit", status=303).location.endswith("/account/edit")


def test_signing_out_twice_is_harmless(entered: Enter, session: Session):
    browser = entered()
    form = form_to(browser, "/sign-out")
    form.submit(status=303)

    assert "/sign-in" in form.submit(status=303).location


@pytest.mark.parametrize("value", ["x", "eyJ4IjoxfQ.aaaa.bbbb", "", "ก"])
def test_a_page_cookie_that_was_tampered_with_is_passed_over(signed_out: Browser, value: str):
    cookie = f"{PAGE_COOKIE}={value}".encode().decode("latin-1")

    signed_out.get("/sign-in", headers={"Cookie": cookie}, status=200)


def test_a_very_long_notice_is_cut_rather_than_lost(notes_app: Flask, entered: Enter):
    browser, chance = entered("coordinator", notes_app), random.Random(1)
    form = form_to(browser, "", "/notes/new")
    for _ in range(12):  # as many in one go as a browser that follows nothing collects
        form["title"] = "".join(chance.choices("กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ", k=290))
        browser.post("/notes/new", form.submit_fields(), status=303)

    assert 1000 < len(browser.cookies[PAGE_COOKIE]) <= MAX_COOKIE
    assert form["title"].value in browser.get("/notes/new")


def test_values_that_change_later_are_stored_with_the_session(app: Flask, entered: Enter, session: Session):
    browser = entered()
    row = session.scalars(select(BrowserSession)).one()
    row.values = {name: value for name, value in row.values.items() if name != "csrf_token"}
    session.commit()
    browser.get("/account")

    assert "csrf_token" in session.scalars(select(BrowserSession)).one().values


def test_flask_security_finds_no_login_but_the_sessions_own(app: Flask):
    store = LoginDatastore(Login, RoleMixin)
    with app.test_request_context():
        assert store.find_user(fs_uniquifier="x") is None
        login = Login(person_id=1, fs_uniquifier="x")
        assert store.put(login) is login
