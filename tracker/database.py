"""Tables, column types and the engine: what every model stands on. Knows no Flask."""

import enum
import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
MAX_ID = 2**31 - 1
READ_COMMITTED, REPEATABLE_READ = 2, 3  # as psycopg numbers them
PATIENCE_SECONDS = 10  # how long a statement waits for somebody else's lock


class Moment(TypeDecorator[datetime]):
    """A point in time: aware in Python, UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC; refuse a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back aware: SQLite forgets the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(members: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in members]


def checked_text(kind: type[enum.Enum], name: str) -> Enum:
    """Return the type of an enum's column whose CHECK has a name of its own.

    Only a table with two columns of one enum needs it; every other column finds its type by annotation.
    """
    return Enum(
        kind, native_enum=False, create_constraint=True, length=20, values_callable=_values, name=name
    )


class Base(DeclarativeBase):
    """The base of every table: an integer key and constraints that have names."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: Moment,
        dict[str, Any]: JSON,
        list[str]: JSON,
        enum.Enum: Enum(
            enum.Enum, native_enum=False, create_constraint=True, length=20, values_callable=_values
        ),
    }

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


def is_wal_safe(version: tuple[int, int, int]) -> bool:
    """Tell whether this SQLite keeps every commit in WAL mode with several connections.

    Libraries before 3.51.3 may lose one when a write meets a checkpoint (sqlite.org/wal.html, "WAL-reset");
    the fix was carried back to 3.50.7 and 3.44.6.
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def _make_private(file: Path) -> None:
    """Make a database's file before SQLite does, which would let every user of the machine read it."""
    with suppress(OSError):  # it is there, or SQLite will say what is wrong
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    journal = "WAL" if is_wal_safe(sqlite3.sqlite_version_info[:3]) else "DELETE"
    for pragma in (
        f"busy_timeout={PATIENCE_SECONDS * 1000}",
        f"journal_mode={journal}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgres(connection: Any, _record: object) -> None:
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = '{PATIENCE_SECONDS}s'")
    connection.autocommit = False


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    """Have the driver's BEGIN say what is begun: no statement of its own is needed for it."""
    options = connection.get_execution_options()
    driver: Any = connection.connection.driver_connection
    if "isolation_level" in options:
        driver.read_only = None
        return
    reads = not options.get("writes", False)
    driver.isolation_level = REPEATABLE_READ if reads else READ_COMMITTED
    driver.read_only = reads


def open_engine(url: str, *, pool_size: int = 4) -> Engine:
    """Open the database at a URL; a SQLite file and its folder are made where they are missing.

    A transaction reads, and sees the database as it is at one moment, unless the execution option `writes`
    (see `tracker.session`) says that it writes. On SQLite it then begins IMMEDIATE, so that two writers
    wait for each other.
    """
    parsed = make_url(url)
    # Parameters are names, addresses and hashes of passwords: no error and no log prints them.
    pool = {"pool_size": pool_size, "max_overflow": 0, "pool_timeout": 15, "hide_parameters": True}
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": 3}, **pool)
        event.listen(engine, "connect", _prepare_postgres)
        event.listen(engine, "begin", _begin_postgres)
        return engine
    file = Path(parsed.database or "")
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(parsed, **pool)
    event.listen(engine, "do_connect", lambda *_arguments: _make_private(file))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine
