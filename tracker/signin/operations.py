"""What a person does with the own account."""

from datetime import datetime

from sqlalchemy import update

from tracker.accounts.models import Person
from tracker.accounts.passwords import hash_password, password_matches
from tracker.accounts.permissions import Permission
from tracker.accounts.queries import is_printed
from tracker.change import (
    Change,
    RefusedError,
    apply_values,
    check_version,
    checked_phone,
    checked_text,
    msgid,
)
from tracker.signin.models import BrowserSession
from tracker.signin.rules import NAME_LENGTH, check_password
from tracker.thai.text import search_text, sort_key


def _own(change: Change) -> Person:
    change.require(Permission.ACCOUNT_OWN)
    if change.actor.person_id is None:
        raise RefusedError("ต้องเข้าสู่ระบบก่อน")
    return change.session.get_one(Person, change.actor.person_id)


def change_password(change: Change, *, current: str | None, password: str) -> Person:
    """Set a new password, which ends every session of the person.

    `current` is asked for again; None only where a one-time password is replaced, right after it was typed.
    """
    person = _own(change)
    if is_printed(change.session, person):
        raise RefusedError("รหัสผ่านของบัญชีสาธิตเปลี่ยนไม่ได้ เพราะพิมพ์ไว้ในหน้าเข้าสู่ระบบ")
    if current is None and not person.must_change_password:
        raise RefusedError("ต้องใส่รหัสผ่านปัจจุบัน", field="current")
    if current is not None and not password_matches(person.password_hash, current):
        raise RefusedError("รหัสผ่านปัจจุบันไม่ถูกต้อง", field="current")
    if password_matches(person.password_hash, password):
        raise RefusedError("รหัสผ่านใหม่ต้องไม่ซ้ำกับรหัสผ่านเดิม", field="password")
    check_password(password, email=person.email, name=person.name)
    person.password_hash = hash_password(password)
    person.must_change_password = False
    person.password_expires_at = None
    change.record("password_changed", person)
    return person


def edit_account(
    change: Change, *, name: str, office_phone: str, language: str, opened_with: int | None
) -> Person:
    """Change what the account says about its person."""
    person = _own(change)
    check_version(person, opened_with)
    name = checked_text(name, "name", limit=NAME_LENGTH, required=msgid("กรุณาใส่ชื่อ"))
    phone = checked_phone(office_phone, "office_phone")
    values = {"name": name, "office_phone": phone, "language": language}
    changed = apply_values(person, values)
    person.sort_key = sort_key(name)
    person.search_text = search_text(f"{name} {person.email}")
    change.record("account_edited", person, changed=changed)
    return person


def acknowledge_privacy(change: Change) -> Person:
    """Note that the privacy notice was read."""
    person = _own(change)
    if person.privacy_seen_at is None:
        person.privacy_seen_at = change.at
        change.record("privacy_acknowledged", person)
    return person


def end_session(change: Change, *, session_id: int) -> bool:
    """End one of the person's sessions; tell whether it was one of theirs and still open."""
    person = _own(change)
    ended = _end(change, BrowserSession.id == session_id, person.id, change.at)
    if ended:
        change.record("session_ended", person, session=session_id)
    return bool(ended)


def end_other_sessions(change: Change, *, but: int) -> int:
    """End all of the person's sessions but one, and return how many those were."""
    person = _own(change)
    ended = _end(change, BrowserSession.id != but, person.id, change.at)
    change.record("other_sessions_ended", person, count=ended)
    return ended


def _end(change: Change, which: object, person_id: int, at: datetime) -> int:
    ended = change.session.execute(
        update(BrowserSession)
        .where(which, BrowserSession.person_id == person_id, BrowserSession.ended_at.is_(None))  # type: ignore[arg-type]  # an SQL condition
        .values(ended_at=at)
        .execution_options(synchronize_session=False)
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]  # an UPDATE has one
