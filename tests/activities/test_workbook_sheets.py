"""Whole files: every sheet with the header, and what a spreadsheet makes of what people type."""

import io
from collections.abc import Sequence
from datetime import date, time
from typing import Any

import openpyxl
import pytest

from tracker.web.workbooks import FileColumn, Reading, UnreadableFileError, as_text, read_file

COLUMNS = (
    FileColumn("day", ("วันที่จัด", "Date"), required=True, holds_days=True),
    FileColumn("title", ("ชื่อเรื่อง", "Title"), required=True),
    FileColumn("people", ("จำนวนผู้เข้าร่วม", "Participants")),
)
HEAD = ["วันที่จัด *", "ชื่อเรื่อง *", "จำนวนผู้เข้าร่วม"]
Rows = Sequence[Sequence[Any]]


@pytest.fixture(autouse=True)
def _in_the_application(app):
    with app.test_request_context():
        yield


def read(sheets: dict[str, Rows], hidden: str = "") -> Reading:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
        for cells in rows:
            sheet.append(cells)
    target = io.BytesIO()
    book.save(target)
    return read_file(target.getvalue(), "a.xlsx", COLUMNS)


def read_csv(text: str) -> Reading:
    return read_file(text.encode(), "a.csv", COLUMNS)


def titles(reading: Reading) -> list[str]:
    assert reading.problems == []
    return [row.cells["title"] for row in reading.rows]


def test_every_visible_sheet_with_the_header_is_read():
    months = {"พ.ค.": [HEAD, ["1/5/2569", "หนึ่ง"]], "มิ.ย.": [["รายงาน"], HEAD, ["1/6/2569", "สอง"]]}
    reading = read({"เก่า": [HEAD, ["1/4/2569", "ซ่อน"]], **months}, hidden="เก่า")

    assert titles(reading) == ["หนึ่ง", "สอง"]
    assert [row.problem("title", "").cell for row in reading.rows] == ["B2", "B3"]
    assert [row.sheet for row in reading.rows] == ["พ.ค.", "มิ.ย."]
    assert reading.unread == []


def test_a_sheet_with_the_header_and_no_rows_is_no_problem_beside_one_with_rows():
    assert titles(read({"ก": [HEAD, ["1/5/2569", "หนึ่ง"]], "ข": [HEAD]})) == ["หนึ่ง"]
    assert "ไม่มีแถว" in read({"ก": [HEAD], "ข": [HEAD]}).problems[0].sentence


def test_a_sheet_with_rows_and_no_whole_header_is_named_as_unread():
    reading = read(
        {
            "ก": [HEAD, ["1/5/2569", "หนึ่ง"]],
            "ไม่มีหัว": [["2/5/2569", "สอง"]],
            "ไม่ครบ": [["วันที่จัด", "จำนวนผู้เข้าร่วม"], ["3/5/2569", 3]],
            "หมายเหตุ": [["อ่านก่อน"]],
            "ว่าง": [],
        }
    )

    assert titles(reading) == ["หนึ่ง"]
    assert reading.unread == ["ไม่มีหัว", "ไม่ครบ"]


@pytest.mark.parametrize("names", [("รายการเลือก", "วิธีกรอก"), ("Choices", "How to fill in")])
def test_the_further_sheets_of_our_own_form_are_not_complained_about(names):
    further = {name: [["0 เตรียมความพร้อม", "ให้ความรู้ KM", "วง CoP"]] for name in names}

    assert read({"กิจกรรม": [HEAD, ["1/5/2569", "หนึ่ง"]], **further}).unread == []


def test_an_incomplete_header_is_told_when_no_sheet_has_a_whole_one():
    reading = read({"ก": [["อ่านก่อน"]], "ข": [["วันที่จัด", "จำนวนผู้เข้าร่วม"], ["3/5/2569", 3]]})

    assert [(problem.sheet, problem.cell) for problem in reading.problems] == [("ข", "A1")]
    assert "ชื่อเรื่อง" in reading.problems[0].sentence


def test_the_sheets_of_a_file_hold_five_hundred_rows_together():
    rows = [HEAD, *([f"{n}/1/2569", "วง"] for n in range(300))]
    with pytest.raises(UnreadableFileError) as refused:
        read({"ก": rows, "ข": rows})

    assert "ข แถวที่ 202" in refused.value.problem.sentence


@pytest.mark.parametrize("title", ["รายงานกิจกรรม", "รายงาน, ปี 2569, ระยะที่ 2, ฉบับแก้", '"รายงาน; ก,ข"', "\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_under_which_the_header_stands(delimiter, title):
    lines = [title, delimiter.join(HEAD), delimiter.join(["18/6/2569", '"วง ก, ข; ค"', "9"])]

    assert titles(read_csv("\r\n".join(lines))) == ["วง ก, ข; ค"]


def test_a_csv_file_without_the_header_is_told_whatever_its_delimiter():
    assert [p.sentence for p in read_csv('"a";"b"\n"c";"d"\n').problems] == ["ไม่พบหัวตาราง"]


@pytest.mark.parametrize("value", [date(2026, 6, 18), time(9, 30)])
def test_a_text_that_the_spreadsheet_made_a_day_or_a_time_is_a_problem_of_its_cell(value):
    found = read({"ก": [HEAD, ["18/6/2569", value], [date(2026, 6, 18), "วง", value]]}).problems

    assert [problem.cell for problem in found] == ["B2", "C3"]
    assert {problem.value for problem in found} <= {"18 มิ.ย. 2569", "09:30:00"}
    assert all("Text" in problem.remedy for problem in found)


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [(2569, "General", "2569"), (3.0, "General", "3"), (0.1 + 0.2, "General", "0.3"), (0.8, "0%", "80%"),
     (12.5, "0.00", "12.5"), (True, "General", "TRUE")],
)  # fmt: skip
def test_a_number_in_a_column_of_text_is_the_text_that_the_spreadsheet_shows(value, shown_as, text):
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(["18/6/2569", value])
    book.active["B2"].number_format = shown_as
    target = io.BytesIO()
    book.save(target)

    assert as_text(read_file(target.getvalue(), "a.xlsx", COLUMNS).rows[0].cells["title"]) == text


def test_a_cell_merged_with_the_row_above_is_told_and_a_title_or_two_columns_merged_are_not():
    book = openpyxl.Workbook()
    sheet = book.active
    for cells in (["รายงาน"], HEAD, ["1/5/2569", "ก", 1], ["", "ข", 2], ["3/5/2569", "ค"], [], []):
        sheet.append([cell or None for cell in cells])
    for merged in ("A1:C1", "A3:A4", "B5:C5", "A6:C7"):
        sheet.merge_cells(merged)
    sheet.merged_cells.add("B100:XFD1048576")
    target = io.BytesIO()
    book.save(target)
    reading = read_file(target.getvalue(), "a.xlsx", COLUMNS)

    assert [(problem.cell, problem.sentence) for problem in reading.problems] == [
        ("A4", "เซลล์นี้ผสาน (Merge) กับแถวบน")
    ]
    assert [row.cells["title"] for row in reading.rows] == ["ก", "ข", "ค"]
