"""Which rows of the two lists are asked for: read from the address, each part with the way to take it off."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from tracker.facilitators.forms import ROLE_WORDS
from tracker.organisation.tree import UnitTree
from tracker.programme.enrolments import EnrolmentBook
from tracker.programme.list_filters import Asked, FilterReader, Said
from tracker.programme.plan import Plan
from tracker.programme.reading import Aside
from tracker.register.reading import PeopleFilter, TrainingFilter
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy
from tracker.web.words import AUDIENCES

PEOPLE_ORDERS = ("name", "unit", "since", "passed", "led")
TRAINING_ORDERS = ("day", "course", "unit", "passed")


@dataclass
class WantedPeople(Asked[PeopleFilter]):
    """Which facilitators an address asks for, and in which order; one that begins with "-" descends."""

    order: str = "name"


@dataclass
class WantedTrainings(Asked[TrainingFilter]):
    """Which trainings an address asks for, and in which order."""

    order: str = "-day"


TRAINED = {"yes": (lazy("ผ่านแล้ว"), True), "no": (lazy("ยังไม่ผ่าน"), False)}
ACTIVE = {"yes": (lazy("ประจำอยู่"), True), "no": (lazy("พ้นหน้าที่แล้ว"), False)}
ASIDES = {Aside.WITHDRAWN: lazy("รายการที่ยกเลิก"), Aside.HIDDEN: lazy("รายการที่ซ่อน")}


def _one_of(answers: Mapping[str, tuple[Any, Any]], part: str) -> Callable[[str], Said]:
    """Return what reads one of some answers, each with its words and its value."""

    def use(text: str) -> Said:
        return (str(answers[text][0]), {part: answers[text][1]}) if text in answers else None

    return use


def _among(words: Mapping[Any, Any], part: str) -> Callable[[str], Said]:
    """Return what reads one of the values of an enum."""
    return _one_of({member.value: (said, member) for member, said in words.items()}, part)


def _order(known: tuple[str, ...], usual: str) -> str:
    asked = request.args.get("sort", "")
    return asked if asked.removeprefix("-") in known else usual


def people_filter(tree: UnitTree, plan: Plan, book: EnrolmentBook) -> WantedPeople:
    """Return the facilitators that the address asks for."""
    wanted = WantedPeople(PeopleFilter(), order=_order(PEOPLE_ORDERS, "name"))
    reader = FilterReader(wanted, tree, plan, book)

    def passed_in(text: str) -> Said:
        found = reader.stage(text)
        return (found[0], {"passed_in": found[1]["stage_id"]}) if found else None

    reader.read("q", _("คำค้น"), lambda text: (text, {"q": text}))
    reader.read("unit", _("หน่วยงาน"), reader.unit)
    reader.read("role", _("บทบาท KM"), _among(ROLE_WORDS, "role"))
    reader.read("trained", _("การอบรม"), _one_of(TRAINED, "trained"))
    reader.read("passed", _("ผ่านการอบรมในระยะที่"), passed_in)
    reader.read("active", _("สถานะ"), _one_of(ACTIVE, "active"))
    reader.read("state", _("แสดง"), _among(ASIDES, "aside"))
    return wanted


def training_filter(tree: UnitTree, plan: Plan, book: EnrolmentBook) -> WantedTrainings:
    """Return the trainings that the address asks for."""
    wanted = WantedTrainings(TrainingFilter(), order=_order(TRAINING_ORDERS, "-day"))
    reader = FilterReader(wanted, tree, plan, book)
    reader.read_common()
    reader.read("audience", _("ผู้มีสิทธิ์อ่าน"), _among(AUDIENCES, "audience"))
    reader.read("from", _("ตั้งแต่"), reader.day("since"))
    reader.read("to", _("ถึงวันที่"), reader.day("until"))
    reader.read("state", _("แสดง"), _among(ASIDES, "aside"))
    return wanted
