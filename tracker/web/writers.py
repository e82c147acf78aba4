"""Tables as files: CSV that Excel reads right, and XLSX with real dates shown in B.E."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from typing import IO, Any

from tracker.thai.dates import format_day
from tracker.thai.files import guard_cell
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language
from tracker.web.tables import Cell, Table

BE_DAY = "[$-D07041E]d mmm yyyy"
AD_DAY = "d mmm yyyy"
SHEET_NAME_LENGTH = 31
ROW_LIMIT = 1_048_000
CHUNK = 500
MOST_TEXTS = 10_000


class _Texts(dict[Cell, str]):
    """What days and counts look like in a CSV, each worked out once for a file."""

    def __init__(self) -> None:
        super().__init__({None: ""})
        self._language = language()

    def __missing__(self, cell: Cell) -> str:
        text = format_day(cell, self._language) if isinstance(cell, date) else str(cell)
        if len(self) < MOST_TEXTS:
            self[cell] = text
        return text


def write_csv(table: Table, target: IO[bytes]) -> None:
    """Write a table as CSV: UTF-8 with BOM, every cell quoted, no cell that Excel would run as a formula."""
    buffer, texts, rows = io.StringIO(newline=""), _Texts(), iter(table.rows)
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    buffer.write("\ufeff")
    writer.writerow([guard_cell(column.heading) for column in table.columns])
    while text := buffer.getvalue():
        target.write(text.encode())
        buffer.seek(0)
        buffer.truncate()
        for row in islice(rows, CHUNK):
            # Nearly every text begins with a letter; asking here spares a call for each of millions of cells.
            writer.writerow(
                [
                    (cell if cell[:1].isalnum() else guard_cell(cell))
                    if isinstance(cell, str)
                    else texts[cell]
                    for cell in row
                ]
            )


def sheet_name(name: str) -> str:
    r"""Return a name that Excel takes for a sheet: 31 characters, none of []:*?/\ and no quote at an end."""
    clean = "".join(" " if character in "[]:*?/\\" else character for character in name)
    return clean.strip().strip("'")[:SHEET_NAME_LENGTH] or "Sheet"


class SheetWriter:
    """Writes tables as sheets of one workbook, row by row so that memory stays flat."""

    def __init__(self, target: IO[bytes]) -> None:
        """Open a workbook that will be written to `target` when closed."""
        import xlsxwriter  # noqa: PLC0415  # heavy, and most requests write no workbook

        self.book: Any = xlsxwriter.Workbook(
            target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        font = {"font_name": "TH Sarabun New", "font_size": 14, "valign": "top"}
        self.head = self.book.add_format(
            {**font, "bold": True, "text_wrap": True, "bg_color": "#E4ECEB", "bottom": 1}
        )
        self.text = self.book.add_format({**font, "text_wrap": True})
        self.count = self.book.add_format({**font, "num_format": "#,##0"})
        day = AD_DAY if language() == "en" else BE_DAY
        self.day = self.book.add_format({**font, "num_format": day, "align": "left"})
        self._names: set[str] = set()

    def _unused(self, name: str) -> str:
        base, number = sheet_name(name), 2
        found = base
        while found.lower() in self._names:
            found = f"{base[: SHEET_NAME_LENGTH - 4]} {number}"
            number += 1
        self._names.add(found.lower())
        return found

    def add(self, table: Table) -> None:
        """Add a table as a sheet: frozen header, filters, widths, A4 landscape with repeated header."""
        sheet = self.book.add_worksheet(self._unused(table.name))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        for index, column in enumerate(table.columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.heading, self.head)
        last = 0
        for last, row in enumerate(table.rows, start=1):
            if last > ROW_LIMIT:
                raise ValueError("more rows than a sheet can hold")
            self._row(sheet, last, row)
        if table.columns:
            sheet.autofilter(0, 0, last, len(table.columns) - 1)

    def _row(self, sheet: Any, at: int, row: Sequence[Cell]) -> None:
        for index, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, date):
                moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001  # a sheet knows no zones
                sheet.write_datetime(at, index, moment, self.day)
            elif isinstance(cell, int):
                sheet.write_number(at, index, cell, self.count)
            else:
                sheet.write_string(at, index, cell[:32_000], self.text)

    def add_about(self, lines: Sequence[str]) -> None:
        """Add a last sheet that says what the workbook is: which filter, as of when, by whom."""
        if not lines:
            return
        sheet = self.book.add_worksheet(self._unused(_("เกี่ยวกับไฟล์นี้")))
        sheet.set_column(0, 0, 100)
        for at, line in enumerate(lines):
            sheet.write_string(at, 0, line, self.text)

    def close(self) -> None:
        """Write the workbook out."""
        self.book.close()


def write_xlsx(tables: Sequence[Table], target: IO[bytes]) -> None:
    """Write tables as the sheets of one workbook, with what they say about themselves on the last."""
    writer = SheetWriter(target)
    for table in tables:
        writer.add(table)
    writer.add_about([line for table in tables[:1] for line in table.about])
    writer.close()
