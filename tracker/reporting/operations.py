"""Keeping what people type into a report."""

from datetime import date

from sqlalchemy.exc import IntegrityError

from tracker.accounts.permissions import Permission
from tracker.change import Change, RefusedError, StaleError, apply_values, check_version
from tracker.organisation.tree import unit_tree
from tracker.reporting.models import ReportText
from tracker.reporting.queries import report_text


def write_texts(
    change: Change,
    *,
    stage_id: int,
    unit_id: int,
    since: date,
    until: date,
    problems: str = "",
    suggestions: str = "",
    factors: str = "",
    opened_with: int = 0,
) -> ReportText:
    """Keep problems, suggestions and supporting factors of a stage, unit and period.

    `opened_with` is 0 when nothing was kept when the page was opened. Raise RefusedError, StaleError.
    """
    change.require(Permission.REPORT_WRITE, unit_tree(change.session)[unit_id])
    if since > until:
        raise RefusedError("วันเริ่มต้องไม่อยู่หลังวันสิ้นสุด", field="since")
    values = {"problems": problems, "suggestions": suggestions, "factors": factors}
    found = report_text(change.session, stage_id, unit_id, since, until)
    if found is None:
        row = ReportText(stage_id=stage_id, unit_id=unit_id, starts_on=since, ends_on=until, **values)
        found, verb = _add(change, row), "added"
        changed = {name: ["", text] for name, text in values.items() if text}
    else:
        check_version(found, opened_with)
        changed, verb = apply_values(found, values), "edited"
    found.written_by = change.actor.name
    change.record(verb, found, unit_id=unit_id, changed=changed, since=since, until=until)
    return found


def _add(change: Change, text: ReportText) -> ReportText:
    try:
        with change.session.begin_nested():
            change.session.add(text)
    except IntegrityError:
        current = report_text(change.session, text.stage_id, text.unit_id, text.starts_on, text.ends_on)
        if current is None:
            raise
        raise StaleError(current) from None
    return text
