"""The list of activities and its exports."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.activities.filters import Wanted, read_filters
from tracker.activities.listing import activity_page
from tracker.activities.queries import ActivityFilters, Order, activity_count
from tracker.activities.tables import activity_table
from tracker.activities.views.base import bp
from tracker.organisation.posts import post_book
from tracker.organisation.tree import UnitTree
from tracker.programme.list_filters import FilterOptions, stage_options, unit_options
from tracker.programme.plan import Plan
from tracker.programme.reading import Aside
from tracker.programme.reference import book, plan
from tracker.session import db
from tracker.web.downloads import send_table
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, lazy, named
from tracker.web.pages import render
from tracker.web.paging import Page, export_url, here_with, page_number, per_page
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


def _options() -> dict[str, Any]:
    """Return the answers of the filter bar."""
    return {**_same_for_all(tree(), plan()), "unit": unit_options(tree()), "state": _states()}


def _same_for_all(units: UnitTree, programme: Plan) -> dict[str, Any]:
    """Return the answers that only the language changes, as long as the programme stays."""

    def build() -> dict[str, Any]:
        steps = [(s.number, f"{s.number} {named(s, 'short')}") for s in programme.steps]
        audiences = [(a.value, str(word)) for a, word in AUDIENCES.items()]
        return {
            "stage": FilterOptions(stage_options(programme)),
            "step": FilterOptions([("", _("ทุกขั้นตอน")), *steps, ("ready", _("เตรียมความพร้อม"))]),
            "kind": FilterOptions([("", _("ทุกประเภท")), *_kinds(programme)]),
            "audience": FilterOptions([("", _("ทุกระดับ")), *audiences]),
        }

    return units.kept(("activity filters", language()), build)


def _names(units: UnitTree, programme: Plan) -> dict[str, dict[int, str]]:
    """Return what units and kinds of activity are called, by their ids."""

    def build() -> dict[str, dict[int, str]]:
        return {
            "units": {node.id: named(node) for node in units},
            "kinds": {kind.id: named(kind) for kind in programme.kinds},
        }

    return units.kept(("activity names", language()), build)


def _kinds(programme: Plan) -> list[tuple[str, str]]:
    steps = programme.step_by_id
    return [
        (kind.code, f"{steps[kind.step_id].number} {named(kind)}" if kind.step_id else named(kind))
        for kind in programme.kinds
    ]


def _states() -> list[tuple[Any, str]]:
    states = [("", _("ที่นับอยู่")), (Aside.WITHDRAWN.value, _("ยกเลิกแล้ว"))]
    if allowed(Permission.RECORDS_WRITE):
        states.append((Aside.HIDDEN.value, _("ซ่อนแล้ว")))
    return states


def _executives(rows: Sequence[Any]) -> dict[int, str]:
    """Return in words who of the executives took part: the first one, and how many more."""
    found, posts = {}, post_book(db())
    for row in rows:
        if row.post_ids:
            took_part = posts.named({int(number) for number in row.post_ids.split(",")})
            more = f" +{len(took_part) - 1}" if len(took_part) > 1 else ""
            found[row.id] = named(took_part[0], "title") + more
    return found


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
    page = activity_page(db(), actor(), tree(), wanted.filters, wanted.order, page_number(), per_page())
    return render(
        "activities/index.html",
        wanted=wanted,
        page=Page(page.rows, page.number, page.total),
        of=_count(wanted.whole) if wanted.is_narrowed else page.total,
        executives=_executives(page.rows),
        options=_options(),
        sorts=_sorts(wanted.order),
        wider=_wider(wanted) if not page.total else [],
        names=_names(tree(), plan()),
        may_write=bool(own_units()) or allowed(Permission.RECORDS_HIDE),
        exports={ext: export_url("activities.export", ext) for ext in ("xlsx", "csv")},
    )


@bp.get("/export.<any(csv, xlsx):extension>")
@requires(Permission.RECORDS_READ)
def export(extension: str) -> Response:
    """Send the activities of the same filter as a file."""
    return send_table(activity_table(read_filters(tree(), plan(), book()), tree(), plan()), extension)
