"""What the audit trail keeps in words: of one record, as its change log; of all, for the audit trail's page.

Each slice says in its `history.py` what the fields of its records are called and how their values are said.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audit.models import AuditEntry
from tracker.database import Base
from tracker.thai.dates import format_day
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, lazy, named
from tracker.web.reference import tree

Changed = Iterable[tuple[str, Any, Any]]
Names = Mapping[int, str]
MOST = 100
NOTHING: tuple[object, ...] = (None, "", [], (), {})
VERBS: Mapping[str, Any] = {
    "edited": lazy("แก้ไขรายการ"),
    "withdrawn": lazy("ยกเลิกรายการ"),
    "restored": lazy("กู้คืนรายการ"),
    "hidden": lazy("ซ่อนโดยฝ่ายเลขานุการ"),
    "shown_again": lazy("แสดงรายการตามเดิม"),
}


@dataclass(frozen=True, slots=True)
class Naming:
    """How values are said that name rows by their ids: all names that are needed are asked for at once."""

    ids: Callable[[Any], Iterable[int]]
    names: Callable[[set[int]], Names]
    say: Callable[[Any, Names], str]


@dataclass(frozen=True, slots=True)
class Field:
    """What a field is called, and how its values are said; without `say` they are words that somebody typed.

    `is_content` tells that the values belong to what a unit's record says, which administrators do not
    read. `empty` is what no value says. The trail keeps `[old, new]` where `is_pair`, also outside of a list
    of changes.
    """

    label: Any
    say: Callable[[Any], str] | Naming | None = None
    is_content: bool = False
    is_pair: bool = False
    empty: Any = ""

    @property
    def is_kept_back(self) -> bool:
        """Tell whether the values are for those who read the unit wholly."""
        return self.say is None or self.is_content


Known = Mapping[Naming, Names]
FIELDS: dict[str, dict[str, Field]] = {}
VERBS_OF: dict[str, dict[str, Any]] = {}


def offer(
    table: str, fields: Mapping[str, Field], verbs: Mapping[str, Any] | None = None
) -> Mapping[str, Field]:
    """Say what fields of a table's rows are called, and verbs where the usual words do not fit."""
    FIELDS.setdefault(table, {}).update(fields)
    VERBS_OF.setdefault(table, {}).update(verbs or {})
    return fields


def labels_of(form: type) -> dict[str, Any]:
    """Return what a form calls its fields: where the record's fields have the same names."""
    unbound = {name: getattr(form, name) for name in dir(form) if not name.startswith("_")}
    return {name: field.args[0] for name, field in unbound.items() if getattr(field, "args", ())}


def typed(form: type, *names: str) -> dict[str, Field]:
    """Return fields of words that people type, called as in a form."""
    labels = labels_of(form)
    return {name: Field(labels[name]) for name in names}


def _several(value: Any) -> Collection[Any]:
    return value if isinstance(value, (list, tuple)) else [value]


def say_day(value: Any) -> str:
    """Return a day as the reader's calendar writes it; what is no day as it is."""
    try:
        return format_day(date.fromisoformat(str(value)), language())
    except ValueError:
        return str(value)


def say_number(value: Any) -> str:
    """Return a count with its thousands separated."""
    return f"{value:,}" if isinstance(value, int) else str(value)


def say_ids(value: Any) -> str:
    """Return which rows are meant: their numbers, as the trail shows those of its subjects."""
    return _("เลขที่ %(numbers)s", numbers=", ".join(str(one) for one in _several(value)))


def say_unit(value: Any) -> str:
    """Return what a unit, by its id, or several are called."""
    return ", ".join(named(tree().get(unit_id)) for unit_id in _several(value))


def say_flag(value: Any) -> str:
    """Return whether something is so."""
    return _("ใช่") if value else _("ไม่ใช่")


def one_of(words: Mapping[Any, Any]) -> Callable[[Any], str]:
    """Return what says one of some known answers, or several."""

    def say(value: Any) -> str:
        return ", ".join(str(words.get(one, one)) for one in _several(value))

    return say


def look_up(told: Iterable[tuple[Field, Any]]) -> Known:
    """Return the names that values need, each kind asked for once."""
    wanted: dict[Naming, set[int]] = {}
    for field, value in told:
        if isinstance(field.say, Naming) and value not in NOTHING:
            wanted.setdefault(field.say, set()).update(field.say.ids(value))
    return {naming: naming.names(ids) for naming, ids in wanted.items()}


def said(field: Field, value: Any, known: Known) -> str:
    """Return a value of a field in words."""
    if value in NOTHING:
        return str(field.empty)
    if isinstance(field.say, Naming):
        return field.say.say(value, known.get(field.say, {}))
    return field.say(value) if field.say else str(value)


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the log: `day` is the programme's, `changes` are (label, before, after) in words."""

    at: datetime
    day: date
    verb: str
    person: str
    reason: str
    changes: list[tuple[str, str, str]]


def changes_of(entry: AuditEntry) -> Changed:
    """Give (field, before, after) as an entry of the trail keeps them."""
    kept = entry.details.get("changes") or entry.details.get("changed") or {}
    return [(name, old, new) for name, (old, new) in kept.items()]


def change_log(
    session: Session,
    record: Base,
    *,
    besides: Collection[str] = (),
    changes: Callable[[AuditEntry], Changed] = changes_of,
) -> list[Happening]:
    """Return what was done to a record, the newest first, without the verbs `besides`."""
    table = record.__tablename__
    fields, verbs = FIELDS[table], {**VERBS, **VERBS_OF[table]}
    entries = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_type == table, AuditEntry.subject_id == record.id)
        .where(AuditEntry.verb.not_in(besides))
        .order_by(AuditEntry.id.desc())
        .limit(MOST)
    ).all()
    told = [
        [(fields[name], old, new) for name, old, new in changes(entry) if name in fields] for entry in entries
    ]
    known = look_up((field, value) for parts in told for field, *pair in parts for value in pair)
    nothing = _("(ไม่ระบุ)")
    return [
        Happening(
            entry.at,
            entry.day,
            str(verbs.get(entry.verb, entry.verb)),
            entry.person_name,
            entry.details.get("reason", ""),
            [
                (str(field.label), said(field, old, known) or nothing, said(field, new, known) or nothing)
                for field, old, new in parts
            ],
        )
        for entry, parts in zip(entries, told, strict=True)
    ]
