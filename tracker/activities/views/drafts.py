"""Drafts of activities: which one the address names, keeping it, two people on one, throwing it away."""

from collections.abc import Callable
from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from tracker.accounts.permissions import Permission
from tracker.activities.models import Draft
from tracker.activities.operations_drafts import delete_draft, save_draft
from tracker.activities.queries_record import draft_for
from tracker.activities.views.base import back_or, bp, home_of
from tracker.change import Change, StaleError
from tracker.organisation.tree import UnitNode
from tracker.session import db
from tracker.thai.text import has_forbidden
from tracker.web.conflicts import conflict_page, form_pairs
from tracker.web.forms import TrackerForm
from tracker.web.guards import actor, requires
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, submit
from tracker.web.reference import tree

NEVER_KEPT = ("csrf_token", "idempotency_key", "version", "draft", "save_draft", "next", "keep")
Kept = Callable[[Draft], TrackerForm]


def named_draft() -> int:
    """Return the number of the draft that the address names, 0 when it names none."""
    text = request.args.get("draft", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def asked_draft() -> Draft | None:
    """Return the draft that the address names, None when it is gone or another's."""
    number = named_draft()
    return draft_for(db(), actor(), tree(), number) if number else None


def kept_values(draft: Draft) -> MultiDict[str, str]:
    """Return what was typed, as a form takes it."""
    return MultiDict([(name, value) for name, values in draft.values.items() for value in values])


def draft_url(draft: Draft) -> str:
    """Return the address at which a draft is gone on with."""
    return url_for("activities.new", unit=tree()[draft.unit_id].code, draft=draft.id)


def keeping(form: Any, node: UnitNode, draft: Draft | None) -> Callable[[Change], Draft]:
    """Return what keeps a form as a draft: a new one, or over the one that it was opened from."""
    typed = {
        name: [value for value in values if not has_forbidden(value)]
        for name, values in request.form.lists()
        if name not in NEVER_KEPT
    }

    def keep(change: Change) -> Draft:
        return save_draft(
            change,
            unit_id=node.id,
            values=typed,
            title=form.title.data or "",
            draft_id=draft.id if draft else None,
            opened_with=form.opened_with if draft else None,
        )

    return keep


def draft_conflict(
    draft: Draft | None, again: Kept
) -> Callable[[Any, StaleError], ResponseReturnValue] | None:
    """Return how both versions of a draft are shown; `again` makes the form of what is kept now."""
    if draft is None:
        return None

    def answer(form: Any, stale: StaleError) -> ResponseReturnValue:
        kept = {field.short_name: field.data for field in again(draft) if hasattr(field, "widget_kind")}
        return conflict_page(stale, form_pairs(form, kept), show_url=draft_url(draft))

    return answer


@bp.route("/drafts/<id:draft_id>/delete", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def drop_draft(draft_id: int) -> ResponseReturnValue:
    """Throw a draft away, once that is confirmed."""
    draft = draft_for(db(), actor(), tree(), draft_id) or abort(404)
    node = tree()[draft.unit_id]
    return submit(
        TrackerForm(),
        "activities/drop_draft.html",
        do=lambda change: delete_draft(change, draft_id=draft_id),
        to=lambda _gone: back_or(home_of(node)),
        said=lambda _gone: notice(_("ทิ้งร่างแล้ว")),
        draft=draft,
        node=node,
        keep_url=draft_url(draft),
    )
