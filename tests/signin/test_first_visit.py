"""The first visit: an own password in the place of a one-time one, and the privacy notice."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import world
from tests.browsers import Browser
from tests.signin.conftest import Enter, form_in, form_to, send
from tests.world import PASSWORD
from tracker.audit.models import AuditEntry

GOOD = "แม่น้ำสามสาย-กับรถไฟ"
TOKEN = "tracker_session"


def new_here(session: Session, **columns: object) -> None:
    """Make the coordinator somebody who has only a one-time password and read nothing yet."""
    person = world.person(session, "coordinator")
    values = {"must_change_password": True, "privacy_seen_at": None, "password_expires_at": None} | columns
    for name, value in values.items():
        setattr(person, name, value)
    session.commit()


def test_the_first_visit_sets_a_password_reads_the_notice_and_goes_where_it_wanted(
    signed_out: Browser, session: Session
):
    new_here(session)
    page = (
        send(signed_out, "coordinator", next_url="/account/sessions", status=303).follow(status=303).follow()
    )
    form = form_in(page, "password")
    form["password"] = form["again"] = GOOD
    privacy = form.submit(status=303).follow()
    done = privacy.forms[0].submit(status=303)

    assert done.location.endswith("/account/sessions")
    assert "เปลี่ยนรหัสผ่านแล้ว" in privacy
    person = world.person(session, "coordinator")
    assert (person.must_change_password, person.password_expires_at) == (False, None)
    assert person.privacy_seen_at is not None
    send(Browser(signed_out.app, session), "coordinator", GOOD, status=303)


@pytest.mark.parametrize("address", ["/account", "/account/password", "/resume", "/notes/new"])
def test_nothing_opens_before_an_own_password_is_set(notes_app: Flask, session: Session, address: str):
    new_here(session)
    browser = Browser(notes_app, session)
    send(browser, "coordinator", status=303)

    assert browser.get(address, status=303).location.endswith("/first-password")


def test_nothing_is_written_before_the_notice_was_read(notes_app: Flask, session: Session, saved: list[str]):
    browser = Browser(notes_app, session)
    send(browser, "coordinator", status=303)
    token = form_to(browser, "/sign-out")["csrf_token"].value
    new_here(session, must_change_password=False)

    answer = browser.post("/notes/new", {"csrf_token": token, "title": "x"}, status=303)
    assert answer.location.endswith("/privacy")
    assert saved == []


def test_signing_out_works_before_anything_else(entered: Enter, session: Session):
    new_here(session)
    browser = entered()

    assert "/sign-in" in form_to(browser, "/sign-out", "/first-password").submit(status=303).location


def test_a_one_time_password_expires(signed_out: Browser, session: Session):
    new_here(session, password_expires_at=datetime.now(UTC) - timedelta(minutes=1))

    assert "หมดอายุแล้ว" in send(signed_out, "coordinator", status=422)
    assert "ไม่ถูกต้อง" in send(signed_out, "coordinator", PASSWORD + "x", status=422)
    assert TOKEN not in signed_out.cookies


def test_who_has_an_own_password_is_sent_on(entered: Enter):
    assert entered().get("/first-password", status=303).location.endswith("/")


def test_the_one_time_password_is_not_taken_as_the_new_one(entered: Enter, session: Session):
    new_here(session)
    form = form_in(entered().get("/first-password"), "password")
    form["password"] = form["again"] = PASSWORD

    assert "ต้องไม่ซ้ำกับรหัสผ่านเดิม" in form.submit(status=422)


def test_the_notice_is_readable_at_any_time(signed_out: Browser, entered: Enter):
    assert "ระบบเก็บข้อมูลอะไรของคุณ" in signed_out.get("/privacy", status=200)
    assert "กลับไปหน้าบัญชี" in entered().get("/privacy", status=200)


def test_reading_the_notice_is_noted_once(entered: Enter, session: Session):
    new_here(session, must_change_password=False)
    browser = entered()
    page = browser.get("/privacy")
    page.forms[0].submit(status=303)
    first = world.person(session, "coordinator").privacy_seen_at
    browser.get("/privacy", status="*")

    noted = select(AuditEntry).where(AuditEntry.verb == "privacy_acknowledged")
    assert len(session.scalars(noted).all()) == 1
    assert world.person(session, "coordinator").privacy_seen_at == first
