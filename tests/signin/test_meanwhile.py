"""What becomes of a sign-in while somebody else changes the account: the check of a password takes time."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import world
from tests.browsers import Browser
from tests.signin.conftest import Enter, form_in, send
from tracker.accounts.models import Person
from tracker.accounts.passwords import hash_password, password_matches
from tracker.audit.models import AuditEntry
from tracker.session import db
from tracker.signin.forms import FirstPasswordForm
from tracker.signin.models import BrowserSession, FailedAttempt

NEW = "แม่น้ำสามสาย-กับรถไฟ"
Meanwhile = Callable[[Callable[[Person], None]], None]


@pytest.fixture
def meanwhile(session: Session, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Give a function that has something happen to the coordinator while their password is checked."""

    def have(happen: Callable[[Person], None]) -> None:
        def slow(hashed: str | None, password: str) -> bool:
            db().expunge_all()  # what was judged stays as it was read
            db().rollback()
            happen(world.person(session, "coordinator"))
            session.commit()
            return password_matches(hashed, password)

        monkeypatch.setattr("tracker.signin.signing.password_matches", slow)

    return have


def test_a_sign_in_under_way_does_not_survive_a_new_password(
    signed_out: Browser, session: Session, meanwhile: Meanwhile
):
    fresh = hash_password("another-password-of-the-slip")
    meanwhile(lambda person: setattr(person, "password_hash", fresh))
    answer = send(signed_out, "coordinator", status=422)

    assert "อีเมลหรือรหัสผ่านไม่ถูกต้อง" in answer
    assert session.scalars(select(BrowserSession)).all() == []
    assert "/sign-in" in signed_out.get("/first-password", status=303).location
    assert list(session.scalars(select(AuditEntry.verb))) == ["sign_in_failed"]
    assert len(session.scalars(select(FailedAttempt)).all()) == 1


def test_a_sign_in_under_way_does_not_survive_the_account_being_disabled(
    signed_out: Browser, session: Session, meanwhile: Meanwhile
):
    meanwhile(lambda person: setattr(person, "disabled_at", datetime.now(UTC)))
    send(signed_out, "coordinator", status=422)

    assert session.scalars(select(BrowserSession)).all() == []


def test_a_first_password_under_way_does_not_survive_a_new_slip(
    entered: Enter, session: Session, monkeypatch: pytest.MonkeyPatch
):
    slip = world.person(session, "coordinator")
    slip.must_change_password = True
    browser = entered()
    form = form_in(browser.get("/first-password"), "again")
    form["password"], form["again"] = NEW, NEW
    fresh = hash_password("another-password-of-the-slip")

    def reset_meanwhile(*_asked: object) -> bool:
        db().rollback()
        world.person(session, "coordinator").password_hash = fresh
        session.commit()
        return True

    monkeypatch.setattr(FirstPasswordForm, "validate", reset_meanwhile)

    assert "/sign-in" in form.submit(status=303).location
    assert world.person(session, "coordinator").password_hash == fresh
