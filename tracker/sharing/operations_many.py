"""Showing many entries of one event at once, from a file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from tracker.change import Change
from tracker.programme.entries import required_reason
from tracker.programme.uploads import restore_sent, sent_with, withdraw_sent
from tracker.sharing.models import Event, EventEntry
from tracker.sharing.operations import next_position, stamp
from tracker.sharing.operations_entries import entries_reason, entry_enrolment
from tracker.sharing.places import locked_entry, locked_event
from tracker.sharing.texts import entry_values, entry_words
from tracker.sharing.touching import touch_cells, touch_entry


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


def entry_columns(change: Change, event: Event, values: EntryValues) -> dict[str, Any]:
    """Return the columns of an entry that may be shown at an event; refuse what cannot be stored."""
    enrolment_id = entry_enrolment(change, event, values.unit_id)
    texts = entry_values({name: getattr(values, name) for name in ("name", "presenter", "change", "award")})
    words = entry_words(texts["name"], texts["presenter"], texts["change"])
    return {**texts, **words, "unit_id": values.unit_id, "enrolment_id": enrolment_id}


def known_entries(change: Change, keys: Collection[str]) -> dict[str, bool]:
    """Return those of the keys under which an entry was shown already, and whether it still stands."""
    found = select(EventEntry.import_key, EventEntry.withdrawn_on).where(EventEntry.import_key.in_(keys))
    return {row.import_key: row.withdrawn_on is None for row in change.session.execute(found)}


def show_many(change: Change, *, event_id: int, rows: Sequence[EntryValues]) -> list[EventEntry]:
    """Show many entries at an event, all or none; rows that were shown already are left out.

    Return those that were written. The trail keeps one entry with the ids.
    """
    event = locked_event(change, event_id)
    reason = entries_reason(change, event, rows[0].on_behalf_reason if rows else "")
    known = known_entries(change, [row.import_key for row in rows])
    fresh = {row.import_key: row for row in rows if row.import_key not in known}
    if not fresh:
        return []
    first, entered = next_position(change, event), stamp(change, reason)
    columns = [
        {
            **entry_columns(change, event, row),
            **entered,
            "event_id": event_id,
            "position": first + at,
            "import_key": key,
        }
        for at, (key, row) in enumerate(fresh.items())
    ]
    change.session.execute(insert(EventEntry), columns)
    made = list(
        change.session.scalars(
            select(EventEntry).where(EventEntry.import_key.in_(fresh)).order_by(EventEntry.position)
        )
    )
    change.record(
        "shown_many", event, unit_id=event.unit_id, entries=[entry.id for entry in made], reason=reason
    )
    for enrolment_id in {entry.enrolment_id for entry in made}:
        touch_cells(change, enrolment_id)
    return made


def _sent(change: Change, entry_id: int, reason: str) -> list[EventEntry]:
    """Return what the actor showed today by the same file as an entry, locked."""
    event, entry = locked_entry(change, entry_id)
    entries_reason(change, event, reason)
    return sent_with(change, entry, "shown_many", event, "entries")


def withdraw_entries(change: Change, *, entry_id: int, reason: str) -> list[EventEntry]:
    """Withdraw what one file showed, save what was changed since; return those withdrawn."""
    reason = required_reason(reason)
    sent = _sent(change, entry_id, reason)
    return withdraw_sent(change, sent, reason, lambda entry: touch_entry(change, entry))


def restore_entries(change: Change, *, entry_id: int, reason: str) -> list[EventEntry]:
    """Count again what `withdraw_entries` took back; return those restored."""
    sent = _sent(change, entry_id, reason)
    return restore_sent(change, sent, reason, lambda entry: touch_entry(change, entry))
