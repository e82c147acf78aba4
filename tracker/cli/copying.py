"""Backing a database up while others write, and bringing it back into an empty place."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy.exc import DataError, IntegrityError

from tracker.cli.backup_folder import (
    ODD,
    BackupError,
    Manifest,
    TableEntry,
    batches,
    read_manifest,
    settle,
    table_file,
    write_manifest,
)
from tracker.cli.rows import Shape, insert_lines, lines_of, shape_of
from tracker.cli.schema import SchemaError, every_table, head, migrate, revision_in, steps, tracker_version
from tracker.database import open_engine

Tell = Callable[[str], None]


@contextmanager
def _still(engine: Engine, scratch: Path) -> Iterator[Connection]:
    """Give a connection that sees the database as it is at one moment, while others go on writing."""
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            yield connection
        return
    copy = scratch / "copy.sqlite"
    _copy_sqlite(str(engine.url.database), copy)
    still = open_engine(f"sqlite:///{copy}")
    try:
        with still.connect() as connection:
            yield connection
    finally:
        still.dispose()
        for left in scratch.glob(f"{copy.name}*"):
            left.unlink()


def _copy_sqlite(database: str, copy: Path) -> None:
    """Copy a SQLite file in one step: in several it would begin anew with every write of others."""
    source, target = sqlite3.connect(database, timeout=60), sqlite3.connect(copy)
    try:
        source.backup(target, pages=-1)
        found = target.execute("PRAGMA integrity_check").fetchall()
        broken = target.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        source.close()
        target.close()
    if found != [("ok",)] or broken:
        raise BackupError(f"The database is damaged: {[*found, *broken][:3]}")


def _write_table(connection: Connection, folder: Path, name: str, shape: Shape) -> TableEntry:
    digest, rows = hashlib.sha256(), 0
    with table_file(folder, name).open("wb") as target:
        for line in lines_of(connection, name, shape):
            rows += 1
            target.write(line)
            digest.update(line)
    return TableEntry(name, rows, digest.hexdigest(), shape)


def make_backup(engine: Engine, folder: Path, *, by: str, tell: Tell) -> Manifest:
    """Write every table into a folder that is new or empty; return what was written; raise BackupError.

    The folder gets its name only when all is written: a backup that was interrupted is never there.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"{folder} is not empty. Give every backup a folder of its own.")
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        manifest = _write_all(engine, partial, by, tell)
        if folder.exists():
            folder.rmdir()
        partial.rename(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    settle(folder.parent)
    return manifest


def _write_all(engine: Engine, folder: Path, by: str, tell: Tell) -> Manifest:
    (folder / "tables").mkdir(parents=True, mode=0o700)
    folder.chmod(0o700)
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    with _still(engine, folder) as connection:
        entries = []
        for one in every_table().sorted_tables:
            tell(one.name)
            entries.append(_write_table(connection, folder, one.name, shape_of(one)))
        revision = revision_in(connection) or ""
    manifest = Manifest(made_at, by, tracker_version(), engine.dialect.name, revision, entries)
    write_manifest(folder, manifest)
    return manifest


def _require_empty(engine: Engine) -> None:
    tables = [name for name in inspect(engine).get_table_names() if name != "alembic_version"]
    with engine.connect() as connection:
        for name in tables:
            if connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first():  # noqa: S608  # the database's own name
                raise BackupError(
                    f"The database is not empty: {name} has rows. Restore only into an empty place; "
                    "point TRACKER_DATA_DIR or TRACKER_DATABASE_URL at one."
                )


def _require_same_tables(engine: Engine, manifest: Manifest) -> None:
    inspector = inspect(engine)
    tables = {name for name in inspector.get_table_names() if name != "alembic_version"}
    given = {entry.name: {own for own, _ in entry.columns} for entry in manifest.tables}
    if missing := sorted(tables - given.keys()):
        raise BackupError(f"Tables are not in the backup: {', '.join(missing)}.")
    for name, columns in given.items():
        if name not in tables or {one["name"] for one in inspector.get_columns(name)} != columns:
            raise BackupError(f"tables/{name}.jsonl has other columns than its revision.")


def _ordered(lines: list[bytes], shape: Shape, reference: str) -> list[bytes]:
    """Return the rows of a tree with every parent before its children."""
    names = [name for name, _ in shape]
    at_id, at_parent = names.index("id"), names.index(reference)
    waiting = {values[at_id]: (values[at_parent], line) for line in lines for values in [json.loads(line)]}
    placed: dict[int, bytes] = {}
    while waiting:
        ready = [own for own, (parent, _) in waiting.items() if parent is None or parent in placed]
        if not ready:
            raise BackupError("The tree of units leads in a circle.")
        for own in ready:
            placed[own] = waiting.pop(own)[1]
    return list(placed.values())


def _fill(connection: Connection, folder: Path, entry: TableEntry) -> None:
    references = {
        key.parent.name
        for key in (
            every_table().tables[entry.name].foreign_keys if entry.name in every_table().tables else ()
        )
        if key.column.table.name == entry.name
    }
    file = table_file(folder, entry.name)
    if references:
        lines = [line for batch in batches(file) for line in batch]
        insert_lines(connection, entry.name, entry.columns, _ordered(lines, entry.columns, references.pop()))
    else:
        for batch in batches(file):
            insert_lines(connection, entry.name, entry.columns, batch)
    if connection.dialect.name == "postgresql" and entry.rows:
        own = every_table().tables[entry.name]
        last = connection.scalar(select(func.max(own.c.id)))
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
            {"name": entry.name, "last": last},
        )


def _verify(connection: Connection, entry: TableEntry) -> None:
    digest, rows = hashlib.sha256(), 0
    for line in lines_of(connection, entry.name, entry.columns):
        rows += 1
        digest.update(line)
    if (rows, digest.hexdigest()) != (entry.rows, entry.sha256):
        raise BackupError(f"{entry.name} came back different ({rows} rows, {entry.rows} in the backup).")


def restore_backup(url: str, folder: Path, *, tell: Tell) -> Manifest:
    """Bring a backup back into an empty database; all of it or nothing; raise BackupError.

    An older backup goes into the tables of its own revision, which are then brought up to the code's.
    """
    manifest = read_manifest(folder)
    if manifest.revision not in {step.revision for step in steps()}:
        raise BackupError(f"The backup is of revision {manifest.revision}, which this tracker does not know.")
    engine = open_engine(url)
    try:
        _require_empty(engine)
        migrate(url, manifest.revision)
        _require_same_tables(engine, manifest)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            for entry in manifest.tables:
                tell(entry.name)
                try:
                    _fill(connection, folder, entry)
                except (*ODD, DataError):
                    raise BackupError(f"tables/{entry.name}.jsonl holds what no backup writes.") from None
            for entry in manifest.tables:
                _verify(connection, entry)
            _require_references(connection)
    except IntegrityError as error:
        raise BackupError(f"The backup does not fit together: {error.orig}") from None
    finally:
        engine.dispose()
    if manifest.revision != head():
        migrate(url)
    return manifest


def _require_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
        raise SchemaError("References of the backup lead nowhere.")
