"""Whatever is recorded has a word in the audit trail."""

import ast

from tests.source import parsed, python_files
from tracker.administration.audit_words import SUBJECTS, VERBS, subject_word, verb_word


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
