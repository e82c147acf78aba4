"""The change log of an activity in words: who did what when, and what each field said before."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.activities.models import Activity
from tracker.facilitators.queries import facilitators_named
from tracker.organisation.models import Audience, Manner
from tracker.organisation.posts import post_book
from tracker.organisation.tree import UnitTree
from tracker.programme.plan import Plan
from tracker.thai.dates import format_day
from tracker.web.guards import actor
from tracker.web.history import Happening, change_log
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, lazy, named
from tracker.web.words import AUDIENCES, MANNERS

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


def word_for(session: Session, name: str, value: Any, tree: UnitTree, plan: Plan) -> str:
    """Return a stored value of a field in words, as the trail keeps it (ids, ISO days)."""
    if name == "step_id":
        return _step_word(plan, value)
    if value in (None, "", [], {}):
        return ""
    use: Callable[[], str] | None = {
        "unit_id": lambda: named(tree.get(value)),
        "stage_id": lambda: str(plan.stage_by_id[value].number) if value in plan.stage_by_id else "",
        "kind_id": lambda: named(plan.kind_by_id.get(value)),
        "held_on": lambda: format_day(date.fromisoformat(str(value)), language()),
        "facilitator_ids": lambda: ", ".join(
            person.name for person in facilitators_named(session, value, actor(), tree)
        ),
        "executives": lambda: _executives(session, value),
        "joined_unit_ids": lambda: ", ".join(named(tree.get(unit_id)) for unit_id in value),
        "secrecy_read": lambda: _("ใช่"),
        "audience": lambda: str(AUDIENCES[Audience(value)]),
    }.get(name)
    return use() if use else str(value)


def _step_word(plan: Plan, value: Any) -> str:
    step = plan.step_by_id.get(value) if value is not None else None
    return f"{step.number} {named(step, 'short')}" if step else _("เตรียมความพร้อม")


def _executives(session: Session, manners: dict[Any, Any]) -> str:
    posts = {
        str(post.id): named(post, "title") for post in post_book(session).named({int(key) for key in manners})
    }
    return ", ".join(
        f"{posts.get(str(key), '')} ({MANNERS[Manner(manner)]})" for key, manner in manners.items()
    )


def activity_log(session: Session, activity: Activity, tree: UnitTree, plan: Plan) -> list[Happening]:
    """Return what was done to an activity after it was logged, the newest first."""
    return change_log(
        session,
        activity,
        verbs={},
        labels=LABELS,
        say=lambda name, value: word_for(session, name, value, tree, plan),
        besides=("logged",),
    )
