"""Why an event's day lies outside its stage; entries in Thai order; events found by what came of them."""

import sqlalchemy as sa
from alembic import op

from tracker.thai.text import search_text, sort_key

revision = "sharing_outside_and_found"
down_revision = "words_withdrawn"
branch_labels = None
depends_on = None

EVENTS = sa.table(
    "events", *(sa.column(name) for name in ("id", "title", "venue", "summary", "search_text"))
)
ENTRIES = sa.table(
    "event_entries",
    *(sa.column(name) for name in ("id", "name", "presenter", "change", "search_text", "sort_key")),
)


def upgrade() -> None:
    op.add_column("events", sa.Column("outside_stage_reason", sa.String(500), server_default=sa.text("''"), nullable=False))
    op.add_column("event_entries", sa.Column("sort_key", sa.String(400), server_default=sa.text("''"), nullable=False))
    connection = op.get_bind()
    for row in connection.execute(sa.select(EVENTS)).all():
        words = search_text(f"{row.title} {row.venue} {row.summary}")
        connection.execute(EVENTS.update().where(EVENTS.c.id == row.id).values(search_text=words))
    for row in connection.execute(sa.select(ENTRIES)).all():
        found = {
            "search_text": search_text(f"{row.name} {row.presenter} {row.change}"),
            "sort_key": sort_key(row.name),
        }
        connection.execute(ENTRIES.update().where(ENTRIES.c.id == row.id).values(**found))


def downgrade() -> None:
    op.drop_column("event_entries", "sort_key")
    op.drop_column("events", "outside_stage_reason")
