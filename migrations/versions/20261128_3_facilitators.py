"""Postings and attendances know the day on which they were entered, and marks of passing theirs."""

import sqlalchemy as sa
from alembic import op

revision = "facilitators_days_of_entry"
down_revision = "sharing_outside_and_found"
branch_labels = None
depends_on = None

# Nothing is known before the person is, a posting not before it begins, an attendance not before its training.
POSTINGS = """
    UPDATE postings SET entered_on = (
        SELECT CASE WHEN f.entered_on > postings.since THEN f.entered_on ELSE postings.since END
        FROM facilitators f WHERE f.id = postings.facilitator_id
    )
"""
ATTENDANCES = """
    UPDATE attendances SET entered_on = (
        SELECT CASE WHEN f.entered_on > t.entered_on THEN f.entered_on ELSE t.entered_on END
        FROM facilitators f, trainings t
        WHERE f.id = attendances.facilitator_id AND t.id = attendances.training_id
    )
"""


def upgrade() -> None:
    with op.batch_alter_table("postings") as postings:
        postings.add_column(sa.Column("entered_on", sa.Date(), nullable=True))
    with op.batch_alter_table("attendances") as attendances:
        attendances.add_column(sa.Column("entered_on", sa.Date(), nullable=True))
        attendances.add_column(sa.Column("passed_on", sa.Date(), nullable=True))
    op.execute(POSTINGS)
    op.execute(ATTENDANCES)
    op.execute("UPDATE attendances SET passed_on = entered_on WHERE passed")
    for table in ("postings", "attendances"):
        with op.batch_alter_table(table) as changed:
            changed.alter_column("entered_on", existing_type=sa.Date(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("postings") as postings:
        postings.drop_column("entered_on")
    with op.batch_alter_table("attendances") as attendances:
        attendances.drop_column("passed_on")
        attendances.drop_column("entered_on")
