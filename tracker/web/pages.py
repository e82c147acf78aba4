"""Answering: pages, forms with their 422 and 409, notices with an undo."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import current_app, g, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from tracker.change import Change, RefusedError, StaleError
from tracker.session import begin_change
from tracker.web.forms import CreateForm, RepeatedError, TrackerForm
from tracker.web.models import FormAnswer

T = TypeVar("T")
Conflict = Callable[[TrackerForm, StaleError], ResponseReturnValue]
Again = Callable[[FormAnswer], ResponseReturnValue]
_NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class Notice:
    """A line on the next page: what was done, and the address that undoes it, if there is one."""

    text: str
    undo_url: str | None = None
    kind: str = "done"


def notice(text: str, undo: str | None = None, kind: str = "done") -> None:
    """Show a line on the next page; `undo` is the address of a POST, `kind` done, warning or error."""
    session[_NOTICES] = [*session.get(_NOTICES, []), [str(text), undo, kind]]


def take_notices() -> list[Notice]:
    """Return the lines to show now, and forget them."""
    return [Notice(*line) for line in session.pop(_NOTICES, [])] if _NOTICES in session else []


def render(template: str, **context: Any) -> str:
    """Render a page."""
    return render_template(template, **context)


def render_form(template: str, form: TrackerForm, **context: Any) -> ResponseReturnValue:
    """Render a page with a form: 422 when the form has errors, else 200."""
    if request.method == "POST" and not any(getattr(f, "widget_kind", "") == "password" for f in form):
        g.typed = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
    status = 422 if form.errors or form.form_errors else 200
    return render_template(template, form=form, **context), status


def can_be_read(path: str) -> bool:
    """Tell whether an address of ours shows a page: some only take what a form of another page sends."""
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]  # of a request
    except HTTPException:
        return False
    return True


def referring_page() -> str:
    """Return the address of our own page from which this request came; empty for any other."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host or not parts.path.startswith("/"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def see(location: str) -> ResponseReturnValue:
    """Send the browser on, with GET."""
    return redirect(location, 303)


def _repeated(
    form: CreateForm, first: FormAnswer, template: str, context: dict[str, Any], again: Again | None
) -> ResponseReturnValue:
    """Answer a submit of a page that was sent before: as the first time, unless it says something else."""
    if form.is_same_as(first):
        return again(first) if again else see(first.location)
    form.begin_anew(first)
    return render_form(template, form, **context)


def _refused(
    form: TrackerForm,
    refusal: RefusedError | RepeatedError,
    template: str,
    context: dict[str, Any],
    again: Again | None,
) -> ResponseReturnValue:
    """Show a refusal, unless the first submit of this very page, then still under way, was what it met."""
    if isinstance(form, CreateForm):
        first = refusal.first if isinstance(refusal, RepeatedError) else form.first_answer()
        if first:
            return _repeated(form, first, template, context, again)
    if isinstance(refusal, RefusedError):
        form.refuse(refusal)
    return render_form(template, form, **context)


def submit(
    form: TrackerForm,
    template: str,
    *,
    do: Callable[[Change], T],
    to: Callable[[T], str],
    said: Callable[[T], None] | None = None,
    conflict: Conflict | None = None,
    again: Again | None = None,
    **context: Any,
) -> ResponseReturnValue:
    """Answer a form: show it, or do it in one change and go on.

    `do` is the operation, `to` gives the address to go to and `said` leaves a notice, both for what
    `do` made. A refusal or a failed check shows the form again with 422 and all that was typed; a
    stale version is answered by `conflict` (see `tracker.web.conflicts`), or told to the error page with 409;
    "edit on from my version" of that page shows the form again. `again` answers the very same submit
    of a form that creates, where going on to the first one's address is not enough.
    """
    if not form.is_submitted() or request.form.get("keep") == "edit":
        return render_form(template, form, **context)
    if isinstance(form, CreateForm) and (first := form.first_answer()):
        return _repeated(form, first, template, context, again)
    if not form.validate():
        return render_form(template, form, **context)
    try:
        with begin_change() as change:
            made = do(change)
            change.session.flush()
            location = to(made)
            if isinstance(form, CreateForm):
                form.keep_answer(change.session, location)
    except (RefusedError, RepeatedError) as refusal:
        return _refused(form, refusal, template, context, again)
    except StaleError as stale:
        if conflict is None:
            raise
        return conflict(form, stale)
    if said is not None:
        said(made)
    return see(location)
