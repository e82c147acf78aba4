"""Cells that no spreadsheet runs, names that every system takes."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.thai.files import guard_cell, safe_download_name

modestly = settings(deadline=None, max_examples=200)
SIGNS = "=+-@＝＋－＠"
blanks = st.text(st.sampled_from(" \u00a0\u200b\ufeff\u3000\t\r\n\u200e"), max_size=4)


@modestly
@given(blanks, st.sampled_from(SIGNS), st.text(max_size=20))
def test_a_formula_is_guarded_whatever_stands_before_it(before: str, sign: str, rest: str) -> None:
    text = f"{before}{sign}{rest}"
    assert guard_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["\tก", "\rก", "\nก", " \t", "\u00a0\n=1", '=HYPERLINK("x")', "@SUM(1)", "-2+3"]
)
def test_a_cell_that_begins_with_a_risk_is_guarded(text: str) -> None:
    assert guard_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", " ", "เรือนจำกลาง", "KM-Day", "a=b", "1,780", "'=1", "๑๘ มิ.ย. ๒๕๖๙", "(-5)"]
)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert guard_cell(text) == text


@modestly
@given(st.text(max_size=20))
def test_a_guarded_cell_needs_no_second_guard(text: str) -> None:
    guarded = guard_cell(text)
    assert guard_cell(guarded) == guarded
    assert guarded.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize(
    ("name", "ext", "safe"),
    [
        ("รายงานความก้าวหน้า รอบ 6 เดือน", "pdf", "รายงานความก้าวหน้า รอบ 6 เดือน.pdf"),
        ("รายงาน.pdf", ".PDF", "รายงาน.pdf"),
        ("../../etc/passwd", "csv", "etc-passwd.csv"),
        ("C:\\งาน\\แผน", "docx", "C-งาน-แผน.docx"),
        ('ก"ข<ค>:ง|จ?*', "xlsx", "ก-ข-ค-ง-จ.xlsx"),
        ("ปี\r\nSet-Cookie: a=b", "csv", "ปี Set-Cookie- a=b.csv"),
        ("ลวง\u202egpj.exe", "pdf", "ลวงgpj.exe.pdf"),
        ("CON", "txt", "_CON.txt"),
        ("lpt1.x", "txt", "_lpt1.x.txt"),
        ("...", "pdf", "เอกสาร.pdf"),
        ("", "", "เอกสาร"),
        ("แผน", "p/d\nf", "แผน.pdf"),
        ("ก\ud800", "csv", "ก.csv"),
    ],
)
def test_a_download_keeps_its_thai_name_and_loses_what_is_dangerous(name: str, ext: str, safe: str) -> None:
    assert safe_download_name(name, ext) == safe


def test_a_long_name_is_cut_between_letters() -> None:
    name = safe_download_name("ก" * 65 + "ที่" * 40, "pdf")
    assert len(name.encode()) <= 204
    assert name == "ก" * 65 + ".pdf"


@modestly
@given(st.text(max_size=120), st.text(max_size=12))
def test_every_name_is_safe(name: str, ext: str) -> None:
    safe = safe_download_name(name, ext)
    assert 0 < len(safe.encode()) <= 215
    assert not set(safe) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(char) == "Cc" for char in safe)
    assert safe == safe.strip(" .")
