"""A draft knows its version, so that two people who save it are told."""

import sqlalchemy as sa
from alembic import op

revision = "draft_versions"
down_revision = "facilitators_days_of_entry"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("drafts") as drafts:
        drafts.add_column(sa.Column("version", sa.Integer(), nullable=True))
    op.execute(sa.text("UPDATE drafts SET version = 1"))
    with op.batch_alter_table("drafts") as drafts:
        drafts.alter_column("version", existing_type=sa.Integer(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_column("version")
