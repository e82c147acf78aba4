"""Claims of steps and the figures recounted from the records."""

import sqlalchemy as sa
from alembic import op

revision = "progress"
down_revision = "sharing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "none", "doing", "done", name="before", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column(
            "after",
            sa.Enum(
                "none", "doing", "done", name="after", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("claimed_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("on_behalf_reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_claim_changes_enrolment_id_enrolments")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_claim_changes_person_id_persons")
        ),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_claim_changes_step_id_steps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_changes")),
    )
    op.create_index(
        op.f("ix_claim_changes_enrolment_id_claim_changes_step_id_claim_changes_id"),
        "claim_changes",
        ["enrolment_id", "step_id", "id"],
        unique=False,
    )
    op.create_table(
        "enrolment_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("executive_first_on", sa.Date(), nullable=True),
        sa.Column("executive_records", sa.Integer(), nullable=False),
        sa.Column("last_record_on", sa.Date(), nullable=True),
        sa.Column("last_claim_on", sa.Date(), nullable=True),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("ready_times", sa.Integer(), nullable=False),
        sa.Column("ready_people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_enrolment_progress_enrolment_id_enrolments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_progress")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_enrolment_progress_enrolment_id")),
    )
    op.create_table(
        "month_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("activities", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_month_counts_enrolment_id_enrolments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_counts")),
        sa.UniqueConstraint("enrolment_id", "month", name=op.f("uq_month_counts_enrolment_id_month")),
    )
    op.create_table(
        "step_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column(
            "claim",
            sa.Enum(
                "none", "doing", "done", name="claim", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("claim_entered_on", sa.Date(), nullable=True),
        sa.Column("claim_note", sa.String(length=2000), nullable=False),
        sa.Column("measured_met", sa.Integer(), nullable=False),
        sa.Column("measured_rules", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("evidence_records", sa.Integer(), nullable=False),
        sa.Column("first_evidence_on", sa.Date(), nullable=True),
        sa.Column("activities", sa.Integer(), nullable=False),
        sa.Column("last_record_on", sa.Date(), nullable=True),
        sa.Column("joined_units", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("measured_met <= measured_rules", name=op.f("ck_step_progress_met_of_rules")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_step_progress_enrolment_id_enrolments")
        ),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_step_progress_step_id_steps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_progress")),
        sa.UniqueConstraint("enrolment_id", "step_id", name=op.f("uq_step_progress_enrolment_id_step_id")),
    )
    op.create_index(op.f("ix_step_progress_step_id"), "step_progress", ["step_id"], unique=False)


def downgrade() -> None:
    op.drop_table("step_progress")
    op.drop_table("month_counts")
    op.drop_table("enrolment_progress")
    op.drop_table("claim_changes")
