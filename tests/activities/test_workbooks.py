"""Reading what people send: files that are safe to open, and every problem by its cell."""

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from tracker.web.workbooks import (
    FileColumn,
    UnreadableFileError,
    as_count,
    as_day,
    as_text,
    letters,
    read_file,
    read_pasted,
)

COLUMNS = (
    FileColumn("day", ("วันที่จัด", "Date"), required=True, holds_days=True),
    FileColumn("title", ("ชื่อเรื่อง", "Title"), required=True),
    FileColumn("people", ("จำนวนผู้เข้าร่วม", "Participants")),
    FileColumn("unit", ("รหัสหน่วยงาน", "Unit code")),
)
HEAD = ["วันที่จัด *", "ชื่อเรื่อง *", "จำนวนผู้เข้าร่วม"]


@pytest.fixture(autouse=True)
def _in_the_application(app):
    with app.test_request_context():
        yield


def workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def changed(data: bytes, **parts: bytes) -> bytes:
    """Return a workbook with parts replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        names = {name.replace("__", "/"): content for name, content in parts.items()}
        for part in old.infolist():
            if part.filename not in names:
                new.writestr(part.filename, old.read(part))
        for name, content in names.items():
            new.writestr(name, content)
    return target.getvalue()


def said(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(UnreadableFileError) as refused:
        read_file(data, name, COLUMNS)
    assert refused.value.problem.remedy
    return refused.value.problem.sentence


def test_rows_are_read_with_their_addresses():
    reading = read_file(
        workbook(HEAD, [date(2026, 6, 18), "วง CoP", 12], [], [None, "สัมภาษณ์"]), "a.xlsx", COLUMNS
    )

    assert reading.problems == []
    assert [(row.number, row.cells["title"]) for row in reading.rows] == [(2, "วง CoP"), (4, "สัมภาษณ์")]
    assert reading.rows[0].cell("people") == "C2"


def test_the_header_may_stand_below_a_title_and_in_either_language():
    reading = read_file(
        workbook(["กิจกรรมของหน่วยงาน"], [], ["Title", "Date"], ["วง", "1/2/2569"]), "a.xlsx", COLUMNS
    )

    assert reading.rows[0].cells["day"] == "1/2/2569"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_any_usual_delimiter_and_a_byte_order_mark(delimiter):
    text = delimiter.join(["วันที่จัด", "ชื่อเรื่อง"]) + "\r\n" + delimiter.join(["18 มิ.ย. 2569", "วง CoP"]) + "\r\n"

    assert read_file(text.encode("utf-8-sig"), "a.csv", COLUMNS).rows[0].cells["title"] == "วง CoP"


def test_csv_in_utf_16_is_read():
    text = "วันที่จัด\tชื่อเรื่อง\n18/6/2569\tวง CoP\n"

    assert read_file(text.encode("utf-16"), "a.csv", COLUMNS).rows[0].cells["title"] == "วง CoP"


def test_an_old_thai_encoding_is_named():
    assert "TIS-620" in said("วันที่จัด,ชื่อเรื่อง\n".encode("cp874"), "a.csv")


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"", "a.xlsx", "ว่าง"),
        (b"not a workbook", "a.xlsx", "เสีย"),
        (b"PK\x03\x04broken", "a.xlsx", "เสีย"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "รุ่นเก่า"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "รหัสผ่าน"),
        (b"a\x00b,c", "a.csv", "อักขระ"),
        (b"\xe9\xe8\xff\xfe\x01,\x80\x81\x82\x83", "a.csv", "UTF-8"),
    ],
)
def test_what_is_no_readable_file_is_said(data, name, word):
    assert word in said(data, name)


def test_a_bomb_is_not_opened():
    assert "ผิดปกติ" in said(changed(workbook(HEAD), xl__media__a=b"0" * 80_000_000))
    assert "ผิดปกติ" in said(changed(workbook(HEAD), xl__media__a=b"0" * 3_000_000))
    many = {f"xl__media__{n}": b"" for n in range(400)}
    assert "ผิดปกติ" in said(changed(workbook(HEAD), **many))


def test_entities_are_not_resolved():
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><sst>&b;</sst>'

    assert "DOCTYPE" in said(changed(workbook(HEAD, ["1/1/2569", "a"]), **{"xl__sharedStrings.xml": evil}))


def test_another_kind_of_zip_is_no_workbook():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")

    assert "เสีย" in said(target.getvalue())


def test_a_broken_sheet_is_told():
    data = changed(workbook(HEAD), **{"xl__worksheets__sheet1.xml": b"<worksheet><sheetData><row r='1'><c"})

    assert "เสีย" in said(data)


def test_a_far_cell_costs_nothing():
    book = openpyxl.Workbook()
    for at, heading in enumerate(HEAD, 1):
        book.active.cell(1, at, heading)
    book.active.cell(2, 2, "วง")
    book.active.cell(1_048_576, 16_384, "ไกล")
    target = io.BytesIO()
    book.save(target)

    assert len(read_file(target.getvalue(), "a.xlsx", COLUMNS).rows) == 1


def test_a_formula_is_a_problem_of_its_cell():
    reading = read_file(workbook(HEAD, ["1/1/2569", "=1+1"]), "a.xlsx", COLUMNS)

    assert [(p.cell, p.value) for p in reading.problems] == [("B2", "=1+1")]
    assert "สูตร" in reading.problems[0].sentence


def test_too_many_rows_are_refused_with_a_sentence():
    assert "500" in said(workbook(HEAD, *([f"{n}/1/2569", "วง"] for n in range(600))))
    text = "วันที่จัด,ชื่อเรื่อง\n" + "1/1/2569,วง\n" * 100_000
    assert "500" in said(text.encode(), "a.csv")


def test_a_row_far_below_the_others_is_told_and_never_lost():
    gap: list[list[Any]] = [[] for _ in range(600)]
    assert "เกิน 500 แถว" in said(workbook(HEAD, ["1/1/2569", "วง"], *gap, ["2/1/2569", "ไกล"]))
    assert "603" in said(workbook(HEAD, ["1/1/2569", "วง"], *gap, ["2/1/2569", "ไกล"]))
    assert "เกิน 500 แถว" in said(
        "วันที่จัด,ชื่อเรื่อง\n1/1/2569,วง\n".encode() + b"\n" * 600 + b"2/1/2569,x\n", "a.csv"
    )
    with pytest.raises(UnreadableFileError) as refused:
        read_pasted("1/1/2569\tวง\n" + "\n" * 600 + "2/1/2569\tไกล", COLUMNS)
    assert "เกิน 500 แถว" in refused.value.problem.sentence


def test_five_hundred_rows_below_a_late_header_are_read():
    rows = workbook(*([["หัวเรื่อง"]] * 9), HEAD, *([f"{n}/1/2569", "วง"] for n in range(500)))

    assert len(read_file(rows, "a.xlsx", COLUMNS).rows) == 500


def test_a_csv_file_whose_quotes_do_not_close_is_told():
    assert "เสีย" in said('วันที่จัด,ชื่อเรื่อง\n1/1/2569,"วง\n2/1/2569,อีกวง\n'.encode(), "a.csv")


def test_a_wrong_header_names_what_is_missing():
    reading = read_file(workbook(["วัน", "เรื่อง"], ["1/1/2569", "วง"]), "a.xlsx", COLUMNS)
    assert (reading.problems[0].cell, reading.problems[0].value) == ("A1", "วัน")

    reading = read_file(workbook(["วันที่จัด", "จำนวนผู้เข้าร่วม"], ["1/1/2569", 3]), "a.xlsx", COLUMNS)
    assert "ชื่อเรื่อง" in reading.problems[0].sentence


def test_an_empty_form_is_told():
    assert "ไม่มีแถว" in read_file(workbook(HEAD), "a.xlsx", COLUMNS).problems[0].sentence


def test_a_row_in_which_only_the_form_filled_something_is_empty():
    data = workbook([*HEAD, "รหัสหน่วยงาน"], ["1/1/2569", "วง", 3, "P001"], ["", "", None, "P001"])

    assert len(read_file(data, "a.xlsx", COLUMNS, prefilled=frozenset({"unit"})).rows) == 1


def test_pasted_rows_need_no_header():
    plain = read_pasted("18/6/2569\tวง CoP\t12\n19/6/2569\tสัมภาษณ์", COLUMNS, prefilled=frozenset({"unit"}))
    headed = read_pasted("ชื่อเรื่อง\tวันที่จัด\nวง CoP\t18/6/2569", COLUMNS)

    assert [row.cells["title"] for row in plain.rows] == ["วง CoP", "สัมภาษณ์"]
    assert plain.rows[1].cell("title") == "B2"
    assert headed.rows[0].cells["day"] == "18/6/2569"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2026, 6, 18), date(2026, 6, 18)),
        (date(2569, 6, 18), date(2026, 6, 18)),
        ("๑๘ มิ.ย. ๒๕๖๙", date(2026, 6, 18)),
        (" ", None),
        (None, None),
    ],
)
def test_a_day_is_read_in_either_era(cell, day):
    assert as_day(cell) == day


@pytest.mark.parametrize("cell", ["30 ก.พ. 2569", "18/6/69", "เมื่อวาน", 45_000])
def test_a_day_that_cannot_be_is_a_sentence(cell):
    with pytest.raises(ValueError, match=r"กรุณา|วันที่"):
        as_day(cell)


def test_counts_and_texts_are_read_as_typed():
    assert (as_count("๑,๒๓๔"), as_count(12), as_count(" ")) == (1234, 12, None)
    assert (as_text(None), as_text("  ก\u200b  ข ")) == ("", "ก ข")
    with pytest.raises(ValueError, match="จำนวนเต็ม"):
        as_count("สิบ")


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_a_column_has_its_letters(index, name):
    assert letters(index) == name
