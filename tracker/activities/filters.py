"""The filter in the address: read, said back in words, each part with the address that takes it off."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flask import request

from tracker.activities.queries import ActivityFilters, Order, State
from tracker.facilitators.queries import facilitators_by_id
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitTree
from tracker.programme.enrolments import EnrolmentBook
from tracker.programme.plan import Plan
from tracker.session import db
from tracker.thai.dates import DateError, format_day, format_month, parse_day, parse_year
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.paging import here_with
from tracker.web.words import AUDIENCES

Tag = tuple[str, str, str]


@dataclass
class Wanted:
    """What the address asks for: the filters, the order, the tags in force, and the answers of the bar."""

    filters: ActivityFilters = field(default_factory=ActivityFilters)
    order: Order = Order.NEWEST
    tags: list[Tag] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything narrows the list."""
        return bool(self.tags)


class _Reader:
    """Reads one argument after the other into a `Wanted`; what means nothing finds nothing and says so."""

    def __init__(self, tree: UnitTree, plan: Plan, book: EnrolmentBook) -> None:
        self.tree, self.plan, self.book = tree, plan, book
        self.wanted = Wanted()

    def narrow(self, name: str, label: str, said: str, **changes: Any) -> None:
        self.wanted.filters = replace(self.wanted.filters, **changes)
        extra = {"only": None} if name == "unit" else {}
        self.wanted.tags.append((label, said, here_with(**{name: None, "page": None, **extra})))

    def read(self, name: str, label: str, use: Callable[[str], tuple[str, dict[str, Any]] | None]) -> None:
        text = request.args.get(name, "").strip()[:200]
        self.wanted.values[name] = text
        if text:
            said, changes = use(text) or (_("%(text)s (ไม่รู้จัก)", text=text), {"nothing": True})
            self.narrow(name, label, said, **changes)

    def stage(self, text: str) -> tuple[str, dict[str, Any]] | None:
        stage = self.plan.stage(_number(text))
        return (f"{stage.number} {named(stage, 'short')}", {"stage_id": stage.id}) if stage else None

    def step(self, text: str) -> tuple[str, dict[str, Any]] | None:
        if text == "ready":
            return _("เตรียมความพร้อม"), {"ready": True}
        step = self.plan.step(_number(text))
        return (f"{step.number} {named(step, 'short')}", {"step_id": step.id}) if step else None

    def unit(self, text: str) -> tuple[str, dict[str, Any]] | None:
        node = self.tree.by_code.get(text)
        if node is None:
            return None
        if request.args.get("only") == "own":
            return _("%(name)s เท่านั้น", name=named(node)), {"unit_ids": frozenset({node.id})}
        return named(node), {"unit_ids": self.tree.subtree_ids(node.id)}

    def kind(self, text: str) -> tuple[str, dict[str, Any]] | None:
        """Read one kind, or several with commas between (as an evidence rule counts them)."""
        kinds = [self.plan.kind_by_code.get(code) for code in text.split(",")]
        known = [kind for kind in kinds if kind is not None]
        if len(known) < len(kinds):
            return None
        return ", ".join(named(kind) for kind in known), {"kind_ids": frozenset(kind.id for kind in known)}

    def audience(self, text: str) -> tuple[str, dict[str, Any]] | None:
        if text not in {audience.value for audience in Audience}:
            return None
        return str(AUDIENCES[Audience(text)]), {"audience": Audience(text)}

    def day(self, name: str) -> Callable[[str], tuple[str, dict[str, Any]] | None]:
        def use(text: str) -> tuple[str, dict[str, Any]] | None:
            try:
                day = parse_day(text)
            except DateError:
                return None
            return format_day(day, language()), {name: day}

        return use

    def month(self, text: str) -> tuple[str, dict[str, Any]] | None:
        year, _dash, month = text.partition("-")
        try:
            first = date(parse_year(year), _number(month), 1)
        except (DateError, ValueError):
            return None
        last = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        f = self.wanted.filters
        since, until = (
            max(f.since or first, first),
            min(f.until or date.max, date.fromordinal(last.toordinal() - 1)),
        )
        shown = first.year + (0 if language() == "en" else 543)
        return f"{format_month(first.month, language())} {shown}", {"since": since, "until": until}

    def counts(self, text: str) -> tuple[str, dict[str, Any]] | None:
        node = self.tree.by_code.get(text)
        if node is None:
            return None
        stage_id = self.wanted.filters.stage_id
        ids = frozenset(
            e.id
            for e in self.book.enrolments
            if stage_id in (None, e.stage_id) and self.tree[e.unit_id].is_within(node.id)
        )
        return named(node), {"enrolment_ids": ids}

    def executive(self, text: str) -> tuple[str, dict[str, Any]] | None:
        return (_("เข้าร่วมด้วยตนเอง"), {"executive": True}) if text == "1" else None

    def facilitator(self, text: str) -> tuple[str, dict[str, Any]] | None:
        found = facilitators_by_id(db(), [_number(text)])
        return (found[0].name, {"facilitator_id": found[0].id}) if found else None

    def state(self, text: str) -> tuple[str, dict[str, Any]] | None:
        words = {State.WITHDRAWN.value: _("ยกเลิกแล้ว"), State.HIDDEN.value: _("ซ่อนแล้ว")}
        return (words[text], {"state": State(text)}) if text in words else None


def _number(text: str) -> int:
    """Return a small number that was typed; 0 for anything odd."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def read_filters(tree: UnitTree, plan: Plan, book: EnrolmentBook) -> Wanted:
    """Read the filter from the address of this request."""
    reader = _Reader(tree, plan, book)
    reader.read("q", _("คำค้น"), lambda text: (text, {"q": text}))
    reader.read("stage", _("ระยะ"), reader.stage)
    reader.read("step", _("ขั้นตอน"), reader.step)
    reader.read("unit", _("หน่วยงาน"), reader.unit)
    reader.read("kind", _("ประเภท"), reader.kind)
    reader.read("audience", _("ผู้มีสิทธิ์อ่าน"), reader.audience)
    reader.read("from", _("ตั้งแต่"), reader.day("since"))
    reader.read("to", _("ถึง"), reader.day("until"))
    reader.read("month", _("เดือน"), reader.month)
    reader.read("counts", _("นับให้"), reader.counts)
    reader.read("executive", _("ผู้บริหาร"), reader.executive)
    reader.read("facilitator", _("คุณอำนวย"), reader.facilitator)
    if request.args.get("state") != State.LIVE.value:
        reader.read("state", _("สถานะ"), reader.state)
    chosen = request.args.get("sort", "")
    reader.wanted.order = Order(chosen) if chosen in {order.value for order in Order} else Order.NEWEST
    return reader.wanted
