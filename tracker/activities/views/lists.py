"""The list of activities and its exports."""

from dataclasses import replace
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.activities.filters import Wanted, read_filters
from tracker.activities.queries import ActivityFilters, Order, State, activity_count, activity_list
from tracker.activities.queries_record import executives_in
from tracker.activities.tables import activity_table
from tracker.activities.views.base import book, bp, plan
from tracker.programme.list_filters import stage_options, unit_options
from tracker.session import db
from tracker.web.downloads import send_table
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy, named
from tracker.web.pages import render
from tracker.web.paging import PER_PAGE, Page, export_url, here_with, page_number
from tracker.web.reference import tree
from tracker.web.units import own_units
from tracker.web.words import AUDIENCES

# Arguments that are taken off, what that changes, and the words for it.
_WIDER: tuple[tuple[tuple[str, ...], dict[str, Any], Any], ...] = (
    (("unit", "only", "counts"), {"unit_ids": None, "enrolment_ids": None}, lazy("ค้นทุกหน่วยงาน")),
    (("step", "kind"), {"step_id": None, "ready": False, "kind_ids": None}, lazy("ค้นทุกขั้นตอน")),
    (
        ("stage", "month", "from", "to"),
        {"stage_id": None, "since": None, "until": None},
        lazy("ค้นทุกระยะ"),
    ),
)


def _count(filters: ActivityFilters) -> int:
    return activity_count(db(), actor(), tree(), filters)


def _options() -> dict[str, list[tuple[Any, str]]]:
    """Return the answers of the filter bar."""
    programme = plan()
    steps = [(s.number, f"{s.number} {named(s, 'short')}") for s in programme.steps]
    return {
        "stage": stage_options(programme),
        "step": [("", _("ทุกขั้นตอน")), *steps, ("ready", _("เตรียมความพร้อม"))],
        "unit": unit_options(tree()),
        "kind": [("", _("ทุกประเภท")), *_kinds()],
        "audience": [("", _("ทุกระดับ")), *((a.value, str(word)) for a, word in AUDIENCES.items())],
        "state": _states(),
    }


def _kinds() -> list[tuple[str, str]]:
    steps = plan().step_by_id
    return [
        (kind.code, f"{steps[kind.step_id].number} {named(kind)}" if kind.step_id else named(kind))
        for kind in plan().kinds
    ]


def _states() -> list[tuple[Any, str]]:
    states = [("", _("ที่นับอยู่")), (State.WITHDRAWN.value, _("ยกเลิกแล้ว"))]
    if allowed(Permission.RECORDS_WRITE):
        states.append((State.HIDDEN.value, _("ซ่อนแล้ว")))
    return states


def _sorts(order: Order) -> dict[str, tuple[str, str | None]]:
    """Return for each column that sorts the address that turns it, and how it is sorted now."""
    day = (
        here_with(sort=Order.OLDEST.value if order is Order.NEWEST else None, page=None),
        {Order.NEWEST: "descending", Order.OLDEST: "ascending"}.get(order),
    )

    def other(column: Order, direction: str) -> tuple[str, str | None]:
        on = order is column
        return here_with(sort=None if on else column.value, page=None), direction if on else None

    return {
        "day": day,
        "title": other(Order.TITLE, "ascending"),
        "unit": other(Order.UNIT, "ascending"),
        "participants": other(Order.PARTICIPANTS, "descending"),
    }


def _wider(wanted: Wanted) -> list[tuple[str, str, int]]:
    """Return (address, words, number) of wider searches that find something."""
    found = []
    for names, changes, words in _WIDER:
        if any(wanted.values.get(name) for name in names):
            number = _count(replace(wanted.filters, nothing=False, **changes))
            if number:
                found.append((here_with(page=None, **dict.fromkeys(names)), str(words), number))
    return found[:2]


@bp.get("/")
@requires(Permission.RECORDS_READ)
def index() -> ResponseReturnValue:
    """List activities by what the address asks for."""
    wanted = read_filters(tree(), plan(), book())
    total, number = _count(wanted.filters), page_number()
    number = min(number, max(1, -(-total // PER_PAGE)))
    rows = activity_list(
        db(), actor(), tree(), wanted.filters, order=wanted.order, offset=(number - 1) * PER_PAGE
    ) if total else []  # fmt: skip
    return render(
        "activities/index.html",
        wanted=wanted,
        page=Page(rows, number, total),
        all_total=_count(ActivityFilters()) if wanted.is_filtered else total,
        executives=executives_in(db(), [row.id for row in rows]) if rows else {},
        options=_options(),
        sorts=_sorts(wanted.order),
        wider=_wider(wanted) if not total else [],
        plan=plan(),
        tree=tree(),
        may_write=bool(own_units()) or allowed(Permission.RECORDS_HIDE),
        exports={ext: export_url("activities.export", ext) for ext in ("xlsx", "csv")},
    )


@bp.get("/export.<any(csv, xlsx):extension>")
@requires(Permission.RECORDS_READ)
def export(extension: str) -> Response:
    """Send the activities of the same filter as a file."""
    return send_table(activity_table(read_filters(tree(), plan(), book()), tree(), plan()), extension)
