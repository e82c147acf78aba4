"""Kinds of activity may have levels of which a record says the one that was reached."""

import sqlalchemy as sa
from alembic import op

revision = "programme_highest_level"
down_revision = "programme_word_for_one"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("activity_kinds") as kinds:
        kinds.add_column(sa.Column("highest_level", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("activity_kinds") as kinds:
        kinds.alter_column("highest_level", existing_type=sa.Integer(), server_default=None)
    kinds = sa.table("activity_kinds", sa.column("code"), sa.column("highest_level"))
    # The self-assessment of the template that ships.
    op.execute(kinds.update().where(kinds.c.code == "s6_assess").values(highest_level=5))


def downgrade() -> None:
    with op.batch_alter_table("activity_kinds") as kinds:
        kinds.drop_column("highest_level")
