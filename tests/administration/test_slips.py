"""Slips of one-time passwords when a page is sent twice: a double click without scripts, a reload."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from webtest import Upload

from tests import world
from tests.administration.test_people_pages import add_person, the_form
from tracker.accounts.models import Person
from tracker.accounts.passwords import password_matches
from tracker.administration.views import slips
from tracker.audit.models import AuditEntry
from tracker.web.forms import CreateForm
from tracker.web.models import FormAnswer

FILE = (
    "email,name,unit_code,office_phone\n"
    "one@p002.example,หนึ่ง สมมติ,P002,\n"
    "two@p003.example,สอง สมมติ,P003,\n"
    f"{world.PEOPLE['coordinator'].email},{world.PEOPLE['coordinator'].name},P002,\n"
)


def file_form(page):
    return next(form for form in page.forms.values() if "content" in form.fields)


def new_form(browser, session):
    return add_person(browser)


def reset_form(browser, session):
    return the_form(browser.get(f"/administration/people/{world.person(session, 'head').id}/password"))


def import_form(browser, session):
    form = file_form(browser.get("/administration/people/import"))
    form["file"] = Upload("p.csv", FILE.encode())
    return file_form(form.submit(status=200))


def send(form):
    return form.submit("confirm" if "confirm" in form.fields else None)


def passwords(page):
    return [found.text for found in page.html.select(".password-once")]


@pytest.fixture(params=[new_form, reset_form, import_form])
def form(request, browser_as, session):
    return request.param(browser_as("office"), session)


def test_the_same_page_sent_twice_shows_the_same_slips_and_does_nothing_twice(form, session):
    first = send(form)
    done = len(session.scalars(select(AuditEntry)).all())

    again = send(form)

    assert passwords(first)
    assert (again.status_int, passwords(again)) == (200, passwords(first))
    assert again.html.select_one("header a") == first.html.select_one("header a")
    assert len(session.scalars(select(AuditEntry)).all()) == done


def test_a_second_click_while_the_first_is_under_way_shows_the_same_slips(form, session, monkeypatch):
    first = send(form)
    kept, asked = CreateForm.first_answer, []

    def not_yet_there(self):
        asked.append(self)
        return kept(self) if len(asked) > 1 else None

    monkeypatch.setattr(CreateForm, "first_answer", not_yet_there)
    again = send(form)

    assert (again.status_int, passwords(again)) == (200, passwords(first))


def test_an_import_sent_twice_shows_who_got_an_account_only(browser_as, session):
    form = import_form(browser_as("office"), session)
    send(form)

    again = send(form)

    assert [heading.text.split(" · ")[0] for heading in again.html.select(".slip h2")] == [
        "หนึ่ง สมมติ",
        "สอง สมมติ",
    ]
    for email, password in zip(("one@p002.example", "two@p003.example"), passwords(again), strict=True):
        person = session.scalars(select(Person).where(Person.email == email)).one()
        assert password_matches(person.password_hash, password)


def test_some_minutes_later_the_repeat_tells_what_happened_and_what_to_do(form, session):
    send(form)
    answer = session.scalars(select(FormAnswer)).one()
    answer.answered_at = datetime.now(UTC) - slips.SHOWN_AGAIN - timedelta(seconds=1)
    session.commit()

    page = send(form)

    assert page.status_int == 303
    assert "ไม่มีอะไรถูกทำซ้ำ" in page.follow().text


def test_a_password_that_was_replaced_since_is_not_shown(form, session):
    send(form)
    for person in session.scalars(select(Person).where(Person.must_change_password)):
        person.must_change_password = False
    session.commit()

    assert send(form).status_int == 303


def test_another_session_of_the_same_person_does_not_see_the_slips(form, session, browser_as):
    send(form)
    other = browser_as("office")
    form.response.test_app.cookiejar = other.cookiejar
    forms = other.get("/administration/people/new").forms.values()
    form["csrf_token"] = next(one["csrf_token"].value for one in forms if "csrf_token" in one.fields)

    assert not passwords(send(form))
