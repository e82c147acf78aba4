"""The sign-in page of a second tab, or of a stranger: its CSRF token signs nobody in."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsers import Browser
from tests.signin.conftest import send
from tests.signin.test_signin import verbs
from tests.world import PASSWORD, PEOPLE
from tracker.signin.models import FailedAttempt


@pytest.mark.parametrize("who", ["coordinator", "office"])
@pytest.mark.parametrize("password", [PASSWORD, "สวนมะม่วง-กลางเมือง-8"])
def test_a_second_tab_is_told_who_is_signed_in_already_and_signs_nobody_in(
    signed_out: Browser, session: Session, who: str, password: str
):
    second = signed_out.get("/sign-in", params={"next": "/account"}).forms["sign-in"]
    send(signed_out, "coordinator", status=303)
    second["email"], second["password"] = PEOPLE[who].email, password

    page = second.submit(status=303).follow(status=303).follow(status=200)

    assert page.request.path == "/account"
    assert f"เข้าสู่ระบบอยู่แล้วในชื่อ {PEOPLE['coordinator'].name}" in page
    assert "นานเกินไป" not in page
    assert (verbs(session), session.scalars(select(FailedAttempt)).all()) == (["signed_in"], [])


def test_a_foreign_csrf_token_signs_nobody_in(signed_out: Browser, app: Flask, session: Session):
    foreign = Browser(app, session).get("/sign-in").forms["sign-in"]["csrf_token"].value
    sent = {"csrf_token": foreign, "email": PEOPLE["office"].email, "password": PASSWORD}

    signed_out.get("/sign-in")
    assert "/sign-in" in signed_out.post("/sign-in", sent, status=303).location
    send(signed_out, "coordinator", status=303)
    signed_out.post("/sign-in", sent, status=303)

    assert verbs(session) == ["signed_in"]
    assert PEOPLE["coordinator"].name in signed_out.get("/account")
