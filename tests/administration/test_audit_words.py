"""Whatever is recorded has a word in the audit trail."""

import ast
from collections.abc import Iterator

import pytest

from tests.source import Function, functions, parsed, python_files
from tracker.administration.audit_words import (
    ACCESS,
    CHANGES,
    DETAILS,
    SUBJECTS,
    VERBS,
    subject_word,
    verb_word,
)
from tracker.administration.tables import details_line
from tracker.audit.models import AuditEntry
from tracker.web.history import FIELDS, VERBS_OF

pytestmark = pytest.mark.usefixtures("app")  # its slices offer the words


def recordings() -> Iterator[tuple[ast.Call, ast.expr, Function | None]]:
    """Walk the calls that write to the trail, each with its verb and the function that it stands in."""
    for file in python_files():
        within = {id(node): function for function in functions(file) for node in ast.walk(function)}
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Call) and node.args:
                if getattr(node.func, "attr", "") == "record":
                    yield node, node.args[0], within.get(id(node))
                elif getattr(node.func, "id", "") == "write_entry":
                    yield node, node.args[1], within.get(id(node))


def texts(node: ast.AST) -> set[str]:
    """Return the texts in a piece of code: of an `a if … else b` those that it may come to."""
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    constants = (found.value for found in ast.walk(node) if isinstance(found, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def calls_of(name: str) -> Iterator[ast.Call]:
    for file in python_files():
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield node


def verbs_behind(name: str, function: Function) -> set[str]:
    """Return the texts that a name in a function stands for: an argument, or what is set there."""
    arguments = [argument.arg for argument in function.args.args]
    if name in arguments:
        at = arguments.index(name)
        return {text for call in calls_of(function.name) for text in texts(call.args[at])}
    return {
        text
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and name in {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        for target in node.targets
        for to, value in pairs(target, node.value)
        if getattr(to, "id", "") == name
        for text in texts(value)
    }


def pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    both = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
    return list(zip(target.elts, value.elts, strict=True)) if both else [(target, value)]  # type: ignore[attr-defined]  # both are tuples


def recorded() -> Iterator[tuple[str, set[str]]]:
    """Walk what is recorded: where, and which verbs it may be."""
    for call, verb, function in recordings():
        if function is not None and function.name == "write_entry":
            continue
        found = verbs_behind(verb.id, function) if isinstance(verb, ast.Name) and function else texts(verb)
        yield f"{ast.unparse(call)}", found


def test_the_verb_of_every_recording_is_known_here():
    assert [where for where, verbs in recorded() if not verbs] == []


def test_every_verb_that_is_recorded_has_a_word_and_none_is_left_over():
    verbs = {verb for _where, found in recorded() for verb in found}
    worded = {*VERBS, *(verb for words in VERBS_OF.values() for verb in words)}

    assert "unclaimed" in verbs
    assert sorted(verbs ^ worded) == []


def test_a_new_verb_or_subject_keeps_its_own_name(app):
    with app.test_request_context():
        assert (verb_word("juggled", "balls"), subject_word("balls")) == ("juggled", "balls")
        assert (verb_word("added", "units"), subject_word("units")) == (
            str(VERBS["added"]),
            str(SUBJECTS["units"]),
        )


def test_every_detail_that_is_recorded_has_a_word():
    named = {
        keyword.arg for call, _verb, _function in recordings() for keyword in call.keywords if keyword.arg
    }
    worded = {*DETAILS, *CHANGES, *(name for fields in FIELDS.values() for name in fields)}

    assert sorted(named - worded - {"unit_id"}) == []


def test_what_happens_at_the_door_stands_under_access():
    at_the_door = {
        constant.value
        for call, verb, _function in recordings()
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
        assert details_line(edited, in_file=True) == "ที่แก้ไข: อีเมล …, ชื่อและนามสกุล ก → ข"


def test_details_are_said_in_the_readers_words(app):
    changed = {"closed_on": ["2569-13-45", None]}
    entry = AuditEntry(
        subject_type="units", details={"closed_on": "2026-06-18", "reason": "", "changed": changed}
    )
    with app.test_request_context():
        assert details_line(entry) == ("ปิดตั้งแต่วันที่: 18 มิ.ย. 2569; ที่แก้ไข: ปิดตั้งแต่วันที่ 2569-13-45 → -")
