"""The first tables: units, people, programme, records, progress, following, reports, audit."""

import sqlalchemy as sa
from alembic import op

revision = "start"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_th", sa.String(length=500), nullable=False),
        sa.Column("text_en", sa.String(length=500), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("announced_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("until >= since", name=op.f("ck_announcements_until_after_since")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
    )
    op.create_table(
        "facilitators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position_title", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("search_text", sa.String(length=1000), nullable=False),
        sa.Column("appointed_by", sa.String(length=200), nullable=False),
        sa.Column("appointed_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.String(length=2000), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facilitators")),
    )
    op.create_index(op.f("ix_facilitators_sort_key"), "facilitators", ["sort_key"], unique=False)
    op.create_table(
        "failed_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_hash", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_attempts")),
    )
    op.create_index(
        op.f("ix_failed_attempts_account_hash_failed_attempts_at"),
        "failed_attempts",
        ["account_hash", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_failed_attempts_address_failed_attempts_at"),
        "failed_attempts",
        ["address", "at"],
        unique=False,
    )
    op.create_index(op.f("ix_failed_attempts_at"), "failed_attempts", ["at"], unique=False)
    op.create_table(
        "installations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "demo", "real", name="installationkind", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("department_th", sa.String(length=200), nullable=False),
        sa.Column("department_en", sa.String(length=200), nullable=False),
        sa.Column("office_th", sa.String(length=200), nullable=False),
        sa.Column("office_en", sa.String(length=200), nullable=False),
        sa.Column("support_contact", sa.String(length=200), nullable=False),
        sa.Column("support_phone", sa.String(length=50), nullable=False),
        sa.Column("demo_day", sa.Date(), nullable=True),
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installations_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installations")),
    )
    op.create_table(
        "levels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("is_pilot", sa.Boolean(), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("is_top", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_levels")),
        sa.UniqueConstraint("code", name=op.f("uq_levels_code")),
    )
    op.create_table(
        "persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("search_text", sa.String(length=1000), nullable=False),
        sa.Column("office_phone", sa.String(length=50), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("password_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("privacy_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_reason", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
        sa.UniqueConstraint("email", name=op.f("uq_persons_email")),
    )
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
        "unit_kinds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("head_th", sa.String(length=200), nullable=False),
        sa.Column("head_en", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_kinds")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_kinds_code")),
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
        "browser_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("browser", sa.String(length=300), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_browser_sessions_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_browser_sessions_token_hash")),
    )
    op.create_index(op.f("ix_browser_sessions_person_id"), "browser_sessions", ["person_id"], unique=False)
    op.create_index(op.f("ix_browser_sessions_seen_at"), "browser_sessions", ["seen_at"], unique=False)
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
        "facilitator_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sponsor",
                "facilitator",
                "practitioner",
                "note_taker",
                "networker",
                name="kmrole",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["facilitator_id"],
            ["facilitators.id"],
            name=op.f("fk_facilitator_roles_facilitator_id_facilitators"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facilitator_roles")),
        sa.UniqueConstraint("facilitator_id", "kind", name=op.f("uq_facilitator_roles_facilitator_id_kind")),
    )
    op.create_table(
        "form_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_form_answers_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_answers")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_form_answers_person_id_key")),
    )
    op.create_index(op.f("ix_form_answers_answered_at"), "form_answers", ["answered_at"], unique=False)
    op.create_table(
        "kept_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_kept_texts_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_texts")),
    )
    op.create_index(op.f("ix_kept_texts_person_id"), "kept_texts", ["person_id"], unique=False)
    op.create_table(
        "logins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_logins_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logins")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_logins_fs_uniquifier")),
        sa.UniqueConstraint("person_id", name=op.f("uq_logins_person_id")),
    )
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
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("short_name_th", sa.String(length=100), nullable=False),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("province_th", sa.String(length=100), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("search_text", sa.String(length=1000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["level"], ["levels.code"], name=op.f("fk_units_level_levels")),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", name=op.f("uq_units_code")),
    )
    op.create_index(op.f("ix_units_parent_id"), "units", ["parent_id"], unique=False)
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_audit_entries_person_id_persons")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_audit_entries_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index(op.f("ix_audit_entries_at"), "audit_entries", ["at"], unique=False)
    op.create_index(op.f("ix_audit_entries_person_id"), "audit_entries", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_audit_entries_subject_type_audit_entries_subject_id"),
        "audit_entries",
        ["subject_type", "subject_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_audit_entries_unit_id_audit_entries_id"), "audit_entries", ["unit_id", "id"], unique=False
    )
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
    op.create_table(
        "executive_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title_th", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("is_head", sa.Boolean(), nullable=False),
        sa.Column("office_phone", sa.String(length=50), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_executive_posts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_executive_posts")),
    )
    op.create_index(op.f("ix_executive_posts_unit_id"), "executive_posts", ["unit_id"], unique=False)
    op.create_table(
        "held_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "coordinator",
                "unit_head",
                "office",
                "executive",
                "administrator",
                name="rolekind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_held_roles_until_after_since")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_held_roles_person_id_persons")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_held_roles_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_roles")),
    )
    op.create_index(op.f("ix_held_roles_person_id"), "held_roles", ["person_id"], unique=False)
    op.create_index(op.f("ix_held_roles_unit_id"), "held_roles", ["unit_id"], unique=False)
    op.create_table(
        "postings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_postings_until_after_since")),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["facilitators.id"], name=op.f("fk_postings_facilitator_id_facilitators")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_postings_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
    )
    op.create_index(op.f("ix_postings_facilitator_id"), "postings", ["facilitator_id"], unique=False)
    op.create_index(op.f("ix_postings_unit_id"), "postings", ["unit_id"], unique=False)
    op.create_table(
        "report_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("suggestions", sa.Text(), nullable=False),
        sa.Column("factors", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_report_texts_ends_after_start")),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_report_texts_stage_id_stages")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_report_texts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_texts")),
        sa.UniqueConstraint(
            "stage_id",
            "unit_id",
            "starts_on",
            "ends_on",
            name=op.f("uq_report_texts_stage_id_unit_id_starts_on_ends_on"),
        ),
    )
    op.create_index(op.f("ix_report_texts_unit_id"), "report_texts", ["unit_id"], unique=False)
    op.create_table(
        "trainings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=300), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
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
        sa.Column("search_text", sa.String(length=1000), nullable=False),
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
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_trainings_ends_after_start")),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_trainings_stage_id_stages")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_trainings_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )
    op.create_index(op.f("ix_trainings_stage_id"), "trainings", ["stage_id"], unique=False)
    op.create_index(
        op.f("ix_trainings_unit_id_trainings_starts_on"), "trainings", ["unit_id", "starts_on"], unique=False
    )
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
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["facilitators.id"], name=op.f("fk_attendances_facilitator_id_facilitators")
        ),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"], name=op.f("fk_attendances_training_id_trainings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint(
            "training_id", "facilitator_id", name=op.f("uq_attendances_training_id_facilitator_id")
        ),
    )
    op.create_index(op.f("ix_attendances_facilitator_id"), "attendances", ["facilitator_id"], unique=False)
    op.create_table(
        "calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("called_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("called_by", sa.String(length=200), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_calls_enrolment_id_enrolments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    op.create_index(
        op.f("ix_calls_enrolment_id_calls_called_on"), "calls", ["enrolment_id", "called_on"], unique=False
    )
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
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "share_and_show",
                "market",
                "other",
                name="eventtype",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.String(length=60), nullable=False),
        sa.Column("venue", sa.String(length=300), nullable=False),
        sa.Column("attendance", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "held",
                "summarised",
                "cancelled",
                name="eventstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("cancelled_reason", sa.String(length=500), nullable=False),
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
            "attendance IS NULL OR attendance >= 0", name=op.f("ck_events_attendance_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_events_enrolment_id_enrolments")
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_events_stage_id_stages")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_events_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_enrolment_id"), "events", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_events_held_on_events_id"), "events", ["held_on", "id"], unique=False)
    op.create_index(op.f("ix_events_stage_id"), "events", ["stage_id"], unique=False)
    op.create_index(op.f("ix_events_unit_id"), "events", ["unit_id"], unique=False)
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
        "pauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("paused_by", sa.String(length=200), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("until >= since", name=op.f("ck_pauses_until_after_since")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_pauses_enrolment_id_enrolments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pauses")),
    )
    op.create_index(op.f("ix_pauses_enrolment_id"), "pauses", ["enrolment_id"], unique=False)
    op.create_table(
        "post_holders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_id"], ["executive_posts.id"], name=op.f("fk_post_holders_post_id_executive_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_holders")),
        sa.UniqueConstraint("post_id", "since", name=op.f("uq_post_holders_post_id_since")),
    )
    op.create_index(op.f("ix_post_holders_post_id"), "post_holders", ["post_id"], unique=False)
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
    op.create_table(
        "event_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("presenter", sa.String(length=300), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("award", sa.String(length=200), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_event_entries_enrolment_id_enrolments")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_entries_event_id_events")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_event_entries_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_entries")),
        sa.UniqueConstraint("import_key", name=op.f("uq_event_entries_import_key")),
    )
    op.create_index(op.f("ix_event_entries_enrolment_id"), "event_entries", ["enrolment_id"], unique=False)
    op.create_index(
        op.f("ix_event_entries_event_id_event_entries_position"),
        "event_entries",
        ["event_id", "position"],
        unique=False,
    )
    op.create_index(op.f("ix_event_entries_unit_id"), "event_entries", ["unit_id"], unique=False)
    op.create_table(
        "event_executives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column(
            "manner",
            sa.Enum(
                "opened", "shared", "led", name="manner", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_executives_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["executive_posts.id"], name=op.f("fk_event_executives_post_id_executive_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_executives")),
        sa.UniqueConstraint("event_id", "post_id", name=op.f("uq_event_executives_event_id_post_id")),
    )
    op.create_index(op.f("ix_event_executives_post_id"), "event_executives", ["post_id"], unique=False)
    op.create_table(
        "event_facilitators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_event_facilitators_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["facilitator_id"],
            ["facilitators.id"],
            name=op.f("fk_event_facilitators_facilitator_id_facilitators"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_facilitators")),
        sa.UniqueConstraint(
            "event_id", "facilitator_id", name=op.f("uq_event_facilitators_event_id_facilitator_id")
        ),
    )
    op.create_index(
        op.f("ix_event_facilitators_facilitator_id"), "event_facilitators", ["facilitator_id"], unique=False
    )
    op.create_table(
        "words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "question",
                "encouragement",
                name="wordkind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=True),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("said_by", sa.String(length=200), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_words_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(["said_by_id"], ["persons.id"], name=op.f("fk_words_said_by_id_persons")),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_words_stage_id_stages")),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_words_step_id_steps")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_words_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_words")),
    )
    op.create_index(op.f("ix_words_unit_id_words_said_at"), "words", ["unit_id", "said_at"], unique=False)
    op.create_table(
        "adoptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["event_entries.id"], name=op.f("fk_adoptions_entry_id_event_entries")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_adoptions_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoptions")),
        sa.UniqueConstraint("entry_id", "unit_id", name=op.f("uq_adoptions_entry_id_unit_id")),
    )
    op.create_index(op.f("ix_adoptions_unit_id"), "adoptions", ["unit_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_adoptions_unit_id"), table_name="adoptions")
    op.drop_table("adoptions")
    op.drop_index(op.f("ix_words_unit_id_words_said_at"), table_name="words")
    op.drop_table("words")
    op.drop_index(op.f("ix_event_facilitators_facilitator_id"), table_name="event_facilitators")
    op.drop_table("event_facilitators")
    op.drop_index(op.f("ix_event_executives_post_id"), table_name="event_executives")
    op.drop_table("event_executives")
    op.drop_index(op.f("ix_event_entries_unit_id"), table_name="event_entries")
    op.drop_index(op.f("ix_event_entries_event_id_event_entries_position"), table_name="event_entries")
    op.drop_index(op.f("ix_event_entries_enrolment_id"), table_name="event_entries")
    op.drop_table("event_entries")
    op.drop_index(op.f("ix_activity_units_unit_id"), table_name="activity_units")
    op.drop_table("activity_units")
    op.drop_index(op.f("ix_activity_facilitators_facilitator_id"), table_name="activity_facilitators")
    op.drop_table("activity_facilitators")
    op.drop_index(op.f("ix_activity_executives_post_id"), table_name="activity_executives")
    op.drop_table("activity_executives")
    op.drop_index(op.f("ix_step_progress_step_id"), table_name="step_progress")
    op.drop_table("step_progress")
    op.drop_index(op.f("ix_post_holders_post_id"), table_name="post_holders")
    op.drop_table("post_holders")
    op.drop_index(op.f("ix_pauses_enrolment_id"), table_name="pauses")
    op.drop_table("pauses")
    op.drop_table("month_counts")
    op.drop_index(op.f("ix_events_unit_id"), table_name="events")
    op.drop_index(op.f("ix_events_stage_id"), table_name="events")
    op.drop_index(op.f("ix_events_held_on_events_id"), table_name="events")
    op.drop_index(op.f("ix_events_enrolment_id"), table_name="events")
    op.drop_table("events")
    op.drop_table("enrolment_progress")
    op.drop_index(
        op.f("ix_claim_changes_enrolment_id_claim_changes_step_id_claim_changes_id"),
        table_name="claim_changes",
    )
    op.drop_table("claim_changes")
    op.drop_index(op.f("ix_calls_enrolment_id_calls_called_on"), table_name="calls")
    op.drop_table("calls")
    op.drop_index(op.f("ix_attendances_facilitator_id"), table_name="attendances")
    op.drop_table("attendances")
    op.drop_index(op.f("ix_activities_unit_id_activities_held_on"), table_name="activities")
    op.drop_index(op.f("ix_activities_stage_id_activities_held_on"), table_name="activities")
    op.drop_index(op.f("ix_activities_held_on_activities_id"), table_name="activities")
    op.drop_index(
        op.f("ix_activities_enrolment_id_activities_step_id_activities_entered_on"), table_name="activities"
    )
    op.drop_index(op.f("ix_activities_enrolment_id_activities_entered_on"), table_name="activities")
    op.drop_index(
        "ix_activities_counted_at_units",
        table_name="activities",
        sqlite_where=sa.text("withdrawn_on IS NULL AND hidden_at IS NULL"),
        postgresql_where=sa.text("withdrawn_on IS NULL AND hidden_at IS NULL"),
    )
    op.drop_index(
        "ix_activities_counted",
        table_name="activities",
        sqlite_where=sa.text("withdrawn_on IS NULL AND hidden_at IS NULL"),
        postgresql_where=sa.text("withdrawn_on IS NULL AND hidden_at IS NULL"),
    )
    op.drop_table("activities")
    op.drop_index(op.f("ix_trainings_unit_id_trainings_starts_on"), table_name="trainings")
    op.drop_index(op.f("ix_trainings_stage_id"), table_name="trainings")
    op.drop_table("trainings")
    op.drop_index(op.f("ix_report_texts_unit_id"), table_name="report_texts")
    op.drop_table("report_texts")
    op.drop_index(op.f("ix_postings_unit_id"), table_name="postings")
    op.drop_index(op.f("ix_postings_facilitator_id"), table_name="postings")
    op.drop_table("postings")
    op.drop_index(op.f("ix_held_roles_unit_id"), table_name="held_roles")
    op.drop_index(op.f("ix_held_roles_person_id"), table_name="held_roles")
    op.drop_table("held_roles")
    op.drop_index(op.f("ix_executive_posts_unit_id"), table_name="executive_posts")
    op.drop_table("executive_posts")
    op.drop_index(op.f("ix_enrolments_unit_id"), table_name="enrolments")
    op.drop_table("enrolments")
    op.drop_index(op.f("ix_drafts_unit_id"), table_name="drafts")
    op.drop_index(op.f("ix_drafts_person_id"), table_name="drafts")
    op.drop_table("drafts")
    op.drop_index(op.f("ix_audit_entries_unit_id_audit_entries_id"), table_name="audit_entries")
    op.drop_index(op.f("ix_audit_entries_subject_type_audit_entries_subject_id"), table_name="audit_entries")
    op.drop_index(op.f("ix_audit_entries_person_id"), table_name="audit_entries")
    op.drop_index(op.f("ix_audit_entries_at"), table_name="audit_entries")
    op.drop_table("audit_entries")
    op.drop_index(op.f("ix_units_parent_id"), table_name="units")
    op.drop_table("units")
    op.drop_table("stage_steps")
    op.drop_table("logins")
    op.drop_index(op.f("ix_kept_texts_person_id"), table_name="kept_texts")
    op.drop_table("kept_texts")
    op.drop_index(op.f("ix_form_answers_answered_at"), table_name="form_answers")
    op.drop_table("form_answers")
    op.drop_table("facilitator_roles")
    op.drop_index(op.f("ix_evidence_rules_step_id"), table_name="evidence_rules")
    op.drop_table("evidence_rules")
    op.drop_index(op.f("ix_browser_sessions_seen_at"), table_name="browser_sessions")
    op.drop_index(op.f("ix_browser_sessions_person_id"), table_name="browser_sessions")
    op.drop_table("browser_sessions")
    op.drop_table("activity_kinds")
    op.drop_table("unit_kinds")
    op.drop_table("steps")
    op.drop_table("stages")
    op.drop_table("programmes")
    op.drop_table("persons")
    op.drop_table("levels")
    op.drop_table("installations")
    op.drop_index(op.f("ix_failed_attempts_at"), table_name="failed_attempts")
    op.drop_index(op.f("ix_failed_attempts_address_failed_attempts_at"), table_name="failed_attempts")
    op.drop_index(op.f("ix_failed_attempts_account_hash_failed_attempts_at"), table_name="failed_attempts")
    op.drop_table("failed_attempts")
    op.drop_index(op.f("ix_facilitators_sort_key"), table_name="facilitators")
    op.drop_table("facilitators")
    op.drop_table("announcements")
