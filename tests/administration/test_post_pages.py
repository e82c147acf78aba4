"""Editing a post, and a form that two people opened."""

import pytest
from sqlalchemy import select

from tests.world import TODAY
from tracker.accounts.models import RoleKind
from tracker.administration.operations import close_post, enable_person, end_holder, set_holder
from tracker.change import RefusedError
from tracker.organisation.models import ExecutivePost, PostHolder


def the_form(page):
    return next(form for form in page.forms.values() if form.method.lower() == "post" and form.action == "")


def test_a_posts_name_and_phone_are_changed(browser_as, session, make):
    post = make.post("P001")
    browser = browser_as("coordinator")
    form, stale = (the_form(browser.get(f"/administration/posts/{post.id}/edit")) for _ in range(2))
    form["office_phone"] = "0 2000 0077"
    form.submit(status=303)

    assert session.get(ExecutivePost, post.id).office_phone == "0 2000 0077"
    stale["office_phone"] = "0 2000 0088"
    assert "0 2000 0077" in stale.submit(status=409).text


def test_a_second_post_does_not_become_head(browser_as, make):
    form = the_form(browser_as("coordinator").get(f"/administration/posts/{make.post('P001').id}/edit"))
    form["is_head"] = True

    assert "อยู่แล้ว" in form.submit(status=422).text


def test_a_vacant_or_closed_post_refuses_what_makes_no_sense(browser_as, change_as, session, make):
    post, browser = make.post("P001"), browser_as("coordinator")
    page = the_form(browser.get(f"/administration/posts/{post.id}/close")).submit(status=303).follow()
    assert "ปิดตั้งแต่" in page.text
    holder = the_form(browser.get(f"/administration/posts/{post.id}/holder"))
    holder["name"] = "มาช้า สมมติ"
    assert "ปิดไปแล้ว" in holder.submit(status=422).text
    assert session.scalars(select(PostHolder).where(PostHolder.post_id == post.id)).all() == []
    for operation, given in (
        (end_holder, {"post_id": post.id, "until": TODAY}),
        (close_post, {"post_id": post.id, "closed_on": TODAY.replace(year=2030)}),
        (set_holder, {"post_id": post.id, "name": "ก", "since": TODAY}),
    ):
        with pytest.raises(RefusedError):
            operation(change_as("coordinator"), **given)


def test_an_account_that_is_enabled_is_not_enabled_again(change_as, make):
    person = make.person("", (RoleKind.UNIT_HEAD, "P001"))
    with pytest.raises(RefusedError, match="เปิดอยู่แล้ว"):
        enable_person(change_as("office"), person_id=person.id)
