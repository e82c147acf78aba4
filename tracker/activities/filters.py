"""The filter in the address: read, said back in words, each part with the address that takes it off."""

from dataclasses import dataclass
from datetime import date

from flask import request

from tracker.activities.queries import ActivityFilters, Order
from tracker.facilitators.queries import facilitators_named
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitTree
from tracker.programme.enrolments import EnrolmentBook
from tracker.programme.list_filters import Asked, FilterReader, Said, small_number
from tracker.programme.plan import Plan
from tracker.programme.reading import Aside
from tracker.session import db
from tracker.thai.dates import DateError, format_month_of, parse_year
from tracker.web.guards import actor
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.words import AUDIENCES


@dataclass
class Wanted(Asked[ActivityFilters]):
    """What the address asks for, and in which order."""

    order: Order = Order.NEWEST


class _Reader(FilterReader[ActivityFilters]):
    """Reads what only activities are filtered by."""

    def step(self, text: str) -> Said:
        if text == "ready":
            return _("เตรียมความพร้อม"), {"ready": True}
        step = self.plan.step(small_number(text))
        return (f"{step.number} {named(step, 'short')}", {"step_id": step.id}) if step else None

    def kind(self, text: str) -> Said:
        """Read one kind, or several with commas between (as an evidence rule counts them)."""
        kinds = [self.plan.kind_by_code.get(code) for code in text.split(",")]
        known = [kind for kind in kinds if kind is not None]
        if len(known) < len(kinds):
            return None
        return ", ".join(named(kind) for kind in known), {"kind_ids": frozenset(kind.id for kind in known)}

    def audience(self, text: str) -> Said:
        if text not in {audience.value for audience in Audience}:
            return None
        return str(AUDIENCES[Audience(text)]), {"audience": Audience(text)}

    def month(self, text: str) -> Said:
        year, _dash, month = text.partition("-")
        try:
            first = date(parse_year(year), small_number(month), 1)
        except (DateError, ValueError):
            return None
        last = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        f = self.asked.filters
        since, until = (
            max(f.since or first, first),
            min(f.until or date.max, date.fromordinal(last.toordinal() - 1)),
        )
        return format_month_of(first, language()), {"since": since, "until": until}

    def executive(self, text: str) -> Said:
        return (_("เข้าร่วมด้วยตนเอง"), {"executive": True}) if text == "1" else None

    def facilitator(self, text: str) -> Said:
        found = facilitators_named(db(), [small_number(text)], actor(), self.tree)
        return (found[0].name, {"facilitator_id": found[0].id}) if found else None

    def state(self, text: str) -> Said:
        words = {Aside.WITHDRAWN.value: _("ยกเลิกแล้ว"), Aside.HIDDEN.value: _("ซ่อนแล้ว")}
        return (words[text], {"aside": Aside(text)}) if text in words else None


def read_filters(tree: UnitTree, plan: Plan, book: EnrolmentBook) -> Wanted:
    """Read the filter from the address of this request."""
    wanted = Wanted(ActivityFilters())
    reader = _Reader(wanted, tree, plan, book)
    reader.read("q", _("คำค้น"), lambda text: (text, {"q": text}))
    reader.read("stage", _("ระยะ"), reader.stage)
    reader.read("step", _("ขั้นตอน"), reader.step)
    reader.read("unit", _("หน่วยงาน"), reader.unit)
    reader.read("kind", _("ประเภท"), reader.kind)
    reader.read("audience", _("ผู้มีสิทธิ์อ่าน"), reader.audience)
    reader.read("from", _("ตั้งแต่"), reader.day("since"))
    reader.read("to", _("ถึงวันที่"), reader.day("until"))
    reader.read("month", _("เดือน"), reader.month)
    reader.read("counts", _("นับให้"), reader.counts)
    reader.read("executive", _("ผู้บริหาร"), reader.executive)
    reader.read("facilitator", _("คุณอำนวย"), reader.facilitator)
    reader.read("state", _("สถานะ"), reader.state)
    chosen = request.args.get("sort", "")
    wanted.order = Order(chosen) if chosen in {order.value for order in Order} else Order.NEWEST
    return wanted
