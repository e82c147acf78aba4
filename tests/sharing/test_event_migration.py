"""Events and entries that were stored before are found and sorted as new ones are."""

from sqlalchemy import text

from tests.conftest import engine_of
from tracker.cli.schema import migrate
from tracker.sharing.models import Event, EventEntry
from tracker.thai.text import search_text, sort_key


def test_what_was_stored_before_is_found_by_its_outcome_and_sorted(app, session, make, databases):
    event = make.event("P001", title="วันแบ่งปัน", venue="หอประชุม", summary="ลดเวลาครึ่งหนึ่ง")
    entry = make.entry(event, "P001", name="แสงสว่าง", presenter="สายใจ")
    ids = event.id, entry.id
    session.close()
    engine_of(app).dispose()
    migrate(databases.url, "words_withdrawn")
    with engine_of(app).connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("UPDATE events SET search_text = 'วันแบ่งปัน หน่วยงาน'"))
    engine_of(app).dispose()

    migrate(databases.url)

    event, entry = session.get(Event, ids[0]), session.get(EventEntry, ids[1])
    assert event.search_text == search_text("วันแบ่งปัน หอประชุม ลดเวลาครึ่งหนึ่ง")
    assert event.outside_stage_reason == ""
    assert entry.search_text == search_text("แสงสว่าง สายใจ")
    assert entry.sort_key == sort_key("แสงสว่าง")
