"""The pages of the report: who may open which, what is chosen, what is typed and kept, what is recorded."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tracker.audit.models import AuditEntry
from tracker.reporting.models import ReportText

PERIOD = "from=2568-10-01&to=2569-03-31"
TEXTS = f"/reports/stage/2/texts?unit=P001&{PERIOD}"


def read(page):
    """Return what stands on a page for a reader: words that are kept whole are one word again."""
    return page.html.text


def form_with(page, name):
    return next(form for form in page.forms.values() if name in form.fields)


@pytest.mark.parametrize(
    ("who", "query", "status"),
    [
        ("coordinator", "unit=P001", 200),
        ("coordinator", "unit=P001-G1", 200),
        ("coordinator", "unit=P002", 404),
        ("coordinator", "unit=DOC", 404),
        ("coordinator", "unit=XXX", 404),
        ("coordinator", "unit=P001&annex=1", 403),
        ("group_coordinator", "unit=P002", 200),
        ("group_head", "unit=P004", 404),
        ("head", "unit=P001", 200),
        ("executive", "unit=P004&annex=1", 200),
        ("office", "", 200),
        ("two_roles", "unit=DOC", 200),
        ("administrator", "unit=P001", 403),
        ("nobody", "unit=XXX", 403),
        ("office", "from=31/2/2569", 404),
        ("office", "from=2569-06-01&to=2569-05-31", 404),
    ],
)
@pytest.mark.parametrize("address", ["/reports/stage/2", "/reports/stage/2.xlsx"])
def test_a_report_is_for_who_may_make_it(browser_as, who, query, status, address):
    browser_as(who).get(f"{address}?{query}", status=status)


@pytest.mark.parametrize(
    ("who", "unit", "status"),
    [
        ("coordinator", "P001", 200),
        ("coordinator", "P001-G1", 200),
        ("coordinator", "P002", 404),
        ("group_coordinator", "PG01", 200),
        ("group_coordinator", "P002", 403),
        ("head", "P001", 403),
        ("executive", "P001", 403),
        ("office", "DOC", 200),
        ("administrator", "P001", 403),
    ],
)
def test_texts_are_for_who_writes_for_the_unit(browser_as, who, unit, status):
    browser = browser_as(who)
    browser.get(f"/reports/stage/2/texts?unit={unit}", status=status)
    if who != "administrator" and status != 404:
        assert ("/texts?" in browser.get(f"/reports/stage/2?unit={unit}")) == (status == 200)


def test_a_stage_that_does_not_exist_and_somebody_signed_out(browser_as, signed_out):
    browser_as("office").get("/reports/stage/9", status=404)
    browser_as("office").get("/reports/stage/2.pdf", status=404)
    signed_out.get("/reports/stage/2", status=303)


def test_without_a_unit_a_coordinator_gets_the_own_one(browser_as):
    page = browser_as("coordinator").get("/reports/stage/2")

    assert "เรือนจำกลางทุ่งสมมติ" in page
    assert "ระหว่างวันที่ ๑ ตุลาคม ๒๕๖๘ ถึงวันที่ ๑๘ มิถุนายน ๒๕๖๙" in page
    assert "เอกสารแนบ" not in page


def test_what_is_chosen_leads_to_its_address(browser_as):
    form = form_with(browser_as("office").get("/reports/"), "period")
    form["period"], form["annex"] = "9", True
    unit = next(option[0] for option in form["unit"].options if "กลุ่มเรือนจำเขต 1" in option[2])
    form["unit"] = unit
    answer = form.submit(status=303)

    assert answer.location.endswith("/reports/stage/2?unit=PG01&from=2025-10-01&to=2026-06-30&annex=1")
    assert "รอบ ๙ เดือน" in answer.follow()


def test_a_link_from_another_page_says_what_to_begin_with(browser_as):
    form = form_with(browser_as("office").get("/reports/?stage=1&unit=P004"), "period")

    assert form["stage"].value == "1"
    assert form["unit"].options[[o[1] for o in form["unit"].options].index(True)][2].strip() == (
        "ทัณฑสถานหญิงเกาะสมมติ"
    )
    browser_as("coordinator").get("/reports/?stage=x&unit=P004", status=200)


def test_a_free_period_is_asked_for_in_both_days_and_in_order(browser_as):
    browser = browser_as("coordinator")
    form = form_with(browser.get("/reports/"), "period")
    form["period"] = "free"
    form["since-day"], form["since-month"], form["since-year"] = "1", "5", "2569"
    form["until-day"], form["until-month"], form["until-year"] = "1", "4", "2569"
    assert "วันเริ่มต้องไม่อยู่หลังวันสิ้นสุด" in form.submit(status=422)
    form["until-day"], form["until-month"], form["until-year"] = "", "", ""
    assert "กรุณาเลือกวันเริ่มและวันสิ้นสุดให้ครบ" in form.submit(status=422)
    form["until-day"], form["until-month"], form["until-year"] = "31", "5", "2569"
    assert form.submit(status=303).location.endswith("from=2026-05-01&to=2026-05-31")
    assert "annex" not in form.fields


def test_a_unit_of_others_cannot_be_chosen(browser_as):
    form = form_with(browser_as("coordinator").get("/reports/"), "period")
    form["unit"].force_value("P002")

    form.submit(status=422)


def test_texts_are_typed_once_and_kept_for_the_period(browser_as, session):
    browser = browser_as("coordinator")
    form = form_with(browser.get(TEXTS), "problems")
    form["problems"] = "ผลัดเวรไม่ตรงกัน 2 ครั้ง"
    page = form.submit(status=303).follow()
    assert "ผลัดเวรไม่ตรงกัน ๒ ครั้ง" in page
    assert "บันทึกข้อความในรายงานแล้ว" in page

    kept = session.scalars(select(ReportText)).one()
    assert (kept.starts_on, kept.ends_on) == (date(2025, 10, 1), date(2026, 3, 31))
    assert (kept.written_by, kept.version) == ("มาลี ตั้งสมมติ", 1)
    again = form_with(browser.get(TEXTS), "problems")
    assert again["problems"].value == "ผลัดเวรไม่ตรงกัน 2 ครั้ง"
    again["factors"] = "ผู้บัญชาการร่วมวงเอง"
    again.submit(status=303)
    session.expire_all()
    assert session.scalars(select(ReportText)).one().version == 2


def test_a_later_period_begins_with_the_texts_of_the_one_before(browser_as, session):
    browser = browser_as("coordinator")
    form = form_with(browser.get(TEXTS), "problems")
    form["suggestions"] = "เพิ่มคุณอำนวย"
    form.submit(status=303)
    later = "unit=P001&from=2568-10-01&to=2569-06-30"

    assert "ยกมาจากรายงานถึงวันที่ ๓๑ มีนาคม ๒๕๖๙" in browser.get(f"/reports/stage/2?{later}")
    form = form_with(browser.get(f"/reports/stage/2/texts?{later}"), "problems")
    assert form["suggestions"].value == "เพิ่มคุณอำนวย"
    form.submit(status=303)
    assert "ยกมาจาก" not in browser.get(f"/reports/stage/2?{later}")
    assert len(session.scalars(select(ReportText)).all()) == 2
    assert "เพิ่มคุณอำนวย" not in browser.get(f"/reports/stage/2?unit=P001-G1&{PERIOD}")


def test_the_report_of_all_units_shows_the_texts_of_the_department(browser_as):
    browser = browser_as("office")
    form = form_with(browser.get(f"/reports/stage/2/texts?{PERIOD}"), "problems")
    form["problems"] = "ทั้งกรมขาดคุณอำนวย"
    form.submit(status=303)

    assert "ทั้งกรมขาดคุณอำนวย" in read(browser.get(f"/reports/stage/2?unit=DOC&{PERIOD}"))
    assert "ทั้งกรมขาดคุณอำนวย" in read(browser.get(f"/reports/stage/2?unit=NAT&{PERIOD}"))


def test_a_stale_text_is_answered_with_both_versions(browser_as):
    mine, theirs = browser_as("coordinator"), browser_as("office")
    late = form_with(mine.get(TEXTS), "problems")
    early = form_with(theirs.get(TEXTS), "problems")
    early["problems"] = "ข้อความของฝ่ายเลขานุการ"
    early.submit(status=303)
    late["problems"] = "ข้อความของหน่วยงาน"
    page = late.submit(status=409)

    assert "ข้อความของฝ่ายเลขานุการ" in page
    assert "ข้อความของหน่วยงาน" in page
    over = form_with(page, "keep")
    assert "ข้อความของหน่วยงาน" in read(over.submit("keep", value="mine", status=303).follow())


def test_a_national_id_in_a_text_is_refused(browser_as):
    form = form_with(browser_as("coordinator").get(TEXTS), "problems")
    form["problems"] = "1-1002-00034-56-0 1101700230708"

    assert "13 หลัก" in form.submit(status=422)


def test_every_file_is_recorded(browser_as, session):
    browser_as("coordinator").get(f"/reports/stage/2.docx?unit=P001&{PERIOD}")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.verb == "exported")).one()

    assert entry.details["format"] == "docx"
    assert entry.details["name"] == "รายงานความก้าวหน้า ระยะที่ 2 P001 31 มี.ค. 2569"


def test_the_english_report_has_no_thai_of_ours_left(browser_as):
    page = browser_as("executive").in_english().get("/reports/stage/2?unit=P001&annex=1")

    assert "Progress report: Five-year" in page
    assert "From 1 October 2025 to 18 June 2026" in page
    assert "ระยะ" not in page
    assert "Annex, internal use" in page


def test_the_report_cuts_no_word_that_browsers_would_cut(browser_as):
    page = browser_as("executive").get("/reports/stage/2?annex=1").html

    heads = page.select(".official thead th:-soup-contains(จำนวนหน่วยงาน)")
    assert heads and all(head.select_one(".nw").text == "หน่วยงาน" for head in heads)
    assert [name.text for name in page.select(".official tbody th .nw")].count("เรียนรู้") >= 2
    phones = page.select(".annex-body tbody td:last-child")
    assert phones and all(phone["class"] == ["nw"] for phone in phones)


def test_the_english_report_counts_in_plurals(browser_as):
    browser = browser_as("executive").in_english()
    page = browser.get("/reports/stage/2?annex=1").html

    assert "5 prisons, 2 divisions" in page.text
    assert [row.select("td")[-1].text for row in page.select_one(".official").select("tbody tr")] == [
        "units", "units", "units", "entries", "units",
    ]  # fmt: skip
    assert "Steps 1, 2, 3, 4 late by" in page.select_one(".annex-body").text
    assert "2 groups of prisons, 1 group of divisions" in browser.get("/reports/stage/3")


def test_nobody_is_named_as_late_in_page_or_workbook(browser_as):
    browser = browser_as("office")
    page = browser.get("/reports/stage/2?annex=1")
    book = load_workbook(io.BytesIO(browser.get("/reports/stage/2.xlsx?annex=1").body))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]

    for person in ("ธงชัย", "มาลี", "สมพร", "0 2000 0001"):
        assert person not in page
        assert not [cell for cell in cells if person in cell]
    assert "๐ ๒๐๐๐ ๐๐๐๒" in page


def test_a_member_of_a_group_is_told_where_its_work_counts(browser_as):
    page = read(browser_as("coordinator").get("/reports/stage/3?unit=P001"))

    assert "ร่วมดำเนินการในระยะที่ ๓ กับกลุ่มเรือนจำเขต ๑" in page


def test_a_later_stage_shows_the_groups_and_the_members_that_joined(browser_as, make):
    make.activity("P001", stage=3, step=1)
    page = read(browser_as("office").get("/reports/stage/3?from=2568-10-01&to=2570-09-30"))
    own = read(browser_as("group_coordinator").get("/reports/stage/3?unit=PG01&from=2568-10-01"))

    assert "หน่วยงานร่วม" in page
    assert "มีกลุ่มเข้าร่วมโครงการในระยะที่ ๓ จำนวน ๓ กลุ่ม" in page
    assert "กลุ่มเรือนจำเขต ๑เข้าร่วมโครงการในระยะที่ ๓" in own
    assert "หน่วยงานร่วม" in own


def test_work_outside_of_all_groups_has_its_own_line(browser_as, make):
    make.activity("DOC", step=None)
    page = read(browser_as("office").get("/reports/stage/2"))

    assert "หน่วยงานอื่น" in page


def test_a_unit_of_no_enrolment_anywhere_says_so(browser_as, make, session):
    for enrolment in (make.enrolment("P001-G1", 1),):
        session.delete(enrolment)
    from tracker.organisation.revision import renew_revision

    renew_revision(session)
    session.commit()

    page = read(browser_as("coordinator").get("/reports/stage/1?unit=P001"))
    assert "ยังไม่มีหน่วยงานเข้าร่วมระยะที่ ๑" in page


def test_a_report_takes_few_statements(browser_as, make, statements):
    for number in range(20):
        make.activity(("P001", "P002", "D01")[number % 3], step=number % 7 + 1)
    browser = browser_as("office")
    browser.get("/reports/stage/2?annex=1")
    statements.clear()
    browser.get("/reports/stage/2?annex=1")

    assert len(statements) <= 12, statements
