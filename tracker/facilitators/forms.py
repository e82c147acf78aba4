"""What a person may enter about facilitators, where they serve, and their trainings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from wtforms import Field
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from tracker.change import REASON_LENGTH
from tracker.database import MAX_ID
from tracker.facilitators.models import KmRole
from tracker.organisation.models import Audience
from tracker.web.fields import (
    BeDateField,
    ChoiceField,
    ChoicesField,
    CountField,
    LongTextField,
    SelectChoiceField,
    TextField,
    optional_id,
    worded,
)
from tracker.web.forms import CreateForm, EditForm, TrackerForm
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy
from tracker.web.more_fields import CheckField
from tracker.web.unit_field import UnitField
from tracker.web.words import AUDIENCES

ROLE_WORDS = {
    KmRole.SPONSOR: lazy("คุณเอื้อ (ผู้สนับสนุน)"),
    KmRole.FACILITATOR: lazy("คุณอำนวย (ผู้นำการเรียนรู้)"),
    KmRole.PRACTITIONER: lazy("คุณกิจ (ผู้ปฏิบัติ)"),
    KmRole.NOTE_TAKER: lazy("คุณลิขิต (ผู้จดบันทึก)"),
    KmRole.NETWORKER: lazy("คุณประสาน (ผู้ประสานเครือข่าย)"),
}
MINE = lazy("เหตุผลที่บันทึกแทนหน่วยงานหรือแก้ไขหลังปิดระยะ")


def _reason() -> TextField:
    return TextField(MINE, required=False, limit=REASON_LENGTH)


def _since() -> BeDateField:
    return BeDateField(
        lazy("ประจำหน่วยงานนี้ตั้งแต่"),
        past=True,
        description=lazy("ใส่วันแรกที่ประจำจริง การอบรมที่จบก่อนวันที่ใส่ไว้ไม่นับเป็นหลักฐานของหน่วยงานนี้"),
    )


class _Person(TrackerForm):
    """What is said about a facilitator."""

    name = TextField(lazy("ชื่อและนามสกุล"), limit=200)
    position_title = TextField(lazy("ตำแหน่ง"), required=False, limit=200)
    roles = ChoicesField(
        lazy("บทบาท KM"),
        required=True,
        choices=worded(ROLE_WORDS.items()),
        default=lambda: [KmRole.FACILITATOR],
    )
    appointed_by = TextField(lazy("ผู้แต่งตั้ง"), required=False, limit=200, description=lazy("ตำแหน่งหรือเลขที่คำสั่ง"))
    appointed_on = BeDateField(lazy("วันที่แต่งตั้ง"), required=False, past=True)
    remarks = LongTextField(
        lazy("หมายเหตุ"),
        required=False,
        limit=2000,
        description=lazy("เห็นเฉพาะหน่วยงานและฝ่ายเลขานุการ ไม่ใส่เบอร์โทรศัพท์หรือที่อยู่ส่วนตัว"),
    )
    namesake_confirmed = CheckField(lazy("เป็นคนละคนกับผู้ที่มีชื่อนี้อยู่แล้ว"))

    def person_values(self) -> dict[str, Any]:
        """Return what the operations take."""
        return {
            "name": self.name.data,
            "position_title": self.position_title.data,
            "roles": [KmRole(role) for role in self.roles.data],
            "appointed_by": self.appointed_by.data,
            "appointed_on": self.appointed_on.data,
            "remarks": self.remarks.data,
            "namesake_confirmed": bool(self.namesake_confirmed.data),
        }


class _Course(TrackerForm):
    """A course and its days; `course_is_needed` says whether it may be left empty."""

    course = TextField(lazy("ชื่อหลักสูตร"), limit=300)
    starts_on = BeDateField(lazy("วันแรก"), past=True)
    ends_on = BeDateField(lazy("วันสุดท้าย"), required=False, past=True, description=lazy("วันเดียวไม่ต้องใส่"))
    hours = CountField(lazy("จำนวนชั่วโมง"), most=999, unit=lazy("ชั่วโมง"))
    outside_stage_reason = TextField(lazy("เหตุผลที่วันอยู่นอกระยะ"), required=False, limit=REASON_LENGTH)

    def course_values(self) -> dict[str, Any]:
        """Return what the operations take of a course."""
        return {
            "course": self.course.data,
            "starts_on": self.starts_on.data,
            "ends_on": self.ends_on.data or self.starts_on.data,
            "hours": self.hours.data,
            "outside_stage_reason": self.outside_stage_reason.data,
        }


class KnownTrainingField(SelectChoiceField):
    """A training of the register; the list is looked up when a page shows it or something was chosen."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, choices=[], **kwargs)
        self.look_up: Callable[[], list[SelectChoice]] | None = None

    def iter_choices(self) -> Iterator[SelectChoice]:
        """Give the trainings, looked up once."""
        if self.look_up is not None:
            self.choices, self.look_up = self.look_up(), None
        yield from super().iter_choices()


class NewFacilitatorForm(_Person, _Course, CreateForm):
    """Somebody new in the register, with a training that this person passed if there is one."""

    unit = UnitField(lazy("หน่วยงาน"))
    since = _since()
    training = KnownTrainingField(lazy("การอบรมที่มีในทะเบียนแล้ว"), required=False, coerce=optional_id)
    on_behalf_reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._need_course(False)
        self.starts_on.description = _("ต้องใส่เมื่อใส่ชื่อหลักสูตร")

    def validate(self, extra_validators: Any = None) -> bool:
        """Check as usual; a new course needs its name and its day, and is not a known one as well."""
        days = (self.starts_on.data, self.ends_on.data)
        typed = bool(self.course.data or any(days) or self.hours.data is not None)
        self._need_course(typed and not self.training.data)
        valid: bool = super().validate(extra_validators)
        if typed and self.training.data:
            sentence = _("เลือกการอบรมที่มีอยู่แล้ว หรือใส่หลักสูตรใหม่ อย่างใดอย่างหนึ่ง")
            self.training.errors = [*self.training.errors, sentence]
        return valid and not self.errors

    @property
    def has_course(self) -> bool:
        """Tell whether a new course was typed."""
        return bool(self.course.data)

    def _need_course(self, needed: bool) -> None:
        """Say whether a course must have its name and its day; their labels say the same."""
        for field in (self.course, self.starts_on):
            field.flags.required = needed


class EditFacilitatorForm(_Person, EditForm):
    """What is said about a facilitator, changed."""

    reason = _reason()


class MoveForm(EditForm):
    """A facilitator moves to another unit."""

    unit = UnitField(lazy("ย้ายไปหน่วยงาน"))
    since = BeDateField(lazy("ประจำที่ใหม่ตั้งแต่"), past=True)
    reason = _reason()


class SinceForm(EditForm):
    """The first day at a unit, corrected."""

    since = _since()
    reason = _reason()


class EndPostingForm(EditForm):
    """A facilitator serves no more at a unit."""

    until = BeDateField(lazy("วันสุดท้ายที่ประจำหน่วยงานนี้"), past=True)
    reason = _reason()


class AttendanceField(Field):
    """Who attended and who passed: one posted name `<field>-<facilitator id>` with "", attended or passed.

    `data` is {facilitator id: passed}; `seen` holds everybody in the table that was sent. A page calls
    `offer` with the people of its table before it validates; `unposted` are those marked who served nowhere
    on the training's last day, where that is known.
    """

    widget_kind = "attendances"

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.people: dict[int, Any] = {}
        self.unposted: frozenset[int] = frozenset()
        self.seen: list[int] = []
        self.found: int | None = None  # how many people a search found, if one was made
        self.odd = False

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the marks that were posted, else those that are given."""
        super().process(None, data)
        self.data = dict(data) if isinstance(data, Mapping) else {}
        if formdata is None or not len(formdata):
            return
        self.data = {}
        for name in formdata:
            if not name.startswith(f"{self.name}-"):
                continue
            person, mark = name.removeprefix(f"{self.name}-"), formdata.get(name)
            known = person.isascii() and person.isdigit() and len(person) < 11 and int(person) <= MAX_ID
            if not known or mark not in ("", "attended", "passed"):
                self.odd = True
                continue
            self.seen.append(int(person))
            if mark:
                self.data[int(person)] = mark == "passed"

    def offer(self, people: Sequence[Any]) -> None:
        """Say who stands in the table; everybody else is foreign."""
        self.people = {person.id: person for person in people}

    def mark(self, facilitator_id: int) -> str:
        """Return how somebody is marked: "", attended or passed."""
        passed = self.data.get(facilitator_id)
        return "" if passed is None else "passed" if passed else "attended"

    def pre_validate(self, form: object) -> None:
        """Refuse marks of people who do not stand in the table, and marks that are none."""
        if self.odd or any(person not in self.people for person in self.data):
            raise ValidationError(_("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่"))


class _Training(_Course):
    """What is said about a training."""

    stage = ChoiceField(lazy("ระยะที่"), coerce=optional_id, choices=[])
    audience = ChoiceField(lazy("ผู้มีสิทธิ์อ่าน"), choices=worded(AUDIENCES.items()), default=Audience.DEPARTMENT)
    attended = AttendanceField(lazy("ผู้เข้าอบรม"))
    find = TextField(lazy("ค้นหาคุณอำนวยเพื่อเพิ่มในตาราง"), required=False, limit=200)

    def training_values(self, unnamed: Mapping[int, bool] | None = None) -> dict[str, Any]:
        """Return what the operations take; the marks of people whom the table does not name stay as given."""
        return {
            **self.course_values(),
            "stage_id": self.stage.data,
            "audience": Audience(str(self.audience.data)),
            "attendances": {**(unnamed or {}), **self.attended.data},
        }


class NewTrainingForm(_Training, CreateForm):
    """A training that a unit held."""

    unit = UnitField(lazy("หน่วยงานที่จัด"))
    on_behalf_reason = _reason()


class EditTrainingForm(_Training, EditForm):
    """A training, changed."""

    reason = _reason()
