"""The change log of an event, in words."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor
from tracker.facilitators.naming import LogNames
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitTree
from tracker.programme.plan import Plan
from tracker.sharing.models import Event, EventState, EventType
from tracker.sharing.words import STATES, TYPES
from tracker.thai.dates import format_day
from tracker.web.executives import executives_in_words
from tracker.web.history import Happening, change_log
from tracker.web.i18n import language, lazy
from tracker.web.words import AUDIENCES

_VERBS = {
    "held": lazy("จัดงานแล้ว"),
    "summarised": lazy("สรุปผลงานที่จัด"),
    "cancelled": lazy("ยกเลิกการจัดงาน"),
    "planned_again": lazy("กลับมากำหนดจัด"),
    "shown_many": lazy("เพิ่มผลงานจาก Excel"),
}
_LABELS = {
    "title": lazy("ชื่องาน"),
    "type": lazy("ประเภทงาน"),
    "stage_id": lazy("ระยะ"),
    "held_on": lazy("วันที่จัด"),
    "hours": lazy("เวลา"),
    "venue": lazy("สถานที่"),
    "attendance": lazy("จำนวนผู้เข้าร่วม"),
    "state": lazy("สถานะ"),
    "summary": lazy("สรุปผล"),
    "executives": lazy("ผู้บริหารที่เข้าร่วม"),
    "facilitator_ids": lazy("คุณอำนวยที่นำวง"),
    "audience": lazy("ผู้มีสิทธิ์อ่าน"),
    "outside_stage_reason": lazy("เหตุผลที่วันจัดอยู่นอกระยะ"),
}


def event_log(session: Session, actor: Actor, event: Event, tree: UnitTree, plan: Plan) -> list[Happening]:
    """Return what was done to an event after it was entered, the newest first."""
    people = LogNames(session, actor, tree)

    def say(name: str, value: Any) -> str:
        if value in (None, "", [], {}):
            return ""
        if name == "held_on":
            return format_day(date.fromisoformat(str(value)), language())
        if name == "stage_id":
            return str(plan.stage_by_id[value].number) if value in plan.stage_by_id else ""
        words: dict[str, Any] = {
            "type": lambda: TYPES[EventType(value)],
            "state": lambda: STATES[EventState(value)],
            "audience": lambda: AUDIENCES[Audience(value)],
            "executives": lambda: executives_in_words(session, value),
            LogNames.field: lambda: people.say(value),
        }
        return str(words[name]()) if name in words else str(value)

    return change_log(
        session,
        event,
        verbs=_VERBS,
        labels=_LABELS,
        say=say,
        look_up=people.look_up,
        besides=("scheduled",),
    )
