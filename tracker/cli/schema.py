"""The schema of the database: under a lock, in one transaction, brought to a revision and compared."""

import fcntl
import importlib
import io
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, MetaData, make_url, text

from tracker.database import Base, open_engine
from tracker.paths import shipped

LOCK_KEY = 8_040_207_049
PLUGINS = ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"]


def tracker_version() -> str:
    """Return the version of the tracker; a checkout that nobody installed has none."""
    try:
        return version("km-milestone-tracker")
    except PackageNotFoundError:
        return "0"


class SchemaError(Exception):
    """The schema cannot be brought there, or is not what the code expects; the sentence says why."""


def every_table() -> MetaData:
    """Import every slice's models and return all tables."""
    for file in sorted(Path(__file__).parent.parent.glob("*/models.py")):
        importlib.import_module(f"tracker.{file.parent.name}.models")
    return Base.metadata


def _config(connection: Connection | None = None) -> Config:
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def head() -> str:
    """Return the revision that the code expects."""
    found = _scripts().get_current_head()
    if found is None:
        raise SchemaError("No migration is shipped with this tracker.")
    return found


def steps() -> list[Script]:
    """Return the migrations, the oldest first."""
    return list(_scripts().walk_revisions())[::-1]


def revision_in(connection: Connection) -> str | None:
    """Return the revision of the database, or None where nothing was ever migrated."""
    return MigrationContext.configure(connection).get_current_revision()


def revision_at(engine: Engine) -> str | None:
    """Return the revision of the database at an engine."""
    with engine.connect() as connection:
        return revision_in(connection)


def revision_of(url: str) -> str | None:
    """Return the revision of the database at a URL."""
    engine = open_engine(url)
    try:
        return revision_at(engine)
    finally:
        engine.dispose()


@contextmanager
def _file_lock(database: Path) -> Iterator[None]:
    """Wait until no other process migrates this SQLite file."""
    with Path(f"{database}.migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction that no other migration shares."""
    is_sqlite = engine.dialect.name == "sqlite"
    file = make_url(engine.url).database
    with _file_lock(Path(file)) if is_sqlite and file else nullcontext(), engine.connect() as connection:
        if is_sqlite:  # inside a transaction this pragma would be silently ignored
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101  # for mypy: the connection is open
            driver.execute("PRAGMA foreign_keys=OFF")
        with connection.execution_options(writes=True).begin():
            if not is_sqlite:
                connection.execute(text("SET LOCAL lock_timeout = 0"))  # another migration takes its time
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
            yield connection
            if is_sqlite and (broken := connection.execute(text("PRAGMA foreign_key_check")).all()):
                tables = sorted({str(row[0]) for row in broken})
                raise SchemaError(f"{len(broken)} references lead nowhere, in {', '.join(tables)}.")


def _is_before(target: str | None, current: str) -> bool:
    """Tell whether the way from the current revision to the target leads down."""
    if target == current:
        return False
    ancestors = {script.revision for script in _scripts().iterate_revisions(current, "base")}
    return target is None or target in ancestors


def _resolved(revision: str) -> str | None:
    if revision == "base":
        return None
    try:
        return _scripts().get_revision(revision).revision
    except CommandError:
        raise SchemaError(f"There is no revision {revision!r}; `tracker db history` lists them.") from None


def migrate(url: str, revision: str = "head") -> tuple[str | None, str | None]:
    """Bring the database at a URL up or down to a revision; return (revision before, revision after).

    All steps are one transaction under a lock: either every one is done or none; raise SchemaError.
    """
    target = _resolved(revision)
    engine = open_engine(url)
    try:
        with _alone(engine) as connection:
            before = revision_in(connection)
            if before is not None and _is_before(target, _resolved(before) or before):
                command.downgrade(_config(connection), revision)
            else:
                command.upgrade(_config(connection), revision)
            return before, revision_in(connection)
    finally:
        engine.dispose()


def differences(engine: Engine) -> list[str]:
    """Return how the database differs from what the code expects: its revision, then its tables."""
    expected, found = head(), revision_at(engine)
    if found != expected:
        return [f"The database is at revision {found or 'none'}; the code expects {expected}."]
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "autogenerate_plugins": PLUGINS}
        context = MigrationContext.configure(connection, opts=options)
        return [str(difference) for difference in compare_metadata(context, every_table())]


def check(url: str) -> None:
    """Raise SchemaError when the database is behind the code or its tables are not those of the models."""
    engine = open_engine(url)
    try:
        if found := differences(engine):
            raise SchemaError("\n".join(found))
    finally:
        engine.dispose()


def write_migration(url: str, message: str) -> Path:
    """Write the migration from the database at a URL to today's models; return its file."""
    engine = open_engine(url)
    try:
        with _alone(engine) as connection:
            script = command.revision(_config(connection), message, autogenerate=True)
    finally:
        engine.dispose()
    if not isinstance(script, Script):
        raise SchemaError("Nothing differs: no migration was written.")
    return Path(script.path)
