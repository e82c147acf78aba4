"""The stage and unit menus of the frame: they change what is looked at and keep the kind of page."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for

from tracker.accounts.permissions import Permission
from tracker.following.listing import groups_of
from tracker.organisation.tree import UnitNode, UnitTree
from tracker.overview.lens import tells_of_one
from tracker.programme.enrolments import enrolment_book
from tracker.programme.list_filters import small_number
from tracker.programme.plan import StageInfo
from tracker.programme.reference import plan
from tracker.session import db
from tracker.thai.dates import format_fiscal_year
from tracker.web.clock import today
from tracker.web.guards import allowed, visitor
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.paging import with_each
from tracker.web.reference import tree
from tracker.web.shell import Shell, StageLink, UnitLink, fill_shell

LISTS = ("activities.index", "sharing.index", "sharing.entries")


def _stage_here() -> StageInfo | None:
    number = (request.view_args or {}).get("number") or request.args.get("stage", "")
    found = plan().stage(small_number(str(number)))
    return found or plan().current_stage(today())


def _unit_here(units: UnitTree) -> UnitNode | None:
    code = (request.view_args or {}).get("code") or request.args.get("unit", "")
    return units.by_code.get(str(code))


def _stage_urls(unit: UnitNode | None) -> Callable[[int], str]:
    """Return what gives the address of this page for another stage."""
    endpoint, arguments = request.endpoint or "", request.view_args or {}

    def code(number: int) -> str | None:
        stage = plan().stage(number)
        return unit.code if unit and stage and not tells_of_one(unit, stage) else None

    if endpoint in ("overview.stage", "overview.step", "overview.members"):
        return lambda number: url_for(endpoint, **{**arguments, "number": number}, unit=code(number))
    if endpoint == "overview.unit":
        return lambda number: url_for(endpoint, **arguments, stage=number)
    if endpoint in LISTS:
        return with_each(endpoint, "stage", {**request.args.to_dict(), "page": None, "as_at": None})
    return lambda number: url_for("overview.index", stage=number, unit=code(number))


def _unit_urls(stage: StageInfo | None) -> Callable[[UnitNode | None], str]:
    """Return what gives the address of this page for another unit."""
    endpoint, arguments = request.endpoint or "", request.view_args or {}
    here: dict[str, Any] = {**request.args.to_dict(), "page": None}
    if endpoint in ("overview.stage", "overview.step", "overview.members"):
        kept = {name: value for name, value in here.items() if name != "unit"}
        return lambda unit: url_for(endpoint, **arguments, **kept, unit=unit.code if unit else None)
    if endpoint in LISTS or endpoint == "following.index":
        address = with_each(endpoint, "unit", here)
        return lambda unit: address(unit.code if unit else None)
    number = stage.number if stage else None
    return lambda unit: url_for("overview.index", stage=number, unit=unit.code if unit else None)


def _counts(units: UnitTree, stage: StageInfo) -> dict[int, int]:
    """Return how many enrolments of a stage stand below each unit today."""
    book, day = enrolment_book(db()), stage.last_day_by(today())

    def count() -> dict[int, int]:
        counts: dict[int, int] = {}
        for enrolment in book.enrolments:
            if enrolment.stage_id == stage.id and enrolment.counts_on(day):
                for unit_id in units[enrolment.unit_id].path:
                    counts[unit_id] = counts.get(unit_id, 0) + 1
        return counts

    return book.kept(("below", stage.id, day), count)


def _unit_links(units: UnitTree, stage: StageInfo | None, here: UnitNode | None) -> list[UnitLink]:
    counts = _counts(units, stage) if stage else {}
    root = units.root
    total = counts.get(root.id, 0) if root else 0
    offered = groups_of(units)
    own = [units[role.unit_id] for role in visitor().roles if units.get(role.unit_id)]
    every = (units.root, units.department)
    offered = [node for node in dict.fromkeys([*own, *offered]) if node not in every]
    if stage is not None:
        offered = [node for node in offered if not tells_of_one(node, stage)]
    if here is not None and here not in offered:
        offered = [here, *offered]
    url = _unit_urls(stage)
    links = [UnitLink(url(None), _("ทุกหน่วยงาน"), total, here is None)]
    links += [UnitLink(url(n), named(n), counts.get(n.id, 0) or None, n is here) for n in offered]
    links.append(UnitLink(url_for("overview.units"), _("เลือกหน่วยงานอื่น"), None, False))
    return links


def fill_menus(shell: Shell) -> None:
    """Offer the stages and units to look at, on the pages that look at them."""
    if not allowed(Permission.TOTALS_READ) or request.blueprint == "home":
        return
    stage, units = _stage_here(), tree()
    here, now = _unit_here(units), plan().current_stage(today())
    url = _stage_urls(here)
    shell.stages = [
        StageLink(
            url=url(each.number),
            number=each.number,
            name=named(each),
            fiscal_year=format_fiscal_year(each.fiscal_year, language()),
            current=each is stage,
            is_today=each is now,
        )
        for each in plan().stages
    ]
    shell.stage_label = _("ระยะที่ %(n)s", n=stage.number) if stage else _("ระยะ")
    blueprint = (request.endpoint or "").partition(".")[0]
    if blueprint in ("overview", "following") or request.endpoint in LISTS:
        shell.units = _unit_links(units, stage, here)
        count = shell.units[0].count
        shell.unit_label = named(here, "short") if here else f"{_('ทุกหน่วยงาน')} ({count:,})"


def init_menus() -> None:
    """Fill the menus of every frame."""
    fill_shell(fill_menus)
