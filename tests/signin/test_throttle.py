"""Guessing is slowed down, over all processes, and nobody else is locked out by it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from webtest import TestResponse

from tests.browsers import Browser
from tests.signin.conftest import Enter, form_in, send
from tests.world import PASSWORD
from tracker.audit.models import AuditEntry
from tracker.signin.models import FailedAttempt
from tracker.signin.rules import (
    ACCOUNT_LIMIT,
    ADDRESS_LIMIT,
    TOTAL_LIMIT,
    WINDOW,
    network_of,
    wait_after,
)

WRONG = "wrong-wrong-wrong"
NEW = "แม่น้ำสามสาย-กับรถไฟ"


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the slow hash out: these tests guess a lot."""
    matches = lambda hashed, password: bool(hashed) and password not in (WRONG, NEW)  # noqa: E731  # for both
    monkeypatch.setattr("tracker.signin.signing.password_matches", matches)
    monkeypatch.setattr("tracker.signin.operations.password_matches", matches)


def fail(session: Session, count: int, *, account: str = "x" * 64, address: str = "10.0.0.9") -> None:
    now = datetime.now(UTC)
    session.add_all(FailedAttempt(at=now, account_hash=account, address=address) for _ in range(count))
    session.commit()


def test_ten_failures_of_an_account_from_one_address_close_the_door(signed_out: Browser, session: Session):
    for _ in range(ACCOUNT_LIMIT):
        send(signed_out, "coordinator", WRONG, status=422)
    answer = send(signed_out, "coordinator", status=429)

    assert "ลองใหม่ได้ในอีก 5 นาที" in answer
    assert 200 < int(answer.headers["Retry-After"]) <= 301
    assert session.scalar(select(func.count()).select_from(FailedAttempt)) == ACCOUNT_LIMIT


def test_the_door_is_closed_in_english_too(signed_out: Browser):
    signed_out.in_english()
    for _ in range(ACCOUNT_LIMIT):
        send(signed_out, "coordinator", WRONG, status=422)

    assert "Try again in 5 min" in send(signed_out, "coordinator", status=429)


def test_the_right_password_still_works_from_another_address(
    app: Flask, signed_out: Browser, session: Session
):
    for _ in range(ACCOUNT_LIMIT + 1):
        send(signed_out, "coordinator", WRONG, status="4*")
    elsewhere = Browser(app, session)
    elsewhere.extra_environ["REMOTE_ADDR"] = "10.0.0.2"

    send(elsewhere, "coordinator", status=303)


def test_an_unknown_account_is_throttled_just_the_same(signed_out: Browser):
    for _ in range(ACCOUNT_LIMIT):
        send(signed_out, "nobody@nowhere.example", WRONG, status=422)

    send(signed_out, "nobody@nowhere.example", WRONG, status=429)
    send(signed_out, "office", status=303)


def test_failures_are_counted_over_several_processes(
    signed_out: Browser, second_app: Flask, session: Session
):
    second = Browser(second_app, session)
    for browser in [signed_out, second] * (ACCOUNT_LIMIT // 2):
        send(browser, "coordinator", WRONG, status=422)

    send(signed_out, "coordinator", status=429)
    send(second, "coordinator", status=429)


def test_an_address_that_tries_many_accounts_is_stopped(signed_out: Browser, session: Session):
    fail(session, ADDRESS_LIMIT - 1, address="127.0.0.1")
    send(signed_out, "coordinator", WRONG, status=422)

    send(signed_out, "office", status=429)


def test_the_whole_installation_has_a_limit_too(signed_out: Browser, session: Session):
    fail(session, TOTAL_LIMIT)

    send(signed_out, "coordinator", status=429)


def test_the_door_opens_again_after_five_minutes(signed_out: Browser, session: Session):
    for _ in range(ACCOUNT_LIMIT):
        send(signed_out, "coordinator", WRONG, status=422)
    for attempt in session.scalars(select(FailedAttempt)):
        attempt.at -= WINDOW
    session.commit()

    send(signed_out, "coordinator", status=303)


def test_signing_in_forgets_earlier_mistakes(signed_out: Browser, session: Session):
    for _ in range(ACCOUNT_LIMIT - 1):
        send(signed_out, "coordinator", WRONG, status=422)
    send(signed_out, "coordinator", status=303)

    assert session.scalar(select(func.count()).select_from(FailedAttempt)) == 0


def test_reaching_the_limit_is_noted_once(signed_out: Browser, session: Session):
    for _ in range(ACCOUNT_LIMIT + 3):
        send(signed_out, "coordinator", WRONG, status="4*")
    noted = select(func.count()).select_from(AuditEntry)

    assert session.scalar(noted.where(AuditEntry.verb == "sign_in_throttled")) == 1
    assert session.scalar(noted.where(AuditEntry.verb == "sign_in_failed")) == ACCOUNT_LIMIT


def test_an_account_is_stored_as_a_keyed_hash_only(signed_out: Browser, session: Session):
    send(signed_out, "nobody@nowhere.example", WRONG, status=422)
    attempt = session.scalars(select(FailedAttempt)).one()

    assert len(attempt.account_hash) == 64
    assert "nobody" not in attempt.account_hash


@given(st.lists(st.integers(0, 299), max_size=30), st.integers(1, 12))
def test_the_wait_ends_when_enough_failures_are_old(ages: list[int], limit: int):
    now = datetime(2026, 6, 18, tzinfo=UTC)
    attempts = [now - timedelta(seconds=age) for age in ages]
    wait = wait_after(attempts, limit, now)

    if len(ages) < limit:
        assert wait is None
    else:
        assert wait is not None
        later = now + wait
        assert sum(1 for at in attempts if at > later - WINDOW) < limit


def at(browser: Browser, address: str) -> Browser:
    browser.extra_environ["REMOTE_ADDR"] = address
    return browser


def test_roaming_over_the_addresses_of_one_ipv6_network_does_not_help(signed_out: Browser, session: Session):
    for number in range(ACCOUNT_LIMIT):
        send(at(signed_out, f"2001:db8::{number:x}:1"), "coordinator", WRONG, status=422)

    send(at(signed_out, "2001:db8::ffff"), "coordinator", status=429)
    assert {row.address for row in session.scalars(select(FailedAttempt))} == {"2001:db8::/64"}
    send(at(signed_out, "2001:db8:0:1::1"), "coordinator", status=303)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.9", "10.0.0.9"),
        ("::ffff:10.0.0.9", "10.0.0.9"),
        ("2001:DB8:0:0:1:2:3:4", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_a_place_to_guess_from_is_an_address_or_a_network(address: str, network: str):
    assert network_of(address) == network


def test_those_who_lately_signed_in_are_not_locked_out_by_guessing_elsewhere(
    app: Flask, signed_out: Browser, session: Session
):
    known = at(Browser(app, session), "2001:db8:0:5::1")
    send(known, "coordinator", status=303)
    fail(session, TOTAL_LIMIT)

    send(at(signed_out, "2001:db8:0:5::2"), "office", status=303)
    send(at(Browser(app, session), "10.0.0.3"), "executive", status=429)


def test_guessing_at_a_known_address_is_limited_all_the_same(signed_out: Browser, session: Session):
    send(signed_out, "coordinator", status=303)
    fail(session, ADDRESS_LIMIT, address="127.0.0.1")
    signed_out.reset()

    send(signed_out, "office", status=429)


def guess(browser: Browser, current: str, status: int) -> TestResponse:
    form = form_in(browser.get("/account/password", status=200), "current")
    form["current"], form["password"], form["again"] = current, NEW, NEW
    return form.submit(status=status)


def test_the_current_password_is_guessed_ten_times_at_most_and_then_the_session_ends(
    entered: Enter, session: Session
):
    browser = entered()
    for _ in range(ACCOUNT_LIMIT - 1):
        assert "รหัสผ่านปัจจุบันไม่ถูกต้อง" in guess(browser, WRONG, 422)
    answer = guess(browser, WRONG, 429)

    assert "ลองใหม่ได้ในอีก" in answer
    assert int(answer.headers["Retry-After"]) > 200
    assert "/sign-in" in browser.get("/account", status=303).location
    send(browser, "coordinator", status=429)
    verbs = list(session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)))
    assert verbs.count("password_check_failed") == ACCOUNT_LIMIT
    assert verbs[-1] == "signed_out"


def test_failed_sign_ins_from_the_same_address_close_that_form_without_ending_the_session(
    app: Flask, entered: Enter, session: Session
):
    browser = entered()
    other = Browser(app, session)
    for _ in range(ACCOUNT_LIMIT):
        send(other, "coordinator", WRONG, status=422)

    guess(browser, PASSWORD, 429)
    browser.get("/account", status=200)


def test_the_right_current_password_forgets_earlier_mistakes(entered: Enter, session: Session):
    browser = entered()
    for _ in range(ACCOUNT_LIMIT - 1):
        guess(browser, WRONG, 422)
    form = form_in(browser.get("/account/password"), "current")
    form["current"], form["password"], form["again"] = PASSWORD, "123456789012", "123456789012"
    form.submit(status=422)

    assert session.scalars(select(FailedAttempt)).all() == []
    guess(browser, WRONG, 422)
