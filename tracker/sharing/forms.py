"""What people may enter about events, their entries and what became of them."""

from collections.abc import Sequence
from typing import Any

from tracker.organisation.models import Audience, ExecutivePost, Manner
from tracker.organisation.tree import UnitNode, UnitTree
from tracker.programme.plan import StageInfo
from tracker.sharing.models import EventType
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

TYPES = {
    EventType.SHARE_AND_SHOW: lazy("วัน Share and Show"),
    EventType.MARKET: lazy("ตลาดนัดความรู้"),
    EventType.OTHER: lazy("งานแลกเปลี่ยนเรียนรู้อื่น ๆ"),
}
MANNERS = {
    Manner.OPENED: lazy("เปิดงาน/มอบนโยบาย"),
    Manner.SHARED: lazy("ร่วมแลกเปลี่ยน"),
    Manner.LED: lazy("นำกิจกรรมเอง"),
}
AUDIENCES = {
    Audience.PUBLIC: lazy("เปิดเผยได้"),
    Audience.DEPARTMENT: lazy("ใช้ภายในกรม"),
    Audience.UNIT: lazy("ใช้ภายในหน่วยงาน"),
}
SECRECY = lazy("ไม่พิมพ์ข้อมูลลับ และชื่อผู้ต้องขัง ญาติ หรือผู้เสียหาย")


def post_label(post: ExecutivePost, tree: UnitTree) -> str:
    """Return a post's title and its unit."""
    return f"{named(post, 'title')} · {named(tree.get(post.unit_id), 'short')}"


class _EventFields:
    """The fields that planning and editing an event share."""

    title = TextField(lazy("ชื่องาน"), description=SECRECY)
    type = ChoiceField(lazy("ประเภทงาน"), default=EventType.SHARE_AND_SHOW.value)
    stage = SelectChoiceField(lazy("ระยะ"), coerce=optional_id)
    held_on = BeDateField(lazy("วันที่จัด"))
    hours = TextField(lazy("เวลา"), required=False, limit=60, description=lazy("เช่น 09.00 ถึง 15.30 น."))
    venue = TextField(lazy("สถานที่"), required=False)
    attendance = CountField(lazy("จำนวนผู้เข้าร่วม"), unit=lazy("คน"))
    executives = ChoicesField(lazy("ผู้บริหารที่เข้าร่วม"), coerce=optional_id)
    manner = ChoiceField(lazy("เข้าร่วมอย่างไร"), required=False)
    audience = ChoiceField(lazy("ผู้อ่าน"), default=Audience.DEPARTMENT.value)

    def prepare(self, stages: Sequence[StageInfo], posts: Sequence[ExecutivePost], tree: UnitTree) -> None:
        """Fill in what may be chosen."""
        self.type.choices = worded((key.value, label) for key, label in TYPES.items())
        self.stage.choices = worded((s.id, f"{s.number} {named(s, 'short')}") for s in stages)
        self.executives.choices = numbered(posts, lambda post: post_label(post, tree))
        self.manner.choices = worded((key.value, label) for key, label in MANNERS.items())
        self.audience.choices = worded((key.value, label) for key, label in AUDIENCES.items())

    def values(self) -> dict[str, Any]:
        """Return what was entered, as the operations take it."""
        manner = Manner(self.manner.data) if self.manner.data else Manner.OPENED
        return {
            "title": self.title.data,
            "type": EventType(str(self.type.data)),
            "stage_id": self.stage.data,
            "held_on": self.held_on.data,
            "hours": self.hours.data,
            "venue": self.venue.data,
            "attendance": self.attendance.data,
            "audience": Audience(str(self.audience.data)),
            "executives": dict.fromkeys(self.executives.data or (), manner),
        }

    def check_manner(self) -> bool:
        """Ask how the executives took part when some did."""
        if self.executives.data and not self.manner.data:
            self.manner.errors = [_("กรุณาเลือกว่าผู้บริหารเข้าร่วมอย่างไร")]
            return False
        return True


class EventForm(_EventFields, CreateForm):
    """Puts an event on the calendar of one of the units offered."""

    unit = UnitField(lazy("หน่วยงานที่จัด"))
    on_behalf_reason = TextField(lazy("เหตุผลที่บันทึกแทนหน่วยงาน"), required=False, limit=500)

    def details(self) -> dict[str, Any]:
        """Return the arguments of `schedule_event`."""
        return {
            **self.values(),
            "unit_id": self.unit.data,
            "on_behalf_reason": self.on_behalf_reason.data,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields and that the executives' manner is told."""
        return super().validate(extra_validators) and self.check_manner()


class EventEditForm(_EventFields, EditForm):
    """Changes an event."""

    summary = LongTextField(lazy("สรุปผล"), required=False)
    reason = TextField(lazy("เหตุผลที่แก้ไข"), required=False, limit=500)

    def details(self) -> dict[str, Any]:
        """Return the arguments of `edit_event`."""
        return {
            **self.values(),
            "summary": self.summary.data,
            "reason": self.reason.data,
            "opened_with": self.opened_with,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields and that the executives' manner is told."""
        return super().validate(extra_validators) and self.check_manner()


class _EntryFields:
    name = TextField(lazy("ชื่อผลงาน"))
    unit = UnitField(lazy("หน่วยงานที่นำเสนอ"))
    presenter = TextField(lazy("ผู้นำเสนอ"), required=False)
    change = LongTextField(
        lazy("เปลี่ยนอะไรให้ดีขึ้น"), required=False, description=lazy("เล่าเป็นการทำงาน ไม่ระบุชื่อผู้ต้องขัง")
    )
    award = TextField(lazy("รางวัล"), required=False, limit=200)

    def prepare(self, nodes: Sequence[UnitNode]) -> None:
        """Fill in the units that may be chosen."""
        self.unit.offer(nodes)


class EntryForm(_EntryFields, CreateForm):
    """Shows an innovation at an event."""

    reason = TextField(lazy("เหตุผลที่บันทึกแทนหน่วยงาน"), required=False, limit=500)

    def details(self) -> dict[str, Any]:
        """Return the arguments of `show_entry`."""
        return {
            "name": self.name.data,
            "unit_id": self.unit.data,
            "presenter": self.presenter.data,
            "change_made": self.change.data,
            "award": self.award.data,
            "reason": self.reason.data,
        }


class EntryEditForm(_EntryFields, EditForm):
    """Changes an entry."""

    reason = TextField(lazy("เหตุผลที่แก้ไข"), required=False, limit=500)

    def details(self) -> dict[str, Any]:
        """Return the arguments of `edit_entry`."""
        return {
            "name": self.name.data,
            "unit_id": self.unit.data,
            "presenter": self.presenter.data,
            "change": self.change.data,
            "award": self.award.data,
            "reason": self.reason.data,
            "opened_with": self.opened_with,
        }


class SummaryForm(EditForm):
    """Sums an event up."""

    attendance = CountField(lazy("จำนวนผู้เข้าร่วม"), unit=lazy("คน"), required=True)
    summary = LongTextField(lazy("สรุปผล"), description=lazy("ได้เรียนรู้อะไร จะทำอะไรต่อ"))
    reason = TextField(lazy("เหตุผลที่บันทึกแทนหน่วยงาน"), required=False, limit=500)


class ReasonForm(TrackerForm):
    """Asks why, before something is taken back."""

    reason = LongTextField(lazy("เหตุผล"), limit=500)


class AdoptionForm(CreateForm):
    """Notes that a unit took an entry up."""

    unit = UnitField(lazy("หน่วยงานที่นำไปใช้"))
    adopted_on = BeDateField(lazy("วันที่เริ่มนำไปใช้"), past=True)
    note = LongTextField(lazy("นำไปใช้อย่างไร"), required=False, limit=1000)

    def details(self) -> dict[str, Any]:
        """Return the arguments of `note_adoption`."""
        return {"unit_id": self.unit.data, "adopted_on": self.adopted_on.data, "note": self.note.data}
