"""What the office may enter about stages and enrolments, and administrators about the template."""

from typing import Any

from wtforms import Field

from tracker.administration.forms import FileForm
from tracker.programme.plan import Plan, StageInfo
from tracker.programme.queries import due_month
from tracker.thai.dates import MONTHS_EN, MONTHS_TH
from tracker.web.choice_fields import ChoiceField, SelectChoiceField, numbered, optional_id, worded
from tracker.web.fields import BeDateField, LongTextField, TextField
from tracker.web.forms import CreateForm, TrackerForm
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, lazy, named
from tracker.web.more_fields import UploadField
from tracker.web.unit_field import UnitField


class EnrolForm(CreateForm):
    """Say which units to enrol: looked at first, then confirmed."""

    way = ChoiceField(
        lazy("ให้หน่วยงานใดเข้าร่วม"),
        choices=worded(
            (
                ("level", lazy("ทุกหน่วยงานในระดับของระยะนี้")),
                ("subtree", lazy("ทุกหน่วยงานใต้หน่วยงานหนึ่ง")),
                ("unit", lazy("หน่วยงานเดียว")),
                ("codes", lazy("รายการรหัสหน่วยงาน")),
            )
        ),
        default="level",
    )
    unit_id = UnitField(lazy("หน่วยงาน"))
    codes = LongTextField(
        lazy("รหัสหน่วยงาน"),
        description=lazy("คั่นด้วยเว้นวรรค จุลภาค หรือขึ้นบรรทัดใหม่ เช่น P001 P002"),
    )
    enrolled_on = BeDateField(lazy("เข้าร่วมตั้งแต่วันที่"), past=True)
    reason = TextField(lazy("เหตุผล"), required=False, limit=500, description=lazy("จำเป็นเมื่อระยะนี้ปิดแล้ว"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what the chosen way needs, and for nothing else."""
        needed: dict[Field, tuple[str, ...]] = {self.unit_id: ("subtree", "unit"), self.codes: ("codes",)}
        for field, ways in needed.items():
            field.flags.required = self.way.data in ways
        valid: bool = super().validate(extra_validators)
        for field in needed:
            field.flags.required = True
        return valid


class WithdrawForm(TrackerForm):
    """Withdraw a unit from a stage."""

    withdrawn_on = BeDateField(lazy("ถอนตั้งแต่วันที่"), past=True)
    reason = LongTextField(lazy("เหตุผล"), limit=500)


class ReinstateForm(TrackerForm):
    """Take a withdrawn unit back into its stage."""

    reason = TextField(lazy("เหตุผล"), required=False, limit=500, description=lazy("จำเป็นเมื่อระยะนี้ปิดแล้ว"))


class PilotGroupForm(CreateForm):
    """Make a pilot group."""

    parent_id = UnitField(lazy("ตั้งใน"))
    name_th = TextField(lazy("ชื่อกลุ่ม (ไทย)"), limit=200)
    name_en = TextField(lazy("ชื่อกลุ่ม (อังกฤษ)"), required=False, limit=200)
    stage_id = SelectChoiceField(lazy("ให้เข้าร่วม"), required=False, coerce=optional_id, choices=[])

    def offer_stages(self, stages: list[StageInfo]) -> None:
        """Offer the stages that take pilot groups, and none."""
        none = worded([("", _("ยังไม่เข้าร่วมระยะใด"))])
        self.stage_id.choices = [*numbered(stages, stage_words), *none]


class TemplateForm(FileForm):
    """Send a template, look at what it would do, then confirm."""

    file = UploadField(lazy("ไฟล์"), required=False, accept=".toml")


class ChooseForm(TrackerForm):
    """Choose the stage that is current outside the programme's years."""

    stage_id = SelectChoiceField(lazy("ระยะปัจจุบัน"), required=False, coerce=optional_id, choices=[])

    def offer_stages(self, plan: Plan) -> None:
        """Offer all stages, and the nearest."""
        nearest = worded([("", _("ระยะที่ใกล้ที่สุด"))])
        self.stage_id.choices = [*nearest, *numbered(plan.stages, stage_words)]


def stage_words(stage: StageInfo) -> str:
    """Return a stage in words: number and name."""
    return str(_("ระยะที่ %(number)s %(name)s", number=stage.number, name=named(stage)))


def month_choices(stage: StageInfo) -> list[tuple[int, str]]:
    """Return (month of the fiscal year, its name and year) for a list, and 0 for never."""
    names = MONTHS_EN if language() == "en" else MONTHS_TH
    shift = 543 if language() == "en" else 0
    months = [
        (month, f"{names[(month + 8) % 12]} {stage.fiscal_year - (month <= 3) - shift}")
        for month in range(1, 13)
    ]
    return [*months, (0, str(_("ไม่มีกำหนด")))]


def month_of(stage: StageInfo, step_id: int) -> int:
    """Return the month in which a step is due, as the list has it."""
    return due_month(stage, step_id) or 0
