"""Runs the migrations on the connection that `tracker db` hands over (tracker/cli/schema.py)."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, TypeDecorator

from tracker.cli.schema import PLUGINS, every_table


def render_plainly(kind: str, item: object, _: object) -> str | Literal[False]:
    """Write our own types into a migration as the plain types that they store."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run(connection: Connection) -> None:
    """Run what was asked for inside the caller's transaction."""
    context.configure(
        connection=connection,
        target_metadata=every_table(),
        autogenerate_plugins=PLUGINS,
        compare_server_default=True,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_plainly,
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.config.attributes.get("connection") is None:
    raise SystemExit("Migrations run by command: tracker db upgrade")
run(context.config.attributes["connection"])
