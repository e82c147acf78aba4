"""Office phones are numbers, wherever they are entered."""

from typing import Any

import pytest

from tests import world
from tracker.administration.operations import (
    add_person,
    add_post,
    edit_installation,
    edit_person,
    edit_post,
)
from tracker.change import RefusedError
from tracker.organisation.models import ExecutivePost
from tracker.signin.operations import edit_account

SAID = "ใส่เป็นหมายเลขโทรศัพท์ เช่น 0 2000 0142 ต่อ 14"


def the_form(page):
    return next(form for form in page.forms.values() if form.method.lower() == "post" and form.action == "")


@pytest.fixture
def pages(session, make):
    """Return who enters a phone, where, and by which field."""
    person, post = world.person(session, "head"), make.post("P001")
    return [
        ("office", f"/administration/people/{person.id}/edit", "office_phone"),
        ("coordinator", f"/administration/posts/{post.id}/edit", "office_phone"),
        ("administrator", "/administration/settings", "support_phone"),
        ("coordinator", "/account/edit", "office_phone"),
    ]


def test_every_page_refuses_text_that_is_no_phone_and_keeps_what_was_typed(browser_as, pages):
    for key, address, field in pages:
        form = the_form(browser_as(key).get(address))
        form[field] = "ถามฝ่ายบริหาร"
        page = form.submit(status=422)

        assert SAID in page.html.select_one(f"#{field}-error").text, address
        assert the_form(page)[field].value == "ถามฝ่ายบริหาร"


@pytest.mark.parametrize("phone", ["1234", "๐ ๒๐๐๐ ๐๑๔๒ ต่อ ๑๔", "0 2000 0142, 0 2000 0143", ""])
def test_every_page_takes_numbers_and_an_empty_one(browser_as, pages, phone):
    for key, address, field in pages:
        form = the_form(browser_as(key).get(address))
        form[field] = phone
        form.submit(status=303)


def test_every_operation_refuses_text_that_is_no_phone(session, change_as, make):
    post, person = make.post("P001"), world.person(session, "head")
    named: dict[str, Any] = {"name": "ศรี ดี", "office_phone": "abc"}
    titled: dict[str, Any] = {"title_th": "ผู้บัญชาการเรือนจำ", "office_phone": "abc"}
    texts: dict[str, Any] = {
        "department_th": "กรมสมมติ",
        "office_th": "ฝ่ายเลขานุการ KM",
        "support_phone": "abc",
    }
    tries = [
        ("office", lambda c: add_person(c, email="z@p002.example", password_days=14, **named)),
        ("office", lambda c: edit_person(c, person_id=person.id, email=person.email, **named)),
        ("office", lambda c: add_post(c, unit_id=make.node("P002").id, **titled)),
        ("office", lambda c: edit_post(c, post_id=post.id, **titled)),
        ("administrator", lambda c: edit_installation(c, **texts)),
        ("coordinator", lambda c: edit_account(c, language="th", opened_with=None, **named)),
    ]
    for key, attempt in tries:
        with pytest.raises(RefusedError, match=SAID), change_as(key) as change:
            attempt(change)


def test_thai_digits_are_kept_as_arabic_ones(session, change_as, make):
    with change_as("office") as change:
        edit_post(
            change, post_id=make.post("P001").id, title_th="ผู้บัญชาการเรือนจำ", office_phone="๐ ๒๐๐๐ ๐๑๔๒ ต่อ ๑๔"
        )

    assert "0 2000 0142 ต่อ 14" in [post.office_phone for post in session.query(ExecutivePost)]


def test_an_account_takes_a_name_as_any_other_text_is_taken(change_as):
    with pytest.raises(RefusedError, match="กรุณาใส่ชื่อ"), change_as("coordinator") as change:
        edit_account(change, name="  ", office_phone="", language="th", opened_with=None)


def test_a_phone_that_cannot_be_dialled_is_shown_without_a_link(browser_as, make):
    make.post("P002", is_head=True, office_phone="ถามฝ่ายบริหาร")
    page = browser_as("executive").get("/units/P002")

    assert "ถามฝ่ายบริหาร" in page.text
    assert not page.html.select("main a[href^='tel:']")
