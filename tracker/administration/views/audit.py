"""The audit trail."""

from datetime import date

from flask import request
from flask.typing import ResponseReturnValue

from tracker.accounts.models import Person
from tracker.administration import audit_words, tables
from tracker.administration.queries import AuditFilter, audit_entries, count_entries, subjects
from tracker.administration.views.blueprint import P, bp
from tracker.database import MAX_ID
from tracker.session import db
from tracker.thai.dates import DateError, parse_day
from tracker.web.downloads import send_table
from tracker.web.guards import requires
from tracker.web.pages import render
from tracker.web.paging import Page, page_number, per_page
from tracker.web.reference import tree


def _day(name: str) -> date | None:
    try:
        return parse_day(request.args.get(name, "")[:40])
    except DateError:
        return None


def _id(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= MAX_ID else None


def wanted_kind() -> str:
    """Return which kind of entries is asked for: changes, unless the address says another."""
    asked = request.args.get("kind", "")
    return asked if asked in audit_words.KINDS else "changes"


def wanted_entries() -> AuditFilter:
    """Return the filter that the address asks for; what is odd asks for nothing."""
    node = tree().by_code.get(request.args.get("unit", ""))
    kind = wanted_kind()
    return AuditFilter(
        verbs={"access": audit_words.ACCESS, "exports": audit_words.EXPORTS}.get(kind),
        without=audit_words.ACCESS | audit_words.EXPORTS if kind == "changes" else (),
        person_id=_id("person"),
        subject=request.args.get("subject", "")[:40],
        subject_id=_id("subject_id"),
        unit_ids=tree().subtree_ids(node.id) if node else None,
        since=_day("since"),
        until=_day("until"),
    )


@bp.get("/audit")
@requires(P.AUDIT_READ)
def audit_trail() -> ResponseReturnValue:
    """Show who did what, the newest first."""
    wanted, number = wanted_entries(), page_number()
    rows = list(audit_entries(db(), wanted, limit=per_page(), offset=(number - 1) * per_page()))
    unread = [name for name in ("since", "until") if request.args.get(name) and _day(name) is None]
    return render(
        "administration/audit.html",
        page=Page(rows, number, count_entries(db(), wanted)),
        wanted=wanted,
        kind=wanted_kind(),
        kinds=list(audit_words.KINDS.items()),
        subjects=[(name, audit_words.subject_word(name)) for name in subjects(db())],
        words=audit_words,
        known=tables.names_in(rows),
        details_line=tables.details_line,
        tree=tree(),
        unread=unread,
        person_name=getattr(db().get(Person, wanted.person_id or 0), "name", ""),
    )


@bp.get("/audit.<any(csv, xlsx):extension>")
@requires(P.AUDIT_READ)
def export_audit(extension: str) -> ResponseReturnValue:
    """Export the same entries."""
    return send_table(tables.audit_table(audit_entries(db(), wanted_entries()), tree()), extension)
