"""The change log of a record in words: who did what when, and what each field said before."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audit.models import AuditEntry
from tracker.database import Base
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy

Changed = Iterable[tuple[str, Any, Any]]
MOST = 100
VERBS: Mapping[str, Any] = {
    "edited": lazy("แก้ไขรายการ"),
    "withdrawn": lazy("ยกเลิกรายการ"),
    "restored": lazy("กู้คืนรายการ"),
    "hidden": lazy("ซ่อนโดยฝ่ายเลขานุการ"),
    "shown_again": lazy("แสดงรายการตามเดิม"),
}


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
    verbs: Mapping[str, Any],
    labels: Mapping[str, Any],
    say: Callable[[str, Any], str],
    besides: Collection[str] = (),
    changes: Callable[[AuditEntry], Changed] = changes_of,
    look_up: Callable[[Iterable[tuple[str, Any]]], None] | None = None,
) -> list[Happening]:
    """Return what was done to a record, the newest first, without the verbs `besides`.

    `labels` name the fields that are told, `say` puts a field's value into words; `look_up` is given all
    values before the first is said, so that what they name can be loaded at once.
    """
    entries = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_type == record.__tablename__, AuditEntry.subject_id == record.id)
        .where(AuditEntry.verb.not_in(besides))
        .order_by(AuditEntry.id.desc())
        .limit(MOST)
    ).all()
    told = [[part for part in changes(entry) if part[0] in labels] for entry in entries]
    if look_up is not None:
        look_up((name, value) for parts in told for name, old, new in parts for value in (old, new))
    nothing = _("(ไม่ระบุ)")
    return [
        Happening(
            entry.at,
            entry.day,
            str(verbs.get(entry.verb) or VERBS.get(entry.verb, entry.verb)),
            entry.person_name,
            entry.details.get("reason", ""),
            [
                (str(labels[name]), say(name, old) or nothing, say(name, new) or nothing)
                for name, old, new in parts
            ],
        )
        for entry, parts in zip(entries, told, strict=True)
    ]
