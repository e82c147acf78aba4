"""A report as tables to take away: one sheet a part, and all of them as one long table for CSV."""

from collections.abc import Iterator
from dataclasses import replace

from tracker.reporting.blocks import Paper, Paragraph, Section
from tracker.reporting.report import Report
from tracker.web.i18n import gettext as _
from tracker.web.tables import Cell, Column, ColumnKind, Table


def about(paper: Paper) -> tuple[str, ...]:
    """Return what a file says about itself: what, whose, when, by whom, from which data."""
    return (paper.title, *paper.lines, *paper.origin)


def _texts_sheet(report: Report) -> Table:
    texts = report.texts
    rows: tuple[tuple[Cell, ...], ...] = (
        (_("ปัญหาและอุปสรรค"), texts.problems),
        (_("ข้อเสนอแนะ"), texts.suggestions),
        (_("ปัจจัยสนับสนุน"), texts.factors),
    )
    return Table(_("ข้อความในรายงาน"), (Column(_("หัวข้อ"), width=24), Column(_("ข้อความ"), width=100)), rows)


def _methods_sheet(methods: Section) -> Table:
    rows = tuple((block.lead, block.text) for block in methods.blocks if isinstance(block, Paragraph))
    return Table(methods.heading, (Column(_("ตัวเลข"), width=34), Column(methods.heading, width=100)), rows)


def report_tables(report: Report, paper: Paper) -> list[Table]:
    """Return one table for each part of a report, in the order of the report."""
    annex = [paper.annex.table.sheet()] if paper.annex else []
    parts = [table.sheet() for section in paper.sections for table in section.tables]
    found = [*parts, _texts_sheet(report), _methods_sheet(paper.methods), *annex]
    return [replace(found[0], about=about(paper)), *found[1:]]


def long_table(report: Report, paper: Paper) -> Table:
    """Return every part as one table of part, row, column and value."""
    columns = (
        Column(_("ส่วน"), width=26),
        Column(_("แถวที่"), ColumnKind.COUNT, 8),
        Column(_("คอลัมน์"), width=26),
        Column(_("ค่า"), width=60),
    )

    def rows() -> Iterator[tuple[Cell, ...]]:
        for line in about(paper):
            yield (_("เกี่ยวกับไฟล์นี้"), None, "", line)
        for table in report_tables(report, paper):
            for number, row in enumerate(table.rows, start=1):
                for column, value in zip(table.columns, row, strict=True):
                    yield (table.name, number, column.heading, value)

    return Table(paper.name, columns, rows())
