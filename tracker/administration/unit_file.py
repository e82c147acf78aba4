"""What a file of units must be: every problem is named by line, column, value and remedy."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.administration.limits import CODE_LENGTH, NAME_LENGTH, SHORT_NAME_LENGTH
from tracker.change import RefusedError, checked_text
from tracker.organisation.tree import UnitTree
from tracker.thai.identity import find_national_id
from tracker.thai.text import clean_line, has_forbidden

HEADER = ("code", "level", "kind", "parent_code", "short_name_th", "name_th", "name_en", "province_th")
LIMITS = dict.fromkeys(("code", "level", "kind", "parent_code"), CODE_LENGTH)
LIMITS |= dict.fromkeys(("short_name_th", "province_th"), SHORT_NAME_LENGTH)
LIMITS |= dict.fromkeys(("name_th", "name_en"), NAME_LENGTH)
MAX_ROWS = 5_000
RESERVED = frozenset(("new", "import"))  # pages that stand where a unit's own would
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True)
class FileProblem:
    """One thing that is wrong in a file: where, what stands there, what is wrong and how to mend it."""

    line: int
    column: str
    value: str
    said: RefusedError
    remedy: RefusedError

    def __str__(self) -> str:
        """Return the whole in Thai, on one line."""
        return f"{self.line}:{self.column} {self.value!r} {self.said} {self.remedy}"


Lines = Iterator[tuple[int, list[str]]]
TableRow = tuple[int, dict[str, str]]


class UnitFileError(RefusedError):
    """A file cannot be taken over; `problems` names all that is wrong with it."""

    def __init__(self, problems: list[FileProblem]) -> None:
        super().__init__("ไฟล์นี้มี {count} จุดต้องแก้ ยังไม่ได้นำเข้าแถวใด", count=len(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a file gives it; `line` is 0 for one that does not come from a file."""

    line: int
    code: str
    level: str
    kind: str
    parent_code: str
    short_name_th: str
    name_th: str
    name_en: str
    province_th: str


def whole_file(said: RefusedError, remedy: RefusedError, value: str = "", line: int = 1) -> FileProblem:
    """Return what is wrong with a file as a whole, or with a whole line of it."""
    return FileProblem(line, "", value, said, remedy)


def csv_lines(text: str) -> Lines:
    """Return (line, cells) of each row of a CSV text; raise UnitFileError where it cannot be read on."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        remedy = RefusedError('ตรวจเครื่องหมายอัญประกาศ (") ในแถวนี้และแถวก่อนหน้า')
        unreadable = whole_file(RefusedError("อ่านแถวนี้ไม่ได้"), remedy, line=reader.line_num)
        raise UnitFileError([unreadable]) from None


def table_of(lines: Lines, header: tuple[str, ...]) -> tuple[list[TableRow], list[FileProblem]]:
    """Return each row under a header as (line, {column: cleaned text}), and what is wrong with the table."""
    rows: list[TableRow] = []
    problems: list[FileProblem] = []
    try:
        line, cells = next(lines, (1, []))
        names = [clean_line(name).lower() for name in cells]
        if problems := _header_problems(line, names, header):
            return [], problems
        for line, cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) >= MAX_ROWS:
                too_many = RefusedError("มีเกิน {most} แถว", most=MAX_ROWS)
                return [], [whole_file(too_many, RefusedError("แบ่งเป็นหลายไฟล์"), line=line)]
            if len(cells) != len(names):
                problems.append(_width_problem(line, len(cells), len(names)))
                continue
            rows.append((line, {name: clean_line(cell) for name, cell in zip(names, cells, strict=True)}))
    except UnitFileError as error:
        problems += error.problems
    return rows, problems


def _header_problems(line: int, names: list[str], header: tuple[str, ...]) -> list[FileProblem]:
    remedy = RefusedError("แถวแรกต้องเป็น {header}", header=",".join(header))
    if not names:
        return [whole_file(RefusedError("ไฟล์ว่าง"), remedy, line=line)]
    problems = [
        FileProblem(line, name, "", RefusedError("ขาดคอลัมน์ {name}", name=name), remedy)
        for name in header
        if name not in names
    ]
    for name, times in Counter(names).items():
        if name not in header:
            said = RefusedError("ไม่รู้จักคอลัมน์ {name}", name=name[:60] or "-")
            problems.append(FileProblem(line, name[:60], "", said, remedy))
        elif times > 1:
            problems.append(FileProblem(line, name, "", RefusedError("คอลัมน์ {name} ซ้ำ", name=name), remedy))
    return problems


def _width_problem(line: int, found: int, wanted: int) -> FileProblem:
    said = RefusedError("แถวนี้มี {found} ช่อง ต้องมี {wanted}", found=found, wanted=wanted)
    return whole_file(said, RefusedError('ใส่เครื่องหมายอัญประกาศ (") ครอบข้อความที่มีจุลภาค'), line=line)


def check_cells(row: Any, limits: Mapping[str, int]) -> list[FileProblem]:
    """Return the texts of a row that cannot be kept: forbidden, too long, or with a national ID."""
    problems = []
    for name, limit in limits.items():
        text = getattr(row, name)
        try:
            checked_text(text, name, limit=limit)
        except RefusedError as said:
            shown = "" if find_national_id(text) or has_forbidden(text) else text[:60]
            problems.append(FileProblem(row.line, name, shown, said, RefusedError("แก้ช่องนี้ในไฟล์")))
    return problems


def check_units(rows: list[UnitRow], tree: UnitTree) -> list[FileProblem]:
    """Return what is wrong with rows beside the units that exist: texts, codes, levels, parents, cycles."""
    first: dict[str, int] = {}
    problems: list[FileProblem] = []
    known = {row.code for row in rows} | set(tree.by_code)
    for row in rows:
        problems += check_cells(row, LIMITS) or _row_problems(row, tree, known)
        if row.code in first:
            said = RefusedError("รหัส {code} ซ้ำกับบรรทัดที่ {line}", code=row.code, line=first[row.code])
            remedy = RefusedError("ใช้รหัสเดียวต่อหนึ่งหน่วยงาน")
            problems.append(FileProblem(row.line, "code", row.code, said, remedy))
        first.setdefault(row.code, row.line)
    return sorted(problems + _tree_problems(rows, tree), key=lambda problem: problem.line)


def _row_problems(row: UnitRow, tree: UnitTree, known: set[str]) -> list[FileProblem]:
    problems = []

    def say(column: str, value: str, said: RefusedError, remedy: RefusedError) -> None:
        problems.append(FileProblem(row.line, column, value, said, remedy))

    if not _CODE.fullmatch(row.code):
        remedy = RefusedError("ใช้อักษรละติน ตัวเลข จุด - หรือ _ ไม่เกิน 40 ตัว เช่น P001")
        say("code", row.code, RefusedError("รหัสหน่วยงานใช้ไม่ได้"), remedy)
    elif row.code.lower() in RESERVED:
        remedy = RefusedError("ใช้รหัสอื่น เช่น P001")
        say(
            "code",
            row.code,
            RefusedError("รหัส {code} เป็นชื่อหน้าของระบบ ใช้เป็นรหัสหน่วยงานไม่ได้", code=row.code),
            remedy,
        )
    if not row.name_th:
        say("name_th", "", RefusedError("ขาดชื่อภาษาไทย"), RefusedError("ใส่ชื่อเต็มของหน่วยงาน"))
    if row.level not in tree.levels:
        remedy = RefusedError("ใช้ได้: {known}", known=", ".join(tree.levels))
        say("level", row.level, RefusedError("ไม่รู้จักระดับนี้"), remedy)
    if row.kind not in tree.kinds:
        remedy = RefusedError("ใช้ได้: {known}", known=", ".join(tree.kinds))
        say("kind", row.kind, RefusedError("ไม่รู้จักประเภทนี้"), remedy)
    if row.parent_code and row.parent_code not in known:
        remedy = RefusedError("ใส่รหัสของหน่วยงานที่มีอยู่แล้วหรืออยู่ในไฟล์นี้")
        say("parent_code", row.parent_code, RefusedError("ไม่พบต้นสังกัดรหัสนี้"), remedy)
    return problems


def _tree_problems(rows: list[UnitRow], tree: UnitTree) -> list[FileProblem]:
    parents = {n.code: tree[n.parent_id].code if n.parent_id else "" for n in tree}
    parents |= {row.code: row.parent_code for row in rows}
    roots = {code for code, parent in parents.items() if not parent}
    problems = []
    for row in rows:
        if _in_cycle(row.code, parents):
            said = RefusedError("ต้นสังกัดวนกลับมาที่หน่วยงานเดิม")
            remedy = RefusedError("แก้ต้นสังกัดให้ไล่ขึ้นไปถึงหน่วยงานบนสุดได้")
            problems.append(FileProblem(row.line, "parent_code", row.parent_code, said, remedy))
        elif not row.parent_code and len(roots) > 1:
            said = RefusedError("มีหน่วยงานที่ไม่มีต้นสังกัดมากกว่าหนึ่งแห่ง")
            remedy = RefusedError("ใส่ต้นสังกัด มีได้แห่งเดียวที่อยู่บนสุด")
            problems.append(FileProblem(row.line, "parent_code", "", said, remedy))
    return problems


def _in_cycle(code: str, parents: dict[str, str]) -> bool:
    seen = {code}
    above = parents.get(code, "")
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return above == code
