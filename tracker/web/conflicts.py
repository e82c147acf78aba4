"""Two people, one record: the 409 page with both versions side by side, and the ways out."""

from collections.abc import Iterable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from tracker.change import StaleError
from tracker.web.errors import reference

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
