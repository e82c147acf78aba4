"""Many activities at once: the unit's form, the dry run with every problem, all or none, never twice."""

import io
from datetime import date
from functools import partial
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from tests.activities.asking import reason_form
from tests.uploading import confirm, problems, send_file, workbook_of
from tracker.activities.models import Activity, ActivityFacilitator

HEAD = ["วันที่จัด", "ขั้นตอน", "ประเภท", "ชื่อเรื่อง", "ผลที่ได้", "จำนวนผู้เข้าร่วม", "คุณอำนวยที่นำวง", "ลิงก์หรือเลขที่หนังสือ"]
PAGE = "/activities/upload?unit=P001"


def row(number: int = 1, **changes) -> list[Any]:
    cells = {
        "day": "2/5/2569", "step": "3 จัดเก็บ", "kind": "วง CoP", "title": f"วง CoP ครั้งที่ {number}",
        "outcome": "ได้ความรู้ 3 ข้อ", "people": 9, "led": "", "link": "",
    }  # fmt: skip
    return list({**cells, **changes}.values())


workbook = partial(workbook_of, "กิจกรรม", HEAD)


def send(browser, data: bytes, name: str = "a.xlsx", status: int = 200, page: str = PAGE, **fields):
    return send_file(browser, page, data, name, status, **fields)


def logged(session) -> list[Activity]:
    return list(session.scalars(select(Activity).order_by(Activity.id)))


def test_thirty_rows_are_checked_then_saved_and_the_same_file_adds_nothing(browser_as, session, make):
    browser = browser_as("coordinator")
    data = workbook(*(row(number) for number in range(30)))

    page = send(browser, data)
    assert logged(session) == []
    confirm(page)
    confirm(page)
    assert len(logged(session)) == 30
    assert logged(session)[0].enrolment_id == make.enrolment("P001").id

    again = send(browser, data)
    assert "30 แถว" in again.text
    assert len(logged(session)) == 30


def test_a_file_with_new_rows_adds_only_those(browser_as, session):
    browser = browser_as("coordinator")
    confirm(send(browser, workbook(row(1))))
    confirm(send(browser, workbook(row(1), row(2))))

    assert [activity.title for activity in logged(session)] == ["วง CoP ครั้งที่ 1", "วง CoP ครั้งที่ 2"]


@pytest.mark.parametrize(
    ("changes", "cell", "word"),
    [
        ({"day": "30 ก.พ. 2569"}, "A2", "ปฏิทิน"),
        ({"day": ""}, "A2", "ไม่มีวันที่"),
        ({"day": date(2570, 1, 1)}, "A2", "อนาคต"),
        ({"day": "1/1/2540"}, "A2", "นอกระยะ"),
        ({"step": "9 ไม่มี"}, "B2", "ไม่รู้จักขั้นตอน"),
        ({"step": ""}, "B2", "ไม่มีขั้นตอน"),
        ({"kind": "ประชุมคลังสมอง"}, "C2", "ประเภทนี้ไม่ใช่"),
        ({"kind": ""}, "C2", "ไม่มีประเภท"),
        ({"title": ""}, "D2", "ชื่อเรื่อง"),
        ({"title": "ก" * 10_000}, "D2", "ยาวเกินไป"),
        ({"title": "ผู้แทน 1101700230708"}, "D2", "13 หลัก"),
        ({"outcome": "=1+1"}, "E2", "สูตร"),
        ({"people": "-3"}, "F2", "จำนวนเต็ม"),
        ({"people": 1_000_000}, "F2", "0 ถึง"),
        ({"led": "ไม่มี ใครรู้จัก"}, "G2", "ไม่พบคุณอำนวย"),
        ({"step": "3,4"}, "B2", "ไม่รู้จักขั้นตอน"),
        ({"step": "03.5"}, "B2", "ไม่รู้จักขั้นตอน"),
        ({"step": "10"}, "B2", "ไม่รู้จักขั้นตอน"),
    ],
)
def test_a_problem_is_said_by_its_cell_and_nothing_is_saved(browser_as, session, changes, cell, word):
    page = send(browser_as("coordinator"), workbook(row(**changes), row(2)), status=422)

    found = problems(page)
    assert any(at == cell and word in said for at, said in found), found
    assert logged(session) == []


def test_every_problem_is_told_at_once(browser_as):
    page = send(
        browser_as("coordinator"),
        workbook(row(1, day="x", kind="y"), row(2, people="z"), row(3), row(3)),
        status=422,
    )

    assert [at for at, _ in problems(page)] == ["A2", "C2", "F3", "D5"]


def test_names_kinds_and_preparation_are_read(browser_as, session, make):
    leader = make.facilitator("P001", name="วีระ ตัวอย่างชัย")
    rows = [
        row(1, day=date(2026, 5, 2), led="วีระ ตัวอย่างชัย", people="๑๒"),
        row(2, step="0 เตรียมความพร้อม", kind="ให้ความรู้ KM"),
        row(3, step=4, kind="ประชุมคลังสมอง", day=date(2569, 5, 3)),
    ]
    confirm(send(browser_as("coordinator"), workbook(*rows)))

    one, two, three = logged(session)
    assert (one.held_on, one.participants) == (date(2026, 5, 2), 12)
    assert two.step_id is None
    assert (three.step_id, three.held_on) == (make.step_id(4), date(2026, 5, 3))
    assert session.scalars(select(ActivityFacilitator.facilitator_id)).all() == [leader.id]


@pytest.mark.parametrize(
    ("step", "kind", "number"),
    [
        ("03", "วง CoP", 3), ("๓ จัดเก็บ", "วง CoP", 3), (3.0, "วง CoP", 3), ("3. จัดเก็บ", "วง CoP", 3),
        ("3จัดเก็บ", "วง CoP", 3), ("0", "ให้ความรู้ KM", None), (0, "ให้ความรู้ KM", None),
        ("00", "ให้ความรู้ KM", None), ("๐ เตรียมความพร้อม", "ให้ความรู้ KM", None),
        ("เตรียมความพร้อม", "ให้ความรู้ KM", None),
    ],
)  # fmt: skip
def test_a_step_is_read_by_its_number_however_it_is_written(browser_as, session, make, step, kind, number):
    confirm(send(browser_as("coordinator"), workbook(row(1, step=step, kind=kind))))

    assert logged(session)[0].step_id == make.step_id(number)


def test_a_name_that_two_facilitators_bear_is_credited_to_neither(browser_as, session, make):
    make.facilitator("P001", name="วีระ ตัวอย่างชัย")
    make.facilitator("P001-G1", name="วีระ ตัวอย่างชัย")
    page = send(browser_as("coordinator"), workbook(row(1, led="วีระ ตัวอย่างชัย")), status=422)

    assert [at for at, said in problems(page) if "มากกว่า 1 คน" in said] == ["G2"]
    assert logged(session) == []


def test_a_facilitator_of_the_units_pilot_group_may_lead(browser_as, session, make):
    leader = make.facilitator("P001-G1", name="วีระ ตัวอย่างชัย")
    browser = browser_as("coordinator")
    form = openpyxl.load_workbook(io.BytesIO(browser.get("/activities/template.xlsx?unit=P001").body))
    confirm(send(browser, workbook(row(1, led="วีระ ตัวอย่างชัย"))))

    assert session.scalars(select(ActivityFacilitator.facilitator_id)).all() == [leader.id]
    assert any(cell.value == "วีระ ตัวอย่างชัย" for cells in form.worksheets[1] for cell in cells)


def test_rows_that_were_withdrawn_are_told_apart_and_lead_to_where_they_are_restored(browser_as, session):
    browser = browser_as("coordinator")
    data = workbook(row(1), row(2))
    confirm(send(browser, data))
    taken_back = reason_form(browser.get(f"/activities/{logged(session)[0].id}/withdraw"))
    taken_back["reason"] = "ส่งผิด"
    taken_back.submit(status=303)

    page = send(browser, data)

    assert "บันทึกไว้แล้ว 1 แถว" in page.text
    assert "ยกเลิกไว้ 1 แถว" in page.text
    assert "วง CoP ครั้งที่ 1" in page.click("กู้คืนได้จากรายการ").text
    confirm(page)
    assert len(logged(session)) == 2


def test_a_row_that_differs_only_beside_its_key_is_told_and_adds_nothing(browser_as, session, make):
    make.facilitator("P001", name="วีระ ตัวอย่างชัย")
    browser = browser_as("coordinator")
    confirm(send(browser, workbook(row(1), row(2))))
    mended = workbook(row(1, led="วีระ ตัวอย่างชัย", link="https://example.org/a"), row(2))

    page = send(browser, mended, secrecy_read=True)

    assert "ต่างจากที่บันทึกไว้ 1 แถว" in page.text
    assert "คุณอำนวยที่นำวง" in page.html.select_one("main ul.mb-0 li").text
    assert "ลิงก์" in page.html.select_one("main ul.mb-0 li").text
    confirm(page)
    assert len(logged(session)) == 2
    assert "ต่างจากที่บันทึกไว้" not in send(browser, workbook(row(1), row(2))).text


def test_a_link_needs_the_tick_of_the_page(browser_as, session):
    data = workbook(row(1, link="ที่ ยธ 0701/12"))
    page = send(browser_as("coordinator"), data, status=422)
    assert problems(page)[0][0] == "H2" or "ทำเครื่องหมาย" in page.text

    confirm(send(browser_as("coordinator"), data, secrecy_read=True))
    assert logged(session)[0].link == "ที่ ยธ 0701/12"


def test_rows_may_be_pasted(browser_as, session):
    browser = browser_as("coordinator")
    form = next(f for f in browser.get(PAGE).forms.values() if "pasted" in f.fields)
    form["pasted"] = "2/5/2569\t3\tวง CoP\tวางจาก Excel\n3/5/2569\t4\tประชุมคลังสมอง\tอีกแถว\t\t5"
    confirm(form.submit())

    assert [activity.title for activity in logged(session)] == ["วางจาก Excel", "อีกแถว"]


def test_a_title_with_a_lone_mark_loses_neither_itself_nor_the_next_row(browser_as, session):
    form = next(f for f in browser_as("coordinator").get(PAGE).forms.values() if "pasted" in f.fields)
    titles = ["หนึ่ง", '"คิดใหม่', '"คิดใหม่" ทำใหม่', "สี่"]
    form["pasted"] = "\n".join(f"{at}/5/2569\t3\tวง CoP\t{title}" for at, title in enumerate(titles, 1))
    confirm(form.submit())

    assert [activity.title for activity in logged(session)] == titles


@pytest.mark.parametrize("typed", ["", " \n\t"])
def test_nothing_sent_is_one_thing_to_mend_at_the_file_and_no_table_of_problems(browser_as, typed):
    page = browser_as("coordinator").get(PAGE)
    labels = [page.html.select_one(f"label[for={name}] .optional").text for name in ("file", "pasted")]
    form = next(f for f in page.forms.values() if "pasted" in f.fields)
    form["pasted"] = typed

    page = form.submit(status=422).html

    assert labels == ["อย่างใดอย่างหนึ่ง"] * 2
    assert [link["href"] for link in page.select(".errsum a")] == ["#file"]
    assert "แถวที่วาง" not in page.select_one(".errsum h2").text
    assert page.select("main table") == []


def test_an_unreadable_file_is_said(browser_as):
    text = "วันที่จัด,ขั้นตอน,ประเภท,ชื่อเรื่อง\n".encode("cp874")

    assert "TIS-620" in send(browser_as("coordinator"), text, "a.csv", status=422).text


def test_a_form_of_another_unit_is_told(browser_as, session):
    book = openpyxl.Workbook()
    book.active.append([*HEAD, "รหัสหน่วยงาน"])
    book.active.append([*row(1), "P002"])
    target = io.BytesIO()
    book.save(target)

    assert "หน่วยงานอื่น" in send(browser_as("coordinator"), target.getvalue(), status=422).text


def test_the_units_own_form_can_be_filled_in_and_sent(browser_as, session):
    browser = browser_as("coordinator")
    answer = browser.get("/activities/template.xlsx?unit=P001")
    book = openpyxl.load_workbook(io.BytesIO(answer.body))
    sheet = book.worksheets[0]
    validations = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert any("INDIRECT" in formula for formula in validations.values())
    assert {"kinds_0", "kinds_3"} <= set(book.defined_names)
    said = [cell.value for (cell,) in book["วิธีกรอก"].iter_rows()]
    assert all("คอลัมน์คุณอำนวยที่นำวง" in line for line in said if "ทะเบียน" in line)
    for at, value in enumerate(["2/5/2569", "3 จัดเก็บ", "วง CoP", "จากแบบฟอร์ม"], 1):
        sheet.cell(2, at, value)
    target = io.BytesIO()
    book.save(target)

    confirm(send(browser, target.getvalue()))

    assert [activity.title for activity in logged(session)] == ["จากแบบฟอร์ม"]


def test_a_sealed_page_is_one_persons_and_cannot_be_changed(browser_as, session):
    page = send(browser_as("coordinator"), workbook(row(1)))
    sealed = next(f for f in page.forms.values() if "sealed" in f.fields)["sealed"].value
    other = browser_as("other_coordinator")
    mine = send(other, workbook(row(1)), page="/activities/upload?unit=P002")
    form = next(f for f in mine.forms.values() if "sealed" in f.fields)
    form["sealed"].force_value(sealed)

    assert "ยังไม่มีอะไรถูกบันทึก" in form.submit(status=303).follow().text
    assert logged(session) == []


def test_the_office_sends_for_a_unit_with_a_reason(browser_as, session):
    browser = browser_as("office")
    choose = next(f for f in browser.get("/activities/upload").forms.values() if "unit" in f.fields)
    assert choose.method.lower() == "get"
    send(browser, workbook(row(1)), status=422)
    confirm(send(browser, workbook(row(1)), on_behalf_reason="ส่งมาเป็นกระดาษ"))

    assert logged(session)[0].on_behalf_reason == "ส่งมาเป็นกระดาษ"


def test_another_units_upload_is_not_theirs(browser_as):
    browser_as("coordinator").get("/activities/upload?unit=P002", status=403)
    browser_as("head").get("/activities/upload", status=403)


def test_saving_many_takes_few_statements(browser_as, statements):
    page = send(browser_as("coordinator"), workbook(*(row(number) for number in range(30))))
    statements.clear()
    confirm(page)

    assert len(statements) <= 30, statements
