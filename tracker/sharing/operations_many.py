"""Showing many entries of one event at once, from a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from tracker.change import Change, RefusedError
from tracker.organisation.tree import unit_tree
from tracker.sharing.models import Event, EventEntry
from tracker.sharing.operations import next_position, stamp
from tracker.sharing.operations_entries import entry_enrolment, entry_texts, entry_words, event_for_entries
from tracker.sharing.touching import touch_cells


@dataclass(frozen=True, kw_only=True)
class EntryValues:
    """What a row of a file says about an entry; `import_key` is how the row is known again."""

    name: str
    unit_id: int
    presenter: str = ""
    change: str = ""
    award: str = ""
    on_behalf_reason: str = ""
    import_key: str


def checked_entry(change: Change, event: Event, values: EntryValues) -> dict[str, Any]:
    """Return the columns of an entry that may be shown at an event; refuse what cannot be stored."""
    unit = unit_tree(change.session).get(values.unit_id)
    if unit is None:
        raise RefusedError("ไม่พบหน่วยงานนี้", field="unit")
    if unit.closed_on is not None and unit.closed_on <= event.held_on:
        raise RefusedError("หน่วยงานนี้ปิดไปก่อนวันที่จัดแล้ว", field="unit")
    texts = entry_texts({name: getattr(values, name) for name in ("name", "presenter", "change", "award")})
    return {**texts, "unit_id": unit.id}


def known_entry_keys(change: Change, keys: Sequence[str]) -> set[str]:
    """Return those of the keys under which an entry was shown already, withdrawn ones too."""
    found = change.session.scalars(select(EventEntry.import_key).where(EventEntry.import_key.in_(keys)))
    return {key for key in found if key}


def show_many(change: Change, *, event_id: int, rows: Sequence[EntryValues]) -> list[EventEntry]:
    """Show many entries at an event, all or none; rows that were shown already are left out.

    Return those that were written. The trail keeps one entry with the ids.
    """
    event, reason = event_for_entries(change, event_id, rows[0].on_behalf_reason if rows else "")
    known = known_entry_keys(change, [row.import_key for row in rows])
    fresh = {row.import_key: row for row in rows if row.import_key not in known}
    if not fresh:
        return []
    first, entered = next_position(change, event_id), stamp(change, reason)
    columns = []
    for at, (key, row) in enumerate(fresh.items()):
        texts = checked_entry(change, event, row)
        words = (texts["name"], texts["presenter"], texts["change"])
        columns.append(
            {
                **texts,
                **entered,
                "event_id": event_id,
                "position": first + at,
                "enrolment_id": entry_enrolment(change, event, row.unit_id),
                "search_text": entry_words(change, row.unit_id, *words),
                "import_key": key,
            }
        )
    change.session.execute(insert(EventEntry), columns)
    made = list(
        change.session.scalars(
            select(EventEntry)
            .where(EventEntry.event_id == event_id, EventEntry.position >= first)
            .order_by(EventEntry.position)
        )
    )
    change.record(
        "shown_many", event, unit_id=event.unit_id, entries=[entry.id for entry in made], reason=reason
    )
    for enrolment_id in {entry.enrolment_id for entry in made}:
        touch_cells(change, enrolment_id)
    return made
