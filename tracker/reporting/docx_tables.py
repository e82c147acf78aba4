"""Tables of a report in DOCX: real ones, with heads that repeat on every page and rows that do not break."""

import re
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from tracker.reporting.blocks import ReportTable
from tracker.reporting.words import digits, shown
from tracker.web.marks import WHOLE
from tracker.web.tables import Cell, ColumnKind

WIDTH = 16.0
NBSP = "\u00a0"
MARGIN = 57  # twentieths of a point, 1 mm: three digits then fit into the narrowest column of a step


# Vowels and tone marks above and below stand on the letter before them.
LETTER = 0.22  # centimetres of a letter in a head
SIDES = 0.2  # centimetres of the margins of a cell
LEAST = 3 * LETTER + SIDES  # a count of three digits
_LATIN = re.compile("[A-Za-z]+")
_ABOVE_OR_BELOW = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_WHOLE = re.compile(f"(?<=.)(?={'|'.join(map(re.escape, WHOLE))})")


def head_lines(text: str, width: float) -> str:
    """Return a head as lines: one that is too long for its column begins another before a word to keep whole.

    A letter has no way to keep a word together that a program's dictionary cuts, but to end the line before.
    """
    return text if len(_ABOVE_OR_BELOW.sub("", text)) * LETTER <= width else _WHOLE.sub("\n", text)


def _flag(row: Any, *names: str) -> None:
    properties = row._tr.get_or_add_trPr()
    for name in names:
        properties.append(OxmlElement(name))


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F1EFE9")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def widths(table: ReportTable) -> list[float]:
    """Return the width of each column in centimetres: its share, but room for its head's longest Latin word.

    Thai is broken by a dictionary wherever it must; a Latin word that does not fit is cut at any letter.
    """
    total = sum(column.width for column in table.columns)
    shares = [WIDTH * column.width / total for column in table.columns]
    least = [
        share if c.kind is ColumnKind.DAY else LEAST for c, share in zip(table.columns, shares, strict=True)
    ]
    needs = [max(_word_width(c.heading), few) for c, few in zip(table.columns, least, strict=True)]
    lacking = sum(max(0.0, need - share) for need, share in zip(needs, shares, strict=True))
    spare = sum(max(0.0, share - need) for need, share in zip(needs, shares, strict=True))
    moved = min(lacking, spare)
    return [
        share + (need - share) * moved / (lacking if need > share else spare)
        if moved and need != share
        else share
        for need, share in zip(needs, shares, strict=True)
    ]


def _word_width(heading: str) -> float:
    longest = max((len(word) for word in _LATIN.findall(heading)), default=0)
    return longest * LETTER + SIDES if longest else 0.0


def style_id(name: str) -> str:
    """Return what a style of ours is called in the file; looked up by its name, each cell would take 2 ms."""
    return name.replace(" ", "")


def _narrow_margins(made: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    made._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def _write(cell: Any, text: str, style: str, alignment: Any = None) -> None:
    first, *rest = text.split("\n")
    written = [cell.paragraphs[0], *(cell.add_paragraph() for _line in rest)]
    for paragraph, line in zip(written, (first, *rest), strict=True):
        paragraph.add_run(line)
        paragraph._p.style = style_id(style)
        if alignment is not None:
            paragraph.alignment = alignment


def _add_heads(made: Any, table: ReportTable) -> int:
    heads, given = table.heads, widths(table)
    for at, cells in enumerate(heads):
        row = made.rows[at]
        _flag(row, "w:cantSplit", "w:tblHeader")
        for head in cells:
            width = sum(given[head.column : head.column + head.columns])
            cell = row.cells[head.column]
            if head.columns > 1 or head.rows > 1:
                last = made.cell(at + head.rows - 1, head.column + head.columns - 1)
                cell = cell.merge(last)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _write(cell, head_lines(digits(head.text), width), "Report head")
            _shade(cell)
    return len(heads)


def _add_row(made: Any, table: ReportTable, values: tuple[Cell, ...], style: str) -> None:
    row = made.add_row()
    _flag(row, "w:cantSplit")
    for cell, column, value in zip(row.cells, table.columns, values, strict=True):
        alignment = WD_ALIGN_PARAGRAPH.LEFT
        if column.kind is ColumnKind.COUNT:
            alignment = WD_ALIGN_PARAGRAPH.RIGHT
        text = shown(value, typed=column.typed)
        _write(cell, text.replace(" ", NBSP) if column.whole else text, style, alignment)


def add_table(document: Any, table: ReportTable) -> None:
    """Add a table with its caption to a document."""
    document.add_paragraph(digits(table.caption), style="Report caption")
    made = document.add_table(rows=len(table.heads), cols=len(table.columns))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    _narrow_margins(made)
    _add_heads(made, table)
    for values in table.rows:
        _add_row(made, table, values, "Report cell")
    if table.total:
        _add_row(made, table, table.total, "Report total")
    for column, width in zip(made.columns, map(Cm, widths(table)), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    document.add_paragraph(style="Report gap")
