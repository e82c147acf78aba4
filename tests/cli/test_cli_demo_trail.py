"""The trail of the whole demo is said in words."""

import re
from typing import Any

import pytest
from flask import g
from sqlalchemy import select

from tracker.accounts.permissions import system_actor
from tracker.administration.audit_words import CHANGES, SUBJECTS, VERBS, field_of
from tracker.administration.tables import values_of
from tracker.audit.models import AuditEntry
from tracker.cli.serve import ready_app
from tracker.session import db
from tracker.web.history import NOTHING, VERBS_OF, Field, look_up, said

RAW = re.compile(r"\b(?:True|False|None|[a-z]+_[a-z_]+|\d{4}-\d\d-\d\d)\b")


def fields_in(entry: AuditEntry) -> list[tuple[str, Any, bool]]:
    """Return the fields that an entry tells, with their values, and whether those are pairs."""
    told: list[tuple[str, Any, bool]] = []
    for name, value in entry.details.items():
        pairs = name in CHANGES
        told += [(part, pair, True) for part, pair in value.items()] if pairs else [(name, value, False)]
    return told


@pytest.mark.slow
def test_everything_that_the_demo_recorded_is_said_in_words(place, run, monkeypatch):
    monkeypatch.delenv("TRACKER_SECRET_KEY")
    run("db", "upgrade")
    run("demo")
    app, _info = ready_app()
    nameless, raw = set(), set()
    for code in ("th", "en"):
        with app.test_request_context(headers={"Cookie": f"language={code}"}):
            g.actor = system_actor("demo")
            for entry in db().scalars(select(AuditEntry)):
                subject = entry.subject_type
                if subject not in SUBJECTS or entry.verb not in {*VERBS, *VERBS_OF.get(subject, {})}:
                    nameless.add(f"{subject} {entry.verb}")
                for name, value, is_pair in fields_in(entry):
                    field = field_of(subject, name)
                    if field.label == name:
                        nameless.add(f"{subject}.{name}")
                    for one in value if is_pair else values_of(field, value):
                        if words_of_ours(field, one):
                            raw.add(f"{subject}.{name} {code}: {words_of_ours(field, one)}")
    app.extensions["tracker_engine"].dispose()

    assert nameless == set()
    assert raw == set()


def words_of_ours(field: Field, value: Any) -> str:
    """Return what is raw in how a value is said, unless people typed it."""
    if field.say is None or value in NOTHING:
        return ""
    words = said(field, value, look_up([(field, value)]))
    return words if RAW.search(words) or (words == value and field.say is not str) else ""
