"""Tables as rows of cells: from a sheet of a workbook, or from text with separators."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from tracker.thai.text import has_forbidden
from tracker.web.archives import UnreadableFileError, broken_file, open_workbook
from tracker.web.cells import NotReadable
from tracker.web.i18n import gettext as _

MOST_ROWS = 500
MOST_COLUMNS = 40
HEADER_WITHIN = 10
LAST_ROW = HEADER_WITHIN + MOST_ROWS
DELIMITERS = ",;\t"
_LAST_OF_A_SHEET = 1_048_576
# A cell as spreadsheets copy it when it holds a line break or a quotation mark: closed where the cell ends.
# Typed text may begin with a mark that nobody closes; no cell goes on past a tab, so it swallows no row.
_QUOTED = re.compile(r'"((?:[^"\t]|"")*)"(?=[\t\r\n]|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_MOST_MERGED = 2000
Grid = Iterator[tuple[int, Sequence[Any]]]


def _value(cell: Any) -> Any:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if kind == "f":
        text = value if isinstance(value, str) else str(getattr(value, "text", "="))
        return NotReadable(text, _("เซลล์นี้เป็นสูตร"), _("คัดลอกแล้ววางเป็นค่า (Paste Values)"))
    if kind == "e":
        return NotReadable(str(value), _("เซลล์นี้คำนวณผิดพลาด"), _("พิมพ์ค่าใหม่"))
    if isinstance(value, datetime):
        return value.date()
    return _number(value, str(cell.number_format)) if isinstance(value, int | float) else value


def _merged() -> NotReadable:
    return NotReadable("", _("เซลล์นี้ผสาน (Merge) กับแถวบน"), _("ยกเลิกการผสาน แล้วใส่ค่าในทุกแถว"))


def _number(value: float, shown_as: str) -> int | float | str:
    """Return a number, or as text what a spreadsheet shows in its place: TRUE, 80%."""
    if isinstance(value, bool):
        return str(value).upper()
    if shown_as.endswith("%"):
        return f"{value * 100:.15g}%"
    return int(value) if float(value).is_integer() else value


def workbook_grids(data: bytes) -> Iterator[tuple[str, Grid]]:
    """Read the visible sheets of a workbook, row by row; raise UnreadableFileError."""
    book = open_workbook(data)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                yield sheet.title, _sheet_grid(sheet)
    finally:
        book.close()


def _merged_below(sheet: Any) -> set[tuple[int, int]]:
    """Return (row, column) of the cells into which a cell of a row above them was merged."""
    from openpyxl.utils import range_boundaries  # noqa: PLC0415  # heavy, and most requests read no workbook

    with sheet._get_source() as source:  # read row by row, a sheet does not know what is merged
        ranges = _MERGED.findall(source.read())[:_MOST_MERGED]
    below = set()
    for one in ranges:
        first_column, first, last_column, last = range_boundaries(one.decode("ascii"))
        columns = range(first_column, min(last_column, MOST_COLUMNS) + 1)
        below |= {(row, column) for row in range(first + 1, min(last, LAST_ROW) + 1) for column in columns}
    return below


def _sheet_grid(sheet: Any) -> Grid:
    rows = sheet.iter_rows(max_row=_LAST_OF_A_SHEET, max_col=MOST_COLUMNS)
    before: Any = None
    try:
        below = _merged_below(sheet)
        for number, row in enumerate(rows, 1):
            if row is not before:  # rows that the file leaves out are one and the same
                cells = [_value(cell) for cell in row]
                yield (
                    number,
                    [
                        _merged() if cell is None and (number, at) in below else cell
                        for at, cell in enumerate(cells, 1)
                    ],
                )
            before = row
    except Exception as error:  # openpyxl raises whatever a broken part makes it raise
        raise broken_file() from error


def _readable(text: str) -> str:
    for line, words in enumerate(text.splitlines() if has_forbidden(text) else (), 1):
        if has_forbidden(words):
            said = _("บรรทัดที่ %(line)s มีอักขระที่ระบบเก็บไม่ได้", line=line)
            raise UnreadableFileError(said, _("บันทึกไฟล์ใหม่จาก Excel แล้วส่งอีกครั้ง"))
    return text


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, or UTF-16 with a mark; name another encoding."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return _readable(data.decode(encoding))
    except UnicodeDecodeError:
        pass
    thai = sum(0xA1 <= byte <= 0xFB for byte in data)
    if thai * 2 > sum(byte >= 0x80 for byte in data):
        raise UnreadableFileError(
            _("ไฟล์นี้เข้ารหัสแบบ TIS-620 (CP874) ระบบอ่านได้เฉพาะ UTF-8"),
            _("เปิดไฟล์ใน Excel แล้วบันทึกใหม่เป็น “CSV UTF-8” หรือ .xlsx"),
        )
    raise UnreadableFileError(
        _("อ่านตัวอักษรในไฟล์ไม่ได้ ไฟล์ไม่ได้เข้ารหัสแบบ UTF-8"), _("บันทึกใหม่เป็น “CSV UTF-8” หรือ .xlsx")
    )


def csv_grid(text: str, delimiter: str) -> Grid:
    """Read the rows of a CSV file."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(rows, 1):
            if any(row):
                yield number, row[:MOST_COLUMNS]
    except csv.Error as error:
        raise UnreadableFileError(
            _("ตารางในไฟล์เสีย อ่านต่อจากแถวที่ %(row)s ไม่ได้", row=rows.line_num), _("บันทึกไฟล์ใหม่จาก Excel")
        ) from error


def pasted_grid(text: str) -> Grid:
    """Read rows of cells with tabs between, as spreadsheets copy them and people type them."""
    at, number, cells = 0, 1, list[str]()
    if has_forbidden(text):
        raise UnreadableFileError(_("แถวที่วางมีอักขระที่ระบบเก็บไม่ได้"), _("คัดลอกแถวจาก Excel แล้ววางใหม่"))
    while at < len(text) or cells:
        cell, at = _pasted_cell(text, at)
        cells.append(cell)
        if text.startswith("\t", at):
            at += 1
            continue
        if any(cells):
            yield number, cells[:MOST_COLUMNS]
        number, cells = number + 1, []
        line_end = _LINE_END.match(text, at)
        at = line_end.end() if line_end else len(text)


def _pasted_cell(text: str, at: int) -> tuple[str, int]:
    """Return the cell that begins at a place, and where it ends."""
    quoted = _QUOTED.match(text, at)
    if quoted and re.search(r'[\r\n]|""', quoted[1]):
        return quoted[1].replace('""', '"'), quoted.end()
    plain = _PLAIN.match(text, at)
    end = plain.end() if plain else at
    return text[at:end], end
