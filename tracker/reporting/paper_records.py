"""The parts of a report about what happened: activities, facilitators and trainings, events and entries."""

from collections.abc import Iterable

from tracker.organisation.models import Audience
from tracker.reporting.blocks import Block, Column, Paragraph, ReportTable, Row, Section, Style
from tracker.reporting.happened import PAPER_ROWS, ActivityLine, KindLine
from tracker.reporting.report import Report
from tracker.reporting.words import count
from tracker.sharing.words import TYPES
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy, named
from tracker.web.tables import ColumnKind

COUNT, DAY = ColumnKind.COUNT, ColumnKind.DAY
KEPT = lazy("ใช้ภายในหน่วยงาน")


def _step_name(report: Report, step_id: int | None) -> str:
    step = report.plan.step_by_id.get(step_id or 0)
    return f"{step.number}. {named(step, 'short')}" if step else _("เตรียมความพร้อม")


def _kind_table(report: Report) -> ReportTable:
    kinds = report.plan.kind_by_id
    columns = (
        Column(_("ขั้นตอน"), width=30),
        Column(_("ประเภทกิจกรรม"), width=34),
        Column(_("ครั้ง"), COUNT, 9),
        Column(_("ผู้เข้าร่วม (คน)"), COUNT, 12),
    )
    steps = {step.id: step.number for step in report.plan.steps}
    places = {kind_id: at for at, kind_id in enumerate(kinds)}

    def place(line: KindLine) -> tuple[int, int]:
        return (steps.get(line.step_id or 0, 0), places[line.kind_id])

    rows = tuple(
        (_step_name(report, line.step_id), named(kinds[line.kind_id]), line.times, line.people)
        for line in sorted(report.happened.kinds, key=place)
    )
    total = (_("รวม"), "", report.happened.activities, report.happened.people)
    caption = _("จำนวนกิจกรรมจำแนกตามขั้นตอนและประเภท")
    return ReportTable(_("กิจกรรมตามประเภท"), caption, columns, rows, total)


def _activity_rows(report: Report, lines: Iterable[ActivityLine]) -> Iterable[Row]:
    kinds = report.plan.kind_by_id
    for line in lines:
        yield (
            line.held_on,
            named(report.tree[line.unit_id]),
            _step_name(report, line.step_id),
            named(kinds[line.kind_id]),
            f"{line.title} ({KEPT})".strip() if line.audience is Audience.UNIT else line.title,
            line.outcome,
            line.participants,
        )


def _on_paper(row: Row) -> Row:
    """Put step and kind into one cell, and title and outcome: paper is narrow."""
    day, unit, step, kind, title, outcome, people = row
    return (day, unit, f"{step}\n{kind}", f"{title}\n{outcome}" if outcome else title, people)


def _activity_table(report: Report) -> ReportTable:
    happened = report.happened
    day, unit = Column(_("วันที่"), DAY, 17), Column(_("หน่วยงาน"), width=24)
    people = Column(_("ผู้เข้าร่วม (คน)"), COUNT, 15)
    columns = (
        day,
        unit,
        Column(_("ขั้นตอนและประเภท"), width=20),
        Column(_("กิจกรรมและผลที่ได้"), width=48, typed=True),
        people,
    )
    sheet_columns = (
        day,
        unit,
        Column(_("ขั้นตอน"), width=20),
        Column(_("ประเภทกิจกรรม"), width=24),
        Column(_("กิจกรรม"), width=44),
        Column(_("ผลที่ได้"), width=60),
        people,
    )
    return ReportTable(
        _("กิจกรรม"),
        _("รายการกิจกรรมในช่วงเวลาของรายงาน"),
        columns,
        tuple(_on_paper(row) for row in _activity_rows(report, happened.latest)),
        every=lambda: _activity_rows(report, report.every()),
        sheet_columns=sheet_columns,
    )


def _bounded(total: int, where: str) -> list[Paragraph]:
    """Return the note under a list that paper shows only in part."""
    if total <= PAPER_ROWS:
        return []
    words = _(
        "แสดง %(shown)s รายการล่าสุด จากทั้งหมด %(total)s รายการ รายการทั้งหมดอยู่ในไฟล์ XLSX ของรายงานนี้ และ%(where)s",
        shown=count(PAPER_ROWS), total=count(total), where=where,
    )  # fmt: skip
    return [Paragraph(words, Style.NOTE)]


def activities(report: Report) -> Section:
    """Return how many activities of each step and kind were held, and the last of them."""
    heading = _("กิจกรรม")
    if not report.happened.activities:
        return Section(heading, (Paragraph(_("ไม่มีกิจกรรมในช่วงเวลาของรายงาน")),))
    note = _bounded(report.happened.activities, _("ในหน้ากิจกรรมของระบบ"))
    return Section(heading, (_kind_table(report), _activity_table(report), *note))


def _last(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return rows[-PAPER_ROWS:]


def facilitators(report: Report) -> Section:
    """Return how many facilitators serve, how many passed a training, and the trainings of the period."""
    happened = report.happened
    words = _(
        "มีผู้อำนวยการเรียนรู้ (คุณอำนวย) ปฏิบัติหน้าที่อยู่ %(active)s คน ผ่านการอบรมแล้ว %(trained)s คน "
        "ในช่วงเวลาของรายงานคุณอำนวยนำกิจกรรม %(led)s ครั้ง และมีการอบรม %(trainings)s หลักสูตร",
        active=count(happened.active), trained=count(happened.trained), led=count(happened.led),
        trainings=count(len(happened.trainings)),
    )  # fmt: skip
    blocks: list[Block] = [Paragraph(words)]
    if happened.trainings:
        columns = (
            Column(_("วันเริ่ม"), DAY, 17),
            Column(_("วันสิ้นสุด"), DAY, 17),
            Column(_("หลักสูตร"), width=36, typed=True),
            Column(_("หน่วยงานที่จัด"), width=30),
            Column(_("เวลา (ชั่วโมง)"), COUNT, 12),
            Column(_("เข้าอบรม (คน)"), COUNT, 14),
            Column(_("ผ่าน (คน)"), COUNT, 10),
        )
        rows: tuple[Row, ...] = tuple(
            (t.starts_on, t.ends_on, t.course, named(report.tree[t.unit_id]), t.hours, t.attended, t.passed)
            for t in happened.trainings
        )
        caption = _("การอบรมคุณอำนวยในช่วงเวลาของรายงาน")
        blocks.append(ReportTable(_("การอบรม"), caption, columns, _last(rows), every=lambda: rows))
        blocks += _bounded(len(rows), _("ในทะเบียนคุณอำนวยของระบบ"))
    return Section(_("ผู้อำนวยการเรียนรู้ (คุณอำนวย) และการอบรม"), tuple(blocks))


def events(report: Report) -> Section:
    """Return the events that were held, and what was shown there and taken up by others."""
    happened, heading = report.happened, _("งานแลกเปลี่ยนเรียนรู้และนวัตกรรม")
    if not happened.events and not happened.entries:
        return Section(heading, (Paragraph(_("ไม่มีงานแลกเปลี่ยนเรียนรู้ในช่วงเวลาของรายงาน")),))
    blocks: list[Block] = []
    if happened.events:
        blocks += _event_table(report)
    if happened.entries:
        blocks += _entry_table(report)
    return Section(heading, tuple(blocks))


def _event_table(report: Report) -> list[Block]:
    columns = (
        Column(_("วันที่จัด"), DAY, 17),
        Column(_("ชื่องาน"), width=34, typed=True),
        Column(_("ประเภทงาน"), width=20),
        Column(_("หน่วยงานที่จัด"), width=28),
        Column(_("ผู้เข้าร่วม (คน)"), COUNT, 15),
        Column(_("ผลงาน"), COUNT, 10),
    )
    rows: tuple[Row, ...] = tuple(
        (
            e.held_on,
            e.title or f"({KEPT})",
            str(TYPES[e.type]),
            named(report.tree[e.unit_id]),
            e.attendance,
            e.entries,
        )
        for e in report.happened.events
    )
    caption = _("งานแลกเปลี่ยนเรียนรู้ที่จัดแล้ว")
    table = ReportTable(_("งานแลกเปลี่ยนเรียนรู้"), caption, columns, _last(rows), every=lambda: rows)
    return [table, *_bounded(len(rows), _("ในหน้างานแลกเปลี่ยนเรียนรู้ของระบบ"))]


def _entry_table(report: Report) -> list[Block]:
    tree = report.tree
    columns = (
        Column(_("วันที่จัด"), DAY, 18),
        Column(_("ผลงาน"), width=28, typed=True),
        Column(_("หน่วยงานที่นำเสนอ"), width=24),
        Column(_("เปลี่ยนอะไรให้ดีขึ้น"), width=32, typed=True),
        Column(_("รางวัล"), width=14, typed=True),
        Column(_("หน่วยงานที่นำไปใช้"), width=30),
    )
    rows: tuple[Row, ...] = tuple(
        (
            e.held_on,
            e.name,
            named(tree[e.unit_id]),
            e.change,
            e.award,
            ", ".join(named(tree[unit_id], "short") for unit_id in e.taken_up_by),
        )
        for e in report.happened.entries
    )
    caption = _("ผลงานที่นำเสนอและหน่วยงานอื่นที่นำไปใช้")
    table = ReportTable(_("ผลงานที่นำเสนอ"), caption, columns, _last(rows), every=lambda: rows)
    return [table, *_bounded(len(rows), _("ในหน้างานแลกเปลี่ยนเรียนรู้ของระบบ"))]
