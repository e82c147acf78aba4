"""The parts of a report about how far the units are: summary, steps, groups, units to follow."""

from collections import Counter
from collections.abc import Sequence

from tracker.following.attention import ReasonKind
from tracker.following.headlines import Figure
from tracker.following.sentences import REASON_NAMES
from tracker.reporting.blocks import Column, Paragraph, ReportTable, Row, Section, Style
from tracker.reporting.report import Report
from tracker.reporting.standing import GroupLine
from tracker.reporting.words import FIGURES, count, counted, digits
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named, unit_word
from tracker.web.tables import ColumnKind

COUNT = ColumnKind.COUNT


def _taking_part(report: Report) -> str:
    """Say which units take part, or why none does."""
    standing, number = report.standing, count(report.stage.number)
    if standing.of == 0:
        above = standing.scope.enrolled_ancestor()
        if above is None or report.unit is None:
            return _("ยังไม่มีหน่วยงานเข้าร่วมระยะที่ %(number)s", number=number)
        return _(
            "%(unit)sร่วมดำเนินการในระยะที่ %(number)s กับ%(above)s ผลการดำเนินการนับรวมที่%(above)s",
            unit=named(report.unit), above=named(above), number=number,
        )  # fmt: skip
    if standing.of == 1:
        unit = named(report.tree[standing.enrolments[0].unit_id])
        return _("%(unit)sเข้าร่วมโครงการในระยะที่ %(number)s", unit=unit, number=number)
    levels = Counter(report.tree[e.unit_id].level for e in standing.enrolments)
    parts = [counted(named(report.tree.levels[level]), n) for level, n in levels.items()]
    return _(
        "มี%(word)sเข้าร่วมโครงการในระยะที่ %(number)s จำนวน %(of)s %(word)s (%(parts)s)",
        word=named(report.stage, "unit_word"), number=number, of=count(standing.of), parts=", ".join(parts),
    )  # fmt: skip


def _summary(report: Report) -> str:
    standing, happened = report.standing, report.happened
    sentences = [_taking_part(report)]
    if standing.of:
        sentences.append(
            _(
                "หน่วยงานรายงานว่าดำเนินการแล้วเสร็จรวม %(done)s ขั้นตอน จากทั้งหมด %(all)s ขั้นตอน",
                done=count(standing.steps_done), all=count(standing.of * len(standing.steps)),
            )
        )  # fmt: skip
    sentences.append(
        _(
            "ในช่วงเวลาของรายงานมีกิจกรรม %(times)s ครั้ง ผู้เข้าร่วมรวม %(people)s คน (นับทุกครั้งที่เข้าร่วม) "
            "และงานแลกเปลี่ยนเรียนรู้ %(events)s ครั้ง",
            times=count(happened.activities), people=count(happened.people),
            events=count(len(happened.events)),
        )
    )  # fmt: skip
    return digits(" ".join(sentences))


def summary(report: Report) -> Section:
    """Return the summary: a paragraph and the five figures."""
    standing, heading = report.standing, _("สรุปผลการดำเนินงาน")
    if not standing.of:
        return Section(heading, (Paragraph(_summary(report)),))
    rows: list[Row] = []
    for line in standing.figures:
        is_entries = line.figure is Figure.TAKEN_UP
        if line.n is None:
            continue
        word = _("ผลงาน", n=line.of).lower() if is_entries else unit_word(report.stage, line.of)
        rows.append((str(FIGURES[line.figure]), line.n, line.of, word))
    columns = (
        Column(_("ตัวเลขสำคัญ"), width=44),
        Column(_("จำนวน"), COUNT, 10),
        Column(_("จากทั้งหมด"), COUNT, 12),
        Column(_("หน่วยนับ"), width=14),
    )
    name = _("สรุปผล")
    table = ReportTable(name, _("ตัวเลขสำคัญของระยะ"), columns, tuple(rows))
    return Section(heading, (Paragraph(_summary(report)), table))


def steps(report: Report) -> Section:
    """Return the seven steps: done, under way and not begun of N; members that joined."""
    standing = report.standing
    if standing.of == 1:
        return Section(_("ความก้าวหน้าตามขั้นตอน"), (_steps_of_one(report),))
    columns = [
        Column(_("ขั้นตอน"), width=40),
        Column(_("แล้วเสร็จ"), COUNT, 12),
        Column(_("กำลังดำเนินการ"), COUNT, 14),
        Column(_("ยังไม่ดำเนินการ"), COUNT, 14),
        Column(_("รวม"), COUNT, 9),
    ]
    if standing.members:
        columns += _member_columns()
    rows = tuple(
        (
            f"{line.step.number}. {named(line.step)}",
            line.done,
            line.doing,
            line.none,
            line.of,
            *((line.joined, line.members) if standing.members else ()),
        )
        for line in standing.steps
    )
    caption = _("จำนวน%(word)sจำแนกตามขั้นตอนและสถานะ", word=named(report.stage, "unit_word"))
    table = ReportTable(_("ขั้นตอน"), caption, tuple(columns), rows)
    states = [line.step for line in standing.steps if line.step.is_state]
    blocks: tuple[Paragraph | ReportTable, ...] = (table,)
    if states:
        blocks += (Paragraph(_state_words(report), Style.NOTE),)
    return Section(_("ความก้าวหน้าตามขั้นตอน"), blocks)


def _member_columns() -> list[Column]:
    over = _("หน่วยงานร่วม")
    return [Column(_("ร่วมแล้ว"), COUNT, 9, over), Column(_("จาก"), COUNT, 9, over)]


def _state_words(report: Report) -> str:
    states = [line.step for line in report.standing.steps if line.step.is_state]
    numbers = _(" และ ").join(str(step.number) for step in states)
    words = [states[0].claim_word(claim, language()) for claim in ("done", "doing", "none")]
    return digits(
        _(
            "ขั้นตอนที่ %(numbers)s ใช้คำว่า %(done)s, %(doing)s และ %(none)s ตามลำดับ",
            numbers=numbers, done=words[0], doing=words[1], none=words[2],
        )
    )  # fmt: skip


def _steps_of_one(report: Report) -> ReportTable:
    standing = report.standing
    columns = [
        Column(_("ขั้นตอน"), width=48),
        Column(_("สถานะที่หน่วยงานรายงาน"), width=28),
        Column(_("กิจกรรม (ครั้ง)"), COUNT, 14),
    ]
    if standing.members:
        columns += _member_columns()
    rows = tuple(
        (
            f"{line.step.number}. {named(line.step)}",
            line.step.claim_word(line.claim, language()),
            sum(kind.times for kind in report.happened.of_step(line.step.id)),
            *((line.joined, line.members) if standing.members else ()),
        )
        for line in standing.steps
    )
    unit = named(report.tree[standing.enrolments[0].unit_id])
    return ReportTable(_("ขั้นตอน"), _("สถานะของ%(unit)sในแต่ละขั้นตอน", unit=unit), tuple(columns), rows)


def groups(report: Report) -> Section:
    """Return how many units of each group did each step, and how many activities were held there."""
    standing = report.standing
    over = _("แล้วเสร็จในขั้นตอนที่")
    columns = (
        Column(_("กลุ่ม"), width=33),
        Column(_("จำนวนหน่วยงาน"), COUNT, 19),
        *(Column(str(line.step.number), COUNT, 9, over) for line in standing.steps),
        Column(_("กิจกรรม (ครั้ง)"), COUNT, 16),
    )
    rows: list[Row] = [
        (named(group.unit), group.of, *group.done, report.activities_of(group.unit))
        for group in standing.groups
    ]
    outside = report.activities_of(None)
    if outside:
        rows.append((_("หน่วยงานอื่น"), 0, *(0 for _step in standing.steps), outside))
    total: Row = (_("รวม"), standing.of, *(line.done for line in standing.steps), report.happened.activities)
    caption = _("จำนวนหน่วยงานที่ดำเนินการแล้วเสร็จ จำแนกตามกลุ่มและขั้นตอน")
    table = ReportTable(_("รายกลุ่ม"), caption, columns, tuple(rows), total)
    return Section(_("ความก้าวหน้ารายกลุ่ม"), (table,))


def to_follow(report: Report) -> Section:
    """Return how many units of each group are to be followed, by reason; no unit is named."""
    standing, over = report.standing, _("เหตุ")
    columns = (
        Column(_("กลุ่ม"), width=28),
        Column(_("จำนวนหน่วยงาน"), COUNT, 18),
        *(Column(str(REASON_NAMES[kind]), COUNT, 16, over) for kind in ReasonKind),
        Column(_("ควรติดตาม"), COUNT, 14),
    )
    several = [group for group in standing.groups if group.of > 1]
    single = [group for group in standing.groups if group.of <= 1]  # a row of its own would name the unit
    rows = [_follow_row(named(group.unit), [group]) for group in several]
    if several and single:
        rows.append(_follow_row(_("หน่วยงานอื่น"), single))
    total = _follow_row(_("รวม"), standing.groups)
    caption = _("จำนวนหน่วยงานที่ควรติดตาม จำแนกตามกลุ่มและเหตุ")
    note = Paragraph(_("หน่วยงานหนึ่งอาจมีหลายเหตุ จึงรวมกันแล้วมากกว่าจำนวนหน่วยงานได้"), Style.NOTE)
    return Section(
        _("หน่วยงานที่ควรติดตาม"), (ReportTable(_("ควรติดตาม"), caption, columns, tuple(rows), total), note)
    )


def _follow_row(name: str, groups: Sequence[GroupLine]) -> Row:
    reasons = (sum(group.reasons[at] for group in groups) for at in range(len(ReasonKind)))
    return (name, sum(group.of for group in groups), *reasons, sum(group.to_follow for group in groups))
