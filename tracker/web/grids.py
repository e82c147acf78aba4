"""Tables as rows of cells: from a sheet of a workbook, or from text with separators."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from tracker.thai.text import has_forbidden
from tracker.web.archives import UnreadableFileError, broken_file, open_workbook
from tracker.web.i18n import gettext as _

MOST_ROWS = 500
MOST_COLUMNS = 40
HEADER_WITHIN = 10
Grid = Iterator[tuple[int, Sequence[Any]]]


class NotReadable:
    """A cell that cannot be taken: a formula or an error of the spreadsheet."""

    def __init__(self, text: str, sentence: str, remedy: str) -> None:
        self.text, self.sentence, self.remedy = text, sentence, remedy

    def __str__(self) -> str:
        return self.text


def _value(cell: Any) -> Any:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if kind == "f":
        text = value if isinstance(value, str) else str(getattr(value, "text", "="))
        return NotReadable(text, _("เซลล์นี้เป็นสูตร"), _("คัดลอกแล้ววางเป็นค่า (Paste Values)"))
    if kind == "e":
        return NotReadable(str(value), _("เซลล์นี้คำนวณผิดพลาด"), _("พิมพ์ค่าใหม่"))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def workbook_grids(data: bytes) -> Iterator[tuple[str, Grid]]:
    """Read the visible sheets of a workbook, row by row; raise UnreadableFileError."""
    book = open_workbook(data)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                yield sheet.title, _sheet_grid(sheet)
    finally:
        book.close()


def _sheet_grid(sheet: Any) -> Grid:
    rows = sheet.iter_rows(max_row=MOST_ROWS + HEADER_WITHIN + 1, max_col=MOST_COLUMNS)
    try:
        for number, row in enumerate(rows, 1):
            yield number, [_value(cell) for cell in row]
    except Exception as error:  # openpyxl raises whatever a broken part makes it raise
        raise broken_file() from error


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, or UTF-16 with a mark; name another encoding."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
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


def text_grid(text: str, delimiter: str | None = None) -> Grid:
    """Read rows of a text; without a delimiter the one that the first line has most of."""
    if has_forbidden(text):
        raise UnreadableFileError(_("ไฟล์มีอักขระที่ระบบเก็บไม่ได้"), _("บันทึกไฟล์ใหม่จาก Excel แล้วส่งอีกครั้ง"))
    first = text.lstrip().split("\n", 1)[0]
    delimiter = delimiter or max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(rows, 1):
            if number > MOST_ROWS + HEADER_WITHIN + 1:
                return
            yield number, row[:MOST_COLUMNS]
    except csv.Error as error:
        raise UnreadableFileError(
            _("ตารางในไฟล์เสีย อ่านต่อจากแถวที่ %(row)s ไม่ได้", row=rows.line_num), _("บันทึกไฟล์ใหม่จาก Excel")
        ) from error
