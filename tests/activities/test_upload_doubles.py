"""Rows of a file that may be recorded already: told, left out, and written only when somebody ticks them."""

import io
from datetime import date
from functools import partial
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from tests.activities.asking import reason_form
from tests.uploading import confirm, problems, send_file, workbook_of
from tracker.activities.models import Activity

HEAD = ["วันที่จัด", "ขั้นตอน", "ประเภท", "ชื่อเรื่อง", "ผลที่ได้", "จำนวนผู้เข้าร่วม"]
PAGE = "/activities/upload?unit=P001"
DAY = date(2026, 5, 2)
workbook = partial(workbook_of, "กิจกรรม", HEAD)


def row(title: str = "วง CoP", outcome: str = "", people: int | None = None, **changes: Any) -> list[Any]:
    cells = {"day": "2/5/2569", "step": "3", "kind": "วง CoP"} | changes
    return [*cells.values(), title, outcome, people]


def send(browser, *rows, status: int = 200):
    return send_file(browser, PAGE, workbook(*rows), status=status)


def logged(session) -> list[tuple[str, str]]:
    session.expire_all()
    return [(one.title, one.outcome) for one in session.scalars(select(Activity).order_by(Activity.id))]


def similar(page) -> list[str]:
    return [label.text for label in page.html.select("input[name=also] + div label")]


def test_a_corrected_row_is_told_as_a_possible_double_and_left_out(browser_as, session):
    browser = browser_as("coordinator")
    confirm(send(browser, row(outcome="ผล")))
    first = session.scalars(select(Activity)).one()

    page = send(browser, row(outcome="ผลที่แก้"), row("อีกวง"))

    assert page.html.select_one("#h-similar").text == "อาจซ้ำกับรายการที่มีอยู่ 1"
    assert [text for text in similar(page) if "ผลที่แก้" in text]
    assert page.click("รายการที่มีอยู่").request.path == f"/activities/{first.id}"
    confirm(page)
    assert logged(session) == [("วง CoP", "ผล"), ("อีกวง", "")]


def test_a_row_that_was_typed_by_hand_before_is_told_however_its_title_is_written(browser_as, session, make):
    make.activity("P001", kind="s3_cop", title="วง COP  ครั้งที่ ๑", held_on=DAY)
    page = send(browser_as("coordinator"), row("วง CoP ครั้งที่ 1"))

    assert len(similar(page)) == 1
    assert "ไม่ได้เลือกแถวใด" in confirm(page).follow()
    assert len(logged(session)) == 1


def test_a_ticked_row_is_written_and_the_others_are_not(browser_as, session, make):
    for title in ("ก", "ข", "ค"):
        make.activity("P001", kind="s3_cop", title=title, held_on=DAY)
    page = send(browser_as("coordinator"), row("ก", "1"), row("ข", "2"), row("ค", "3"))
    form = next(f for f in page.forms.values() if "sealed" in f.fields)
    form.get("also", index=1).checked = True

    form.submit(status=303)
    form.submit(status=303)

    assert logged(session)[3:] == [("ข", "2")]


@pytest.mark.parametrize(
    "other", [{"day": "3/5/2569"}, {"step": "4", "kind": "ประชุมคลังสมอง"}, {"title": "วง CoP อีกเรื่อง"}]
)
def test_a_row_of_another_day_step_or_title_is_no_double(browser_as, session, make, other):
    make.activity("P001", kind="s3_cop", title="วง CoP", held_on=DAY)
    make.activity("P002", kind="s3_cop", title="วง CoP อีกเรื่อง", held_on=DAY)

    assert similar(send(browser_as("coordinator"), row(**other))) == []


def test_a_row_of_a_withdrawn_record_is_no_double(browser_as, session, make):
    activity = make.activity("P001", kind="s3_cop", title="วง CoP", held_on=DAY)
    browser = browser_as("coordinator")
    form = reason_form(browser.get(f"/activities/{activity.id}/withdraw"))
    form["reason"] = "ผิด"
    form.submit(status=303)

    confirm(send(browser, row()))
    assert len(logged(session)) == 2


def test_rows_of_two_sheets_are_saved_and_a_row_in_both_is_told(browser_as, session):
    browser, book = browser_as("coordinator"), openpyxl.Workbook()
    for name, title in (("พ.ค.", "ก"), ("มิ.ย.", "ข"), ("ก.ค.", "ข")):
        sheet = book.create_sheet(name)
        sheet.append(HEAD)
        sheet.append(row(title))
    book["Sheet"].append(["2/5/2569", "3", "วง CoP", "ไม่มีหัว"])

    assert problems(send_file(browser, PAGE, _bytes(book), status=422)) == [
        ("D2", "แถวนี้ซ้ำกับแถวที่ 2 ของแผ่นงาน มิ.ย.")
    ]
    del book["ก.ค."]
    page = send_file(browser, PAGE, _bytes(book))
    assert "ไม่ได้อ่านแผ่นงาน: Sheet" in page
    confirm(page)
    assert [title for title, _outcome in logged(session)] == ["ก", "ข"]


def test_a_broken_cell_of_one_sheet_hides_no_problem_of_another(browser_as):
    browser, book = browser_as("coordinator"), openpyxl.Workbook()
    for name, cells in (("ก", row("=1+1")), ("ข", row(step="9"))):
        sheet = book.create_sheet(name)
        sheet.append(HEAD)
        sheet.append(cells)

    found = problems(send_file(browser, PAGE, _bytes(book), status=422))
    assert [cell for cell, _said in found] == ["D2", "B2"]


def _bytes(book) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_rows_checked_for_one_unit_are_not_saved_from_the_page_of_another(browser_as, session):
    browser = browser_as("office")
    why = "ส่งมาเป็นกระดาษ"
    mine = send_file(browser, PAGE, workbook(row("ของ P001")), on_behalf_reason=why)
    other = send_file(
        browser, "/activities/upload?unit=P002", workbook(row("ของ P002")), on_behalf_reason=why
    )
    form = next(f for f in other.forms.values() if "sealed" in f.fields)
    form["sealed"].force_value(next(f for f in mine.forms.values() if "sealed" in f.fields)["sealed"].value)

    assert "ยังไม่มีอะไรถูกบันทึก" in form.submit(status=303).follow()
    assert logged(session) == []
