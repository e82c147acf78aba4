"""What is asked before a report is made, and what is typed into one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from tracker.organisation.tree import UnitNode
from tracker.programme.plan import StageInfo
from tracker.reporting.rules import ROUNDS, round_end
from tracker.web.fields import BeDateField, ChoiceField, LongTextField, SelectChoiceField, UnitField, worded
from tracker.web.forms import EditForm, TrackerForm
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy, named
from tracker.web.more_fields import CheckField, chosen

TO_DATE, FREE = "to_date", "free"
FIELDS = ("problems", "suggestions", "factors")


class ChooseForm(TrackerForm):
    """Which report: the stage, the unit with all below it, the period. Sent by GET."""

    class Meta(TrackerForm.Meta):
        """A form that only asks carries no CSRF token."""

        csrf = False

    stage = SelectChoiceField(lazy("ระยะ"), coerce=int)
    unit = UnitField(lazy("หน่วยงาน"), description=lazy("รวมหน่วยงานในสังกัดทั้งหมด"))
    period = ChoiceField(lazy("ช่วงเวลาของรายงาน"))
    since = BeDateField(lazy("ตั้งแต่วันที่"), required=False)
    until = BeDateField(lazy("ถึงวันที่"), required=False)
    annex = CheckField(lazy("แนบรายชื่อหน่วยงานที่ควรติดตาม (เอกสารแนบ ใช้ภายใน)"))

    def offer(self, stages: Sequence[StageInfo], units: Sequence[UnitNode], *, annex: bool) -> None:
        """Offer stages, units and periods; the annex only to who may read it."""
        self.stages = {stage.number: stage for stage in stages}
        self.stage.choices = worded(
            (s.number, f"{_('ระยะที่ %(number)s', number=s.number)} {named(s)}") for s in stages
        )
        self.unit.offer(units)
        rounds = [(str(n), _("รอบ %(months)s เดือน", months=n)) for n in ROUNDS]
        self.period.choices = worded([(TO_DATE, _("ต้นปีงบประมาณถึงวันนี้")), *rounds, (FREE, _("กำหนดเอง"))])
        if not annex:
            del self.annex

    def validate_until(self, field: Any) -> None:
        """Refuse a free period that lacks a day or ends before it begins."""
        if self.period.data != FREE:
            return
        if self.since.data is None or field.data is None:
            raise ValidationError(_("กรุณาเลือกวันเริ่มและวันสิ้นสุดให้ครบ"))
        if self.since.data > field.data:
            raise ValidationError(_("วันเริ่มต้องไม่อยู่หลังวันสิ้นสุด"))

    def chosen_period(self) -> tuple[date | None, date | None]:
        """Return the period as an address says it; None for what is left to the report."""
        stage = self.stages[chosen(self.stage)]
        if self.period.data == FREE:
            return self.since.data, self.until.data
        if self.period.data == TO_DATE:
            return None, None
        return stage.starts_on, round_end(stage, int(chosen(self.period)))


class TextsForm(EditForm):
    """Problems, suggestions and supporting factors of a report."""

    problems = LongTextField(lazy("ปัญหาและอุปสรรค"), required=False, render_kw={"rows": 6})
    suggestions = LongTextField(lazy("ข้อเสนอแนะ"), required=False, render_kw={"rows": 6})
    factors = LongTextField(lazy("ปัจจัยสนับสนุน"), required=False, render_kw={"rows": 6})

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the operation takes it."""
        return {name: self[name].data for name in FIELDS}
