"""Activities and drafts of them."""

import sqlalchemy as sa
from alembic import op

revision = "activities"
down_revision = "facilitators"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_drafts_person_id_persons")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_drafts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_person_id"), "drafts", ["person_id"], unique=False)
    op.create_index(op.f("ix_drafts_unit_id"), "drafts", ["unit_id"], unique=False)
    op.create_table(
        "activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("link", sa.String(length=1000), nullable=False),
        sa.Column("secrecy_read", sa.Boolean(), nullable=False),
        sa.Column("outside_stage_reason", sa.String(length=500), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "public",
                "department",
                "unit",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("import_key", sa.String(length=64), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=200), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("on_behalf_reason", sa.String(length=500), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_reason", sa.String(length=500), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "participants IS NULL OR participants >= 0", name=op.f("ck_activities_participants_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_activities_enrolment_id_enrolments")
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["activity_kinds.id"], name=op.f("fk_activities_kind_id_activity_kinds")
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_activities_stage_id_stages")),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_activities_step_id_steps")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_activities_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("import_key", name=op.f("uq_activities_import_key")),
    )
    op.create_index(
        "ix_activities_counted",
        "activities",
        ["held_on", "id", "audience", "unit_id", "hidden_at", "withdrawn_on"],
        unique=False,
        sqlite_where=sa.text("withdrawn_on IS NULL AND hidden_at IS NULL"),
        postgresql_where=sa.text("withdrawn_on IS NULL AND hidden_at IS NULL"),
    )
    op.create_index(
        "ix_activities_counted_at_units",
        "activities",
        ["unit_id", "stage_id", "held_on", "id", "audience", "hidden_at", "withdrawn_on"],
        unique=False,
        sqlite_where=sa.text("withdrawn_on IS NULL AND hidden_at IS NULL"),
        postgresql_where=sa.text("withdrawn_on IS NULL AND hidden_at IS NULL"),
    )
    op.create_index(
        op.f("ix_activities_enrolment_id_activities_entered_on"),
        "activities",
        ["enrolment_id", "entered_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_enrolment_id_activities_step_id_activities_entered_on"),
        "activities",
        ["enrolment_id", "step_id", "entered_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_held_on_activities_id"), "activities", ["held_on", "id"], unique=False
    )
    op.create_index(
        op.f("ix_activities_stage_id_activities_held_on"), "activities", ["stage_id", "held_on"], unique=False
    )
    op.create_index(
        op.f("ix_activities_unit_id_activities_held_on"), "activities", ["unit_id", "held_on"], unique=False
    )
    op.create_table(
        "activity_executives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column(
            "manner",
            sa.Enum(
                "opened", "shared", "led", name="manner", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_activity_executives_activity_id_activities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["executive_posts.id"], name=op.f("fk_activity_executives_post_id_executive_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_executives")),
        sa.UniqueConstraint(
            "activity_id", "post_id", name=op.f("uq_activity_executives_activity_id_post_id")
        ),
    )
    op.create_index(op.f("ix_activity_executives_post_id"), "activity_executives", ["post_id"], unique=False)
    op.create_table(
        "activity_facilitators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_activity_facilitators_activity_id_activities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["facilitator_id"],
            ["facilitators.id"],
            name=op.f("fk_activity_facilitators_facilitator_id_facilitators"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_facilitators")),
        sa.UniqueConstraint(
            "activity_id", "facilitator_id", name=op.f("uq_activity_facilitators_activity_id_facilitator_id")
        ),
    )
    op.create_index(
        op.f("ix_activity_facilitators_facilitator_id"),
        "activity_facilitators",
        ["facilitator_id"],
        unique=False,
    )
    op.create_table(
        "activity_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_activity_units_activity_id_activities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_activity_units_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_units")),
        sa.UniqueConstraint("activity_id", "unit_id", name=op.f("uq_activity_units_activity_id_unit_id")),
    )
    op.create_index(op.f("ix_activity_units_unit_id"), "activity_units", ["unit_id"], unique=False)


def downgrade() -> None:
    op.drop_table("activity_units")
    op.drop_table("activity_facilitators")
    op.drop_table("activity_executives")
    op.drop_table("activities")
    op.drop_table("drafts")
