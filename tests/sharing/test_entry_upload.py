"""Many entries of an event at once: its form, the dry run with every problem, all or none, never twice."""

import io
from datetime import date
from functools import partial

import openpyxl
import pytest
from sqlalchemy import select

from tests.uploading import confirm, problems, send_file, workbook_of
from tracker.audit.models import AuditEntry
from tracker.progress.models import StepProgress
from tracker.sharing.models import EventEntry, EventState

HEAD = ["ชื่อผลงาน", "หน่วยงานที่นำเสนอ", "ผู้นำเสนอ", "เปลี่ยนอะไรให้ดีขึ้น", "รางวัล"]


@pytest.fixture
def event(make):
    return make.event("P001", held_on=date(2026, 6, 10))


def row(number: int = 1, **changes) -> list[str]:
    cells = {
        "name": f"บัตรสีแบบที่ {number}", "unit": "P002", "who": "นายธีระ สมมติชัย",
        "change": "ลดเวลาตรวจ", "award": "",
    }  # fmt: skip
    return list({**cells, **changes}.values())


workbook = partial(workbook_of, "ผลงาน", HEAD)


def send(browser, event, data: bytes, name: str = "a.xlsx", status: int = 200, **fields):
    return send_file(browser, f"/events/{event.id}/entries/upload", data, name, status, **fields)


def shown(session) -> list[EventEntry]:
    session.expire_all()
    return list(session.scalars(select(EventEntry).order_by(EventEntry.position)))


def test_rows_are_checked_then_shown_and_the_same_file_adds_nothing(browser_as, event, session, make):
    browser, data = browser_as("coordinator"), workbook(*(row(n) for n in range(30)))

    page = send(browser, event, data)
    assert shown(session) == []
    confirm(page)
    confirm(page)

    entries = shown(session)
    assert [entry.position for entry in entries] == list(range(1, 31))
    assert {entry.enrolment_id for entry in entries} == {make.enrolment("P002").id}
    assert "30 แถว" in send(browser, event, data).text
    assert len(shown(session)) == 30


def test_entries_from_a_file_are_counted_found_and_audited(browser_as, event, session, make):
    confirm(send(browser_as("coordinator"), event, workbook(row(1), row(2))))

    evidence = session.scalar(
        select(StepProgress.evidence_records).where(
            StepProgress.enrolment_id == make.enrolment("P002").id, StepProgress.step_id == make.step_id(7)
        )
    )
    said = session.scalars(select(AuditEntry).where(AuditEntry.verb == "shown_many")).one()
    assert evidence == 2
    assert said.details["entries"] == [entry.id for entry in shown(session)]
    assert "<b>2</b> ผลงาน" in browser_as("executive").get("/events/entries/", {"q": "บัตรสี"})


def test_a_withdrawn_entry_is_not_added_again_by_its_file(browser_as, event, session, change_as):
    from tracker.sharing.operations_entries import withdraw_entry

    browser, data = browser_as("coordinator"), workbook(row(1))
    confirm(send(browser, event, data))
    with change_as("coordinator") as change:
        withdraw_entry(change, entry_id=shown(session)[0].id, reason="พิมพ์ซ้ำ")

    page = send(browser, event, workbook(row(1), row(2)))
    assert "ยกเลิกไว้ 1 แถว" in page
    assert "บันทึกไว้แล้ว" not in page.html.select_one("main").text
    assert "ผลงานที่ไม่นับอยู่ 1 ชิ้น" in page.click("กู้คืนได้จากรายการ")


@pytest.mark.parametrize(
    ("changes", "cell", "word"),
    [
        ({"name": ""}, "A2", "ชื่อผลงาน"),
        ({"name": "ก" * 10_000}, "A2", "ยาวเกินไป"),
        ({"name": "=1+1"}, "A2", "สูตร"),
        ({"unit": ""}, "B2", "ไม่มีหน่วยงาน"),
        ({"unit": "P999"}, "B2", "ไม่พบหน่วยงานนี้"),
        ({"who": "1101700230708"}, "C2", "13 หลัก"),
        ({"change": "ก" * 5_000}, "D2", "ยาวเกินไป"),
        ({"award": "ก" * 300}, "E2", "ยาวเกินไป"),
    ],
)
def test_a_problem_is_said_by_its_cell_and_nothing_is_shown(browser_as, event, session, changes, cell, word):
    page = send(browser_as("coordinator"), event, workbook(row(**changes), row(2)), status=422)

    found = problems(page)
    assert any(at == cell and word in said for at, said in found), found
    assert shown(session) == []


def test_every_problem_is_told_at_once(browser_as, event):
    data = workbook(row(1, name="", unit="x"), row(2, award="ก" * 300), row(3), row(3))
    page = send(browser_as("coordinator"), event, data, status=422)

    assert [at for at, _said in problems(page)] == ["B2", "A2", "E3", "A5"]


def test_a_unit_that_closed_before_the_day_is_told(browser_as, event, session, make):
    from tracker.organisation.models import Unit
    from tracker.organisation.revision import renew_revision

    session.get(Unit, make.node("P003").id).closed_on = date(2026, 1, 1)
    renew_revision(session)
    session.commit()
    page = send(browser_as("coordinator"), event, workbook(row(1, unit="P003")), status=422)

    assert "ปิดไปก่อน" in problems(page)[0][1]


def test_a_unit_is_known_by_its_code_its_line_in_the_list_and_its_name(browser_as, event, session, make):
    node = make.node("P002")
    rows = [row(1, unit="p002"), row(2, unit=f"P002 {node.name_th}"), row(3, unit=node.name_th)]
    confirm(send(browser_as("coordinator"), event, workbook(*rows)))

    assert {entry.unit_id for entry in shown(session)} == {node.id}


def test_rows_may_be_pasted(browser_as, event, session):
    page = browser_as("coordinator").get(f"/events/{event.id}/entries/upload")
    form = next(f for f in page.forms.values() if "pasted" in f.fields)
    form["pasted"] = "วางจาก Excel\tP002\nอีกแถว\tP001\tคณะทำงาน"
    confirm(form.submit())

    assert [entry.name for entry in shown(session)] == ["วางจาก Excel", "อีกแถว"]


def test_what_is_wrong_in_pasted_entries_speaks_of_no_file(browser_as, event):
    page = browser_as("coordinator").get(f"/events/{event.id}/entries/upload")
    form = next(f for f in page.forms.values() if "pasted" in f.fields)
    form["pasted"] = "วางจาก Excel\tNOWHERE"

    page = form.submit(status=422).html

    said = page.select_one("main .errsum").text + page.select_one("table.ledger").text
    assert "แถวที่วาง" in said and "ไฟล์" not in said


def test_no_entries_sent_is_one_thing_to_mend(browser_as, event):
    page = browser_as("coordinator").get(f"/events/{event.id}/entries/upload")
    form = next(f for f in page.forms.values() if "pasted" in f.fields)

    page = form.submit(status=422).html

    assert "เลือกไฟล์ที่กรอกแล้ว หรือวางแถว" in page.select_one(".errsum").text
    assert page.select("main table") == []


def test_the_events_own_form_offers_units_and_can_be_sent_filled_in(browser_as, event, session, make):
    browser = browser_as("coordinator")
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/events/{event.id}/entries/template.xlsx").body))
    sheet = book.worksheets[0]
    assert [v.sqref.ranges for v in sheet.data_validations.dataValidation]
    offered = [cell.value for cell in book.worksheets[1]["A"]]
    wanted = next(line for line in offered if line.startswith("P002 "))
    for at, value in enumerate(["จากแบบฟอร์ม", wanted], 1):
        sheet.cell(2, at, value)
    target = io.BytesIO()
    book.save(target)

    confirm(send(browser, event, target.getvalue()))

    assert [(entry.name, entry.unit_id) for entry in shown(session)] == [("จากแบบฟอร์ม", make.node("P002").id)]


def test_an_event_that_was_called_off_takes_no_entries(browser_as, make, session):
    event = make.event("P001", state=EventState.CANCELLED)
    page = send(browser_as("coordinator"), event, workbook(row(1)), status=422)

    assert "ยกเลิกแล้ว" in page
    assert shown(session) == []


def test_the_office_sends_for_the_host_with_a_reason(browser_as, event, session):
    browser = browser_as("office")
    send(browser, event, workbook(row(1)), status=422)
    confirm(send(browser, event, workbook(row(1)), on_behalf_reason="ส่งมาเป็นกระดาษ"))

    assert shown(session)[0].on_behalf_reason == "ส่งมาเป็นกระดาษ"


def test_a_sealed_page_cannot_be_changed(browser_as, event, session):
    page = send(browser_as("coordinator"), event, workbook(row(1)))
    form = next(f for f in page.forms.values() if "sealed" in f.fields)
    form["sealed"].force_value(form["sealed"].value[:-3] + "xxx")

    assert "ยังไม่มีอะไรถูกบันทึก" in form.submit(status=303).follow()
    assert shown(session) == []


def test_showing_many_takes_few_statements(browser_as, event, statements):
    page = send(browser_as("coordinator"), event, workbook(*(row(n) for n in range(30))))
    statements.clear()
    confirm(page)

    assert len(statements) <= 30, statements


def test_a_blank_form_is_printed_for_the_event(browser_as, event):
    page = browser_as("coordinator").get(f"/events/{event.id}/entries/blank")

    assert "แบบบันทึกผลงานที่นำเสนอ" in page
    assert event.title in page


def test_another_units_event_is_not_theirs_to_fill(browser_as, event):
    browser_as("other_coordinator").get(f"/events/{event.id}/entries/upload", status=403)
    browser_as("head").get(f"/events/{event.id}/entries/upload", status=403)


def test_a_corrected_row_and_one_entered_by_hand_are_told_and_left_out_unless_ticked(
    browser_as, event, session, make
):
    browser = browser_as("coordinator")
    confirm(send(browser, event, workbook(row(1))))
    by_hand = make.entry(event, "P003", name="จอแสดง  คิว")

    page = send(
        browser, event, workbook(row(1, change="ลดเวลา"), row(2, name="จอแสดงคิว", unit="P003"), row(3))
    )

    assert "อาจซ้ำกับรายการที่มีอยู่" in page
    assert page.html.select_one(f'a[href$="#entry-{shown(session)[0].id}"]')
    assert page.html.select_one(f'a[href$="#entry-{by_hand.id}"]') is None
    form = next(f for f in page.forms.values() if "sealed" in f.fields)
    form.submit(status=303)
    assert len(shown(session)) == 4
    form.get("also", index=0).checked = True
    form.submit(status=303)
    assert [entry.change for entry in shown(session)][-1] == "ลดเวลา"


def test_entries_checked_at_one_event_are_not_shown_at_another(browser_as, event, session, make):
    browser, other = browser_as("coordinator"), make.event("P001", held_on=date(2026, 6, 11))
    sealed, form = (
        next(f for f in send(browser, one, workbook(row(1))).forms.values() if "sealed" in f.fields)
        for one in (event, other)
    )
    form["sealed"].force_value(sealed["sealed"].value)

    assert "ยังไม่มีอะไรถูกบันทึก" in form.submit(status=303).follow()
    assert shown(session) == []
