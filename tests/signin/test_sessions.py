"""How sessions live and end."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests import world
from tests.browsers import Browser
from tests.signin.conftest import Enter, form_to, send
from tests.world import PASSWORD
from tracker.accounts.models import HeldRole, Person
from tracker.signin.models import BrowserSession
from tracker.signin.rules import device_name

TOKEN = "tracker_session"
Turn = Callable[..., None]


def is_in(browser: Browser) -> bool:
    answer = browser.get("/account")
    assert answer.status_int == 200 or "/sign-in" in answer.location
    return bool(answer.status_int == 200)


def test_a_session_lives_while_it_is_used(entered: Enter, turn_clock: Turn):
    browser = entered()
    turn_clock(seen=timedelta(minutes=29))
    assert is_in(browser)
    turn_clock(seen=timedelta(minutes=29))

    assert is_in(browser)


def test_a_session_ends_after_half_an_hour_of_nothing(entered: Enter, turn_clock: Turn):
    browser = entered()
    turn_clock(seen=timedelta(minutes=31))

    answer = browser.get("/account?x=1", status=303)
    assert "/sign-in?next=" in answer.location
    assert "30 นาที" in answer.follow()


def test_a_session_ends_after_twelve_hours_however_busy(entered: Enter, turn_clock: Turn):
    browser = entered()
    turn_clock(started=timedelta(hours=12, minutes=1))

    assert not is_in(browser)


def test_when_a_session_was_seen_is_written_once_a_minute(
    entered: Enter, turn_clock: Turn, session: Session, statements: list[str]
):
    browser = entered()
    turn_clock(seen=timedelta(seconds=70))
    statements.clear()
    assert is_in(browser)
    assert is_in(browser)

    assert sum(said.startswith("UPDATE browser_sessions") for said in statements) == 1
    assert datetime.now(UTC) - session.scalars(select(BrowserSession.seen_at)).one() < timedelta(seconds=30)


def test_a_database_that_cannot_be_written_still_lets_people_read(
    entered: Enter, turn_clock: Turn, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_args: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("disk is full"))

    browser = entered()
    turn_clock(seen=timedelta(seconds=70))
    monkeypatch.setattr("tracker.signin.sessions.writing", fail)

    assert is_in(browser)


def test_somebody_who_is_disabled_is_out_at_once(entered: Enter, session: Session):
    browser = entered()
    person = world.person(session, "coordinator")
    person.disabled_at = datetime.now(UTC)
    session.commit()

    assert not is_in(browser)
    assert session.scalars(select(BrowserSession.ended_at)).one() is not None


def test_somebody_disabled_behind_our_back_is_out_too(entered: Enter, session: Session):
    browser = entered()
    session.execute(update(Person).values(disabled_at=datetime.now(UTC)))

    assert not is_in(browser)


def test_a_password_that_an_administrator_sets_ends_every_session(entered: Enter, session: Session):
    browser = entered()
    world.person(session, "coordinator").password_hash = world.PASSWORD_HASH + " "
    session.commit()

    assert not is_in(browser)


def test_a_change_of_roles_is_seen_by_a_running_session(entered: Enter, session: Session):
    browser = entered()
    assert "เรือนจำกลางทุ่งสมมติ" in browser.get("/account")
    person = world.person(session, "coordinator")
    session.execute(delete(HeldRole).where(HeldRole.person_id == person.id))

    assert "ยังไม่มีบทบาท" in browser.get("/account")


def test_a_session_of_one_process_is_known_to_another(entered: Enter, second_app: Flask, session: Session):
    browser = entered()
    second = Browser(second_app, session)
    second.set_cookie(TOKEN, browser.cookies[TOKEN])

    assert is_in(second)


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "A" * 5000, "../../etc", '"', "ก" * 43])
def test_a_token_that_nobody_gave_out_is_nobody(signed_out: Browser, token: str):
    answer = signed_out.get("/account", headers={"Cookie": f"{TOKEN}={token}".encode().decode("latin-1")})

    assert "/sign-in" in answer.location


def test_the_signed_cookie_alone_lets_nobody_in(app: Flask, signed_out: Browser, entered: Enter):
    from tracker.signin.sessions import PAGE_COOKIE, TrackerSession, _serializer

    browser = entered()
    identity = {"_user_id": "x", "csrf_token": "y"}
    with app.test_request_context():
        signed_out.set_cookie(PAGE_COOKIE, _serializer(TrackerSession(None)).dumps(identity))

    assert not is_in(signed_out)
    assert is_in(browser)


def test_a_notice_is_shown_once_and_writes_nothing_to_the_session(
    entered: Enter, session: Session, statements: list[str]
):
    browser = entered()
    form = form_to(browser, "", "/account/edit")
    page = form.submit(status=303)
    statements.clear()

    assert "บันทึกบัญชีแล้ว" in page.follow()
    assert "บันทึกบัญชีแล้ว" not in browser.get("/account")
    assert all(said.startswith("SELECT") for said in statements)


def test_one_sees_where_one_is_signed_in_and_ends_another_session(entered: Enter, session: Session):
    mine, other = entered(), entered()
    page = mine.get("/account/sessions")
    assert page.text.count("เครื่องนี้") >= 1
    rows = session.scalars(select(BrowserSession).order_by(BrowserSession.id)).all()

    answer = form_to(mine, f"/account/sessions/{rows[1].id}/end", "/account/sessions").submit(status=303)

    assert "ออกจากระบบแล้ว" in answer.follow()
    assert is_in(mine)
    assert not is_in(other)


def test_all_other_sessions_can_be_ended_at_once(entered: Enter, session: Session):
    mine, others = entered(), [entered(), entered()]
    stranger = entered("office")
    form_to(mine, "/account/sessions/end-others", "/account/sessions").submit(status=303)

    assert is_in(mine)
    assert is_in(stranger)
    assert [is_in(other) for other in others] == [False, False]


def test_nobody_ends_the_session_of_somebody_else(entered: Enter, session: Session):
    mine, stranger = entered(), entered("office")
    theirs = session.scalars(select(BrowserSession.id).order_by(BrowserSession.id)).all()[-1]
    token = form_to(mine, "/sign-out")["csrf_token"].value

    mine.post(f"/account/sessions/{theirs}/end", {"csrf_token": token}, status=404)
    mine.post("/account/sessions/2147483647/end", {"csrf_token": token}, status=404)
    mine.post("/account/sessions/9999999999/end", {"csrf_token": token}, status=404)
    assert is_in(stranger)


def test_sessions_that_ended_are_not_listed(entered: Enter, turn_clock: Turn):
    entered()
    turn_clock(seen=timedelta(minutes=40))
    mine = entered()

    assert "end-others" not in mine.get("/account/sessions")


@pytest.mark.parametrize(
    ("browser", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 Edg/120", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "Safari · iPhone"),
        ("curl/8", "curl/8"),
        ("", "-"),
    ],
)
def test_a_browser_is_named_in_two_words(browser: str, name: str):
    assert device_name(browser) == name


def test_health_asks_the_database_and_nothing_else(signed_out: Browser, statements: list[str]):
    answer = signed_out.get("/health", status=200)

    assert answer.text == "ok\n"
    assert "Set-Cookie" not in answer.headers
    assert len(statements) == 1


def test_health_tells_when_the_database_is_gone(signed_out: Browser, session: Session):
    session.execute(text("ALTER TABLE installations RENAME TO gone"))
    session.commit()
    answer = signed_out.get("/health", status=503)

    assert answer.text == "unavailable\n"


def test_static_files_ask_the_database_nothing(entered: Enter, statements: list[str]):
    browser = entered()
    statements.clear()
    answer = browser.get("/static/site.css", status=200)

    assert statements == []
    assert "Set-Cookie" not in answer.headers


def test_a_database_that_is_gone_is_told_as_busy_not_as_a_fault(
    signed_out: Browser, entered: Enter, session: Session
):
    browser = entered()
    session.execute(text("ALTER TABLE browser_sessions RENAME TO gone"))
    session.commit()

    browser.get("/account", status="5*")


def test_each_sign_in_is_a_row_of_its_own(entered: Enter, session: Session):
    entered()
    entered()
    send(Browser(entered().app, session), "coordinator", PASSWORD + "x", status=422)

    assert session.scalar(select(func.count()).select_from(BrowserSession)) == 3
