"""The language can be switched on a form that was refused, and nothing typed is lost."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import TestResponse

from tests.browsers import Browser
from tests.signin.conftest import Enter, form_in, form_to, send
from tracker.activities.models import Activity
from tracker.programme.models import ActivityKind
from tracker.signin.models import KeptText

NEW = "/activities/new?unit=P001"
LATER = "ได้แนวทางใหม่สี่ข้อ"
WORDS = "ได้แนวทางใหม่สามข้อ"


@pytest.fixture
def refused(entered: Enter) -> tuple[Browser, TestResponse]:
    """Give a browser and the page that refused a form with something typed into it."""
    browser = entered()
    form = form_in(browser.get(NEW), "outcome")
    form["outcome"], form["title"] = WORDS, ""
    return browser, form.submit(status=422)


def switch(page: TestResponse, label: str = "EN") -> TestResponse:
    form = form_in(page, "typed")
    button = next(one for one in page.html.select(".lang button") if one.text == label)
    form.action = button["formaction"]
    return form.submit(status=303)


def test_a_refused_form_comes_back_in_the_other_language_with_all_that_was_typed(refused, session: Session):
    browser, page = refused
    shown = switch(page).follow(status=200)

    assert 'lang="en"' in shown
    form = form_in(shown, "outcome")
    assert form["outcome"].value == WORDS
    assert session.scalars(select(Activity)).all() == []
    assert shown.request.path_qs.startswith(NEW)
    assert browser.get("/resume").text.count(WORDS) == 1


def test_only_a_session_that_ended_while_typing_leads_to_what_was_kept(refused, session: Session):
    browser, page = refused
    switch(page).follow(status=200)
    assert len(session.scalars(select(KeptText)).all()) == 1
    form_to(browser, "/sign-out").submit(status=303)

    assert send(browser, "coordinator", status=303).location.endswith("/account")
    assert WORDS in browser.get("/resume")


def test_switching_back_brings_what_was_typed_last_and_keeps_it_once(refused, session: Session):
    _browser, page = refused
    form = form_in(switch(page).follow(), "outcome")
    form["outcome"] = LATER
    again = switch(form.submit(status=422), "ไทย").follow()

    assert 'lang="th"' in again
    assert form_in(again, "outcome")["outcome"].value == LATER
    assert len(session.scalars(select(KeptText)).all()) == 1


def test_a_page_that_was_only_read_switches_by_a_link(entered: Enter):
    page = entered().get(NEW)

    assert page.html.select(".lang button") == []
    assert "next=/activities/new" in page.html.select_one(".lang a")["href"].replace("%2F", "/")


@pytest.mark.parametrize("typed", ["", "x", "[1]", "{}", "[[1,2,3]]", "null"])
def test_odd_text_to_keep_is_nothing(entered: Enter, session: Session, typed: str):
    browser = entered()
    token = browser.get("/account").html.select_one("[name=csrf_token]")["value"]
    sent = {"csrf_token": token, "typed": typed}

    assert browser.post(f"/language/en?next={NEW}", sent, status=303).location.endswith(NEW)
    assert session.scalars(select(KeptText)).all() == []


def test_passwords_are_never_carried_along(entered: Enter):
    browser = entered()
    form = form_in(browser.get("/account/password"), "current")
    form["current"] = "wrong-wrong-wrong"
    page = form.submit(status=422)

    assert page.html.select(".lang button") == []
    assert "next=/account/password" in page.html.select_one(".lang a")["href"].replace("%2F", "/")


def test_what_was_filled_in_again_and_saved_is_kept_no_longer(refused, session: Session):
    interview = session.scalars(select(ActivityKind.id).where(ActivityKind.code == "s3_interview")).one()
    _browser, page = refused
    shown = switch(page).follow(status=200)
    assert "Not saved yet" in shown.text
    form = form_in(shown, "outcome")
    form["title"], form["step"], form["kind"] = "วงเล่าเรื่อง", "3", f"3-{interview}"

    form.submit(status=303)

    assert len(session.scalars(select(Activity)).all()) == 1
    assert session.scalars(select(KeptText)).all() == []
