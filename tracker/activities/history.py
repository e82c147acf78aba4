"""The change log of an activity in words: who did what when, and what each field said before."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.activities.models import Activity
from tracker.facilitators.naming import LogNames
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitTree
from tracker.programme.plan import Plan
from tracker.thai.dates import format_day
from tracker.web.executives import executives_in_words
from tracker.web.guards import actor
from tracker.web.history import Happening, change_log
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, lazy, named
from tracker.web.words import AUDIENCES

LABELS = {
    "unit_id": lazy("หน่วยงาน"),
    "stage_id": lazy("ระยะ"),
    "step_id": lazy("ขั้นตอน"),
    "kind_id": lazy("ประเภท"),
    "held_on": lazy("วันที่จัด"),
    "title": lazy("ชื่อเรื่อง"),
    "outcome": lazy("ผลที่ได้"),
    "participants": lazy("จำนวนผู้เข้าร่วม"),
    "facilitator_ids": lazy("คุณอำนวยที่นำวง"),
    "executives": lazy("ผู้บริหารที่เข้าร่วม"),
    "joined_unit_ids": lazy("หน่วยงานที่ร่วม"),
    "link": lazy("ลิงก์หรือเลขที่หนังสือ"),
    "secrecy_read": lazy("อ่านข้อห้ามแล้ว"),
    "audience": lazy("ผู้มีสิทธิ์อ่าน"),
    "outside_stage_reason": lazy("เหตุผลที่วันจัดอยู่นอกระยะ"),
}


class Words:
    """What stored values of an activity say, as the trail keeps them (ids, ISO days)."""

    def __init__(self, session: Session, tree: UnitTree, plan: Plan) -> None:
        self.session, self.tree, self.plan = session, tree, plan
        self.people = LogNames(session, actor(), tree)

    def say(self, name: str, value: Any) -> str:
        """Return a value of a field in words."""
        if name == "step_id":
            return self._step(value)
        if value in (None, "", [], {}):
            return ""
        use: Callable[[Any], str] | None = {
            "unit_id": lambda unit_id: named(self.tree.get(unit_id)),
            "stage_id": self._stage,
            "kind_id": lambda kind_id: named(self.plan.kind_by_id.get(kind_id)),
            "held_on": lambda day: format_day(date.fromisoformat(str(day)), language()),
            LogNames.field: self.people.say,
            "executives": lambda manners: executives_in_words(self.session, manners),
            "joined_unit_ids": lambda ids: ", ".join(named(self.tree.get(unit_id)) for unit_id in ids),
            "secrecy_read": lambda _read: _("ใช่"),
            "audience": lambda audience: str(AUDIENCES[Audience(audience)]),
        }.get(name)
        return use(value) if use else str(value)

    def _step(self, value: Any) -> str:
        step = self.plan.step_by_id.get(value) if value is not None else None
        return f"{step.number} {named(step, 'short')}" if step else _("เตรียมความพร้อม")

    def _stage(self, value: Any) -> str:
        stage = self.plan.stage_by_id.get(value)
        return str(stage.number) if stage else ""


def activity_log(session: Session, activity: Activity, tree: UnitTree, plan: Plan) -> list[Happening]:
    """Return what was done to an activity after it was logged, the newest first."""
    words = Words(session, tree, plan)
    return change_log(
        session,
        activity,
        verbs={},
        labels=LABELS,
        say=words.say,
        look_up=words.people.look_up,
        besides=("logged",),
    )
