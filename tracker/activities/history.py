"""The change log of an activity in words: who did what when, and what each field said before."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.activities.models import Activity
from tracker.facilitators.models import Facilitator
from tracker.facilitators.queries import facilitators_by_id
from tracker.organisation.models import Audience, Manner
from tracker.organisation.posts import post_book
from tracker.organisation.tree import UnitTree
from tracker.programme.plan import Plan
from tracker.thai.dates import format_day
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


class Words:
    """What stored values of an activity say, as the trail keeps them (ids, ISO days).

    Call `look_up` with all values first: the facilitators that they name are then asked for at once.
    """

    def __init__(self, session: Session, tree: UnitTree, plan: Plan) -> None:
        self.session, self.tree, self.plan = session, tree, plan
        self.people: dict[int, Facilitator] = {}

    def look_up(self, values: Iterable[tuple[str, Any]]) -> None:
        """Load the names that the values of some fields need."""
        wanted = {number for name, value in values if name == "facilitator_ids" for number in value or ()}
        self.people = {person.id: person for person in facilitators_by_id(self.session, wanted)}

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
            "facilitator_ids": self._facilitators,
            "executives": self._executives,
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

    def _facilitators(self, ids: Collection[int]) -> str:
        return ", ".join(person.name for number, person in self.people.items() if number in ids)

    def _executives(self, manners: dict[Any, Any]) -> str:
        book = post_book(self.session)
        posts = {str(post.id): named(post, "title") for post in book.named({int(key) for key in manners})}
        return ", ".join(
            f"{posts.get(str(key), '')} ({MANNERS[Manner(manner)]})" for key, manner in manners.items()
        )


def activity_log(session: Session, activity: Activity, tree: UnitTree, plan: Plan) -> list[Happening]:
    """Return what was done to an activity after it was logged, the newest first."""
    words = Words(session, tree, plan)
    return change_log(
        session,
        activity,
        verbs={},
        labels=LABELS,
        say=words.say,
        look_up=words.look_up,
        besides=("logged",),
    )
