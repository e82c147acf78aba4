"""A report as it stands on paper, in the language of who reads it: the page, the letter and the workbook."""

from dataclasses import replace
from datetime import datetime
from itertools import count as count_up

from tracker.following.sentences import reason_lines
from tracker.organisation.installation import InstallationInfo
from tracker.reporting.blocks import Annex, Column, Paper, Paragraph, ReportTable, Section, Signature, Style
from tracker.reporting.methods import methods
from tracker.reporting.paper_records import activities, events, facilitators
from tracker.reporting.paper_standing import groups, steps, summary, to_follow
from tracker.reporting.report import Report
from tracker.reporting.rules import round_of
from tracker.reporting.words import count, day, digits, moment, typed_digits
from tracker.thai.dates import format_day, format_fiscal_year
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named

POSITION_DOTS = "." * 40
NAME_DOTS = "." * 44


def stage_line(report: Report) -> str:
    """Return which stage of which fiscal year a report is about."""
    return digits(
        _(
            "ระยะที่ %(number)s (ปีที่ %(number)s) %(name)s ปีงบประมาณ พ.ศ. %(year)s",
            number=report.stage.number,
            name=named(report.stage),
            year=format_fiscal_year(report.stage.fiscal_year, language()),
        )
    )


def period_line(report: Report) -> str:
    """Return which period a report is about; a reporting round by its name."""
    since, until = day(report.period.since), day(report.period.until)
    months = round_of(report.stage, report.period.since, report.period.until)
    if months is None:
        return _("ระหว่างวันที่ %(since)s ถึงวันที่ %(until)s", since=since, until=until)
    return _("รอบ %(months)s เดือน (%(since)s ถึง %(until)s)", months=count(months), since=since, until=until)


def as_at_line(report: Report) -> str:
    """Return as at which day the figures stand; a period that is not over makes a draft."""
    as_at = day(report.period.day)
    if report.is_draft:
        return _("ฉบับร่าง ข้อมูล ณ วันที่ %(day)s", day=as_at)
    return _("ข้อมูล ณ วันที่ %(day)s", day=as_at)


def unit_line(report: Report, here: InstallationInfo | None) -> str:
    """Return whose report it is: the unit's, or the department's."""
    return digits(named(report.unit) if report.unit else named(here, "department"))


def file_name(report: Report) -> str:
    """Return what a report is called as a file: plain digits, the unit's code, its last day."""
    unit = f" {report.unit.code}" if report.unit else ""
    until = format_day(report.period.until, language())
    return _("รายงานความก้าวหน้า ระยะที่ %(stage)s", stage=report.stage.number) + f"{unit} {until}"


def _typed(heading: str, text: str) -> Section:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    blocks = tuple(Paragraph(typed_digits(line)) for line in lines)
    return Section(heading, blocks or (Paragraph(_("ยังไม่ได้บันทึก")),))


def _texts(report: Report) -> list[Section]:
    texts = report.texts
    found = [
        _typed(_("ปัญหาและอุปสรรค"), texts.problems),
        _typed(_("ข้อเสนอแนะ"), texts.suggestions),
        _typed(_("ปัจจัยสนับสนุน"), texts.factors),
    ]
    if texts.carried_from is None:
        return found
    words = _("ข้อความข้อ ปัญหาและอุปสรรค ถึง ปัจจัยสนับสนุน ยกมาจากรายงานถึงวันที่ %(day)s", day=day(texts.carried_from))
    last = found[-1]
    return [*found[:-1], Section(last.heading, (*last.blocks, Paragraph(words, Style.NOTE)))]


def _sections(report: Report) -> tuple[Section, ...]:
    standing = report.standing
    found = [summary(report)]
    if standing.of:
        found.append(steps(report))
    if standing.of > 1:
        found.append(groups(report))
        if standing.is_followed:
            found.append(to_follow(report))
    found += [activities(report), facilitators(report), events(report), *_texts(report)]
    return _numbered(found)


def _numbered(sections: list[Section]) -> tuple[Section, ...]:
    """Return the sections with their numbers, the tables numbered through all of them."""
    tables = count_up(1)
    found = []
    for number, section in enumerate(sections, start=1):
        blocks = tuple(
            replace(block, caption=_("ตารางที่ %(n)s", n=next(tables)) + f" {block.caption}")
            if isinstance(block, ReportTable)
            else block
            for block in section.blocks
        )
        found.append(Section(digits(f"{number}. {section.heading}"), blocks))
    return tuple(found)


def _signatures(report: Report) -> tuple[Signature, ...]:
    certifier = named(report.head, "title") if report.head else ""
    return (
        Signature(report.made_by or NAME_DOTS, POSITION_DOTS, _("ผู้รายงาน")),
        Signature(NAME_DOTS, certifier or POSITION_DOTS, _("ผู้รับรอง")),
    )


def _origin(report: Report, made_at: datetime, rehearsal: str | None) -> tuple[str, ...]:
    if report.made_by:
        made = _("จัดทำโดย %(name)s เมื่อวันที่ %(moment)s", name=report.made_by, moment=moment(made_at))
    else:
        made = _("จัดทำเมื่อวันที่ %(moment)s", moment=moment(made_at))
    data = _(
        "จากข้อมูลในระบบติดตาม KM Milestone ตามที่บันทึกไว้ ณ เวลาที่จัดทำ ตัวเลขนับ ณ วันที่ %(day)s",
        day=day(report.period.day),
    )
    return (made, data, digits(rehearsal)) if rehearsal else (made, data)


def annex_table(report: Report) -> ReportTable:
    """Return the units to follow: why, the head's position and office phone, never a person."""
    columns = (
        Column(_("หน่วยงาน"), width=28),
        Column(_("กลุ่ม"), width=28),
        Column(_("เหตุ"), width=42),
        Column(_("ตำแหน่งหัวหน้าหน่วยงาน"), width=20),
        Column(_("โทรศัพท์หน่วยงาน"), width=28, whole=True),
    )
    lines = report.annex or ()
    rows = tuple(
        (
            named(line.unit),
            named(line.group),
            "\n".join(sentence for _kind, sentence in reason_lines(line.reasons, report.plan)),
            named(line.head, "title"),
            line.head.phone if line.head else "",
        )
        for line in lines
    )
    caption = _("หน่วยงานที่ควรติดตาม %(n)s จาก %(of)s เรียงตามกลุ่ม", n=len(lines), of=report.standing.of)
    return ReportTable(_("เอกสารแนบ ใช้ภายใน"), caption, columns, rows)


def _annex(report: Report, title: str, lines: tuple[str, ...]) -> Annex | None:
    if report.annex is None:
        return None
    return Annex(
        mark=_("เอกสารแนบ ใช้ภายใน"),
        title=_("หน่วยงานที่ควรติดตาม"),
        lines=(_("แนบ%(title)s", title=title), *lines),
        table=annex_table(report),
        note=_("ใช้ประสานงานภายในเท่านั้น ไม่ระบุชื่อบุคคล ไม่เผยแพร่ต่อ"),
    )


def paper(
    report: Report, *, here: InstallationInfo | None, made_at: datetime, rehearsal: str | None = None
) -> Paper:
    """Return a report as it stands on paper.

    `made_at` is the real moment; `rehearsal` says which day the programme is made to believe, if any.
    """
    title = digits(_("รายงานความก้าวหน้า%(programme)s", programme=named(report.plan)))
    lines = (
        unit_line(report, here),
        stage_line(report),
        period_line(report),
        as_at_line(report),
    )
    return Paper(
        name=file_name(report),
        title=title,
        lines=lines,
        sections=_sections(report),
        signatures=_signatures(report),
        methods=methods(report),
        origin=_origin(report, made_at, rehearsal),
        annex=_annex(report, title, lines),
        footer=_("KM Milestone: รายงานความก้าวหน้า"),
    )
