"""What people may enter about events, their entries and what became of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from wtforms.fields import SelectChoice

from tracker.change import REASON_LENGTH
from tracker.facilitators.models import Facilitator
from tracker.organisation.models import Audience
from tracker.organisation.tree import UnitNode
from tracker.programme.plan import Plan, StageInfo
from tracker.sharing.models import EventType
from tracker.sharing.operations_adoptions import NOT_THE_OWNER
from tracker.sharing.texts import AWARD_LENGTH, HOURS_LENGTH, MOST_ATTENDANCE, TEXT_LENGTH, TITLE_LENGTH
from tracker.sharing.words import TYPES
from tracker.web.executives import executive_fields, executives_chosen
from tracker.web.fields import (
    BeDateField,
    ChoiceField,
    ChoicesField,
    CountField,
    LongTextField,
    SelectChoiceField,
    TextField,
    UnitField,
    numbered,
    optional_id,
    worded,
)
from tracker.web.forms import CreateForm, EditForm, TrackerForm
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy, named
from tracker.web.words import AUDIENCES, SECRECY


class EventFields(TrackerForm):
    """The fields that planning and editing an event share."""

    title = TextField(lazy("ชื่องาน"), limit=TITLE_LENGTH, description=SECRECY)
    type = ChoiceField(lazy("ประเภทงาน"), default=EventType.SHARE_AND_SHOW.value)
    held_on = BeDateField(lazy("วันที่จัด"))
    venue = TextField(lazy("สถานที่"), limit=TITLE_LENGTH, required=False)
    hours = TextField(
        lazy("เวลา"), required=False, limit=HOURS_LENGTH, description=lazy("เช่น 09.00 ถึง 15.30 น.")
    )
    attendance = CountField(lazy("จำนวนผู้เข้าร่วม"), most=MOST_ATTENDANCE, unit=lazy("คน"))
    facilitators = ChoicesField(lazy("คุณอำนวยที่นำวง"), coerce=optional_id)
    stage = SelectChoiceField(lazy("ระยะ"), coerce=optional_id, required=False)
    audience = ChoiceField(lazy("ผู้มีสิทธิ์อ่าน"), default=Audience.DEPARTMENT.value)
    outside_stage_reason = TextField(
        lazy("เหตุผลที่วันจัดอยู่นอกระยะ"),
        limit=REASON_LENGTH,
        required=False,
        description=lazy("ใส่เฉพาะเมื่อวันที่จัดอยู่นอกปีงบประมาณของระยะ"),
    )

    @property
    def executive_fields(self) -> list[Any]:
        """Return one field for each executive post that may have taken part."""
        return executive_fields(self)

    @property
    def is_more_open(self) -> bool:
        """Tell whether something in the folded part is filled in or wrong."""
        rare = [
            self.hours, self.attendance, self.facilitators, self.outside_stage_reason, *self.executive_fields
        ]  # fmt: skip
        unusual = self.audience.data not in (None, "", Audience.DEPARTMENT.value)
        wrong = any(field.errors for field in [*rare, self.stage, self.audience])
        return unusual or wrong or any(field.data for field in rare)

    def offer(self, plan: Plan, facilitators: Sequence[Facilitator], *, any_stage: bool) -> None:
        """Fill in what may be chosen; with `any_stage` the day may decide."""
        by_day = [SelectChoice(value="", label=_("ตามวันที่จัด"))] if any_stage else []
        self.facilitators.choices = numbered(facilitators, lambda person: str(person.name))
        self.type.choices = worded((key.value, label) for key, label in TYPES.items())
        stages = numbered(plan.stages, lambda stage: f"{stage.number} {named(stage, 'short')}")
        self.stage.choices = [*by_day, *stages]
        self.audience.choices = worded((key.value, label) for key, label in AUDIENCES.items())

    def chosen_stage(self, plan: Plan, today: date) -> StageInfo:
        """Return the stage that was chosen, else the day's."""
        stage = plan.stage_by_id.get(self.stage.data or 0) or plan.stage_on(self.held_on.data or today)
        return stage or plan.current_stage(today) or plan.stages[0]

    def values(self, plan: Plan, today: date, unsaid: Iterable[int] = ()) -> dict[str, Any]:
        """Return what was entered, for the operations; ids of `unsaid` facilitators stay among who led."""
        return {
            "title": self.title.data,
            "type": EventType(str(self.type.data)),
            "stage_id": self.chosen_stage(plan, today).id,
            "held_on": self.held_on.data,
            "hours": self.hours.data,
            "venue": self.venue.data,
            "attendance": self.attendance.data,
            "audience": Audience(str(self.audience.data)),
            "outside_stage_reason": self.outside_stage_reason.data,
            "executives": executives_chosen(self),
            "facilitator_ids": [*(self.facilitators.data or ()), *unsaid],
        }


class EventForm(EventFields, CreateForm):
    """Puts an event on the calendar of a unit."""

    on_behalf_reason = TextField(lazy("เหตุผลที่บันทึกแทนหน่วยงาน"), limit=REASON_LENGTH)


class EventEditForm(EventFields, EditForm):
    """Changes an event."""

    summary = LongTextField(lazy("สรุปผล"), limit=TEXT_LENGTH, required=False)
    reason = TextField(lazy("เหตุผลที่แก้ไข"), limit=REASON_LENGTH)


class EntryFields(TrackerForm):
    """The fields that showing and editing an entry share."""

    name = TextField(lazy("ชื่อผลงาน"), limit=TITLE_LENGTH)
    unit = UnitField(lazy("หน่วยงานที่นำเสนอ"))
    presenter = TextField(lazy("ผู้นำเสนอ"), limit=TITLE_LENGTH, required=False)
    change = LongTextField(
        lazy("เปลี่ยนอะไรให้ดีขึ้น"),
        limit=TEXT_LENGTH,
        required=False,
        description=lazy("เล่าเป็นการทำงาน ไม่ระบุชื่อผู้ต้องขัง"),
    )
    award = TextField(lazy("รางวัล"), required=False, limit=AWARD_LENGTH)

    def values(self) -> dict[str, Any]:
        """Return what was entered, by the record's own names."""
        named_alike = {name: self.data[name] for name in ("name", "presenter", "change", "award")}
        return {**named_alike, "unit_id": self.unit.data, "reason": str(self.data.get("reason") or "")}


class EntryForm(EntryFields, CreateForm):
    """Shows an innovation at an event."""

    reason = TextField(lazy("เหตุผลที่บันทึกแทนหน่วยงาน"), limit=REASON_LENGTH)


class EntryEditForm(EntryFields, EditForm):
    """Changes an entry."""

    reason = TextField(lazy("เหตุผลที่แก้ไข"), limit=REASON_LENGTH)


class SummaryForm(EditForm):
    """Sums an event up."""

    attendance = CountField(lazy("จำนวนผู้เข้าร่วม"), most=MOST_ATTENDANCE, unit=lazy("คน"), required=True)
    summary = LongTextField(lazy("สรุปผล"), limit=TEXT_LENGTH, description=lazy("ได้เรียนรู้อะไร จะทำอะไรต่อ"))
    reason = TextField(lazy("เหตุผลที่บันทึกแทนหน่วยงาน"), limit=REASON_LENGTH)


class AdoptionForm(CreateForm):
    """Notes that a unit took an entry up."""

    unit = UnitField(lazy("หน่วยงานที่นำไปใช้"))
    adopted_on = BeDateField(lazy("วันที่เริ่มนำไปใช้"), past=True)
    note = LongTextField(lazy("นำไปใช้อย่างไร"), required=False, limit=1000)
    reason = TextField(lazy("เหตุผลที่บันทึกแทนหน่วยงาน"), limit=REASON_LENGTH)

    def offer(self, nodes: Sequence[UnitNode], owner: UnitNode) -> None:
        """Fill in the units that may be chosen; the owner of the entry is none of them."""
        self.unit.offer(nodes, refused=[(owner, _(NOT_THE_OWNER))])

    def details(self) -> dict[str, Any]:
        """Return the arguments of `note_adoption`."""
        reason = str(self.data.get("reason") or "")
        return {
            "unit_id": self.unit.data,
            "adopted_on": self.adopted_on.data,
            "note": self.note.data,
            "reason": reason,
        }
