"""The register's pages: the list and its filters, profiles, adding with a training, moving, taking back."""

import csv
from io import BytesIO, StringIO
from urllib.parse import quote, urlencode

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests.walking import data_form, names
from tests.world import TODAY
from tracker.audit.models import AuditEntry
from tracker.facilitators.models import Facilitator, Posting
from tracker.organisation.models import Audience


def test_an_empty_register_says_what_to_do(browser_as):
    browser_as("coordinator").get("/facilitators/").mustcontain("ยังไม่มีคุณอำนวยในทะเบียน", "เพิ่มคุณอำนวย")


@pytest.mark.usefixtures("people", "left")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["กมล สมมติ", "เกษม สมมติ", "มาลี สมมติ", "อรัญ สมมติ"]),
        ("?q=ม", ["กมล สมมติ", "เกษม สมมติ", "มาลี สมมติ", "อรัญ สมมติ"]),
        ("?q=มาล", ["มาลี สมมติ"]),
        ("?q=มาลี+P001", ["มาลี สมมติ"]),
        ("?q=มาลี+P002", []),
        ("?q=นาสมมติ", ["กมล สมมติ"]),
        ("?trained=yes", ["กมล สมมติ", "มาลี สมมติ"]),
        ("?trained=no", ["เกษม สมมติ", "อรัญ สมมติ"]),
        ("?active=yes", ["กมล สมมติ", "มาลี สมมติ", "อรัญ สมมติ"]),
        ("?active=no", ["เกษม สมมติ"]),
        ("?unit=PG01", ["กมล สมมติ", "มาลี สมมติ"]),
        ("?role=sponsor", ["มาลี สมมติ"]),
        ("?sort=-name", ["อรัญ สมมติ", "มาลี สมมติ", "เกษม สมมติ", "กมล สมมติ"]),
        ("?sort=-passed&trained=yes", ["กมล สมมติ", "มาลี สมมติ"]),
        ("?sort=nonsense&page=x", ["กมล สมมติ", "เกษม สมมติ", "มาลี สมมติ", "อรัญ สมมติ"]),
        ("?unit=NOPE", []),
        ("?role=x", []),
        ("?trained=x", []),
        ("?passed=99", []),
        ("?state=x", []),
        ("?state=withdrawn", []),
        ("?passed=2", ["กมล สมมติ", "มาลี สมมติ"]),
        ("?passed=2&unit=P001", ["มาลี สมมติ"]),
        ("?passed=1", []),
    ],
)
def test_the_list_the_count_and_the_export_agree_under_every_filter(browser_as, query, found):
    browser = browser_as("executive")
    page = browser.get(quote(f"/facilitators/{query}", safe="/?=&+"))
    text = browser.get(quote(f"/facilitators.csv{query}", safe="/?=&+")).body.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))

    assert names(page) == found
    assert page.html.select_one(".count b").text == str(len(found))
    head = next(at for at, row in enumerate(rows) if row and row[0] == "ชื่อและนามสกุล")
    assert [row[0] for row in rows[head + 1 :] if row] == found


@pytest.mark.usefixtures("people")
def test_the_export_is_a_workbook_too_keeps_no_remarks_and_leaves_a_trace(browser_as, session):
    answer = browser_as("coordinator").get("/facilitators.xlsx?" + urlencode({"q": "กมล"}))

    cells = [str(c) for row in load_workbook(BytesIO(answer.body)).worksheets[0].values for c in row if c]
    assert "กมล สมมติ" in cells
    assert "ขอย้ายกลางปี" not in cells
    assert session.scalars(select(AuditEntry.verb)).all()[-1] == "exported"


def test_the_list_takes_few_statements_at_any_length(browser_as, people, make, statements):
    for _ in range(30):
        make.facilitator("P003")
    browser = browser_as("coordinator")
    browser.get("/facilitators/")
    statements.clear()
    page = browser.get("/facilitators/")

    assert len(statements) <= 12
    assert len(names(page)) == 25
    assert len(names(page.click(linkid=None, href=r"page=2"))) == 9


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("place", ["/facilitators/", "/facilitators/trainings/"])
def test_a_page_after_the_last_is_the_last(browser_as, place):
    browser = browser_as("coordinator")

    assert names(browser.get(f"{place}?page=9")) == names(browser.get(place)) != []


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("place", ["/facilitators/", "/facilitators/trainings/"])
@pytest.mark.parametrize("query", ["unit=NOPE", "state=x"])
def test_a_filter_that_means_nothing_says_so(browser_as, place, query):
    page = browser_as("coordinator").get(f"{place}?{query}")

    assert "(ไม่รู้จัก)" in page.html.select_one(".applied").text
    assert names(page) == []


@pytest.mark.usefixtures("people")
def test_a_profile_shows_postings_trainings_and_what_was_led(browser_as, make, people, statements):
    make.activity("P001", title="วงเล่าเรื่องประตูเรือน", facilitators=(people["malee"],))
    make.activity("P002", title="เรื่องภายใน", facilitators=(people["malee"],), audience=Audience.UNIT)
    browser = browser_as("coordinator")
    browser.get("/facilitators/")
    statements.clear()
    page = browser.get(f"/facilitators/{people['malee'].id}")

    assert len(statements) <= 12
    page.mustcontain("หลักสูตรคุณอำนวยขั้นต้น", "วงเล่าเรื่องประตูเรือน", "เรือนจำกลางทุ่งสมมติ", no="เรื่องภายใน")
    assert page.html.select_one("#h-led .fig").text == "1"


def test_remarks_are_for_the_unit_and_the_office(browser_as, people):
    address = f"/facilitators/{people['kamon'].id}"

    for who in ("other_coordinator", "office", "group_head"):
        browser_as(who).get(address).mustcontain("ขอย้ายกลางปี")
    for who in ("coordinator", "head"):
        assert "ขอย้ายกลางปี" not in browser_as(who).get(address)


def test_a_stale_edit_shows_both_versions_and_three_ways_out(browser_as, people, session):
    address = f"/facilitators/{people['malee'].id}/edit"
    browser = browser_as("coordinator")
    mine, theirs = data_form(browser.get(address)), data_form(browser.get(address))
    theirs["position_title"] = "นักวิชาการ"
    theirs.submit(status=303)
    mine["position_title"] = "นักจิตวิทยา"
    conflict = mine.submit(status=409)
    conflict.mustcontain("นักวิชาการ", "นักจิตวิทยา")

    form = next(form for form in conflict.forms.values() if "keep" in form.fields)
    again = form.submit("keep", value="edit", status=200)
    assert data_form(again)["position_title"].value == "นักจิตวิทยา"
    form.submit("keep", value="mine", status=303)
    assert session.get(Facilitator, people["malee"].id).position_title == "นักจิตวิทยา"


def test_a_move_an_end_and_their_undo(browser_as, people, session, make):
    browser, person = browser_as("coordinator"), people["malee"]
    form = data_form(browser.get(f"/facilitators/{person.id}/move"))
    form["unit"] = str(make.node("P002").id)
    moved = form.submit(status=303).follow()
    moved.mustcontain("ย้าย มาลี สมมติ แล้ว", "เรือนจำจังหวัดนาสมมติ")
    undo = next(f for f in moved.forms.values() if "/resume?version=" in f.action)
    undo.submit(status=303)
    assert session.scalars(select(Posting).where(Posting.facilitator_id == person.id)).one().until is None

    data_form(browser.get(f"/facilitators/{person.id}/end")).submit(status=303).follow().mustcontain("พ้นหน้าที่")
    assert session.scalars(select(Posting).where(Posting.facilitator_id == person.id)).one().until == TODAY


def test_who_serves_nowhere_is_taken_in_from_another_unit(browser_as, left, session, make):
    form = data_form(browser_as("coordinator").get(f"/facilitators/{left.id}/move"))
    form.submit(status=303)

    present = select(Posting.unit_id).where(Posting.until.is_(None), Posting.facilitator_id == left.id)
    assert session.scalars(present).one() == make.node("P001").id


def test_withdrawing_is_asked_about_kept_from_others_and_restored(browser_as, people, session):
    browser, person = browser_as("coordinator"), people["malee"]
    form = next(
        f for f in browser.get(f"/facilitators/{person.id}/withdraw").forms.values() if "reason" in f.fields
    )
    form.submit(status=422)
    form["reason"] = "บันทึกซ้ำ"
    form.submit(status=303).follow().mustcontain("ยกเลิกรายการบันทึก มาลี สมมติ แล้ว", "บันทึกซ้ำ")
    assert names(browser.get("/facilitators/?state=withdrawn")) == ["มาลี สมมติ"]
    assert names(browser_as("other_coordinator").get("/facilitators/?state=withdrawn")) == []
    browser_as("other_coordinator").get(f"/facilitators/{person.id}", status=404)

    page = browser.get(f"/facilitators/{person.id}")
    next(f for f in page.forms.values() if f.action.endswith("/restore")).submit(status=303)
    assert person.withdrawn_on is None


def test_the_office_hides_at_once_and_shows_again(browser_as, people):
    office, address = browser_as("office"), f"/facilitators/{people['malee'].id}"
    form = next(f for f in office.get(f"{address}/hide").forms.values() if "reason" in f.fields)
    form["reason"] = "มีข้อมูลส่วนบุคคล"
    form.submit(status=303)
    browser_as("executive").get(address, status=404)
    browser_as("coordinator").get(address).mustcontain("มีข้อมูลส่วนบุคคล")

    page = office.get(address)
    next(f for f in page.forms.values() if f.action.endswith("/unhide")).submit(status=303)
    browser_as("executive").get(address)


@pytest.mark.parametrize("verb", ["edit", "move", "end", "withdraw"])
def test_answers_come_in_their_order(browser_as, signed_out, people, verb):
    address = f"/facilitators/{people['malee'].id}/{verb}"

    assert "/sign-in" in signed_out.get(address, status=303).location
    for who in ("nobody", "administrator", "head", "executive"):
        browser_as(who).get(address, status=403)
        browser_as(who).get(f"/facilitators/99999/{verb}", status=403)
    browser_as("coordinator").get(f"/facilitators/99999/{verb}", status=404)
    browser_as("coordinator").get(f"/facilitators/9223372036854775808/{verb}", status=404)
    browser_as("other_coordinator").get(address, status=403)
    browser_as("group_coordinator").get(address, status=403)
    browser_as("coordinator").get(address, status=200)


def test_pages_speak_english(browser_as, people):
    browser = browser_as("coordinator").in_english()

    browser.get("/facilitators/").mustcontain(
        "Register of learning facilitators", "Na Sommut Provincial Prison"
    )
    browser.get(f"/facilitators/{people['malee'].id}").mustcontain("Activities led", "Sponsor")
    browser.get("/facilitators/new").mustcontain("Has passed a training")


def test_a_unit_without_facilitators_is_offered_to_add_one(browser_as):
    empty = browser_as("coordinator").get("/facilitators/?unit=P001&only=own").html.select_one(".empty")

    assert "ยังไม่มีคุณอำนวยในทะเบียน" in empty.text
    assert empty.select_one("a.btn-primary")["href"] == "/facilitators/new"
