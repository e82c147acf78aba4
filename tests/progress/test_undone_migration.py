"""Claims that were taken back before they were marked as such are marked by the migration."""

from sqlalchemy import text

from tests.databases import Databases
from tracker.cli.schema import migrate
from tracker.database import open_engine

CHANGES = (
    ("none", "doing", "2026-04-01", "เริ่มแล้ว"),
    ("doing", "done", "2026-06-18", "ครบแล้ว"),
    ("done", "doing", "2026-06-18", "ยกเลิกการปรับสถานะครั้งก่อน"),
)
CHANGE = text(
    "INSERT INTO claim_changes (enrolment_id, step_id, before, after, claimed_on, entered_on, entered_at,"
    " person_name, note, on_behalf_reason) VALUES (:enrolment, :step, :before, :after, :day, :day,"
    " '2026-06-18 02:00:00', 'มาลี', :note, '')"
)
CELL = text(
    "INSERT INTO step_progress (enrolment_id, step_id, claim, claimed_on, claim_entered_on, claim_note,"
    " measured_met, measured_rules, evidence, evidence_records, activities, joined_units, version)"
    " VALUES (:enrolment, :step, 'doing', '2026-04-01', '2026-06-18', '', 0, 0, '{}', 0, 0, 0, 1)"
)
WHOLE = text(
    "INSERT INTO enrolment_progress (enrolment_id, executive_records, last_claim_on, records, ready_times,"
    " ready_people) VALUES (:enrolment, 0, '2026-06-18', 0, 0, 0)"
)


def test_claims_taken_back_before_are_marked_and_their_cells_say_what_stood(databases: Databases, app, make):
    place = {"enrolment": make.enrolment("P001").id, "step": make.step_id(1)}
    url = databases.copy("undone")
    migrate(url, "words_withdrawn")
    engine = open_engine(url)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        for before, after, day, note in CHANGES:
            connection.execute(CHANGE, {**place, "before": before, "after": after, "day": day, "note": note})
        connection.execute(CELL, place)
        connection.execute(WHOLE, place)

    migrate(url, "progress_undone")

    with engine.connect() as connection:
        undone = connection.scalars(text("SELECT is_undone FROM claim_changes ORDER BY id")).all()
        entered = connection.scalars(text("SELECT claim_entered_on FROM step_progress")).all()
        heard = connection.scalars(text("SELECT last_claim_on FROM enrolment_progress")).all()
    engine.dispose()
    assert [bool(mark) for mark in undone] == [False, True, True]
    assert [str(day) for day in (*entered, *heard)] == ["2026-04-01", "2026-04-01"]
