"""The change: the first argument of every operation, and the ways an operation says no. Knows no Flask."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor, Permission, Place, may
from tracker.audit.models import AuditEntry
from tracker.database import Base
from tracker.thai.dates import format_day
from tracker.thai.identity import find_national_id
from tracker.thai.numerals import to_arabic_digits
from tracker.thai.phones import PHONE_LENGTH, is_phone
from tracker.thai.text import clean_block, clean_line, has_forbidden

Row = TypeVar("Row", bound=Base)
T = TypeVar("T")
REASON_LENGTH = 500


def msgid(sentence: str) -> str:
    """Mark a Thai sentence for translation where it is not yet said: returned as it is."""
    return sentence


class RefusedError(Exception):
    """An operation says no, in a sentence for the person who asked.

    The sentence is a Thai msgid with str.format fields; the edge translates it, then fills it in.
    `field` names the form field that it is about, if there is one.
    """

    def __init__(self, sentence: str, /, *, field: str | None = None, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.values = values

    def __str__(self) -> str:
        """Return the sentence in Thai, filled in."""
        return self.filled(self.sentence, "th")

    def filled(self, sentence: str, language: str) -> str:
        """Return the sentence in a language with its values filled in, days as that language writes them."""
        return sentence.format(
            **{
                name: format_day(value, language) if isinstance(value, date) else value
                for name, value in self.values.items()
            }
        )


class NotPermittedError(Exception):
    """The actor may not do this here."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.value)
        self.permission = permission


class StaleError(Exception):
    """Somebody changed the record since the form was opened; `current` is the record as it is now."""

    def __init__(self, current: Base) -> None:
        super().__init__(type(current).__tablename__)
        self.current = current


def checked_text(
    text: str, field: str, *, limit: int, required: str | None = None, block: bool = False
) -> str:
    """Return a text as it is stored; refuse what is forbidden, too long, or missing.

    `required` is the sentence that a missing text is refused with.
    """
    if has_forbidden(text):
        raise RefusedError("มีอักขระที่ระบบเก็บไม่ได้ กรุณาพิมพ์ใหม่", field=field)
    text = clean_block(text) if block else clean_line(text)
    if len(text) > limit:
        raise RefusedError("ยาวเกินไป พิมพ์ได้ไม่เกิน {limit} ตัวอักษร", field=field, limit=f"{limit:,}")
    if find_national_id(text):
        raise RefusedError("ลบเลข 13 หลักออก ระบบไม่เก็บเลขประจำตัวประชาชน", field=field)
    if required and not text:
        raise RefusedError(required, field=field)
    return text


NO_PHONE = msgid("ใส่เป็นหมายเลขโทรศัพท์ เช่น 0 2000 0142 ต่อ 14 หรือเลขภายใน เช่น 1234")


def checked_phone(text: str, field: str) -> str:
    """Return an office phone as it is stored, in Arabic digits, or ""; refuse text that is none."""
    phone = to_arabic_digits(checked_text(text, field, limit=PHONE_LENGTH))
    if phone and not is_phone(phone):
        raise RefusedError(NO_PHONE, field=field)
    return phone


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return value


@dataclass
class Change:
    """A write in progress: one transaction, one actor, one moment.

    `at` is the real moment in UTC; `today` is the programme's day, which a rehearsal may set.
    `touched` collects the cells (enrolment id, step id or None) whose counts must be made again.
    """

    session: Session
    actor: Actor
    at: datetime
    today: date
    reference: str = ""
    touched: set[tuple[int, int | None]] = field(default_factory=set)
    tell: Callable[[int, int], None] | None = None

    def steps(self, rows: Sequence[T]) -> Iterator[T]:
        """Go through many rows, and tell whoever waits for it (done, of how many)."""
        for done, row in enumerate(rows, start=1):
            yield row
            if self.tell is not None:
                self.tell(done, len(rows))

    def require(self, permission: Permission, place: Place | None = None) -> None:
        """Stop here unless the actor may do this; raise NotPermittedError."""
        if not may(self.actor, permission, place):
            raise NotPermittedError(permission)

    def touch(self, enrolment_id: int | None, step_id: int | None) -> None:
        """Say that records which count for this cell changed; without a step: for the whole enrolment."""
        if enrolment_id is not None:
            self.touched.add((enrolment_id, step_id))

    def record(self, verb: str, subject: Base, *, unit_id: int | None = None, **details: object) -> None:
        """Write to the audit trail, in the transaction that makes the change."""
        self.session.flush()  # gives a new subject its id
        entry = AuditEntry(
            at=self.at,
            day=self.today,
            person_id=self.actor.person_id,
            person_name=self.actor.name,
            verb=verb,
            subject_type=type(subject).__tablename__,
            subject_id=subject.id,
            unit_id=unit_id,
            reference=self.reference,
            details=_plain(details),
        )
        self.session.add(entry)


def locked(change: Change, model: type[Row], row_id: int) -> Row | None:
    """Return a row as it is stored now, which nobody else changes until this change ends; None: no such."""
    return change.session.get(model, row_id, populate_existing=True, with_for_update=True)


def check_version(subject: Base, opened_with: int | None) -> None:
    """Raise StaleError when the record was changed since a form was opened with that version."""
    current: int = subject.version  # type: ignore[attr-defined]  # every editable model has one
    if opened_with is not None and current != opened_with:
        raise StaleError(subject)


def differences(subject: Base, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Return {field: [old, new]} for those of the values that differ from the record's."""
    changed = {}
    for name, new in values.items():
        old = getattr(subject, name)
        if old != new:
            changed[name] = [_plain(old), _plain(new)]
    return changed


def apply_values(subject: Base, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Set the values on a record, raise its version if any differs, and return what differed."""
    changed = differences(subject, values)
    for name in changed:
        setattr(subject, name, values[name])
    if changed:
        subject.version += 1  # type: ignore[attr-defined]  # every editable model has one
    return changed
