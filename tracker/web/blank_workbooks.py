"""Workbooks to fill in: the heads, the drop-downs, how to fill them in, and paper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Any

from tracker.web.i18n import gettext as _
from tracker.web.i18n import language
from tracker.web.workbooks import HOW_TO_SHEET, FileColumn

ROWS = 200
_HEAD = {
    "bold": True,
    "bg_color": "#E4ECEB",
    "bottom": 1,
    "text_wrap": True,
    "font_name": "TH Sarabun New",
    "font_size": 14,
}


class BlankWorkbook:
    """A workbook with one sheet to fill in; `book` and `sheet` are XlsxWriter's."""

    def __init__(
        self, book: Any, name: str, columns: Sequence[FileColumn], widths: Mapping[str, int]
    ) -> None:
        self.book, self.sheet = book, book.add_worksheet(name)
        self.columns, self.widths = columns, widths
        self.places = {column.key: at for at, column in enumerate(columns)}
        head = book.add_format(_HEAD)
        for at, column in enumerate(columns):
            heading = column.headings[1 if language() == "en" else 0]
            self.sheet.write_string(0, at, f"{heading} *" if column.required else heading, head)
            self.sheet.set_column(at, at, self.width(column.key))

    def width(self, key: str) -> int:
        """Return the width of a column in characters."""
        return self.widths.get(key, 18)

    def style(self, keys: Iterable[str], style: Mapping[str, Any]) -> None:
        """Give the cells of some columns a style."""
        made = self.book.add_format(dict(style))
        for key in keys:
            self.sheet.set_column(self.places[key], self.places[key], self.width(key), made)

    def offer(self, key: str, source: str | list[str]) -> None:
        """Offer a list in the cells of a column: words, or a formula that names a range."""
        at = self.places[key]
        rule = {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": _("เลือกจากรายการ"),
            "error_message": _("เลือกจากรายการในเซลล์นี้"),
        }
        self.sheet.data_validation(1, at, ROWS, at, rule)

    def explain(self, lines: Iterable[str]) -> None:
        """Say on a sheet of its own how the rows are filled in."""
        sheet = self.book.add_worksheet(_(HOW_TO_SHEET))
        sheet.set_column(0, 0, 100)
        for at, line in enumerate(lines):
            sheet.write_string(at, 0, line)

    def set_paper(self) -> None:
        """Keep the heads in sight, and print on A4 across with the heads on each sheet."""
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)


@contextmanager
def blank_workbook(
    target: IO[bytes], name: str, columns: Sequence[FileColumn], widths: Mapping[str, int]
) -> Iterator[BlankWorkbook]:
    """Write a workbook to fill in; the block adds drop-downs and explanations."""
    import xlsxwriter  # noqa: PLC0415  # heavy, and most requests write no workbook

    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    blank = BlankWorkbook(book, name, columns, widths)
    yield blank
    blank.set_paper()
    book.close()
