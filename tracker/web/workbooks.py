"""Reading the files that people send: XLSX and CSV, and what they paste; every problem by sheet and cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.thai.dates import FIRST_BE_YEAR, LAST_BE_YEAR, DateError, parse_day
from tracker.thai.numerals import CountError, parse_count
from tracker.thai.text import clean_line, search_text
from tracker.web.archives import Problem, UnreadableFileError, broken_file, is_workbook
from tracker.web.date_field import date_sentence
from tracker.web.grids import (
    HEADER_WITHIN,
    LAST_ROW,
    MOST_ROWS,
    Grid,
    NotReadable,
    csv_grid,
    decoded,
    pasted_grid,
    workbook_grids,
)
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
    "read_file",
    "read_pasted",
]


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of a file: the key in code, the headings that name it (the first is ours), needed or not."""

    key: str
    headings: tuple[str, ...]
    required: bool = False

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
    """What a file holds: its rows, and what is wrong with it."""

    sheet: str
    rows: list[FileRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


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


def _find_header(
    grid: Grid, columns: Sequence[FileColumn]
) -> tuple[list[tuple[int, Sequence[Any]]], dict[str, int]]:
    """Return the rows up to the header, and where each column stands; empty when there is no header."""
    seen: list[tuple[int, Sequence[Any]]] = []
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


def _collect(sheet: str, grid: Grid, places: dict[str, int], prefilled: frozenset[str]) -> Reading:
    reading = Reading(sheet)
    for number, cells in grid:
        found = {key: cells[index] if index < len(cells) else None for key, index in places.items()}
        if _blank([cell for key, cell in found.items() if key not in prefilled]):
            continue
        row = FileRow(sheet, number, found, places)
        if len(reading.rows) >= MOST_ROWS or number > LAST_ROW:
            raise UnreadableFileError(
                _("มีเกิน %(most)s แถว (แถวที่ %(row)s มีข้อมูล)", most=f"{MOST_ROWS:,}", row=number),
                _("แบ่งส่งหลายครั้ง หรือลบแถวว่างที่คั่นอยู่ แล้วส่งใหม่"),
            )
        for key, cell in found.items():
            if isinstance(cell, NotReadable):
                reading.problems.append(row.problem(key, cell.sentence, cell.remedy))
        reading.rows.append(row)
    return reading


def _check_columns(
    sheet: str, places: dict[str, int], columns: Sequence[FileColumn], row: int
) -> list[Problem]:
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


def _read_grids(
    grids: Iterable[tuple[str, Grid]], columns: Sequence[FileColumn], prefilled: frozenset[str]
) -> Reading:
    first_sheet, first_cell = "", ""
    for sheet, rows in grids:
        grid = iter(rows)
        seen, places = _find_header(grid, columns)
        first_sheet = first_sheet or sheet
        first_cell = first_cell or (shown(seen[0][1][0]) if seen and seen[0][1] else "")
        if not places:
            continue
        reading = _collect(sheet, grid, places, prefilled)
        reading.problems[:0] = _check_columns(sheet, places, columns, seen[-1][0])
        if not reading.rows and not reading.problems:
            reading.problems.append(
                Problem(sheet, f"A{seen[-1][0] + 1}", "", _("ไม่มีแถวที่กรอกไว้"), _("กรอกอย่างน้อย 1 แถวใต้หัวตาราง"))
            )
        return reading
    names = "”, “".join(column.headings[0] for column in columns if column.required)
    problem = Problem(
        first_sheet, "A1", first_cell, _("ไม่พบหัวตาราง"), _("แถวแรกต้องมีหัวคอลัมน์ “%(names)s”", names=names)
    )
    return Reading(first_sheet, problems=[problem])


def read_file(
    data: bytes, name: str, columns: Sequence[FileColumn], *, prefilled: frozenset[str] = frozenset()
) -> Reading:
    """Read an .xlsx or .csv file; raise UnreadableFileError when it is none, or not safe to open.

    The header may stand in the first ten rows. A row in which only `prefilled` columns have
    something is empty. Cells are str, int, float, date or None; a formula is a problem of its cell.
    """
    if not data.strip():
        raise UnreadableFileError(_("ไฟล์ว่างเปล่า"), _("เลือกไฟล์ที่กรอกแล้ว"))
    if is_workbook(data):
        return _read_grids(workbook_grids(data), columns, prefilled)
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise broken_file()
    return _read_grids([(_("ไฟล์ CSV"), csv_grid(decoded(data)))], columns, prefilled)


def read_pasted(
    text: str, columns: Sequence[FileColumn], *, prefilled: frozenset[str] = frozenset()
) -> Reading:
    """Read rows that were copied from a spreadsheet, with the header or in the order of the columns."""
    if not text.strip():
        raise UnreadableFileError(
            _("ยังไม่ได้เลือกไฟล์ และยังไม่ได้วางข้อมูล"), _("เลือกไฟล์ที่กรอกแล้ว หรือคัดลอกแถวจาก Excel แล้ววางในช่อง")
        )
    sheet = _("ข้อมูลที่วาง")
    rows = list(pasted_grid(text))
    _seen, places = _find_header(iter(rows[:1]), columns)
    if places:
        return _read_grids([(sheet, iter(rows))], columns, prefilled)
    order = [column.key for column in columns if column.key not in prefilled]
    return _collect(sheet, iter(rows), {key: index for index, key in enumerate(order)}, prefilled)


def as_text(value: Any) -> str:
    """Return a cell as one line of text."""
    if isinstance(value, NotReadable):
        return ""
    return "" if value is None else clean_line(str(value))


def as_day(value: Any) -> date | None:
    """Return a cell as a day; raise ValueError with a sentence.

    A real date whose year is a B.E. one was typed as such into a sheet that took it for A.D.
    """
    if value is None or isinstance(value, NotReadable) or str(value).strip() == "":
        return None
    if isinstance(value, date):
        if not FIRST_BE_YEAR <= value.year <= LAST_BE_YEAR:
            return value
        value = f"{value.day}/{value.month}/{value.year}"
    try:
        return parse_day(str(value))
    except DateError as error:
        raise ValueError(date_sentence(error)) from error


def as_count(value: Any) -> int | None:
    """Return a cell as a count; raise ValueError with a sentence."""
    if value is None or isinstance(value, NotReadable) or str(value).strip() == "":
        return None
    try:
        return parse_count(str(value))
    except CountError as error:
        raise ValueError(_("ต้องเป็นจำนวนเต็มตั้งแต่ 0")) from error
