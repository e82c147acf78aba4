"""Noted calls can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "calls_withdrawn"
down_revision = "facilitators_ends_entered"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("calls") as calls:
        calls.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("calls") as calls:
        calls.drop_column("withdrawn_on")
