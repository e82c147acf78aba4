"""Pages of units and posts, imports from files, settings and the audit trail."""

import io

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from webtest import Upload

from tests import world
from tracker.accounts.models import HeldRole, Person
from tracker.organisation.models import ExecutivePost, Installation, PostHolder, Unit
from tracker.organisation.tree import unit_tree

HEADER = "code,level,kind,parent_code,short_name_th,name_th,name_en,province_th\n"


def the_form(page):
    return next(form for form in page.forms.values() if form.method.lower() == "post" and form.action == "")


def unit_of(session, code):
    return session.scalars(select(Unit).where(Unit.code == code)).one()


def send(browser, path, data, name="units.csv"):
    form = the_form(browser.get(path))
    form["file"] = Upload(name, data if isinstance(data, bytes) else data.encode(), "text/csv")
    return form.submit(expect_errors=True)


def confirm(page):
    return the_form(page).submit("confirm", status="*")


def test_the_tree_is_listed_and_exported_with_the_header_of_the_import(browser_as):
    browser = browser_as("administrator")

    page = browser.get("/administration/units", {"q": "เรือนจำ", "level": "prison"})
    lines = browser.get("/administration/units.csv", {"q": "เรือนจำ", "level": "prison"}).body.decode(
        "utf-8-sig"
    )

    assert lines.splitlines()[0].replace('"', "") == HEADER.strip()
    assert len(page.html.select("tbody tr")) == len(lines.strip().splitlines()) - 1 == 4


def test_a_file_that_changes_nothing_says_so_and_offers_no_import(browser_as):
    browser = browser_as("administrator")
    exported = browser.get("/administration/units.csv").body
    page = send(browser, "/administration/units/import", exported)

    assert [dd.text for dd in page.html.select("dl.facts dd")] == ["0", "0", "13"]
    assert "ไม่มีอะไรต้องแก้" in page.text
    assert "<b>units.csv</b>" in page.text
    assert not page.html.select('button[name="confirm"]')


def test_a_dry_run_saves_nothing_and_the_confirmation_all(browser_as, session):
    browser = browser_as("administrator")
    rows = HEADER + "P009,prison,central_prison,PG02,รจก.ใหม่,เรือนจำกลางใหม่สมมติ,New Prison,ตราด\n"

    page = send(browser, "/administration/units/import", rows)
    assert "P009" not in unit_tree(session).by_code
    confirm(page).follow()

    unit = unit_of(session, "P009")
    assert unit_tree(session)[unit.parent_id].code == "PG02"
    post = session.scalars(select(ExecutivePost).where(ExecutivePost.unit_id == unit.id)).one()
    assert (post.title_th, post.is_head) == ("ผู้บัญชาการเรือนจำ", True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEADER + "P009,prison,central_prison,NONE,,เรือนจำ,,\n", "ไม่พบต้นสังกัดรหัสนี้"),
        (HEADER + "P009,prizon,central_prison,PG02,,เรือนจำ,,\n", "ไม่รู้จักระดับนี้"),
        ("code,name\nP009,เรือนจำ\n", "ขาดคอลัมน์ level"),
        ((HEADER + "P009,prison,central_prison,PG02,,เรือนจำกลาง,,\n").encode("cp874"), "TIS-620"),
        (b"PK\x03\x04 a workbook", "Excel"),
        (HEADER + "P009,prison\n", "แถวนี้มี 2 ช่อง"),
    ],
)
def test_a_broken_file_is_told_with_its_remedy(browser_as, session, data, said):
    page = send(browser_as("administrator"), "/administration/units/import", data)

    assert page.status_int == 422
    assert said in page.text
    assert "P009" not in unit_tree(session).by_code


def test_an_import_without_a_file_asks_for_one(browser_as):
    page = the_form(browser_as("administrator").get("/administration/units/import")).submit(status=422)

    assert "เลือกไฟล์ก่อน" in page.text


def test_a_unit_is_added_edited_closed_and_opened_again(browser_as, session, make):
    browser = browser_as("administrator")
    form = the_form(browser.get("/administration/units/new"))
    form["code"], form["name_th"], form["level"], form["kind"] = (
        "P010",
        "เรือนจำใหม่",
        "prison",
        "central_prison",
    )
    form["parent_id"].force_value(str(make.node("PG02").id))
    form.submit(status=303)
    edit = the_form(browser.get("/administration/units/P010/edit"))
    edit["name_th"] = "เรือนจำเปลี่ยนชื่อ"
    edit["parent_id"].force_value(str(make.node("PG01").id))
    edit.submit(status=303)
    assert unit_of(session, "P010").parent_id == make.node("PG01").id

    page = the_form(browser.get("/administration/units/P010/close")).submit(status=303).follow()

    assert unit_of(session, "P010").closed_on == world.TODAY
    next(f for f in page.forms.values() if f.action.endswith("/reopen")).submit(status=303)
    assert unit_of(session, "P010").closed_on is None


def test_a_unit_with_open_units_below_is_not_closed(browser_as):
    form = the_form(browser_as("administrator").get("/administration/units/PG01/close"))

    assert "ข้างใต้" in form.submit(status=422).text


def test_a_code_that_is_taken_is_said(browser_as):
    form = the_form(browser_as("administrator").get("/administration/units/new"))
    form["code"], form["name_th"], form["level"], form["kind"] = "P001", "ซ้ำ", "prison", "central_prison"

    assert "อยู่แล้ว" in form.submit(status=422).text


def test_coordinators_come_from_a_file_with_slips(browser_as, session, make):
    browser = browser_as("office")
    rows = (
        "email,name,unit_code,office_phone\n"
        "new@p003.example,วิไล ใหม่สมมติ,P003,0 2000 0003\n"
        f"{world.PEOPLE['nobody'].email},ว่าง ไร้สมมติ,P002,\n"
    )
    page = send(browser, "/administration/people/import", rows, "people.csv")
    assert [dd.text for dd in page.html.select("dl.facts dd")] == ["1", "1", "0"]

    slips = confirm(page)

    assert [heading.text.split(" · ")[0] for heading in slips.html.select(".slip h2")] == ["วิไล ใหม่สมมติ"]
    nobody = world.person(session, "nobody")
    assert session.query(HeldRole).filter_by(person_id=nobody.id, unit_id=make.node("P002").id).count() == 1
    again = send(browser, "/administration/people/import", rows, "people.csv")
    roles = session.query(HeldRole).count()
    assert "ไม่มีบัญชีใหม่" in confirm(again).text
    assert session.query(HeldRole).count() == roles


def test_coordinators_come_from_a_workbook_too(browser_as, session):
    book = Workbook()
    book.active.append(["email", "name", "unit_code", "office_phone"])
    book.active.append(["wb@p003.example", "จากสมุดงาน สมมติ", "P003", "0 2000 0003"])
    data = io.BytesIO()
    book.save(data)

    page = send(browser_as("office"), "/administration/people/import", data.getvalue(), "people.xlsx")
    confirm(page)

    assert session.scalars(select(Person).where(Person.email == "wb@p003.example")).one()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ไม่ใช่อีเมล,วิไล,P003,", "อีเมลไม่ถูกต้อง"),
        ("a@b.example,วิไล,P999,", "ไม่พบหน่วยงานรหัสนี้"),
        ("a@b.example,,P003,", "ขาดชื่อ"),
        ("a@b.example,วิไล,P003,\na@b.example,วิไล,P003,", "ซ้ำกับบรรทัดที่ 2"),
    ],
)
def test_a_broken_file_of_people_is_told(browser_as, row, said):
    data = f"email,name,unit_code,office_phone\n{row}\n"
    page = send(browser_as("office"), "/administration/people/import", data, "people.csv")

    assert (page.status_int, said in page.text) == (422, True)


def test_a_coordinator_keeps_the_posts_of_the_own_unit(browser_as, session, make):
    browser = browser_as("coordinator")
    form = the_form(browser.get("/administration/units/P001/posts/new"))
    form["title_th"] = "รองผู้บัญชาการเรือนจำ"
    form.submit(status=303)
    post = session.scalars(select(ExecutivePost).where(ExecutivePost.title_th == "รองผู้บัญชาการเรือนจำ")).one()
    holder = the_form(browser.get(f"/administration/posts/{post.id}/holder"))
    holder["name"] = "นิพนธ์ รองสมมติ"
    holder.submit(status=303)

    page = browser.get("/administration/units/P001/posts")

    assert "นิพนธ์ รองสมมติ" in page.text
    the_form(browser.get(f"/administration/posts/{post.id}/close")).submit(status=303)
    assert session.scalars(select(PostHolder).where(PostHolder.post_id == post.id)).one().until == world.TODAY


def test_a_second_head_is_refused(browser_as):
    form = the_form(browser_as("coordinator").get("/administration/units/P001/posts/new"))
    form["title_th"], form["is_head"] = "ผู้บัญชาการอีกคน", True

    assert "อยู่แล้ว" in form.submit(status=422).text


def test_posts_of_other_units_are_not_found_and_those_below_are_read_only(browser_as, make):
    post = make.post("P002")
    browser_as("coordinator").get("/administration/units/P002/posts", status=404)
    browser_as("coordinator").get(f"/administration/posts/{post.id}/edit", status=404)
    group = browser_as("group_coordinator")
    assert "posts/new" not in group.get("/administration/units/P002/posts").text
    group.get("/administration/units/P002/posts/new", status=403)
    group.get(f"/administration/posts/{post.id}/edit", status=403)


def test_settings_are_kept_and_a_stale_page_is_told(browser_as, session):
    browser = browser_as("administrator")
    form, stale = (
        the_form(browser.get("/administration/settings")),
        the_form(browser.get("/administration/settings")),
    )
    form["support_th"] = "ฝ่ายไอทีสมมติ"
    form.submit(status=303)
    assert session.get(Installation, 1).support_th == "ฝ่ายไอทีสมมติ"
    stale["support_th"] = "ของฉัน"

    page = stale.submit(status=409)

    kept = next(form for form in page.forms.values() if "keep" in form.fields)
    kept.submit("keep", index=0, status=303)
    assert session.get(Installation, 1).support_th == "ของฉัน"


def test_whom_to_call_is_said_in_the_readers_language(browser_as, signed_out):
    form = the_form(browser_as("administrator").get("/administration/settings"))
    form["support_th"], form["support_en"] = "ฝ่ายไอทีสมมติ", "Invented IT desk"
    form.submit(status=303)

    assert "ฝ่ายไอทีสมมติ" in signed_out.get("/sign-in")
    signed_out.in_english()
    for address in ("/sign-in", "/privacy"):
        page = signed_out.get(address)
        assert "Invented IT desk" in page
        assert "ฝ่ายไอทีสมมติ" not in page


@pytest.mark.parametrize("code", ["new", "import", "New"])
def test_a_code_that_is_the_name_of_a_page_is_refused(browser_as, session, code):
    form = the_form(browser_as("administrator").get("/administration/units/new"))
    form["code"], form["name_th"] = code, "เรือนจำทดลอง"
    form["level"], form["kind"] = "prison", "central_prison"
    form["parent_id"].force_value("PG01")

    assert "เป็นชื่อหน้าของระบบ" in form.submit(status=422).text
    assert not session.scalars(select(Unit).where(Unit.code == code)).all()


@pytest.mark.parametrize("query", [{"person": "x"}, {"person": "9" * 30}, {"page": "-1"}, {"unit": "NONE"}])
def test_an_odd_filter_asks_for_nothing(browser_as, query):
    browser_as("administrator").get("/administration/audit", query, status=200)
    browser_as("administrator").get("/administration/people", query, status=200)


@pytest.mark.parametrize(
    "path", ["/units", "/settings", "/audit", "/units/P001", "/units/NONE", "/audit.csv"]
)
def test_what_is_administrators_is_not_the_offices(browser_as, path):
    browser_as("office").get(f"/administration{path}", status=403)
    browser_as("coordinator").get(f"/administration{path}", status=403)


def test_pages_of_units_speak_english(browser_as):
    browser = browser_as("administrator").in_english()
    for path in (
        "",
        "/new",
        "/import",
        "/P001",
        "/P001/edit",
        "/P001/close",
        "/P001/posts",
        "/P001/posts/new",
    ):
        heading = browser.get(f"/administration/units{path}").html.select_one("h1").text
        assert heading.isascii(), heading
