"""Whatever is recorded has a word in the audit trail."""

import ast

from tests.source import parsed, python_files
from tracker.administration.audit_words import ACCESS, DETAILS, SUBJECTS, VERBS, subject_word, verb_word
from tracker.administration.tables import details_line
from tracker.audit.models import AuditEntry


def recordings():
    """Walk the calls that write to the trail, each with where its verb stands."""
    for file in python_files():
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Call) and node.args:
                if getattr(node.func, "attr", "") == "record":
                    yield node, node.args[0]
                elif getattr(node.func, "id", "") == "write_entry":
                    yield node, node.args[1]


def recorded():
    for _call, verb in recordings():
        for constant in ast.walk(verb):
            if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                yield constant.value


def test_every_verb_that_is_recorded_has_a_word():
    assert sorted(set(recorded()) - set(VERBS)) == []


def test_a_new_verb_or_subject_keeps_its_own_name(app):
    with app.test_request_context():
        assert (verb_word("juggled"), subject_word("balls")) == ("juggled", "balls")
        assert (verb_word("added"), subject_word("units")) == (str(VERBS["added"]), str(SUBJECTS["units"]))


def test_every_detail_that_is_recorded_has_a_word():
    named = {keyword.arg for call, _verb in recordings() for keyword in call.keywords if keyword.arg}
    assert sorted(named - DETAILS.keys() - {"unit_id"}) == []


def test_what_happens_at_the_door_stands_under_access():
    at_the_door = {
        constant.value
        for call, verb in recordings()
        if getattr(call.func, "id", "") == "write_entry"
        for constant in ast.walk(verb)
        if isinstance(constant, ast.Constant)
    }

    assert {"sign_in_failed", "sign_in_throttled", "signed_in"} <= at_the_door <= ACCESS


def test_why_a_sign_in_failed_is_said_in_words(app):
    entry = AuditEntry(subject_type="persons", details={"why": "expired"})
    with app.test_request_context():
        assert details_line(entry) == "สาเหตุ: รหัสผ่านชั่วคราวหมดอายุ"


def test_a_file_of_the_trail_says_how_to_reach_nobody(app):
    added = AuditEntry(subject_type="persons", details={"email": "a@b.example"})
    changed = {"email": ["a@b.example", "c@b.example"], "name": ["ก", "ข"]}
    edited = AuditEntry(subject_type="persons", details={"changed": changed})
    with app.test_request_context():
        assert "a@b.example" in details_line(added)
        assert details_line(added, in_file=True) == "อีเมล: …"
        assert details_line(edited, in_file=True) == "ที่แก้ไข: อีเมล …, ชื่อ ก → ข"


def test_details_are_said_in_the_readers_words(app):
    changed = {"title": ["2569-13-45", None]}
    entry = AuditEntry(details={"called_on": "2026-06-18", "note": "", "changed": changed})
    with app.test_request_context():
        assert details_line(entry) == "วันที่ติดตาม: 18 มิ.ย. 2569; ที่แก้ไข: ชื่อเรื่อง 2569-13-45 → -"
