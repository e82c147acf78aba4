"""Two people, one record: the 409 page with both versions side by side, and the ways out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from wtforms import Field, SelectField

from tracker.change import StaleError
from tracker.thai.dates import format_day
from tracker.web.errors import reference
from tracker.web.forms import TrackerForm
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.unit_field import UnitField

_LEFT_OUT = ("version", "csrf_token", "keep")


def conflict_page(
    stale: StaleError,
    pairs: Iterable[tuple[str, Any, Any]],
    *,
    show_url: str,
    heading: str | None = None,
    mine_line: str | None = None,
    theirs_line: str | None = None,
) -> ResponseReturnValue:
    """Answer 409 with both versions; `pairs` are (label, mine, theirs), all as words to read.

    The page can send what was typed again over the newer version (`keep=mine`), open the form with it
    (`keep=edit`, which `tracker.web.pages.submit` answers), or go to the record as it is now.
    """
    rows = [(label, mine, theirs, mine != theirs) for label, mine, theirs in pairs]
    typed = [
        (name, value)
        for name, values in request.form.lists()
        if name not in _LEFT_OUT
        for value in values
        if not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value)
    ]
    version = stale.current.version  # type: ignore[attr-defined]  # every editable model has one
    conflict = {
        "heading": heading,
        "rows": rows,
        "mine_line": mine_line,
        "theirs_line": theirs_line,
        "reference": reference(),
        "hidden": [*typed, ("version", version), ("csrf_token", generate_csrf())],
        "action": request.full_path.rstrip("?"),
        "show_url": show_url,
    }
    return render_template("errors/conflict.html", conflict=conflict), 409


def form_pairs(form: TrackerForm, stored: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return (label, mine, theirs) in words of the fields that `stored`, a record as form data, has."""
    return [
        (str(field.label.text), word_of(field, field.data), word_of(field, stored[field.short_name]))
        for field in form
        if field.short_name in stored and field.short_name not in _LEFT_OUT
    ]


def word_of(field: Field, value: Any) -> str:
    """Return what a value of a field is called: a choice by its label, a unit by its name, a day in words."""
    if isinstance(value, list):
        return ", ".join(word_of(field, part) for part in value)
    if isinstance(value, bool):
        return _("ใช่") if value else ""
    if isinstance(value, date):
        return format_day(value, language())
    if isinstance(value, int) and isinstance(field, UnitField):
        return named(field.nodes.get(value)) or str(value)
    if isinstance(field, SelectField):
        labels = {str(choice.value): str(choice.label) for choice in field.iter_choices()}
        return labels.get("" if value is None else str(value), str(value or ""))
    return "" if value is None else str(value)
