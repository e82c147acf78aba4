"""The change logs of facilitators and of trainings, in words."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor
from tracker.audit.models import AuditEntry
from tracker.facilitators.forms import ROLE_WORDS
from tracker.facilitators.models import Facilitator, KmRole, Training
from tracker.facilitators.queries import facilitators_named
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitTree
from tracker.programme.plan import Plan
from tracker.thai.dates import format_day
from tracker.web.history import Changed, Happening, change_log, changes_of
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, lazy, named
from tracker.web.words import AUDIENCES

_PERSON_VERBS = {
    "posted": lazy("ย้ายหน่วยงานแล้ว"),
    "posting_ended": lazy("บันทึกการพ้นหน้าที่"),
    "posting_resumed": lazy("ยกเลิกการย้ายหรือการพ้นหน้าที่"),
}
_PERSON_LABELS = {
    "name": lazy("ชื่อและนามสกุล"),
    "position_title": lazy("ตำแหน่ง"),
    "roles": lazy("บทบาท KM"),
    "appointed_by": lazy("ผู้แต่งตั้ง"),
    "appointed_on": lazy("วันที่แต่งตั้ง"),
    "remarks": lazy("หมายเหตุ"),
    "unit_id": lazy("หน่วยงาน"),
    "since": lazy("ประจำหน่วยงานนี้ตั้งแต่"),
    "until": lazy("วันสุดท้ายที่ประจำหน่วยงานนี้"),
}
_TRAINING_VERBS = {"attendance_set": lazy("แก้ไขผู้เข้าอบรม")}
_TRAINING_LABELS = {
    "course": lazy("ชื่อหลักสูตร"),
    "stage_id": lazy("ระยะที่"),
    "starts_on": lazy("วันแรก"),
    "ends_on": lazy("วันสุดท้าย"),
    "hours": lazy("จำนวนชั่วโมง"),
    "audience": lazy("ผู้มีสิทธิ์อ่าน"),
    "outside_stage_reason": lazy("เหตุผลที่วันอยู่นอกระยะ"),
    "attendances": lazy("ผู้เข้าอบรม"),
}
_DAYS = ("appointed_on", "since", "until", "starts_on", "ends_on")


def _day(value: Any) -> str:
    return format_day(date.fromisoformat(str(value)), language())


def _postings(entry: AuditEntry) -> Changed:
    """Give what an entry about a person changed; moves and ends tell the unit and the day."""
    told = entry.details
    if entry.verb == "posted":
        left = (told.get("left") or [None])[0]
        return [("unit_id", left, entry.unit_id), ("since", None, told["since"])]
    if entry.verb == "posting_ended":
        return [("until", None, told["until"])]
    if entry.verb == "posting_resumed" and told.get("instead_of") != entry.unit_id:
        return [("unit_id", told.get("instead_of"), entry.unit_id)]
    return changes_of(entry)


def person_log(session: Session, facilitator: Facilitator, tree: UnitTree) -> list[Happening]:
    """Return what was done to a facilitator's record after it was added, the newest first."""

    def say(name: str, value: Any) -> str:
        if value in (None, "", []):
            return ""
        if name in _DAYS:
            return _day(value)
        if name == "roles":
            return ", ".join(str(ROLE_WORDS[KmRole(role)]) for role in value)
        return named(tree.get(value)) if name == "unit_id" else str(value)

    return change_log(
        session,
        facilitator,
        verbs=_PERSON_VERBS,
        labels=_PERSON_LABELS,
        say=say,
        besides=("added",),
        changes=_postings,
    )


def _attendances(entry: AuditEntry) -> Changed:
    """Give what an entry about a training changed; one person's mark as the list of attendances."""
    if entry.verb != "attendance_set":
        return changes_of(entry)
    person, (old, new) = str(entry.details["facilitator"]), entry.details["passed"]
    before, after = ({person: mark} if mark is not None else {} for mark in (old, new))
    return [("attendances", before, after)]


def _marks(people: Mapping[str, str], attended: Mapping[str, bool]) -> str:
    words = {True: _("ผ่าน"), False: _("เข้าอบรม")}
    return ", ".join(f"{name} ({words[attended[key]]})" for key, name in people.items() if key in attended)


def training_log(
    session: Session, training: Training, tree: UnitTree, plan: Plan, who: Actor
) -> list[Happening]:
    """Return what was done to a training after it was entered, the newest first."""
    people: dict[str, str] = {}

    def look_up(told: Iterable[tuple[str, Any]]) -> None:
        ids = {int(person) for name, marks in told if name == "attendances" for person in marks}
        people.update((str(one.id), one.name) for one in facilitators_named(session, ids, who, tree))

    def say(name: str, value: Any) -> str:
        if value in (None, "", {}):
            return ""
        if name in _DAYS:
            return _day(value)
        if name == "attendances":
            return _marks(people, value)
        if name == "stage_id":
            return str(plan.stage_by_id[value].number) if value in plan.stage_by_id else ""
        return str(AUDIENCES[Audience(value)]) if name == "audience" else str(value)

    return change_log(
        session,
        training,
        verbs=_TRAINING_VERBS,
        labels=_TRAINING_LABELS,
        say=say,
        besides=("held",),
        changes=_attendances,
        look_up=look_up,
    )
