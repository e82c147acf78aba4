"""One's own account: the password, what it says, the language."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import world
from tests.browsers import Browser
from tests.changes import TriedChange
from tests.signin.conftest import Enter, form_in, send
from tests.world import PASSWORD
from tracker.accounts.models import Person
from tracker.audit.models import AuditEntry
from tracker.change import NotPermittedError, RefusedError
from tracker.signin.operations import acknowledge_privacy, change_password
from tracker.signin.rules import check_password

GOOD = "แม่น้ำสามสาย-กับรถไฟ"
TOKEN = "tracker_session"


def change(browser: Browser, current: str, password: str, again: str | None = None):
    form = form_in(browser.get("/account/password"), "current")
    form["current"], form["password"] = current, password
    form["again"] = password if again is None else again
    return form.submit(status="*")


def test_a_new_password_ends_every_other_session_and_gives_this_one_a_new_token(
    entered: Enter, session: Session
):
    mine, other = entered(), entered()
    before = mine.cookies[TOKEN]
    answer = change(mine, PASSWORD, GOOD)

    assert answer.status_int == 303
    assert "เปลี่ยนรหัสผ่านแล้ว" in answer.follow(status=200)
    assert mine.cookies[TOKEN] != before
    assert "/sign-in" in other.get("/account", status=303).location
    thief = Browser(mine.app, session)
    thief.set_cookie(TOKEN, before)
    assert "/sign-in" in thief.get("/account", status=303).location
    assert session.scalars(select(AuditEntry.verb).where(AuditEntry.verb == "password_changed")).all()
    assert GOOD not in str([entry.details for entry in session.scalars(select(AuditEntry))])


@pytest.mark.parametrize(
    ("current", "password", "again", "said"),
    [
        ("wrong-wrong-wrong", GOOD, None, "รหัสผ่านปัจจุบันไม่ถูกต้อง"),
        (PASSWORD, GOOD, GOOD + "x", "สองครั้งไม่ตรงกัน"),
        (PASSWORD, "สั้นไป", None, "อย่างน้อย 12 ตัวอักษร"),
        (PASSWORD, PASSWORD, None, "ต้องไม่ซ้ำกับรหัสผ่านเดิม"),
        (PASSWORD, "coordinator-2569", None, "ต้องไม่มีชื่อหรืออีเมล"),
        (PASSWORD, "x" * 201, None, "รหัสผ่านใช้ไม่ได้"),
        ("", "", "", "กรุณาใส่รหัสผ่านปัจจุบัน"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(
    entered: Enter, current: str, password: str, again: str | None, said: str
):
    browser = entered()
    answer = change(browser, current, password, again)

    assert answer.status_int == 422
    assert said in answer
    assert not password or password not in answer
    browser.get("/account", status=200)


@pytest.mark.parametrize(
    "password",
    [
        "password1234", "passwordpassword", "123456789012", "987654321098", "qwertyqwerty", "aaaaaaaaaaaa",
        "abababababab", "รหัสผ่านรหัสผ่าน", "Password!2569", "administrator", "มาลี-สวนมะม่วง",
        "P@ssw0rd1234", "กรมราชทัณฑ์2569",
    ],
)  # fmt: skip
def test_a_password_that_is_guessed_first_is_refused(password: str):
    with pytest.raises(RefusedError):
        check_password(password, email="a.somebody@p001.example", name="มาลี ตั้งสมมติ")


@pytest.mark.parametrize(
    "password", [GOOD, "correct horse battery", "ฝนตกที่บ้านป้าเมื่อวาน", "k7wd-p2mx-9hqa-tz4b", "ก ข ค ง จ ฉ ช"]
)
def test_a_long_password_of_one_s_own_will_do(password: str):
    check_password(password, email="a.somebody@p001.example", name="มาลี ตั้งสมมติ")


def test_a_password_in_control_characters_is_refused():
    with pytest.raises(RefusedError):
        check_password("abcdefghijk\0lm", email="a@b.example", name="x")


def test_only_a_one_time_password_is_replaced_without_the_current_one(change: TriedChange):
    with pytest.raises(RefusedError, match="ปัจจุบัน"):
        change_password(change, current=None, password=GOOD)


def test_the_system_has_no_account_of_its_own(change_as):
    with pytest.raises((RefusedError, NotPermittedError)):
        acknowledge_privacy(change_as("system"))


def test_the_account_shows_who_one_is_and_what_one_may(entered: Enter):
    page = entered("two_roles").get("/account", status=200)

    assert "พิมพ์ใจ สองสมมติ" in page
    assert "กองสมมติที่หนึ่ง" in page
    assert "ฝ่ายเลขานุการ KM" in page


def test_name_phone_and_language_are_one_s_own_to_change(entered: Enter, session: Session):
    browser = entered()
    form = form_in(browser.get("/account/edit"), "office_phone")
    form["name"], form["office_phone"], form["language"] = " มาลี  ใหม่สมมติ ", "0 2000 0009", "en"
    page = form.submit(status=303).follow()

    person = world.person(session, "coordinator")
    assert (person.name, person.office_phone, person.language) == ("มาลี ใหม่สมมติ", "0 2000 0009", "en")
    assert "Edit" in page
    assert person.version == 2


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", "", "กรุณาใส่ชื่อและนามสกุล"),
        ("name", "ก" * 201, "ยาวเกินไป"),
        ("name", "มาลี\0", "ระบบเก็บไม่ได้"),
        ("office_phone", "1-1037-02071-81-1", "13 หลัก"),
        ("language", "fr", "ตัวเลือกนี้ใช้ไม่ได้"),
    ],
)
def test_bad_input_is_told_and_kept(entered: Enter, session: Session, field: str, text: str, said: str):
    form = form_in(entered().get("/account/edit"), "office_phone")
    form[field].force_value(text) if field == "language" else form.set(field, text)

    assert said in form.submit(status=422)
    assert world.person(session, "coordinator").version == 1


def test_an_account_that_somebody_changed_meanwhile_shows_both_versions(entered: Enter, session: Session):
    form = form_in(entered().get("/account/edit"), "office_phone")
    person = world.person(session, "coordinator")
    person.version += 1
    person.name = "ชื่อที่ผู้ดูแลแก้"
    session.commit()
    form["name"] = "ชื่อที่ฉันพิมพ์"
    page = form.submit(status=409)

    assert "ชื่อที่ผู้ดูแลแก้" in page
    assert "ชื่อที่ฉันพิมพ์" in page
    form_in(page, "name").submit("keep", value="mine", status=303)
    assert world.person(session, "coordinator").name == "ชื่อที่ฉันพิมพ์"


def test_the_language_is_chosen_on_any_page_for_this_browser(app: Flask, entered: Enter, session: Session):
    browser = entered()
    answer = browser.get("/language/en?next=/account/sessions", status=303)

    assert answer.location.endswith("/account/sessions")
    assert "Where you are signed in" in answer.follow()
    elsewhere = Browser(app, session)
    assert "Your account" not in send(elsewhere, "coordinator", status=303).follow()


def test_the_language_of_the_account_goes_along_to_every_browser(
    app: Flask, entered: Enter, session: Session
):
    form = form_in(entered().get("/account/edit"), "office_phone")
    form["language"] = "en"
    form.submit(status=303)

    elsewhere = Browser(app, session)
    assert "Your account" in send(elsewhere, "coordinator", status=303).follow()


def test_the_cookie_s_language_goes_before_the_person_s(entered: Enter, session: Session):
    browser = entered()
    browser.set_cookie("language", "en")

    assert "Your account" in browser.get("/account")
    assert world.person(session, "coordinator").language == "th"


def test_choosing_a_language_writes_nothing(entered: Enter, statements: list[str]):
    browser = entered()
    statements.clear()
    browser.get("/language/en", status=303)

    assert all(said.startswith("SELECT") for said in statements)


def test_a_visitor_reads_in_the_chosen_language(signed_out: Browser, session: Session):
    signed_out.get("/language/en?next=/privacy", status=303)

    assert "What is kept about you" in signed_out.get("/privacy")
    assert signed_out.get("/language/en?next=//evil.example").location.endswith("/")
    assert session.scalars(select(Person).where(Person.language == "en")).all() == []


@pytest.mark.parametrize(
    "address", ["/account", "/account/edit", "/account/password", "/account/sessions", "/resume"]
)
def test_the_account_is_for_those_who_are_signed_in(signed_out: Browser, address: str):
    assert f"next={address}" in signed_out.get(address, status=303).location.replace("%2F", "/")


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "address", ["/account", "/account/edit", "/account/password", "/account/sessions", "/privacy", "/resume"]
)
def test_every_page_has_a_title_and_one_heading(entered: Enter, language: str, address: str):
    browser = entered()
    if language == "en":
        browser.in_english()
    page = browser.get(address, status=200)

    assert page.text.count("<h1") == 1
    assert "<title>" in page
    assert f'lang="{language}"' in page
