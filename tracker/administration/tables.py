"""Lists of administration as tables, and the words of the audit trail."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.accounts.models import HeldRole, Person
from tracker.accounts.permissions import Permission
from tracker.administration.audit_words import (
    CONTACT,
    OF_UNITS,
    SAYS_NO_WORDS,
    detail_word,
    subject_word,
    value_word,
    verb_word,
)
from tracker.administration.queries import unit_rows
from tracker.administration.unit_file import HEADER
from tracker.audit.models import AuditEntry
from tracker.organisation.tree import UnitNode, UnitTree
from tracker.thai.dates import format_day, format_moment
from tracker.web.guards import allowed
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.reference import tree
from tracker.web.shell import ROLE_NAMES
from tracker.web.tables import Column, ColumnKind, Table

EMPTY: tuple[object, ...] = (None, "")
UNSAID = "…"
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def details_line(entry: AuditEntry, *, in_file: bool = False) -> str:
    """Return an entry's details on one line, without those that say nothing.

    The words of a unit's records are told only to those who read the unit wholly; others see that
    they changed, not what they say. No file says how to reach somebody.
    """
    said = entry.details if _reads_words_of(entry) else _without_words(entry.details)
    said = _without_contact(said) if in_file else said
    details = ((name, value) for name, value in said.items() if value not in EMPTY)
    told = ((name, value_word(name, value) if isinstance(value, str) else value) for name, value in details)
    return "; ".join(f"{detail_word(name)}: {_plain(value)}" for name, value in told)[:2000]


def _reads_words_of(entry: AuditEntry) -> bool:
    if entry.subject_type not in OF_UNITS:
        return True
    place = tree().get(entry.unit_id) or tree().root
    return place is not None and allowed(Permission.UNIT_READ, place)


def _without_words(value: Any, name: str = "") -> Any:
    """Return a detail with days, states and numbers only: `…` stands for words."""
    if isinstance(value, dict):
        return {key: _without_words(item, key) for key, item in value.items()}
    if name in SAYS_NO_WORDS or value in EMPTY:
        return value
    return [_without_words(item, name) for item in value] if isinstance(value, list) else UNSAID


def _without_contact(details: dict[str, Any]) -> dict[str, Any]:
    return {
        name: UNSAID if name in CONTACT else _without_contact(value) if isinstance(value, dict) else value
        for name, value in details.items()
    }


def changes_line(changed: dict[str, list[str]]) -> str:
    """Return what differs, in words: the column, what it was and what it becomes."""
    return _plain(changed)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{detail_word(name)} {_plain(item)}" for name, item in value.items())
    if isinstance(value, list):
        return " → ".join(_plain(item) for item in value)
    if value in EMPTY:
        return "-"
    return _said_day(str(value))


def _said_day(text: str) -> str:
    """Return a stored day in words; any other text, also what only looks like a day, as it is."""
    if not ISO_DAY.fullmatch(text):
        return text
    try:
        return format_day(date.fromisoformat(text), language())
    except ValueError:
        return text


def role_line(role: HeldRole, units: UnitTree) -> str:
    """Return a role in words: what, and where."""
    return f"{ROLE_NAMES[role.kind]} {named(units.get(role.unit_id), 'short')}".strip()


def people_table(rows: Sequence[Person], roles: dict[int, list[HeldRole]], day: date) -> Table:
    """Return persons with the roles they hold on a day; no personal contact beyond the office's."""
    units = tree()

    def line(person: Person) -> tuple[str | None, ...]:
        held = [role_line(role, units) for role in roles.get(person.id, []) if role.holds_on(day)]
        state = _("ปิดบัญชี") if person.disabled_at else _("ใช้งาน")
        signed_in = person.last_signed_in_at
        last = format_moment(signed_in, language()) if signed_in else _("ยังไม่เคยเข้าใช้")
        return (person.name, ", ".join(held), person.office_phone, state, last)

    headings = (_("ชื่อ"), _("บทบาท"), _("โทรศัพท์ที่ทำงาน"), _("สถานะ"), _("เข้าใช้ล่าสุด"))
    widths = (28, 48, 18, 12, 26)
    columns = tuple(Column(heading, width=width) for heading, width in zip(headings, widths, strict=True))
    return Table(_("บุคคล"), columns, (line(person) for person in rows))


def units_table(session: Session, nodes: Sequence[UnitNode]) -> Table:
    """Return units under the header that the import reads, so that the file can come back."""
    rows = unit_rows(session, [node.code for node in nodes])
    columns = tuple(Column(name, width=30 if name.startswith("name") else 16) for name in HEADER)
    return Table(_("หน่วยงาน"), columns, (tuple(getattr(row, name) for name in HEADER) for row in rows))


def audit_table(entries: Iterable[AuditEntry], units: UnitTree) -> Table:
    """Return entries of the trail, without personal contact."""

    def lines() -> Iterator[tuple[str | int | date | None, ...]]:
        for entry in entries:
            yield (
                format_moment(entry.at, language()),
                entry.day,
                entry.person_name,
                verb_word(entry.verb),
                subject_word(entry.subject_type),
                entry.subject_id,
                named(units.get(entry.unit_id)),
                details_line(entry, in_file=True),
                entry.reference,
            )

    columns = (
        Column(_("เวลา"), width=24),
        Column(_("วันของโครงการ"), ColumnKind.DAY, 14),
        Column(_("ผู้ทำ"), width=24),
        Column(_("สิ่งที่ทำ"), width=18),
        Column(_("เรื่อง"), width=20),
        Column(_("เลขที่"), ColumnKind.COUNT, 8),
        Column(_("หน่วยงาน"), width=28),
        Column(_("รายละเอียด"), width=60),
        Column(_("เลขอ้างอิง"), width=12),
    )
    return Table(_("ประวัติการใช้งาน"), columns, lines())
