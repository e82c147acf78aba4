"""The two lists as tables to take away; without remarks and without anything personal."""

from collections.abc import Iterable

from tracker.facilitators.forms import ROLE_WORDS
from tracker.programme.list_filters import Tag
from tracker.programme.reference import plan
from tracker.register.queries import RegisterRow
from tracker.register.queries_trainings import TrainingRow
from tracker.thai.dates import format_day
from tracker.web.clock import today
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.reference import tree
from tracker.web.tables import Column, ColumnKind, Table

DAY, COUNT = ColumnKind.DAY, ColumnKind.COUNT


def _about(tags: Iterable[Tag]) -> tuple[str, ...]:
    as_of = _("ข้อมูล ณ %(day)s", day=format_day(today(), language()))
    return as_of, *(f"{label}: {value}" for label, value, _url in tags)


def people_table(rows: Iterable[RegisterRow], tags: Iterable[Tag]) -> Table:
    """Return the register as a table, one row a facilitator."""
    units, day = tree(), today()
    columns = (
        Column(_("ชื่อและนามสกุล"), width=28),
        Column(_("ตำแหน่ง"), width=28),
        Column(_("รหัสหน่วยงาน"), width=12),
        Column(_("หน่วยงาน"), width=32),
        Column(_("บทบาท KM"), width=40),
        Column(_("ประจำตั้งแต่"), DAY),
        Column(_("ถึงวันที่"), DAY),
        Column(_("สถานะ")),
        Column(_("ผู้แต่งตั้ง"), width=24),
        Column(_("วันที่แต่งตั้ง"), DAY),
        Column(_("ผ่านการอบรม (ครั้ง)"), COUNT),
        Column(_("ผ่านล่าสุด"), DAY),
        Column(_("นำกิจกรรม (ครั้ง)"), COUNT),
    )
    cells = (
        (
            row.facilitator.name,
            row.facilitator.position_title,
            units[row.unit_id].code,
            named(units[row.unit_id]),
            ", ".join(str(ROLE_WORDS[role]) for role in row.roles),
            row.since,
            row.until,
            _("ประจำอยู่") if row.serves_on(day) else _("พ้นหน้าที่แล้ว"),
            row.facilitator.appointed_by,
            row.facilitator.appointed_on,
            row.passed,
            row.passed_on,
            row.led,
        )
        for row in rows
    )
    return Table(_("ทะเบียนคุณอำนวย"), columns, cells, _about(tags))


def training_table(rows: Iterable[TrainingRow], tags: Iterable[Tag]) -> Table:
    """Return the trainings as a table, one row a training."""
    units, stages = tree(), plan().stage_by_id
    columns = (
        Column(_("หลักสูตร"), width=40),
        Column(_("รหัสหน่วยงาน"), width=12),
        Column(_("หน่วยงานที่จัด"), width=32),
        Column(_("ระยะที่"), COUNT),
        Column(_("วันแรก"), DAY),
        Column(_("วันสุดท้าย"), DAY),
        Column(_("จำนวนชั่วโมง"), COUNT),
        Column(_("เข้าอบรม (คน)"), COUNT),
        Column(_("ผ่าน (คน)"), COUNT),
    )
    cells = (
        (
            row.training.course,
            units[row.training.unit_id].code,
            named(units[row.training.unit_id]),
            stages[row.training.stage_id].number,
            row.training.starts_on,
            row.training.ends_on,
            row.training.hours,
            row.attended,
            row.passed,
        )
        for row in rows
    )
    return Table(_("การอบรมคุณอำนวย"), columns, cells, _about(tags))
