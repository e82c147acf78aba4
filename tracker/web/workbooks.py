"""Reading the files that people send: XLSX and CSV, and what they paste; every problem by sheet and cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from tracker.change import msgid
from tracker.thai.dates import format_day
from tracker.thai.text import search_text
from tracker.web.archives import Problem, UnreadableFileError, broken_file, is_workbook
from tracker.web.cells import NotReadable, as_count, as_day, as_text, as_words
from tracker.web.grids import (
    DELIMITERS,
    HEADER_WITHIN,
    LAST_ROW,
    MOST_ROWS,
    Grid,
    csv_grid,
    decoded,
    pasted_grid,
    workbook_grids,
)
from tracker.web.i18n import LANGUAGES, catalogue, language
from tracker.web.i18n import gettext as _

__all__ = [
    "FileColumn",
    "FileRow",
    "Problem",
    "Reading",
    "UnreadableFileError",
    "as_count",
    "as_day",
    "as_text",
    "as_words",
    "read_file",
    "read_pasted",
]


_Seen = list[tuple[int, Sequence[Any]]]
# The sheets of our own forms beside the one to fill in; each bears its name in the language of its form.
LISTS_SHEET, HOW_TO_SHEET = msgid("รายการเลือก"), msgid("วิธีกรอก")


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of a file: the key in code, the headings that name it (the first is ours), needed or not.

    Where it holds no days, a day in a cell is what the spreadsheet made of something else.
    """

    key: str
    headings: tuple[str, ...]
    required: bool = False
    holds_days: bool = False

    def is_named(self, heading: str) -> bool:
        """Tell whether a heading is this column's; an asterisk that marks it as needed does not matter."""
        return _plain(heading) in {_plain(own) for own in self.headings}


@dataclass(frozen=True)
class FileRow:
    """A row with something in it: its number from 1, and its cells by key."""

    sheet: str
    number: int
    cells: dict[str, Any]
    places: dict[str, int]

    def cell(self, key: str) -> str:
        """Return the address of a cell as people see it: C7."""
        return f"{letters(self.places.get(key, 0))}{self.number}"

    def problem(self, key: str, sentence: str, remedy: str = "") -> Problem:
        """Return what is wrong with a cell of this row."""
        return Problem(self.sheet, self.cell(key), shown(self.cells.get(key)), sentence, remedy)


@dataclass
class Reading:
    """What a file holds: the rows of every sheet with the header, what is wrong, and sheets left unread."""

    rows: list[FileRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def letters(index: int) -> str:
    """Return the letters of a column: A for 0, AA for 26."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def shown(value: Any) -> str:
    """Return a cell as people see it, shortened."""
    text = "" if value is None else str(value)
    text = "".join(character for character in text if character.isprintable())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _plain(heading: Any) -> str:
    return search_text(str(heading or "")).rstrip(" *").replace(" ", "")


def _blank(cells: Sequence[Any]) -> bool:
    return all(cell is None or str(cell).strip() == "" for cell in cells)


def _find_header(grid: Grid, columns: Sequence[FileColumn]) -> tuple[_Seen, dict[str, int]]:
    """Return the rows up to the header, and where each column stands; empty when there is no header."""
    seen: _Seen = []
    for number, cells in grid:
        if number > HEADER_WITHIN:
            break
        seen.append((number, cells))
        places: dict[str, int] = {}
        for index, cell in enumerate(cells):
            for column in columns:
                if cell is not None and column.key not in places and column.is_named(str(cell)):
                    places[column.key] = index
        if len(places) >= min(2, len(columns)):
            return seen, places
    return seen, {}


def _without_days(cell: Any) -> Any:
    """Return a cell of a column that holds no days: one that became a day or a time cannot be taken."""
    if not isinstance(cell, date | time | timedelta):
        return cell
    text = format_day(cell, language()) if isinstance(cell, date) else str(cell)
    return NotReadable(text, _("Excel เปลี่ยนเซลล์นี้เป็นวันที่หรือเวลา"), _("จัดรูปแบบเซลล์เป็นข้อความ (Text) แล้วพิมพ์ใหม่"))


def _collect(
    reading: Reading,
    sheet: str,
    grid: Grid,
    places: dict[str, int],
    columns: Sequence[FileColumn],
    prefilled: frozenset[str],
) -> None:
    """Add the rows below the header of a sheet to what is read already."""
    days = {column.key for column in columns if column.holds_days}
    for number, cells in grid:
        found = {key: cells[index] if index < len(cells) else None for key, index in places.items()}
        if _blank([cell for key, cell in found.items() if key not in prefilled]):
            continue
        found = {key: cell if key in days else _without_days(cell) for key, cell in found.items()}
        row = FileRow(sheet, number, found, places)
        if len(reading.rows) >= MOST_ROWS or number > LAST_ROW:
            raise UnreadableFileError(
                _(
                    "มีเกิน %(most)s แถว (%(sheet)s แถวที่ %(row)s มีข้อมูล)",
                    most=f"{MOST_ROWS:,}", sheet=sheet, row=number,
                ),
                _("แบ่งส่งหลายครั้ง หรือลบแถวว่างที่คั่นอยู่ แล้วส่งใหม่"),
            )  # fmt: skip
        for key, cell in found.items():
            if isinstance(cell, NotReadable):
                reading.problems.append(row.problem(key, cell.sentence, cell.remedy))
        reading.rows.append(row)


def _missing(sheet: str, places: dict[str, int], columns: Sequence[FileColumn], row: int) -> list[Problem]:
    return [
        Problem(
            sheet,
            f"A{row}",
            "",
            _("ไม่พบหัวคอลัมน์ “%(name)s”", name=column.headings[0]),
            _("ใช้หัวคอลัมน์ตามแบบฟอร์มที่ดาวน์โหลดจากหน้านี้"),
        )
        for column in columns
        if column.required and column.key not in places
    ]


def _is_own(sheet: str) -> bool:
    names = (LISTS_SHEET, HOW_TO_SHEET)
    return any(sheet == catalogue(code).gettext(name) for code in LANGUAGES for name in names)


def _no_header(sheet: str, seen: _Seen, needed: Sequence[FileColumn]) -> Problem:
    cell = shown(seen[0][1][0]) if seen and seen[0][1] else ""
    names = "”, “".join(column.headings[0] for column in needed)
    return Problem(sheet, "A1", cell, _("ไม่พบหัวตาราง"), _("แถวแรกต้องมีหัวคอลัมน์ “%(names)s”", names=names))


def _read_grids(
    grids: Iterable[tuple[str, Grid]], columns: Sequence[FileColumn], prefilled: frozenset[str]
) -> Reading:
    """Read every sheet that has all needed headings; other sheets with rows are named as unread."""
    reading, empty, headless = Reading(), list[Problem](), list[Problem]()
    incomplete: list[Problem] = []
    needed = [column for column in columns if column.required]
    for sheet, rows in grids:
        grid = iter(rows)
        seen, places = _find_header(grid, columns)
        missing = _missing(sheet, places, columns, seen[-1][0]) if places else []
        if places and not missing:
            _collect(reading, sheet, grid, places, columns, prefilled)
            below, said = f"A{seen[-1][0] + 1}", _("ไม่มีแถวที่กรอกไว้")
            empty.append(Problem(sheet, below, "", said, _("กรอกอย่างน้อย 1 แถวใต้หัวตาราง")))
            continue
        incomplete = incomplete or missing
        headless.append(_no_header(sheet, seen, needed))
        if any(sum(not _blank([cell]) for cell in cells) >= len(needed) for _number, cells in seen):
            reading.unread += [] if _is_own(sheet) else [sheet]
    if not empty:
        return Reading(problems=incomplete or headless[:1] or [_no_header("", [], needed)])
    if not reading.rows and not reading.problems:
        reading.problems = incomplete or empty[:1]
    return reading


def _csv(text: str, columns: Sequence[FileColumn]) -> Grid:
    """Read a CSV file with the delimiter under which its header is found, else the one it has most of."""

    def suits(delimiter: str) -> tuple[int, int]:
        try:
            places = _find_header(csv_grid(text, delimiter), columns)[1]
        except UnreadableFileError:
            places = {}
        return len(places), text.count(delimiter)

    return csv_grid(text, max(DELIMITERS, key=suits))


def read_file(
    data: bytes, name: str, columns: Sequence[FileColumn], *, prefilled: frozenset[str] = frozenset()
) -> Reading:
    """Read an .xlsx or .csv file; raise UnreadableFileError when it is none, or not safe to open.

    The header may stand in the first ten rows of each visible sheet. A row in which only `prefilled`
    columns have something is empty. Cells are str, int, float, date or None; a formula, and a day where
    none belongs, are problems of their cells.
    """
    if not data.strip():
        raise UnreadableFileError(_("ไฟล์ว่างเปล่า"), _("เลือกไฟล์ที่กรอกแล้ว"))
    if is_workbook(data):
        return _read_grids(workbook_grids(data), columns, prefilled)
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise broken_file()
    return _read_grids([(_("ไฟล์ CSV"), _csv(decoded(data), columns))], columns, prefilled)


def read_pasted(
    text: str, columns: Sequence[FileColumn], *, prefilled: frozenset[str] = frozenset()
) -> Reading:
    """Read rows that were copied from a spreadsheet, with the header or in the order of the columns."""
    sheet = _("ข้อมูลที่วาง")
    rows = list(pasted_grid(text))
    _seen, places = _find_header(iter(rows[:1]), columns)
    if places:
        return _read_grids([(sheet, iter(rows))], columns, prefilled)
    order = [column.key for column in columns if column.key not in prefilled]
    reading = Reading()
    _collect(reading, sheet, iter(rows), {key: at for at, key in enumerate(order)}, columns, prefilled)
    return reading
