"""Reading files of units: each problem by line, column, value and remedy."""

import pytest

from tracker.administration.files import read_unit_file
from tracker.administration.unit_file import UnitRow, check_units
from tracker.organisation.tree import unit_tree
from tracker.paths import shipped

HEADER = "code,level,kind,parent_code,short_name_th,name_th,name_en,province_th\n"
REAL = shipped("config.py").parent / "tracker" / "organisation" / "data" / "units.csv"


def row(code, parent="PG01", **values):
    given = {"level": "prison", "kind": "central_prison", "name_th": f"เรือนจำ {code}", **values}
    return UnitRow(
        given.get("line", 2), code, given["level"], given["kind"], parent, "", given["name_th"], "", ""
    )


def columns(problems):
    return [(problem.line, problem.column) for problem in problems]


def test_the_shipped_file_of_units_is_read_without_problems():
    units, problems = read_unit_file(REAL.read_bytes())

    assert (len(units), problems) == (170, [])


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_makes_no_difference(prefix):
    data = prefix + (HEADER + "P9,prison,central_prison,PG01,,เรือนจํา,,\n").encode()

    units, problems = read_unit_file(data)

    assert (units[0].name_th, problems) == ("เรือนจำ", [])


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ((HEADER + "P9,prison,central_prison,PG01,,เรือนจำกลาง,,\n").encode("cp874"), "TIS-620 (CP874)"),
        (b"\x81\x8d\xff", "UTF-8"),
        ((HEADER + "P9,prison,central_prison,PG01,,เรือน\0จำ,,\n").encode(), "บรรทัดที่ 2"),
    ],
)
def test_another_encoding_and_the_line_of_a_forbidden_character_are_named(data, named):
    units, problems = read_unit_file(data)

    assert units == []
    assert named in str(problems[0])


def test_a_file_that_excel_saved_as_unicode_text_is_read():
    text = (HEADER + "P9,prison,central_prison,PG01,,เรือนจำ,,\n").replace(",", "\t")
    units, problems = read_unit_file(text.encode("utf-16"))

    assert (units[0].name_th, problems) == ("เรือนจำ", [])


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", ""),
        ("code,level\n", "kind"),
        (HEADER.strip() + ",phone\n", "phone"),
        (HEADER.strip() + ",code\n", "code"),
        (HEADER + 'P9,prison,"broken\n', ""),
        (HEADER + "P9,prison\n", ""),
        (HEADER + "P9,prison,central_prison,PG01,,เรือน\0จำ,,\n", ""),
    ],
)
def test_a_broken_table_is_told_by_column(text, column):
    _units, problems = read_unit_file(text.encode())

    assert column in {problem.column for problem in problems}
    assert all(str(problem.remedy) for problem in problems)


def test_more_rows_than_can_be_are_refused():
    line = "P{},prison,central_prison,PG01,,ก,,\n"
    _units, problems = read_unit_file((HEADER + "".join(line.format(n) for n in range(5001))).encode())

    assert "5000" in str(problems[0])


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([row("P 9")], [(2, "code")]),
        ([row("P9", "NONE")], [(2, "parent_code")]),
        ([row("P9", name_th="ก" * 201)], [(2, "name_th")]),
        ([row("P9", name_th="1234567890121")], [(2, "name_th")]),
        ([row("P9", name_th="เรือน\0จำ")], [(2, "name_th")]),
        ([row("P9", level="x", kind="y", name_th="")], [(2, "name_th"), (2, "level"), (2, "kind")]),
        ([row("P8", line=2), row("P8", line=3)], [(3, "code")]),
        ([row("P8", "P9", line=2), row("P9", "P8", line=3)], [(2, "parent_code"), (3, "parent_code")]),
        ([row("PG01", "P001", level="prison_group", kind="region")], [(2, "parent_code")]),
        ([row("P9", "")], [(2, "parent_code")]),
        ([row("new")], [(2, "code")]),
        ([row("Import")], [(2, "code")]),
    ],
)
def test_rows_are_checked_beside_the_units_that_exist(session, given, found):
    assert columns(check_units(given, unit_tree(session))) == found
