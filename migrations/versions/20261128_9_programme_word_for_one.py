"""Stages know what they call one of their units in English."""

import sqlalchemy as sa
from alembic import op

revision = "programme_word_for_one"
down_revision = "calls_withdrawn"
branch_labels = None
depends_on = None

ONES = (("units", "unit"), ("groups", "group"))  # the words of the template that ships, which say several


def upgrade() -> None:
    with op.batch_alter_table("stages") as stages:
        stages.add_column(
            sa.Column("unit_word_one_en", sa.String(length=60), server_default="", nullable=False)
        )
    with op.batch_alter_table("stages") as stages:
        stages.alter_column("unit_word_one_en", server_default=None)
    stages = sa.table("stages", sa.column("unit_word_en"), sa.column("unit_word_one_en"))
    for several, one in ONES:
        op.execute(stages.update().where(stages.c.unit_word_en == several).values(unit_word_one_en=one))


def downgrade() -> None:
    with op.batch_alter_table("stages") as stages:
        stages.drop_column("unit_word_one_en")
