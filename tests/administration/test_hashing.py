"""Passwords are hashed before a change begins: that takes long, and a change keeps all others waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.administration.test_unit_pages import confirm, send
from tracker import session as tracker_session
from tracker.accounts.models import Person
from tracker.cli.command import tracker

FILE = "email,name,unit_code,office_phone\n" + "".join(
    f"new{number}@p003.example,วิไล ใหม่สมมติ,P003,\n" for number in range(3)
)
ADDRESSES = [f"new{number}@p003.example" for number in range(3)]


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the list that hears of every hashing, whether a transaction was open then: "", reads or writes."""
    open_now, heard = list[str](), list[str]()
    writing, hash_one = tracker_session.writing, PasswordHasher.hash

    @contextmanager
    def noted(*arguments: Any) -> Iterator[Session]:
        with writing(*arguments) as writer:
            open_now.append("writes")
            yield writer
        open_now.pop()

    def hear(hasher: PasswordHasher, password: str, **options: Any) -> str:
        reads = "reads" if tracker_session.db().in_transaction() else ""
        heard.append("writes" if open_now else reads)
        return hash_one(hasher, password, **options)

    monkeypatch.setattr(tracker_session, "writing", noted)
    monkeypatch.setattr(PasswordHasher, "hash", hear)
    return heard


def test_an_import_by_the_page_hashes_while_no_transaction_is_open(browser_as, session, hashed):
    browser = browser_as("office")
    page = send(browser, "/administration/people/import", FILE, "people.csv")
    hashed.clear()

    confirm(page)

    assert hashed == ["", "", ""]
    people = session.scalars(select(Person).where(Person.email.in_(ADDRESSES))).all()
    assert len({person.password_hash for person in people}) == 3


def test_an_import_by_command_hashes_while_no_transaction_is_open(
    databases, app, tmp_path, monkeypatch, hashed
):
    from click.testing import CliRunner

    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TRACKER_DATABASE_URL", databases.url)
    file = tmp_path / "people.csv"
    file.write_text(FILE, encoding="utf-8")

    result = CliRunner().invoke(tracker, ["people", "import", str(file)], prog_name="tracker")

    assert (result.exit_code, hashed) == (0, ["", "", ""])
    assert [line.partition("\t")[0] for line in result.stdout.splitlines()] == ADDRESSES
