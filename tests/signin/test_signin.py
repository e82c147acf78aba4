"""Signing in and out by the real form."""

import runpy
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests import world
from tests.browsers import Browser
from tests.signin.conftest import form_to, send
from tests.world import PASSWORD, PEOPLE
from tracker.accounts import passwords
from tracker.accounts.models import Person
from tracker.audit.models import AuditEntry
from tracker.signin.models import BrowserSession, FailedAttempt, Login
from tracker.signin.sessions import PAGE_COOKIE, token_hash

TOKEN = "tracker_session"


def verbs(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)))


def test_the_right_password_leads_to_the_wanted_page(signed_out: Browser):
    answer = send(signed_out, "coordinator", status=303)

    assert answer.location.endswith("/account")
    assert PEOPLE["coordinator"].name in answer.follow()


def test_an_address_is_read_in_any_case_and_with_blanks_round_it(signed_out: Browser):
    send(signed_out, "  COORDINATOR@P001.Example ", status=303)

    assert signed_out.get("/account", status=200)


@pytest.mark.parametrize(
    ("who", "password"),
    [("coordinator", "สวนมะม่วง-กลางเมือง-8"), ("nobody@nowhere.example", PASSWORD), ("disabled", PASSWORD)],
)
def test_a_wrong_password_an_unknown_account_and_a_disabled_one_get_the_same_answer(
    signed_out: Browser, who: str, password: str
):
    answer = send(signed_out, who, password, status=422)

    assert "อีเมลหรือรหัสผ่านไม่ถูกต้อง" in answer
    assert password not in answer
    assert TOKEN not in signed_out.cookies


def test_an_unknown_account_costs_the_same_check_of_a_password(signed_out: Browser, monkeypatch):
    checked = []
    monkeypatch.setattr(
        "tracker.signin.signing.password_matches", lambda hashed, password: checked.append(hashed)
    )

    send(signed_out, "coordinator", status=422)
    send(signed_out, "nobody@nowhere.example", status=422)

    assert checked == [world.PASSWORD_HASH, None]


def test_known_and_unknown_accounts_cost_the_same_statements(signed_out: Browser, statements):
    counts = []
    for who in ("coordinator", "nobody@nowhere.example"):
        form = signed_out.get("/sign-in").forms["sign-in"]
        form["email"] = PEOPLE[who].email if who in PEOPLE else who
        form["password"] = "wrong-wrong-wrong"
        statements.clear()
        form.submit(status=422)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 30


def test_an_empty_form_says_what_is_missing(signed_out: Browser):
    answer = signed_out.get("/sign-in").forms["sign-in"].submit(status=422)

    assert "กรุณาใส่อีเมล" in answer
    assert "กรุณาใส่รหัสผ่าน" in answer


@pytest.mark.parametrize("password", ["x" * 201, "นี่คือ\0รหัสผ่าน", "x" * 100_000])
def test_an_odd_password_is_refused_in_words(signed_out: Browser, password: str):
    assert "รหัสผ่านใช้ไม่ได้" in send(signed_out, "coordinator", password, status=422)


def test_only_the_hash_of_a_token_is_stored(entered, session: Session):
    token = entered().cookies[TOKEN]
    row = session.scalars(select(BrowserSession)).one()

    assert len(token) == 43
    assert row.token_hash == token_hash(token)
    assert token not in str(row.values)


def test_the_cookie_is_kept_from_scripts_and_other_sites(signed_out: Browser):
    cookies = send(signed_out, "coordinator", status=303).headers.getall("Set-Cookie")
    token = next(cookie for cookie in cookies if cookie.startswith(TOKEN))

    assert "HttpOnly" in token
    assert "SameSite=Lax" in token
    assert "Secure" not in token
    assert "Expires" not in token
    assert "Max-Age" not in token


def test_the_cookie_goes_over_https_only_where_the_setting_says_so(
    app: Flask, signed_out: Browser, monkeypatch
):
    form = signed_out.get("/sign-in").forms["sign-in"]
    form["email"], form["password"] = PEOPLE["coordinator"].email, PASSWORD
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)

    assert all("Secure" in cookie for cookie in form.submit(status=303).headers.getall("Set-Cookie"))


def test_a_signed_out_visitor_leaves_nothing_in_the_database(
    signed_out: Browser, session: Session, statements
):
    signed_out.get("/sign-in")
    signed_out.get("/account", status=303)

    assert session.scalars(select(BrowserSession)).all() == []
    assert [said for said in statements if not said.startswith("SELECT")] == []
    assert PAGE_COOKIE in signed_out.cookies


def test_signing_in_again_gives_a_new_token(entered, session: Session):
    browser = entered()
    before = browser.cookies[TOKEN]
    assert browser.get("/sign-in?next=/account", status=303).location.endswith("/account")
    form_to(browser, "/sign-out").submit(status=303)
    send(browser, "coordinator", status=303)

    assert browser.cookies[TOKEN] != before


def test_a_token_that_somebody_planted_is_never_used(signed_out: Browser, session: Session):
    planted = "A" * 43
    signed_out.set_cookie(TOKEN, planted)
    send(signed_out, "coordinator", status=303)

    assert signed_out.cookies[TOKEN] != planted
    assert session.scalars(select(BrowserSession.token_hash)).one() != token_hash(planted)


def test_a_visitors_csrf_token_is_worth_nothing_after_signing_in(signed_out: Browser):
    before = signed_out.get("/sign-in").forms["sign-in"]["csrf_token"].value
    send(signed_out, "coordinator", status=303)

    signed_out.post("/sign-out", {"csrf_token": before}, status=400)


def test_signing_out_ends_the_session_for_good(entered, session: Session):
    browser = entered()
    token = browser.cookies[TOKEN]

    assert "ออกจากระบบแล้ว" in form_to(browser, "/sign-out").submit(status=303).follow()
    assert TOKEN not in browser.cookies
    browser.set_cookie(TOKEN, token)
    assert "/sign-in" in browser.get("/account", status=303).location
    assert session.scalars(select(BrowserSession)).one().ended_at is not None


def test_what_happens_at_the_door_is_in_the_audit_trail(signed_out: Browser, session: Session):
    send(signed_out, "coordinator", "wrong-wrong-wrong", status=422)
    send(signed_out, "nobody@nowhere.example", "wrong-wrong-wrong", status=422)
    send(signed_out, "coordinator", status=303)
    form_to(signed_out, "/sign-out").submit()

    assert verbs(session) == ["sign_in_failed", "sign_in_failed", "signed_in", "signed_out"]
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    person = world.person(session, "coordinator")
    assert [entry.subject_id for entry in entries] == [person.id, None, person.id, person.id]
    assert [entry.person_id for entry in entries] == [None, None, person.id, person.id]
    assert all("wrong-wrong" not in str(entry.details) for entry in entries)


def test_a_person_notes_when_they_first_and_last_signed_in(entered, session: Session):
    person = world.person(session, "office")
    person.first_signed_in_at = None
    session.commit()
    entered("office")
    person = world.person(session, "office")

    assert person.first_signed_in_at == person.last_signed_in_at is not None


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "/a\tb",
        "evil",
        "",
    ],
)
def test_a_foreign_address_to_go_on_to_is_not_followed(signed_out: Browser, target: str):
    page = signed_out.get("/sign-in", params={"next": target})
    form = page.forms["sign-in"]
    form["email"], form["password"] = PEOPLE["coordinator"].email, PASSWORD

    assert form.submit(status=303).location in {"/", "http://localhost/", "http://localhost:80/"}


def test_signing_in_never_leads_back_to_signing_in(signed_out: Browser):
    assert "/sign-in" not in send(signed_out, "coordinator", next_url="/sign-in?x=1", status=303).location


def test_a_missing_csrf_token_asks_to_sign_in_again(signed_out: Browser):
    answer = signed_out.post(
        "/sign-in", {"email": PEOPLE["coordinator"].email, "password": PASSWORD}, status=303
    )

    assert "/sign-in" in answer.location
    assert "เปิดไว้นานเกินไป" in answer.follow()
    assert "/sign-in" in signed_out.get("/account", status=303).location


def test_signing_in_takes_few_statements(signed_out: Browser, statements):
    form = signed_out.get("/sign-in").forms["sign-in"]
    form["email"], form["password"] = PEOPLE["coordinator"].email, PASSWORD
    statements.clear()
    form.submit(status=303)

    assert len(statements) <= 30


def test_a_warm_page_spends_four_statements_on_who_is_there_and_writes_nothing(entered, statements):
    browser = entered()
    browser.get("/account")
    statements.clear()
    browser.get("/account", status=200)
    about_people = ("browser_sessions", "logins", "persons", "held_roles", "installations")

    assert all(said.startswith("SELECT") for said in statements)
    assert sum(any(name in said for name in about_people) for said in statements) <= 4
    assert len(statements) <= 8


def test_logins_are_made_once(entered, session: Session):
    entered()
    entered()

    assert len(session.scalars(select(Login)).all()) == 1
    assert session.scalars(select(FailedAttempt)).all() == []


def test_passwords_are_hashed_as_slowly_as_owasp_asks():
    hashed = runpy.run_path(passwords.__file__)["hash_password"](PASSWORD)

    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_old_hashes_are_made_anew_without_ending_other_sessions(entered, session: Session):
    from argon2 import PasswordHasher

    first = entered()
    weak = PasswordHasher(memory_cost=1024, time_cost=1, parallelism=1).hash(PASSWORD)
    session.execute(update(Person).values(password_hash=weak))
    entered()

    assert world.person(session, "coordinator").password_hash != weak
    first.get("/account", status=200)


def test_rows_of_long_ago_are_swept_away(entered, session: Session):
    entered()
    row = session.scalars(select(BrowserSession)).one()
    row.seen_at = datetime.now(UTC) - timedelta(days=3)
    session.commit()
    entered("office")

    assert len(session.scalars(select(BrowserSession)).all()) == 1
