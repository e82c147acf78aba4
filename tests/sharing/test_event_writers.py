"""Two people who change one event at the same moment: one after the other, and neither is lost."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.changes import TriedChange, try_change
from tests.conftest import engine_of, writable
from tracker.audit.models import AuditEntry
from tracker.change import RefusedError, StaleError
from tracker.sharing.models import Adoption, EventEntry
from tracker.sharing.operations import edit_event
from tracker.sharing.operations_adoptions import note_adoption
from tracker.sharing.operations_entries import edit_entry, show_entry
from tracker.sharing.operations_many import EntryValues, show_many

HELD, TODAY = date(2026, 6, 10), date(2026, 6, 18)
Do = Callable[[TriedChange], Any]
pytestmark = pytest.mark.postgres


@pytest.fixture
def at_once(app, actor_of, session):
    """Give a function: the second begins once the first has written but not committed; what both said."""
    actor = actor_of("coordinator")
    session.rollback()

    def run(first: Do, second: Do) -> list[Any]:
        said: list[Any] = []

        def other() -> None:
            with Session(writable(engine_of(app)), expire_on_commit=False) as mine:
                change = try_change(mine, actor)
                try:
                    said.append(second(change))
                    change.finish()
                except (RefusedError, StaleError) as refusal:
                    said.append(type(refusal))

        with Session(writable(engine_of(app)), expire_on_commit=False) as theirs:
            change = try_change(theirs, actor)
            made = first(change)
            thread = threading.Thread(target=other)
            thread.start()
            thread.join(0.5)
            assert thread.is_alive(), "the second writer did not wait"
            change.finish()
            thread.join(20)
        return [made, *said]

    return run


def test_the_second_of_two_editors_of_an_event_is_stale(make, at_once):
    event = make.event("P001", held_on=HELD).id

    def edit(title: str) -> Do:
        return lambda change: edit_event(change, event_id=event, opened_with=1, title=title)

    assert at_once(edit("ของเขา"), edit("ของฉัน"))[1] is StaleError


def test_the_second_of_two_editors_of_an_entry_is_stale(make, at_once):
    entry = make.entry(make.event("P001", held_on=HELD), "P001").id

    def edit(name: str) -> Do:
        return lambda change: edit_entry(change, entry_id=entry, opened_with=1, name=name)

    assert at_once(edit("ของเขา"), edit("ของฉัน"))[1] is StaleError


def test_one_unit_takes_an_entry_up_once(make, at_once, session):
    entry, unit = make.entry(make.event("P001", held_on=HELD), "P001").id, make.node("P002").id
    session.rollback()

    def note(change: TriedChange) -> Adoption:
        return note_adoption(change, entry_id=entry, unit_id=unit, adopted_on=TODAY)

    assert at_once(note, note)[1] is RefusedError
    assert len(session.scalars(select(Adoption)).all()) == 1


def test_entries_of_two_writers_have_numbers_and_audits_of_their_own(make, at_once, session):
    event, unit = make.event("P001", held_on=HELD).id, make.node("P001").id
    session.rollback()
    rows = [EntryValues(name=f"จากแฟ้ม {n}", unit_id=unit, import_key=f"key {n}") for n in range(2)]

    _one, many = at_once(
        lambda change: show_entry(change, event_id=event, name="ทีละชิ้น", unit_id=unit),
        lambda change: show_many(change, event_id=event, rows=rows),
    )

    shown = session.scalars(select(EventEntry).order_by(EventEntry.position)).all()
    audit = session.scalars(select(AuditEntry).where(AuditEntry.verb == "shown_many")).one()
    assert [entry.position for entry in shown] == [1, 2, 3]
    assert audit.details["entries"] == [entry.id for entry in many] == [entry.id for entry in shown[1:]]
