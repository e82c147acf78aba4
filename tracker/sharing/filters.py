"""From the address to the filter of a list of events or entries."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import request

from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitTree
from tracker.programme.enrolments import EnrolmentBook
from tracker.programme.list_filters import Asked, FilterReader, Said, small_number
from tracker.programme.plan import Plan
from tracker.programme.reading import Aside
from tracker.sharing.models import EventState, EventType
from tracker.sharing.queries import EventFilter, EventOrder
from tracker.sharing.queries_entries import EntryFilter, EntryOrder
from tracker.sharing.words import ASIDES, STATES, TYPES
from tracker.web.i18n import gettext as _
from tracker.web.paging import here_with
from tracker.web.words import AUDIENCES


@dataclass
class WantedEvents(Asked[EventFilter]):
    """Which events an address asks for, and in which order."""

    order: EventOrder = EventOrder.NEWEST


@dataclass
class WantedEntries(Asked[EntryFilter]):
    """Which entries an address asks for, and in which order."""

    order: EntryOrder = EntryOrder.NEWEST


def _member(kind: type[StrEnum], words: Any, part: str) -> Any:
    """Return what reads one of the values of an enum."""

    def use(text: str) -> Said:
        if text not in {member.value for member in kind}:
            return None
        return str(words[kind(text)]), {part: kind(text)}

    return use


def _state(text: str) -> Said:
    found: Said = _member(Aside, ASIDES, "aside")(text) or _member(EventState, STATES, "state")(text)
    return found


def read_event_filter(tree: UnitTree, plan: Plan, book: EnrolmentBook) -> WantedEvents:
    """Return the events that the address asks for, by the filters that the list of events offers."""
    wanted = WantedEvents(EventFilter())
    reader = FilterReader(wanted, tree, plan, book)
    reader.read_common()
    reader.read("type", _("ประเภทงาน"), _member(EventType, TYPES, "type"))
    reader.read("state", _("สถานะ"), _state)
    reader.read("audience", _("ผู้มีสิทธิ์อ่าน"), _member(Audience, AUDIENCES, "audience"))
    reader.read("from", _("ตั้งแต่"), reader.day("since"))
    reader.read("to", _("ถึงวันที่"), reader.day("until"))
    reader.read("counts", _("นับให้"), reader.counts)
    chosen = request.args.get("sort", "")
    if chosen in {order.value for order in EventOrder}:
        wanted.order = EventOrder(chosen)
    return wanted


def _taken_up(text: str) -> Said:
    words = {"1": _("หน่วยงานอื่นนำไปใช้แล้ว"), "0": _("ยังไม่มีหน่วยงานอื่นนำไปใช้")}
    return (words[text], {"taken_up": text == "1"}) if text in words else None


def _event(text: str) -> Said:
    number = small_number(text)
    return (_("งานเดียว"), {"event_id": number}) if number else None


def read_entry_filter(tree: UnitTree, plan: Plan, book: EnrolmentBook) -> WantedEntries:
    """Return the entries that the address asks for; `event` and `by` come from links, not from the bar."""
    wanted = WantedEntries(EntryFilter())
    reader = FilterReader(wanted, tree, plan, book)
    reader.read_common()
    reader.read("taken_up", _("การนำไปใช้"), _taken_up)
    reader.read("audience", _("ผู้มีสิทธิ์อ่าน"), _member(Audience, AUDIENCES, "audience"))
    reader.read("from", _("ตั้งแต่"), reader.day("since"))
    reader.read("to", _("ถึงวันที่"), reader.day("until"))
    reader.read("counts", _("นับให้"), reader.counts)
    reader.read("event", _("งาน"), _event)
    reader.read("by", _("ข้อมูล ณ"), reader.day("known_by"))
    chosen = request.args.get("sort", "")
    if chosen in {order.value for order in EntryOrder}:
        wanted.order = EntryOrder(chosen)
    return wanted


Sorts = dict[str, tuple[str, str | None]]


def event_sorts(order: EventOrder) -> Sorts:
    """Return for each column that sorts the address that turns it, and how it is sorted now."""
    return _sorts(
        order,
        {
            EventOrder.TITLE: "ascending",
            EventOrder.UNIT: "ascending",
            EventOrder.ATTENDANCE: "descending",
            EventOrder.ENTRIES: "descending",
        },
    )


def entry_sorts(order: EntryOrder) -> Sorts:
    """Return for each column of the entries that sorts what `event_sorts` returns."""
    return _sorts(
        order,
        {
            EntryOrder.NAME: "ascending",
            EntryOrder.UNIT: "ascending",
            EntryOrder.TAKEN_UP: "descending",
        },
    )


def _sorts(order: StrEnum, others: Mapping[Any, str]) -> Sorts:
    newest, oldest = "-day", "day"
    turned = here_with(sort=oldest if order == newest else None, page=None)
    sorts: Sorts = {"day": (turned, {newest: "descending", oldest: "ascending"}.get(order))}
    for column, direction in others.items():
        on = order is column
        address = here_with(sort=None if on else column.value, page=None)
        sorts[column.value] = (address, direction if on else None)
    return sorts
