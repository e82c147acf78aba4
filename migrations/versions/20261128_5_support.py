"""Whom to call when a password is forgotten is said in both languages."""

import sqlalchemy as sa
from alembic import op

revision = "support_languages"
down_revision = "draft_versions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("installations") as installations:
        installations.alter_column("support_contact", new_column_name="support_th")
        installations.add_column(
            sa.Column("support_en", sa.String(length=200), nullable=False, server_default="")
        )
    with op.batch_alter_table("installations") as installations:
        installations.alter_column("support_en", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("installations") as installations:
        installations.drop_column("support_en")
        installations.alter_column("support_th", new_column_name="support_contact")
