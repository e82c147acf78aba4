"""A claim that was taken back is marked; withdrawn activities are found by an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "progress_undone"
down_revision = "support_languages"
branch_labels = None
depends_on = None

UNDONE = "ยกเลิกการปรับสถานะครั้งก่อน"
WITHDRAWN = sa.text("withdrawn_on IS NOT NULL")
CHANGES = sa.table(
    "claim_changes",
    sa.column("id", sa.Integer),
    sa.column("enrolment_id", sa.Integer),
    sa.column("step_id", sa.Integer),
    sa.column("claimed_on", sa.Date),
    sa.column("entered_on", sa.Date),
    sa.column("note", sa.String),
    sa.column("is_undone", sa.Boolean),
)
CELLS = sa.table(
    "step_progress",
    sa.column("enrolment_id", sa.Integer),
    sa.column("step_id", sa.Integer),
    sa.column("claimed_on", sa.Date),
    sa.column("claim_entered_on", sa.Date),
)
WHOLES = sa.table(
    "enrolment_progress", sa.column("enrolment_id", sa.Integer), sa.column("last_claim_on", sa.Date)
)


def upgrade() -> None:
    with op.batch_alter_table("claim_changes") as changes:
        changes.add_column(sa.Column("is_undone", sa.Boolean(), nullable=True))
    op.execute(CHANGES.update().values(is_undone=sa.false()))
    _mark()
    with op.batch_alter_table("claim_changes") as changes:
        changes.alter_column("is_undone", existing_type=sa.Boolean(), nullable=False)
    with op.batch_alter_table("enrolment_progress") as wholes:
        wholes.drop_column("executive_records")
    op.create_index(
        "ix_activities_withdrawn",
        "activities",
        ["enrolment_id", "withdrawn_on"],
        sqlite_where=WITHDRAWN,
        postgresql_where=WITHDRAWN,
    )


def _mark() -> None:
    """Mark what was taken back, and let the cells say what stood before as if it had never been said."""
    connection = op.get_bind()
    places = connection.execute(
        sa.select(CHANGES.c.enrolment_id, CHANGES.c.step_id).where(CHANGES.c.note == UNDONE).distinct()
    ).all()
    for enrolment_id, step_id in places:
        here = (CHANGES.c.enrolment_id == enrolment_id, CHANGES.c.step_id == step_id)
        standing, undone = [], []
        for row in connection.execute(sa.select(CHANGES).where(*here).order_by(CHANGES.c.id)).all():
            if row.note == UNDONE and standing:
                undone += [row.id, standing.pop().id]
            else:
                standing.append(row)
        connection.execute(CHANGES.update().where(CHANGES.c.id.in_(undone)).values(is_undone=True))
        last = standing[-1] if standing else None
        connection.execute(
            CELLS.update()
            .where(CELLS.c.enrolment_id == enrolment_id, CELLS.c.step_id == step_id)
            .values(
                claimed_on=last.claimed_on if last else None,
                claim_entered_on=last.entered_on if last else None,
            )
        )
    latest = (
        sa.select(sa.func.max(CHANGES.c.entered_on))
        .where(CHANGES.c.enrolment_id == WHOLES.c.enrolment_id, CHANGES.c.is_undone.is_(False))
        .scalar_subquery()
    )
    ids = sorted({enrolment_id for enrolment_id, _step_id in places})
    connection.execute(
        WHOLES.update().where(WHOLES.c.enrolment_id.in_(ids)).values(last_claim_on=latest)
    )


def downgrade() -> None:
    op.drop_index("ix_activities_withdrawn", "activities")
    with op.batch_alter_table("enrolment_progress") as wholes:
        wholes.add_column(sa.Column("executive_records", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("enrolment_progress") as wholes:
        wholes.alter_column("executive_records", existing_type=sa.Integer(), server_default=None)
    with op.batch_alter_table("claim_changes") as changes:
        changes.drop_column("is_undone")
