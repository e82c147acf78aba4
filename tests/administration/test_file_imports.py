"""Files of units and of coordinators, CSV and XLSX alike: the same checks, the same words beforehand."""

import csv
import io

import openpyxl
import pytest
from sqlalchemy import func, select
from webtest import Upload

from tests import world
from tests.uploading import workbook_of
from tracker.accounts.models import HeldRole, Person
from tracker.administration.unit_file import HEADER as UNIT_HEADER
from tracker.audit.models import AuditEntry
from tracker.organisation.models import Unit

HEADER = ("email", "name", "unit_code", "office_phone")
NATIONAL_ID = "1101700230708"


def as_csv(header, *rows):
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return "a.csv", out.getvalue().encode()


def as_workbook(header, *rows):
    return "a.xlsx", workbook_of("ข้อมูล", header, *rows)


FORMATS = pytest.mark.parametrize("write", [as_csv, as_workbook])


def the_form(page):
    return next(form for form in page.forms.values() if "content" in form.fields)


def try_file(browser, kind, file, status=200):
    form = the_form(browser.get(f"/administration/{kind}/import"))
    form["file"] = Upload(*file)
    return form.submit(status=status)


def confirm(page, status=200):
    return the_form(page).submit("confirm", status=status)


@FORMATS
@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("z@p002.example", "1-1017-00230-70-8", "P002", ""), "13 หลัก"),
        (("z@p002.example", "ศรี ดี", "P002", NATIONAL_ID), "13 หลัก"),
        (("z@p002.example", "ก" * 5000, "P002", ""), "ไม่เกิน 200"),
        (("z@p002.example", "ศรี ดี", "P002", "0" * 400), "ไม่เกิน 50"),
        (("z" * 300 + "@p002.example", "ศรี ดี", "P002", ""), "ไม่เกิน 254"),
        (("z@p002.example", "ศรี ดี", "P002", "ถามฝ่ายบริหาร"), "ใส่เป็นหมายเลขโทรศัพท์ เช่น 0 2000 0142"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused_from_any_file(browser_as, session, write, row, said):
    page = try_file(browser_as("office"), "people", write(HEADER, row), status=422)

    assert said in page.text
    assert session.scalar(select(func.count()).select_from(Person).where(Person.email.like("z%"))) == 0


def test_a_national_id_typed_as_a_number_into_a_sheet_is_refused(browser_as):
    file = as_workbook(HEADER, ("z@p002.example", "ศรี ดี", "P002", int(NATIONAL_ID)))
    page = try_file(browser_as("office"), "people", file, status=422)

    assert "13 หลัก" in page.text
    assert NATIONAL_ID not in page.html.select_one("table").text


@FORMATS
def test_a_column_that_nobody_knows_is_told(browser_as, write):
    page = try_file(browser_as("office"), "people", write((*HEADER, "id_card"), ("z@p002.example",)), 422)

    assert "ไม่รู้จักคอลัมน์ id_card" in page.text


def test_formulas_and_columns_without_a_heading_are_told_by_their_line(browser_as):
    file = as_workbook(
        HEADER, ("z@p002.example", "=1+1", "P002", ""), ("y@p002.example", "ก", "P002", "", "?")
    )
    page = try_file(browser_as("office"), "people", file, status=422)

    assert [row.select_one("td").text for row in page.html.select("tbody tr")] == ["2", "3"]
    assert "เป็นสูตร" in page.text


def test_hidden_sheets_are_not_read_and_the_header_may_stand_lower(browser_as):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(("hidden@p002.example", "ลับ", "P002", ""))
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("ข้อมูล")
    shown.append(("รายชื่อผู้ประสานงาน",))
    shown.append(HEADER)
    shown.append(("z@p002.example", "ศรี ดี", "P002", "0 2000 0142"))
    target = io.BytesIO()
    book.save(target)

    page = try_file(browser_as("office"), "people", ("a.xlsx", target.getvalue()))

    assert "ศรี ดี" in page.text
    assert "ลับ" not in page.text


@FORMATS
def test_the_dry_run_tells_roles_names_and_phones_that_confirming_gives_and_keeps(browser_as, session, write):
    person = world.person(session, "coordinator")
    file = write(
        HEADER,
        (person.email, "ชื่ออื่น สมมติ", "P002", "0 2999 9999"),
        ("z@p002.example", "ศรี ดี", "P002", ""),
    )
    page = try_file(browser_as("office"), "people", file)
    facts = [found.text for found in page.html.select("dl.facts dd")]

    assert facts == ["1", "1", "0"]
    assert f"ได้บทบาทเพิ่ม: {person.name} → " in page.text
    assert f"{person.email}: ในไฟล์เป็น “ชื่ออื่น สมมติ” บัญชีเป็น “{person.name}” คงไว้ตามบัญชี" in page.text
    assert "0 2999 9999" in page.text

    confirm(page)

    roles = session.scalars(select(HeldRole).where(HeldRole.person_id == person.id)).all()
    assert len(roles) == 2
    assert world.person(session, "coordinator").name == person.name


@FORMATS
def test_an_account_that_is_disabled_is_a_problem_of_its_line_before_anything_is_written(browser_as, write):
    disabled = world.PEOPLE["disabled"]
    file = write(HEADER, ("z@p002.example", "ศรี ดี", "P002", ""), (disabled.email, disabled.name, "P002", ""))
    page = try_file(browser_as("office"), "people", file, status=422)
    row = page.html.select_one("tbody tr")

    assert row.select_one("td").text == "3"
    assert "ปิดอยู่" in row.text
    assert "confirm" not in the_form(page).fields


@FORMATS
def test_units_come_from_either_kind_of_file_and_a_new_parent_is_told_by_its_code(browser_as, session, write):
    unit = session.scalars(select(Unit).where(Unit.code == "P001")).one()
    row = (
        "P001",
        unit.level,
        unit.kind,
        "PG02",
        unit.short_name_th,
        unit.name_th,
        unit.name_en,
        unit.province_th,
    )
    browser = browser_as("administrator")

    page = try_file(browser, "units", write(UNIT_HEADER, row))
    assert f"P001 {unit.name_th}: ต้นสังกัด PG01 → PG02" in page.text
    confirm(page, status=303)

    entry = session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "units")).all()[-1]
    assert entry.details["changed"] == {"parent_code": ["PG01", "PG02"]}
    assert "ต้นสังกัด PG01 → PG02" in browser.get("/administration/audit").text


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_list_of_units_comes_back_as_it_was_taken_away(browser_as, extension):
    browser = browser_as("administrator")
    data = browser.get(f"/administration/units.{extension}").body

    page = try_file(browser, "units", (f"u.{extension}", data))

    assert "ตรงกับที่มีอยู่แล้ว" in page.text


@pytest.mark.parametrize(("who", "kind"), [("administrator", "units"), ("office", "people")])
def test_the_blank_file_is_offered_and_read_when_it_is_filled_in(browser_as, who, kind):
    browser = browser_as(who)
    book = openpyxl.load_workbook(
        io.BytesIO(browser.get(f"/administration/{kind}/import").click("แบบฟอร์ม").body)
    )
    rows = {
        "units": ["P077", "prison", "central_prison", "PG01", "", "เรือนจำทดลอง", "", ""],
        "people": ["z@p002.example", "ศรี ดี", "P002", ""],
    }
    for at, text in enumerate(rows[kind], 1):
        book.worksheets[0].cell(2, at, text)
    filled = io.BytesIO()
    book.save(filled)

    page = try_file(browser, kind, ("a.xlsx", filled.getvalue()))

    assert page.html.select_one("dl.facts b").text == "1"


def test_the_page_of_the_import_tells_the_codes_that_a_file_of_units_may_hold(browser_as):
    page = browser_as("administrator").get("/administration/units/import")

    codes = {code.text for code in page.html.select("details.more p b")}
    assert {"prison", "department", "pilot_group"} <= codes
    assert page.html.select_one("a[href$='/administration/units.xlsx']")


def test_an_empty_blank_file_has_the_header_and_offers_the_codes(browser_as):
    body = browser_as("administrator").get("/administration/units/import/blank.xlsx").body

    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    assert tuple(cell.value for cell in sheet[1]) == UNIT_HEADER
    assert any("prison" in rule.formula1 for rule in sheet.data_validations.dataValidation)
