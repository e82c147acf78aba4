"""The programme: stages, steps, kinds of activity, evidence rules, who is enrolled."""

import sqlalchemy as sa
from alembic import op

revision = "programme"
down_revision = "accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programmes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_th", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.Column("chosen_stage_id", sa.Integer(), nullable=True),
        sa.Column("template", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_programmes_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
    )
    op.create_table(
        "stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("short_name_th", sa.String(length=100), nullable=False),
        sa.Column("short_name_en", sa.String(length=100), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("unit_word_th", sa.String(length=60), nullable=False),
        sa.Column("unit_word_en", sa.String(length=60), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_stages_ends_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stages")),
        sa.UniqueConstraint("number", name=op.f("uq_stages_number")),
    )
    op.create_table(
        "steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("short_name_th", sa.String(length=100), nullable=False),
        sa.Column("short_name_en", sa.String(length=100), nullable=False),
        sa.Column("purpose_th", sa.String(length=2000), nullable=False),
        sa.Column("purpose_en", sa.String(length=2000), nullable=False),
        sa.Column("help_th", sa.String(length=2000), nullable=False),
        sa.Column("help_en", sa.String(length=2000), nullable=False),
        sa.Column("is_state", sa.Boolean(), nullable=False),
        sa.Column("claim_words", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
        sa.UniqueConstraint("number", name=op.f("uq_steps_number")),
    )
    op.create_table(
        "activity_kinds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("is_everywhere", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_activity_kinds_step_id_steps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_kinds")),
        sa.UniqueConstraint("code", name=op.f("uq_activity_kinds_code")),
    )
    op.create_table(
        "evidence_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.Column("name_th", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.CheckConstraint("at_least > 0", name=op.f("ck_evidence_rules_at_least_one")),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_evidence_rules_step_id_steps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_rules")),
        sa.UniqueConstraint("code", name=op.f("uq_evidence_rules_code")),
    )
    op.create_index(op.f("ix_evidence_rules_step_id"), "evidence_rules", ["step_id"], unique=False)
    op.create_table(
        "stage_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_stage_steps_stage_id_stages")),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_stage_steps_step_id_steps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_steps")),
        sa.UniqueConstraint("stage_id", "step_id", name=op.f("uq_stage_steps_stage_id_step_id")),
    )
    op.create_table(
        "enrolments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_enrolments_stage_id_stages")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_enrolments_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
        sa.UniqueConstraint("stage_id", "unit_id", name=op.f("uq_enrolments_stage_id_unit_id")),
    )
    op.create_index(op.f("ix_enrolments_unit_id"), "enrolments", ["unit_id"], unique=False)


def downgrade() -> None:
    op.drop_table("enrolments")
    op.drop_table("stage_steps")
    op.drop_table("evidence_rules")
    op.drop_table("activity_kinds")
    op.drop_table("steps")
    op.drop_table("stages")
    op.drop_table("programmes")
