"""Persons with accounts: added, edited, disabled, given a one-time password."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from tracker.accounts.models import HeldRole, Person, RoleKind
from tracker.accounts.passwords import OneTimePassword, one_time_passwords
from tracker.accounts.permissions import Permission
from tracker.accounts.queries import is_printed, person_by_email
from tracker.administration.limits import EMAIL_LENGTH, NAME_LENGTH
from tracker.administration.operations.roles import give_role, keep_an_administrator
from tracker.administration.people_file import PersonRow, check_people, is_email
from tracker.administration.queries import file_outcomes
from tracker.administration.ranks import check_accounts, require_rank
from tracker.administration.rows import locked_row
from tracker.administration.unit_file import UnitFileError
from tracker.change import (
    REASON_LENGTH,
    Change,
    RefusedError,
    apply_values,
    check_version,
    checked_phone,
    checked_text,
    msgid,
)
from tracker.organisation.tree import unit_tree
from tracker.thai.text import search_text, sort_key


@dataclass(frozen=True)
class PersonImport:
    """A row that was taken over: the person, and the one-time password of a new account."""

    person: Person
    password: str | None
    unit_id: int


def add_person(
    change: Change,
    *,
    email: str,
    name: str,
    office_phone: str = "",
    language: str = "th",
    password_days: int,
    given: OneTimePassword | None = None,
) -> tuple[Person, str]:
    """Add somebody with an account; return them and the one-time password, which is kept nowhere.

    It is `given` where it was made before the change began.
    """
    change.require(Permission.PEOPLE_MANAGE)
    address = _checked_email(change, email)
    password = given or one_time_passwords([address])[address]
    person = Person(
        email=address,
        office_phone=checked_phone(office_phone, "office_phone"),
        language=language,
        password_hash=password.hashed,
        must_change_password=True,
        password_expires_at=change.at + timedelta(days=password_days),
        **_named(name, address),
    )
    change.session.add(person)
    change.record("added", person, email=address)
    return person, password.plain


def edit_person(
    change: Change,
    *,
    person_id: int,
    email: str,
    name: str,
    office_phone: str = "",
    language: str = "th",
    version: int | None = None,
) -> Person:
    """Change name, address, office phone or language; StaleError for an old version."""
    change.require(Permission.PEOPLE_MANAGE)
    person = locked_row(change, Person, person_id)
    require_rank(change, person)
    check_version(person, version)
    address = _checked_email(change, email, person.id)
    if address != person.email and is_printed(change.session, person):
        raise RefusedError("อีเมลของบัญชีสาธิตเปลี่ยนไม่ได้ เพราะพิมพ์ไว้ให้ทุกคนใช้", field="email")
    values = {
        "email": address,
        "office_phone": checked_phone(office_phone, "office_phone"),
        "language": language,
        **_named(name, address),
    }
    if changed := apply_values(person, values):
        told = {field: pair for field, pair in changed.items() if field not in {"sort_key", "search_text"}}
        change.record("edited", person, changed=told)
    return person


def disable_person(change: Change, *, person_id: int, reason: str = "") -> Person:
    """Keep somebody out at once; nobody may do that to themselves."""
    change.require(Permission.PEOPLE_MANAGE)
    person = locked_row(change, Person, person_id)
    require_rank(change, person)
    _refuse_printed(change, person)
    if person.id == change.actor.person_id:
        raise RefusedError("ปิดบัญชีของตนเองไม่ได้ ให้ผู้ดูแลระบบคนอื่นเป็นผู้ปิด")
    if person.disabled_at is not None:
        raise RefusedError("บัญชีนี้ปิดอยู่แล้ว")
    reason = checked_text(reason, "reason", limit=REASON_LENGTH)
    if _is_administrator(change, person):
        keep_an_administrator(change, person.id, None, change.today - timedelta(days=1))
    person.disabled_at = change.at
    person.disabled_reason = reason
    person.version += 1
    change.record("disabled", person, reason=person.disabled_reason)
    return person


def enable_person(change: Change, *, person_id: int) -> Person:
    """Let a disabled person in again, with the password that they had."""
    change.require(Permission.PEOPLE_MANAGE)
    person = locked_row(change, Person, person_id)
    require_rank(change, person)
    if person.disabled_at is None:
        raise RefusedError("บัญชีนี้เปิดอยู่แล้ว")
    person.disabled_at = None
    person.disabled_reason = ""
    person.version += 1
    change.record("enabled", person)
    return person


def reset_password(
    change: Change, *, person_id: int, password_days: int, given: OneTimePassword | None = None
) -> str:
    """Give somebody a new one-time password, to be changed at the next sign-in; it is kept nowhere.

    It is `given` where it was made before the change began.
    """
    change.require(Permission.PEOPLE_MANAGE)
    person = locked_row(change, Person, person_id)
    require_rank(change, person)
    _refuse_printed(change, person)
    password = given or one_time_passwords([person.email])[person.email]
    person.password_hash = password.hashed
    person.must_change_password = True
    person.password_expires_at = change.at + timedelta(days=password_days)
    person.version += 1
    change.record("reset_password", person)
    return password.plain


def import_people(
    change: Change,
    *,
    rows: list[PersonRow],
    password_days: int,
    passwords: Mapping[str, OneTimePassword] | None = None,
) -> list[PersonImport]:
    """Take coordinators over from a file's rows: all, or none and UnitFileError with every problem.

    Who has an account keeps it; who holds the role at that unit already is left as they are. `passwords`,
    by address, were made before the change began.
    """
    change.require(Permission.PEOPLE_MANAGE)
    tree = unit_tree(change.session)
    problems = check_people(rows, tree)
    outcomes = [] if problems else file_outcomes(change.session, rows, tree, change.today)
    problems = problems or check_accounts(change.session, change.actor, outcomes, change.today)
    if problems:
        raise UnitFileError(problems)
    taken, made = [], dict[str, Person]()
    for outcome in change.steps(outcomes):
        row, password = outcome.row, None
        if outcome.is_new:
            made[row.address], password = add_person(
                change,
                email=row.email,
                name=row.name,
                office_phone=row.office_phone,
                password_days=password_days,
                given=(passwords or {}).get(row.address),
            )
        person = outcome.person or made[row.address]
        if outcome.gets_role:
            give_role(
                change,
                person_id=person.id,
                kind=RoleKind.COORDINATOR,
                unit_id=outcome.unit_id,
                since=change.today,
            )
        taken.append(PersonImport(person, password, outcome.unit_id))
    return taken


def _named(name: str, email: str) -> dict[str, str]:
    name = checked_text(name, "name", limit=NAME_LENGTH, required=msgid("กรุณาใส่ชื่อ"))
    return {"name": name, "sort_key": sort_key(name), "search_text": search_text(f"{name} {email}")}


def _checked_email(change: Change, email: str, own_id: int | None = None) -> str:
    address = checked_text(email, "email", limit=EMAIL_LENGTH).lower()
    if not is_email(address):
        raise RefusedError("อีเมลไม่ถูกต้อง เช่น somchai@example.go.th", field="email")
    holder = person_by_email(change.session, address)
    if holder is not None and holder.id != own_id:
        raise RefusedError("มีบัญชีที่ใช้อีเมล {email} อยู่แล้ว", field="email", email=address)
    return address


def _refuse_printed(change: Change, person: Person) -> None:
    if is_printed(change.session, person):
        raise RefusedError("บัญชีสาธิตที่พิมพ์รหัสผ่านไว้ ปิดหรือตั้งรหัสผ่านใหม่ไม่ได้")


def _is_administrator(change: Change, person: Person) -> bool:
    held = select(HeldRole).where(HeldRole.person_id == person.id, HeldRole.kind == RoleKind.ADMINISTRATOR)
    return any(role.holds_on(change.today) for role in change.session.scalars(held))
