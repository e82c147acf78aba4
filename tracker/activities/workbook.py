"""Many activities at once: the rows of a file, checked one by one, every problem by its cell."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tracker.activities.checks import check_values
from tracker.activities.history import FIELDS
from tracker.activities.models import Activity
from tracker.activities.queries_record import activities_by_key, activities_like, leaders_of, likeness
from tracker.activities.rules import ActivityValues
from tracker.change import Change, RefusedError
from tracker.facilitators.queries import facilitators_at
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitNode, UnitTree, unit_tree
from tracker.programme.plan import KindOfActivity, Plan, StepInfo, programme_plan
from tracker.thai.numerals import to_arabic_digits
from tracker.thai.text import search_text
from tracker.web.cells import as_count, as_day, as_text, as_words
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named, refusal_text
from tracker.web.uploads import Checkup, Differing, checkup_of, row_key
from tracker.web.words import AUDIENCES
from tracker.web.workbooks import FileColumn, FileRow, Problem, Reading

COLUMNS = (
    FileColumn("held_on", ("วันที่จัด", "Date"), required=True, holds_days=True),
    FileColumn("step", ("ขั้นตอน", "Step"), required=True),
    FileColumn("kind", ("ประเภท", "Kind"), required=True),
    FileColumn("title", ("ชื่อเรื่อง", "Title"), required=True),
    FileColumn("outcome", ("ผลที่ได้", "What came of it")),
    FileColumn("participants", ("จำนวนผู้เข้าร่วม", "Participants")),
    FileColumn("facilitators", ("คุณอำนวยที่นำวง", "Facilitators")),
    FileColumn("link", ("ลิงก์หรือเลขที่หนังสือ", "Link or letter number")),
    FileColumn("audience", ("ผู้มีสิทธิ์อ่าน", "Audience")),
    FileColumn("outside_stage_reason", ("เหตุผลที่วันจัดอยู่นอกระยะ", "Reason for a day outside the stage")),
    FileColumn("unit", ("รหัสหน่วยงาน", "Unit code")),
)
PREFILLED = frozenset({"unit"})
READY_NUMBER = 0
# The number of a step before its name or alone, with noughts as Excel keeps them in text: 3, 03, 3. จัดเก็บ.
_LEADING_NUMBER = re.compile(r"0*([0-9]{1,4})(?:[.)]?(?:\s|$)|(?=[^\W\d]))")
_SEVERAL = -1
# What a row may say otherwise and still be known again by its key.
_BESIDES_THE_KEY = ("link", "audience", "facilitator_ids")
# Where a refusal is shown when its field has no column, or need not have one.
_STANDS_IN = {
    "outside_stage_reason": "held_on",
    "secrecy_read": "link",
    "stage": "held_on",
    "on_behalf_reason": "title",
}


def step_word(step: StepInfo | None) -> str:
    """Return how a step stands in a file: its number and name; 0 is preparation."""
    if step is None:
        return f"{READY_NUMBER} {_('เตรียมความพร้อม')}"
    return f"{step.number} {named(step, 'short')}"


class _RowReader:
    """Reads the rows of one file; what is wrong with a row is added to the checkup."""

    def __init__(self, change: Change, unit: UnitNode | None, *, secrecy_read: bool, reason: str) -> None:
        self.change, self.unit, self.reason = change, unit, reason
        self.secrecy_read = secrecy_read
        self.tree: UnitTree = unit_tree(change.session)
        self.plan: Plan = programme_plan(change.session)
        self.problems: list[Problem] = []
        self._people: dict[int, dict[str, int]] = {}

    def _wrong(self, row: FileRow, key: str, sentence: str, remedy: str) -> None:
        self.problems.append(row.problem(key, sentence, remedy))

    def node(self, row: FileRow) -> UnitNode | None:
        code = as_text(row.cells.get("unit"))
        if not code:
            if self.unit is None:
                self._wrong(row, "unit", _("ไม่มีรหัสหน่วยงาน"), _("ใส่รหัสหน่วยงานในคอลัมน์ “รหัสหน่วยงาน”"))
            return self.unit
        node = self.tree.by_code.get(code)
        if node is None or (self.unit is not None and node.id != self.unit.id):
            self._wrong(
                row, "unit", _("แถวนี้เป็นของหน่วยงานอื่น (%(code)s)", code=code), _("ใช้แบบฟอร์มของหน่วยงานที่กำลังบันทึก")
            )
            return None
        return node

    def day(self, row: FileRow) -> date | None:
        try:
            day = as_day(row.cells.get("held_on"))
        except ValueError as error:
            self._wrong(row, "held_on", str(error), _("พิมพ์วันที่ เช่น 18/6/2569 หรือ 18 มิ.ย. 2569"))
            return None
        if day is None:
            self._wrong(row, "held_on", _("ไม่มีวันที่จัด"), _("พิมพ์วันที่ เช่น 18/6/2569 หรือ 18 มิ.ย. 2569"))
        return day

    def step(self, row: FileRow) -> tuple[bool, StepInfo | None]:
        text = as_text(row.cells.get("step"))
        leading = _LEADING_NUMBER.match(to_arabic_digits(text))
        number = int(leading[1]) if leading else None
        if number == READY_NUMBER or search_text(text) == search_text(_("เตรียมความพร้อม")):
            return True, None
        for step in self.plan.steps:
            names = {step.short_th, step.short_en, step.name_th, step.name_en}
            if number == step.number or search_text(text) in {search_text(name) for name in names}:
                return True, step
        sentence = _("ไม่รู้จักขั้นตอนนี้") if text else _("ไม่มีขั้นตอน")
        self._wrong(
            row, "step", sentence, _("เลือกจากรายการ เช่น %(word)s", word=step_word(self.plan.steps[0]))
        )
        return False, None

    def kind(self, row: FileRow, step: StepInfo | None) -> KindOfActivity | None:
        text = search_text(as_text(row.cells.get("kind")))
        offered = self.plan.kinds_of(step.id if step else None)
        for kind in offered:
            if text and text in {search_text(name) for name in (kind.name_th, kind.name_en, kind.code)}:
                return kind
        sentence = _("ประเภทนี้ไม่ใช่ของขั้นตอนที่เลือก") if text else _("ไม่มีประเภท")
        names = ", ".join(named(kind) for kind in offered)
        self._wrong(row, "kind", sentence, _("เลือกหนึ่งใน: %(names)s", names=names))
        return None

    def facilitators(self, row: FileRow, node: UnitNode) -> tuple[int, ...]:
        people, found = self._serving(node), []
        typed = as_text(row.cells.get("facilitators")).replace(";", ",").replace("/", ",")
        for name in filter(None, (part.strip() for part in typed.split(","))):
            person_id = people.get(search_text(name))
            if person_id is None:
                self._wrong(
                    row, "facilitators", _("ไม่พบคุณอำนวยชื่อ “%(name)s” ในหน่วยงาน", name=name[:60]),
                    _("เพิ่มในทะเบียนคุณอำนวยก่อน หรือแก้ชื่อให้ตรงทะเบียน คั่นหลายชื่อด้วยจุลภาค"),
                )  # fmt: skip
            elif person_id == _SEVERAL:
                self._wrong(
                    row, "facilitators", _("หน่วยงานมีคุณอำนวยชื่อ “%(name)s” มากกว่า 1 คน", name=name[:60]),
                    _("เว้นชื่อนี้ไว้ บันทึกแล้วเลือกคนที่หน้าแก้ไขของกิจกรรม"),
                )  # fmt: skip
            else:
                found.append(person_id)
        return tuple(found)

    def _serving(self, node: UnitNode) -> dict[str, int]:
        """Return the ids of the facilitators whom a record of a unit may name, by their names."""
        if node.id not in self._people:
            names = self._people[node.id] = {}
            places = self.tree.with_pilots(node.id)
            for person in facilitators_at(self.change.session, places, self.change.today):
                name = search_text(person.name)
                names[name] = _SEVERAL if name in names else person.id
        return self._people[node.id]

    def participants(self, row: FileRow) -> int | None:
        try:
            return as_count(row.cells.get("participants"))
        except ValueError as error:
            self._wrong(row, "participants", str(error), _("พิมพ์ตัวเลขอย่างเดียว เช่น 12"))
            return None

    def audience(self, row: FileRow) -> Audience:
        text = as_text(row.cells.get("audience"))
        for audience, word in AUDIENCES.items():
            if search_text(text) in (search_text(str(word)), audience.value):
                return audience
        if text:
            words = ", ".join(str(word) for word in AUDIENCES.values())
            self._wrong(row, "audience", _("ไม่รู้จักระดับผู้มีสิทธิ์อ่านนี้"), _("เลือกหนึ่งใน: %(names)s", names=words))
        return Audience.DEPARTMENT

    def values(self, row: FileRow) -> ActivityValues | None:
        """Return a row's values, checked as if it were logged; None when something is wrong."""
        before = len(self.problems)
        node, day, (known, step) = self.node(row), self.day(row), self.step(row)
        kind = self.kind(row, step) if known else None
        participants, audience = self.participants(row), self.audience(row)
        facilitators = self.facilitators(row, node) if node else ()
        if node is None or day is None or kind is None or len(self.problems) > before:
            return None
        stage = self.plan.stage_on(day) or self.plan.current_stage(self.change.today) or self.plan.stages[0]
        values = ActivityValues(
            unit_id=node.id, stage_id=stage.id, step_id=step.id if step else None, kind_id=kind.id,
            held_on=day, title=as_words(row.cells.get("title")),
            outcome=as_words(row.cells.get("outcome")), participants=participants,
            facilitator_ids=facilitators, link=as_words(row.cells.get("link")),
            secrecy_read=self.secrecy_read, audience=audience, on_behalf_reason=self.reason,
            outside_stage_reason=as_text(row.cells.get("outside_stage_reason")),
        )  # fmt: skip
        return self._checked(row, node, values)

    def _checked(self, row: FileRow, node: UnitNode, values: ActivityValues) -> ActivityValues | None:
        try:
            stored = check_values(self.change, values).values
        except RefusedError as refusal:
            key = _STANDS_IN.get(refusal.field or "", refusal.field or "title")
            self._wrong(row, key, refusal_text(refusal), _("แก้แล้วส่งใหม่"))
            return None
        return replace(stored, import_key=key_of(node, stored), on_behalf_reason=values.on_behalf_reason)


def key_of(node: UnitNode, values: ActivityValues) -> str:
    """Return the key by which a row is known again: its unit and what it says."""
    said = {
        "day": values.held_on,
        "step": values.step_id,
        "kind": values.kind_id,
        "title": values.title,
        "outcome": values.outcome,
        "participants": values.participants,
    }
    return row_key(node.code, said)


def check_rows(
    change: Change, reading: Reading, unit: UnitNode | None, *, secrecy_read: bool = False, reason: str = ""
) -> Checkup[ActivityValues]:
    """Check every row of a file without writing anything: all problems at once, or rows ready to be logged.

    Without a unit every row must name its own by code. Rows that were written before are told, not given;
    those that only may be, corrected since or typed by hand, are set aside.
    """
    reader = _RowReader(change, unit, secrecy_read=secrecy_read, reason=reason)
    before: dict[str | None, Activity] = {}

    def known(keys: set[str]) -> Collection[str | None]:
        before.update(activities_by_key(change.session, keys))
        return before.keys()

    checkup = checkup_of(
        reading,
        reader.values,
        reader.problems,
        known=known,
        column="title",
        remedy=_("ลบแถวนี้ หรือแก้ชื่อเรื่องให้ต่างกัน"),
    )
    written = [(row, before[row.import_key]) for row in checkup.written]
    checkup.withdrawn = sum(activity.withdrawn_on is not None for _row, activity in written)
    checkup.known -= checkup.withdrawn
    checkup.differing = _differing(change, written)
    standing = activities_like(change.session, checkup.rows)
    checkup.set_aside(lambda row: standing.get(likeness(row)))
    return checkup


def _differing(change: Change, written: Sequence[tuple[ActivityValues, Activity]]) -> list[Differing]:
    """Return which rows say something else than the live records under their keys, and what."""
    led = leaders_of(change.session, [activity.id for _row, activity in written])
    found = []
    for row, activity in written:
        if activity.withdrawn_on is None:
            said = (row.link, row.audience, set(row.facilitator_ids))
            stands = (activity.link, activity.audience, led.get(activity.id, set()))
            names = [n for n, new, old in zip(_BESIDES_THE_KEY, said, stands, strict=True) if new != old]
            labels = tuple(str(FIELDS[name].label) for name in names)
            found += [Differing(activity.id, activity.title, labels)] if labels else []
    return found


def template_kinds(plan: Plan) -> list[tuple[str, Sequence[KindOfActivity]]]:
    """Return (number, kinds) of every step, preparation as 0, for the drop-downs."""
    steps = [(str(step.number), plan.kinds_of(step.id)) for step in plan.steps]
    return [(str(READY_NUMBER), plan.kinds_of(None)), *steps]


def as_plain(values: ActivityValues) -> dict[str, Any]:
    """Return a checked row as JSON takes it, to be sealed."""
    names = (
        "unit_id", "stage_id", "step_id", "kind_id", "title", "outcome", "participants", "link",
        "secrecy_read", "outside_stage_reason", "on_behalf_reason", "import_key",
    )  # fmt: skip
    return {
        **{name: getattr(values, name) for name in names},
        "held_on": values.held_on.isoformat(),
        "facilitator_ids": list(values.facilitator_ids),
        "audience": values.audience.value,
    }


def from_plain(plain: dict[str, Any]) -> ActivityValues:
    """Return a row that was sealed."""
    return ActivityValues(
        **{
            **plain,
            "held_on": date.fromisoformat(plain["held_on"]),
            "facilitator_ids": tuple(plain["facilitator_ids"]),
            "audience": Audience(plain["audience"]),
        }
    )
