"""A page that creates is sent twice: the same again changes nothing, something else is told and not lost."""

from sqlalchemy import func, select

from tracker.following.models import Announcement


def announcing(browser):
    page = browser.get("/announcements/new")
    form = next(form for form in page.forms.values() if "idempotency_key" in form.fields)
    form["text_th"] = "ขอเชิญร่วมวัน Share and Show"
    for part, value in (("day", "30"), ("month", "6"), ("year", "2569")):
        form[f"until-{part}"] = value
    return form


def count(session):
    return session.scalar(select(func.count()).select_from(Announcement))


def test_the_same_submitted_twice_is_answered_by_the_first(browser_as, session):
    form = announcing(browser_as("office"))
    first, second = form.submit(status=303), form.submit(status=303)

    assert first.location == second.location
    assert count(session) == 1


def test_something_else_from_the_same_page_is_told_stays_typed_and_can_be_saved(browser_as, session):
    form = announcing(browser_as("office"))
    location, key = form.submit(status=303).location, form["idempotency_key"].value
    form["text_th"] = "ประกาศอีกเรื่องหนึ่ง"
    page = form.submit(status=422)

    assert count(session) == 1
    assert page.html.select_one(".errsum a[href]")["href"] == location
    again = next(form for form in page.forms.values() if "idempotency_key" in form.fields)
    assert again["text_th"].value == "ประกาศอีกเรื่องหนึ่ง"
    assert again["idempotency_key"].value != key
    again.submit(status=303)
    assert count(session) == 2


def test_a_new_announcement_proposes_two_weeks(browser_as):
    page = browser_as("office").get("/announcements/new")
    form = next(form for form in page.forms.values() if "idempotency_key" in form.fields)

    assert [form[f"until-{part}"].value for part in ("day", "month", "year")] == ["2", "7", "2569"]


def test_a_key_that_no_database_takes_is_no_key(browser_as, session):
    form = announcing(browser_as("office"))
    form["idempotency_key"].force_value("a\x00b")
    form.submit(status=303)

    assert count(session) == 1
