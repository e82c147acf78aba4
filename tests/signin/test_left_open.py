"""What was typed where no session is held any more: its account gets it back, nobody else."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import world
from tests.signin.conftest import Enter, form_to, send
from tracker.signin.models import BrowserSession, KeptText

TITLE = "ถอดบทเรียนการทำครัวสะอาด"
BODY = "บรรทัดแรกที่พิมพ์ไว้\nบรรทัดที่สองยาวกว่า"


@pytest.fixture
def left_open(notes_app: Flask, entered: Enter, session: Session):
    """Give a form that was typed into, in a browser that was signed out in another tab meanwhile."""
    browser = entered("coordinator", notes_app)
    form = form_to(browser, "", "/notes/new")
    form["title"], form["body"] = TITLE, BODY
    form_to(browser, "/sign-out").submit(status=303)
    assert "tracker_session" not in browser.cookies
    return browser, form


def test_a_form_that_was_signed_out_in_another_tab_comes_back_to_its_account(left_open, saved: list[str]):
    browser, form = left_open
    answer = form.submit(status=303)
    assert "next=" in answer.location
    assert "ข้อความที่พิมพ์ไว้ยังอยู่" in answer.follow()

    assert TITLE in send(browser, "coordinator", status=303).follow()
    assert saved == []
    browser.get("/resume").click("เปิดแบบฟอร์มพร้อมข้อความนี้").forms[0].submit(status=303)
    assert saved == [TITLE]


def test_a_form_whose_cookie_was_deleted_comes_back_too_though_a_sign_in_page_was_opened_since(
    notes_app: Flask, entered: Enter
):
    browser = entered("coordinator", notes_app)
    form = form_to(browser, "", "/notes/new")
    form["title"] = TITLE
    browser.reset()
    browser.get("/sign-in")
    form.submit(status=303)

    assert TITLE in send(browser, "coordinator", status=303).follow()


def test_another_account_sees_nothing_of_a_form_that_was_signed_out(left_open, session: Session):
    browser, form = left_open
    form.submit(status=303)

    assert TITLE not in send(browser, "office", next_url="/resume", status=303).follow()
    assert len(session.scalars(select(KeptText)).all()) == 1


def test_a_form_that_was_signed_out_is_kept_no_longer_than_a_session_lasts(
    left_open, session: Session, monkeypatch
):
    now = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: now(signer) + 12 * 3600 + 60)
    left_open[1].submit(status=303)

    assert session.scalars(select(KeptText)).all() == []


def test_a_form_of_somebody_disabled_meanwhile_is_not_kept(left_open, session: Session):
    world.person(session, "coordinator").disabled_at = datetime.now(UTC)
    session.commit()
    left_open[1].submit(status=303)

    assert session.scalars(select(KeptText)).all() == []


@pytest.mark.parametrize(
    "token", ["", "x", "IjEyMyI.aaaa.bbbb", "of the sign-in page", "signed with another key"]
)
def test_without_a_session_a_token_that_was_not_given_to_one_keeps_nothing(
    left_open, session: Session, token: str
):
    browser, form = left_open
    if token == "of the sign-in page":
        token = browser.get("/sign-in").forms["sign-in"]["csrf_token"].value
    if token == "signed with another key":
        inner = session.scalars(select(BrowserSession.values)).one()["csrf_token"]
        token = URLSafeTimedSerializer("another", salt="wtf-csrf-token").dumps(inner)
    form["csrf_token"] = token
    form.submit(status=303)

    assert session.scalars(select(KeptText)).all() == []
