"""Whatever is recorded has a word in the audit trail."""

import ast

from tests.source import parsed, python_files
from tracker.administration.audit_words import DETAILS, SUBJECTS, VERBS, subject_word, verb_word
from tracker.administration.tables import details_line
from tracker.audit.models import AuditEntry


def recorded():
    for file in python_files():
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record" and node.args:
                for constant in ast.walk(node.args[0]):
                    if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                        yield constant.value


def test_every_verb_that_is_recorded_has_a_word():
    assert sorted(set(recorded()) - set(VERBS)) == []


def test_a_new_verb_or_subject_keeps_its_own_name(app):
    with app.test_request_context():
        assert (verb_word("juggled"), subject_word("balls")) == ("juggled", "balls")
        assert (verb_word("added"), subject_word("units")) == (str(VERBS["added"]), str(SUBJECTS["units"]))


def test_every_detail_that_is_recorded_has_a_word():
    named = {
        keyword.arg
        for file in python_files()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record" and node.args
        for keyword in node.keywords
        if keyword.arg
    }
    assert sorted(named - DETAILS.keys() - {"unit_id"}) == []


def test_details_are_said_in_the_readers_words(app):
    changed = {"title": ["2569-13-45", None]}
    entry = AuditEntry(details={"called_on": "2026-06-18", "note": "", "changed": changed})
    with app.test_request_context():
        assert details_line(entry) == "วันที่ติดตาม: 18 มิ.ย. 2569; ที่แก้ไข: ชื่อเรื่อง 2569-13-45 → -"
