"""A backup holds what is to last."""

from datetime import UTC, datetime
from pathlib import Path

from tracker.signin.models import KeptText


def test_a_backup_holds_no_text_that_was_kept_long_enough(world_place: Path, run, session):
    session.add(KeptText(person_id=1, kept_at=datetime(2026, 6, 1, tzinfo=UTC), path="/", sealed=b"x"))
    session.commit()
    run("backup", world_place / "b")

    assert (world_place / "b" / "tables" / "kept_texts.jsonl").read_text(encoding="utf-8") == ""
