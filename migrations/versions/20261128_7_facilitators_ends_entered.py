"""Postings know the day on which their end was entered."""

import sqlalchemy as sa
from alembic import op

revision = "facilitators_ends_entered"
down_revision = "progress_undone"
branch_labels = None
depends_on = None

# An end is not entered before it is there, nor before the posting itself: no figure of a past day moves.
ENDS = """
    UPDATE postings SET until_entered_on = CASE WHEN entered_on > until THEN entered_on ELSE until END
    WHERE until IS NOT NULL
"""


def upgrade() -> None:
    with op.batch_alter_table("postings") as postings:
        postings.add_column(sa.Column("until_entered_on", sa.Date(), nullable=True))
    op.execute(ENDS)


def downgrade() -> None:
    with op.batch_alter_table("postings") as postings:
        postings.drop_column("until_entered_on")
