"""Lists of administration as tables, and the words of the audit trail."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from tracker.accounts.models import HeldRole, Person
from tracker.accounts.permissions import Permission
from tracker.administration.audit_words import (
    CHANGED,
    CHANGES,
    CONTACT,
    OF_UNITS,
    field_of,
    subject_word,
    verb_word,
)
from tracker.administration.queries import unit_rows
from tracker.administration.unit_file import HEADER
from tracker.audit.models import AuditEntry
from tracker.organisation.tree import UnitNode, UnitTree
from tracker.thai.dates import format_moment
from tracker.web.guards import allowed
from tracker.web.history import NOTHING, Field, Known, look_up, said
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.reference import tree
from tracker.web.shell import ROLE_NAMES
from tracker.web.tables import Column, ColumnKind, Table

UNSAID = "…"
CHUNK = 500  # entries of a file whose names are asked for at once


def names_in(entries: Iterable[AuditEntry]) -> Known:
    """Return the names that the details of entries need."""
    return look_up(
        (field_of(entry.subject_type, name), value)
        for entry in entries
        for name, values in _values(entry)
        for value in values
    )


def _values(entry: AuditEntry) -> Iterator[tuple[str, Sequence[Any]]]:
    """Give the details of an entry and the fields that it changed, each with its one or two values."""
    for name, value in entry.details.items():
        if name in CHANGES:
            yield from (value or {}).items()
        else:
            yield name, values_of(field_of(entry.subject_type, name), value)


def values_of(field: Field, value: Any) -> Sequence[Any]:
    """Return a detail's one value, or the old and the new one; words that are the first ones stand alone."""
    if not field.is_pair or not value:
        return [value]
    return value[1:] if field.say is None and value[0] in NOTHING else value  # type: ignore[no-any-return]  # from JSON


def details_line(entry: AuditEntry, known: Known | None = None, *, in_file: bool = False) -> str:
    """Return an entry's details on one line, without those that say nothing; `known` are the names in them.

    The words of a unit's records are told only to those who read the unit wholly; others see that
    they changed, not what they say. No file says how to reach somebody.
    """
    is_open = _reads_words_of(entry)

    def told(name: str, values: Sequence[Any], mark: str = "") -> str:
        field = field_of(entry.subject_type, name)
        words = (_said(field, value, known or {}, is_open=is_open) for value in values)
        return f"{field.label}{mark} {UNSAID if in_file and name in CONTACT else ' → '.join(words)}"

    parts = []
    for name, value in entry.details.items():
        if value in NOTHING:
            continue
        if name in CHANGES:
            parts.append(f"{CHANGED}: {', '.join(told(part, pair) for part, pair in value.items())}")
        else:
            parts.append(told(name, values_of(field_of(entry.subject_type, name), value), ":"))
    return "; ".join(parts)[:2000]


def _said(field: Field, value: Any, known: Known, *, is_open: bool) -> str:
    if value in NOTHING:
        return str(field.empty) or "-"
    kept_back = field.is_kept_back and not is_open
    return UNSAID if kept_back else said(field, value, known) or UNSAID


def _reads_words_of(entry: AuditEntry) -> bool:
    if entry.subject_type not in OF_UNITS:
        return True
    place = tree().get(entry.unit_id) or tree().root
    return place is not None and allowed(Permission.UNIT_READ, place)


def changes_line(subject: str, changed: Mapping[str, Sequence[Any]]) -> str:
    """Return what differs, in words: the field, what it was and what it becomes."""
    fields = ((field_of(subject, name), pair) for name, pair in changed.items())
    return ", ".join(
        f"{field.label} {' → '.join(_said(field, value, {}, is_open=True) for value in pair)}"
        for field, pair in fields
    )


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


def _with_names(entries: Iterable[AuditEntry]) -> Iterator[tuple[AuditEntry, Known]]:
    """Give entries with the names that they need, without holding all of them."""
    rest = iter(entries)
    while some := list(islice(rest, CHUNK)):
        known = names_in(some)
        yield from ((entry, known) for entry in some)


def audit_table(entries: Iterable[AuditEntry], units: UnitTree) -> Table:
    """Return entries of the trail, without personal contact."""

    def lines() -> Iterator[tuple[str | int | date | None, ...]]:
        for entry, known in _with_names(entries):
            yield (
                format_moment(entry.at, language()),
                entry.day,
                entry.person_name,
                verb_word(entry.verb, entry.subject_type),
                subject_word(entry.subject_type),
                entry.subject_id,
                named(units.get(entry.unit_id)),
                details_line(entry, known, in_file=True),
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
