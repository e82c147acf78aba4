"""Every field that the trail may keep, and every value of it, is said in words in both languages."""

import re
from datetime import date
from enum import Enum
from typing import Any

import pytest
import sqlalchemy as sa

from tests import world
from tracker.administration.audit_words import SUBJECTS, field_of
from tracker.administration.tables import changes_line, details_line, names_in
from tracker.audit.models import AuditEntry
from tracker.database import Base
from tracker.web.history import FIELDS, said

# Tables whose rows are edited by values, so that any column may stand among the changes.
EDITED = (
    "activities", "announcements", "event_entries", "events", "executive_posts", "facilitators",
    "installations", "persons", "report_texts", "trainings", "units",
)  # fmt: skip
# Columns that follow from others, or that no form and no operation changes by a list of changes.
NEVER_TOLD = {
    "id", "version", "sort_key", "search_text", "enrolment_id", "import_key", "revision", "demo_day",
    "entered_by_id", "entered_by", "entered_on", "entered_at", "on_behalf_reason", "position",
    "withdrawn_on", "withdrawn_at",
    "withdrawn_by", "withdrawn_by_id", "withdrawn_reason", "hidden_at", "hidden_by", "hidden_by_id",
    "hidden_reason", "hidden_on", "closed_on", "cancelled_reason", "written_by", "announced_by", "event_id",
    "password_hash", "must_change_password", "password_expires_at", "privacy_seen_at", "first_signed_in_at",
    "last_signed_in_at", "disabled_at", "disabled_reason",
}  # fmt: skip
OF_NOTHING_ELSE = {
    ("executive_posts", "unit_id"), ("executive_posts", "kind"), ("trainings", "unit_id"),
    ("events", "unit_id"), ("report_texts", "stage_id"), ("report_texts", "unit_id"),
    ("report_texts", "starts_on"), ("report_texts", "ends_on"), ("units", "parent_id"),
}  # fmt: skip
RAW = re.compile(r"\b(?:True|False|None|[a-z]+(?:_[a-z]+)+|\d{4}-\d\d-\d\d)\b")


def tables() -> dict[str, sa.Table]:
    return {name: Base.metadata.tables[name] for name in EDITED}


def told_columns() -> list[tuple[str, sa.Column[Any]]]:
    return [
        (name, column)
        for name, table in tables().items()
        for column in table.columns
        if column.name not in NEVER_TOLD and (name, column.name) not in OF_NOTHING_ELSE
    ]


@pytest.fixture(params=["th", "en"])
def reading(app, request):
    """Give a page's request in a language; return the language."""
    with app.test_request_context(headers={"Cookie": f"language={request.param}"}):
        yield request.param


def test_every_column_that_is_edited_has_a_label():
    missing = [
        f"{name}.{column.name}"
        for name, column in told_columns()
        if field_of(name, column.name).label == column.name
    ]

    assert missing == []


def test_every_subject_has_a_name_and_every_slice_names_subjects_only():
    assert set(FIELDS) <= set(SUBJECTS)
    assert set(SUBJECTS) <= set(Base.metadata.tables)


def test_every_label_is_said_in_the_readers_language(reading):
    thai = re.compile("[ก-๛]")
    labels = {
        f"{table}.{name}": str(field.label)
        for table, fields in FIELDS.items()
        for name, field in fields.items()
    }

    assert [at for at, label in labels.items() if bool(thai.search(label)) != (reading == "th")] == []


def test_every_known_answer_is_said_in_words(reading):
    raw = {}
    for name, column in told_columns():
        if isinstance(column.type, sa.Enum) or (kind := getattr(column.type, "python_type", None)) is bool:
            values = [True, False] if not isinstance(column.type, sa.Enum) else list(enum_of(column))
            words = [said(field_of(name, column.name), value, {}) for value in values]
            if len(set(words)) < len(values) or any(RAW.search(w) or w in map(str, values) for w in words):
                raw[f"{name}.{column.name}"] = (kind, words)

    assert raw == {}


def enum_of(column: sa.Column[Any]) -> type[Enum]:
    found: type[Enum] = column.type.enum_class  # type: ignore[attr-defined]  # the column holds an Enum
    return found


def test_every_day_is_said_in_the_readers_calendar(reading):
    day = date(2026, 6, 18)
    shown = {
        f"{name}.{column.name}": said(field_of(name, column.name), day.isoformat(), {})
        for name, column in told_columns()
        if isinstance(column.type, sa.Date)
    }

    wanted = "18 มิ.ย. 2569" if reading == "th" else "18 Jun 2026"
    assert {at: words for at, words in shown.items() if words != wanted} == {}
    assert len(shown) >= 6


@pytest.mark.parametrize(
    ("subject", "details", "thai", "english"),
    [
        ("persons", {"role": "unit_head"}, "บทบาท: หัวหน้าหน่วยงาน", "Role: Head of unit"),
        ("persons", {"changed": {"language": ["th", "en"]}}, "ภาษา ไทย → English", "Language ไทย → English"),
        ("executive_posts", {"changed": {"is_head": [False, True]}}, "ไม่ใช่ → ใช่", "No → Yes"),
        ("step_progress", {"before": "none", "after": "doing"}, "กำลังดำเนินการ", "In progress"),
        ("stages", {"step": 3, "due_on": ["2026-03-31", None]}, "31 มี.ค. 2569 → ไม่มีกำหนด", "31 Mar 2026 → "),
        ("trainings", {"passed": [None, True]}, "ไม่ได้เข้าอบรม → ผ่าน", "Did not attend → Passed"),
        ("installations", {"kind": "demo"}, "ข้อมูลสมมติ", "Invented data"),
        ("events", {"state": "summarised"}, "สรุปผลแล้ว", "Summed up"),
        ("event_entries", {"event_id": 7}, "เลขที่ 7", "no. 7"),
        ("programmes", {"first_fiscal_year": 2568}, "2568", "2568 (2024/25)"),
    ],
)
def test_values_are_said_in_thai_and_english(reading, subject, details, thai, english):
    line = details_line(AuditEntry(subject_type=subject, details=details))

    assert (thai if reading == "th" else english) in line
    assert not RAW.search(line)


def test_a_units_change_names_its_level_and_tells_the_parent_by_its_code(app, make):
    node = make.node("P001")
    changed = {"level": [node.level, ""], "kind": [node.kind, ""], "parent_code": ["PG01", "PG02"]}
    with app.test_request_context():
        line = changes_line("units", changed)

    assert line.endswith("ต้นสังกัด PG01 → PG02")
    assert not re.search(rf"\b({node.level}|{node.kind})\b", line)


def test_the_successor_is_named(app, session):
    to = world.person(session, "head")
    entry = AuditEntry(subject_type="persons", details={"to": to.id, "on": "2026-06-18", "roles": 2})
    with app.test_request_context():
        line = details_line(entry, names_in([entry]))

    assert line == f"ผู้รับช่วง: {to.name}; ผู้รับช่วงเริ่มวันที่: 18 มิ.ย. 2569; จำนวนบทบาท: 2"
