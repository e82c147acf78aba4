"""The migrations build what the models say, keep what is stored, and fail without leaving a trace."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, inspect, select, text

from tests.databases import Databases
from tests.source import ROOT
from tracker.cli.schema import SchemaError, check, every_table, migrate
from tracker.database import open_engine

Open = Callable[[str], Engine]
FAILING = """
import sqlalchemy as sa
from alembic import op

revision = "fails"
down_revision = "{head}"


def upgrade():
    op.create_table("left_behind", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("DELETE FROM held_roles")
    raise RuntimeError("half-way")
"""


@pytest.fixture
def opened() -> Iterator[Open]:
    """Give a function that opens a database until the test ends."""
    engines: list[Engine] = []

    def opening(url: str) -> Engine:
        engines.append(open_engine(url))
        return engines[-1]

    yield opening
    for engine in engines:
        engine.dispose()


def schema(engine: Engine) -> dict[str, Any]:
    """Return everything about every table that a difference could hide in."""
    inspector = inspect(engine)

    def named(entries: list[Any], *keys: str) -> list[Any]:
        return sorted(str([entry.get(key) for key in ("name", *keys)]) for entry in entries)

    return {
        table: {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"], str(c["default"]))
                for c in inspector.get_columns(table)
            ],
            "key": inspector.get_pk_constraint(table)["name"],
            "references": named(
                inspector.get_foreign_keys(table), "constrained_columns", "referred_table", "options"
            ),
            "unique": named(inspector.get_unique_constraints(table), "column_names"),
            "checks": named(inspector.get_check_constraints(table), "sqltext"),
            "indexes": named(inspector.get_indexes(table), "column_names", "unique"),
        }
        for table in sorted(inspector.get_table_names())
        if table != "alembic_version"
    }


def contents(engine: Engine) -> dict[str, list[str]]:
    """Return every row of every table, in an order of its own."""
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: sorted(str(tuple(row)) for row in connection.execute(select(table)))
            for table in tables.sorted_tables
        }


def revisions() -> list[Any]:
    """Return the revisions, the newest first."""
    return list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions())


def test_the_migrations_build_what_the_models_say(databases: Databases, opened: Open):
    url = databases.empty("migrated")
    migrate(url)
    by_models = opened(databases.empty("created"))
    with by_models.connect().execution_options(writes=True) as connection, connection.begin():
        every_table().create_all(connection)

    assert schema(opened(url)) == schema(by_models)


def test_alembic_finds_no_difference_either(databases: Databases):
    url = databases.empty("checked")
    migrate(url)

    check(url)


def test_there_is_one_line_of_migrations():
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


def test_upgrading_twice_changes_nothing(app, databases: Databases, opened: Open):
    url = databases.copy("twice")
    before = contents(opened(url))

    migrate(url)

    assert contents(opened(url)) == before


def test_each_migration_and_its_way_back_keep_every_row(app, databases: Databases, opened: Open):
    url = databases.copy("round")
    for revision in revisions():
        migrate(url, revision.revision)
        before = contents(opened(url))

        migrate(url, revision.down_revision or "base")
        below = contents(opened(url))
        migrate(url, revision.revision)

        # the way back takes the tables that it built, and only their rows
        kept = {table: before[table] if table in below else [] for table in before}
        after = contents(opened(url))
        for told in (kept, after):
            told.pop("alembic_version")
        assert after == kept, revision.revision
        assert sum(map(len, kept.values())) > 0 or revision.down_revision is None


def test_all_the_way_down_and_up_again_builds_the_same_tables(app, databases: Databases, opened: Open):
    url = databases.copy("down")
    before = schema(opened(url))

    migrate(url, "base")
    nothing = schema(opened(url))
    migrate(url)

    assert nothing == {}
    assert schema(opened(url)) == before


def test_a_migration_that_fails_half_way_leaves_no_trace(
    app, databases: Databases, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "migrations"
    shutil.copytree(ROOT / "migrations", folder)
    (folder / "versions" / "99991231_fails.py").write_text(FAILING.format(head=revisions()[0].revision))
    monkeypatch.setattr("tracker.cli.schema.shipped", lambda _name: folder)
    url = databases.copy("fails")
    before = schema(opened(url)), contents(opened(url))

    with pytest.raises(RuntimeError, match="half-way"):
        migrate(url)

    assert (schema(opened(url)), contents(opened(url))) == before


def test_a_schema_that_differs_from_the_models_is_told(databases: Databases, opened: Open):
    url = databases.empty("differs")
    migrate(url)
    with opened(url).connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("DROP TABLE announcements"))

    with pytest.raises(SchemaError, match="announcements"):
        check(url)


def test_a_database_that_nobody_migrated_is_told(databases: Databases):
    with pytest.raises(SchemaError, match="revision none"):
        check(databases.empty("untouched"))
