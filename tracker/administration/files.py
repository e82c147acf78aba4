"""Tables from files that people send, CSV or XLSX: one reader, with one answer to each problem."""

from typing import Any

from tracker.administration.people_file import HEADER as PEOPLE_HEADER
from tracker.administration.people_file import PersonRow
from tracker.administration.unit_file import HEADER as UNIT_HEADER
from tracker.administration.unit_file import (
    MAX_ROWS,
    FileProblem,
    TableRow,
    UnitRow,
    csv_lines,
    table_of,
    whole_file,
)
from tracker.change import RefusedError
from tracker.web.archives import UnreadableFileError, is_workbook
from tracker.web.cells import NotReadable
from tracker.web.grids import HEADER_WITHIN, Grid, decoded, workbook_grids

MAX_BYTES = 2_000_000


def read_unit_file(data: bytes) -> tuple[list[UnitRow], list[FileProblem]]:
    """Return the rows of a file of units and what is wrong with the file itself.

    `check_units` then tells what is wrong with the rows.
    """
    found, problems = _read(data, UNIT_HEADER)
    return [UnitRow(line, *(row[name] for name in UNIT_HEADER)) for line, row in found], problems


def read_people_file(data: bytes) -> tuple[list[PersonRow], list[FileProblem]]:
    """Return the rows of a file of coordinators and what is wrong with the file itself.

    `check_people` then tells what is wrong with the rows.
    """
    found, problems = _read(data, PEOPLE_HEADER)
    return [PersonRow(line, *(row[name] for name in PEOPLE_HEADER)) for line, row in found], problems


def _read(data: bytes, header: tuple[str, ...]) -> tuple[list[TableRow], list[FileProblem]]:
    if not is_workbook(data) and len(data) > MAX_BYTES:
        too_large = RefusedError("ไฟล์ใหญ่เกิน {most} KB", most=MAX_BYTES // 1000)
        return [], [whole_file(too_large, RefusedError("แบ่งเป็นหลายไฟล์"))]
    try:
        lines, problems = _sheet(data, header) if is_workbook(data) else (csv_lines(decoded(data)), [])
    except UnreadableFileError as error:
        return [], [whole_file(_said(error.problem.sentence), _said(error.problem.remedy))]
    rows, found = table_of(iter(lines), header)
    return rows, sorted(problems + found, key=lambda problem: problem.line)


def _said(sentence: str) -> RefusedError:
    """Return a sentence that is in the reader's language already."""
    return RefusedError("{said}", said=sentence)


def _sheet(data: bytes, header: tuple[str, ...]) -> tuple[list[tuple[int, list[str]]], list[FileProblem]]:
    """Return the rows of the first visible sheet that has the header, from it on; else of the first one."""
    first: list[tuple[int, list[str]]] = []
    for _title, grid in workbook_grids(data):
        for number, cells in grid:
            if number > HEADER_WITHIN:
                break
            names = [_text(cell) for cell in cells]
            if len({name.strip().lower() for name in names} & set(header)) > 1:
                return _rows_under(number, names, grid)
            first = first or ([(number, _trimmed(names))] if any(names) else [])
    return first, []


def _rows_under(
    number: int, names: list[str], grid: Grid
) -> tuple[list[tuple[int, list[str]]], list[FileProblem]]:
    names = _trimmed(names)
    lines, problems = [(number, names)], list[FileProblem]()
    for line, cells in grid:
        texts = _trimmed([_text(cell) for cell in cells])
        if not texts:
            continue
        problems += [
            FileProblem(line, name, str(cell)[:60], _said(cell.sentence), _said(cell.remedy))
            for name, cell in zip(names, cells, strict=False)
            if isinstance(cell, NotReadable)
        ]
        if len(texts) > len(names):
            remedy = RefusedError("ลบข้อความนั้น หรือย้ายไปไว้ในคอลัมน์ที่มีหัว")
            problems.append(whole_file(RefusedError("มีข้อความนอกคอลัมน์ที่มีหัว"), remedy, line=line))
        lines.append((line, (texts + [""] * len(names))[: len(names)]))
        if len(lines) > MAX_ROWS + 1:
            break
    return lines, problems


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _trimmed(texts: list[str]) -> list[str]:
    """Return texts without the empty ones at the end."""
    while texts and not texts[-1].strip():
        texts = texts[:-1]
    return texts
