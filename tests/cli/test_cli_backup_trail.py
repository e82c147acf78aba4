"""What the audit trail says of backups, and what becomes of one that cannot be written there."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tracker.audit.models import AuditEntry
from tracker.cli.backup_folder import read_manifest


def backups_in_trail(session: Session) -> list[str]:
    """Return the folders of the backups that the trail tells of."""
    entries = session.scalars(select(AuditEntry).where(AuditEntry.verb == "backed_up"))
    folders = [entry.details["folder"] for entry in entries]
    session.rollback()
    return folders


def test_only_a_backup_that_was_made_is_in_the_trail(world_place, run, session, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("tracker.cli.copying.write_manifest", refuse_to_write)
        assert "cannot be written: No space left" in run("backup", world_place / "b", code=1).output
    assert backups_in_trail(session) == []
    assert list(world_place.glob("*b*")) == []

    run("backup", world_place / "b")
    assert backups_in_trail(session) == ["b"]


def refuse_to_write(*_anything: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.sqlite
def test_a_backup_of_a_database_that_takes_nothing_any_more_is_kept(world_place, run, session):
    full = "CREATE TRIGGER full BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    session.execute(text(full))
    session.commit()
    said = run("backup", world_place / "b")

    assert "Wrote" in said.stdout
    assert "not in the audit trail: disk is full" in said.stderr
    assert read_manifest(world_place / "b").tables
