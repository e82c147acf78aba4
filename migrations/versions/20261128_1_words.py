"""Words to a unit can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "words_withdrawn"
down_revision = "following"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("words") as words:
        words.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("words") as words:
        words.drop_column("withdrawn_on")
