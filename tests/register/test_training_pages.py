"""The pages of trainings: the list, entering with who passed, changing, taking back."""

import csv
from datetime import date
from io import StringIO
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from tests.walking import data_form, fill_day, names
from tests.world import TODAY
from tracker.facilitators.models import Training
from tracker.facilitators.queries import attendances_of
from tracker.organisation.models import Audience


@pytest.fixture
def trainings(make):
    people = [make.facilitator("P001", name="มาลี สมมติ"), make.facilitator("P002", name="กมล สมมติ")]
    return [
        make.training("P001", *people, course="คุณอำนวยขั้นต้น"),
        make.training(
            "P004",
            course="คุณลิขิต",
            starts_on=date(2026, 3, 2),
            ends_on=date(2026, 3, 2),
            audience=Audience.PUBLIC,
        ),
        make.training("P002", course="เรื่องภายใน", audience=Audience.UNIT),
        make.training("P001", course="ปีก่อน", stage=1, starts_on=date(2025, 3, 2), ends_on=date(2025, 3, 2)),
    ]


@pytest.mark.usefixtures("trainings")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["คุณลิขิต", "คุณอำนวยขั้นต้น", "ปีก่อน"]),
        ("?stage=2", ["คุณลิขิต", "คุณอำนวยขั้นต้น"]),
        ("?stage=99", []),
        ("?unit=NOPE", []),
        ("?from=3/2/2569&to=28/2/2569", ["คุณอำนวยขั้นต้น"]),
        ("?from=2/3/2569", ["คุณลิขิต"]),
        ("?to=nonsense", []),
        ("?audience=public", ["คุณลิขิต"]),
        ("?unit=PG02", ["คุณลิขิต"]),
        ("?q=อำนวย", ["คุณอำนวยขั้นต้น"]),
        ("?q=P004", ["คุณลิขิต"]),
        ("?sort=day", ["ปีก่อน", "คุณอำนวยขั้นต้น", "คุณลิขิต"]),
        ("?sort=-passed&stage=2", ["คุณอำนวยขั้นต้น", "คุณลิขิต"]),
        ("?q=ไม่มีคำนี้", []),
        ("?state=withdrawn", []),
    ],
)
def test_the_list_the_count_and_the_export_agree_under_every_filter(browser_as, query, found):
    browser = browser_as("coordinator")
    page = browser.get(quote(f"/facilitators/trainings/{query}", safe="/?=&+"))
    text = browser.get(quote(f"/facilitators/trainings.csv{query}", safe="/?=&+")).body.decode("utf-8-sig")

    assert names(page) == found
    assert page.html.select_one(".count b").text == str(len(found))
    rows = list(csv.reader(StringIO(text)))
    head = next(at for at, row in enumerate(rows) if row and row[0] == "หลักสูตร")
    assert [row[0] for row in rows[head + 1 :] if row] == found


def test_courses_sort_in_thai_dictionary_order(browser_as, make):
    for course in ("แสงสว่าง", "ขวัญ", "เกษตร", "กล้วย"):
        make.training("P001", course=course)

    page = browser_as("coordinator").get("/facilitators/trainings/?sort=course")
    assert names(page) == ["กล้วย", "เกษตร", "ขวัญ", "แสงสว่าง"]


def test_a_training_kept_to_the_unit_is_missing_for_others(browser_as, trainings):
    address = f"/facilitators/trainings/{trainings[2].id}"

    for who in ("other_coordinator", "group_head", "executive", "office"):
        browser_as(who).get(address).mustcontain("เรื่องภายใน")
    browser_as("coordinator").get(address, status=404)
    browser_as("coordinator").get(f"{address}/edit", status=404)


def test_an_empty_list_says_what_to_do(browser_as):
    browser_as("coordinator").get("/facilitators/trainings/").mustcontain(
        "ยังไม่มีการอบรมในทะเบียน", "เพิ่มการอบรม"
    )


@pytest.mark.parametrize("query", ["", "?state=withdrawn"])
def test_lists_take_few_statements(browser_as, trainings, statements, query):
    browser = browser_as("coordinator")
    browser.get("/facilitators/trainings/")
    statements.clear()
    browser.get(f"/facilitators/trainings/{query}")

    assert len(statements) <= 12


def test_enter_saves_or_searches_where_something_to_search_for_was_typed(browser_as, make, session):
    other = make.facilitator("P002", name="ขวัญ สมมติ")
    page = browser_as("coordinator").get("/facilitators/trainings/new")
    first = page.html.select_one("main form [type=submit]")
    form = data_form(page)
    form["course"], form["find"] = "คุณอำนวยขั้นต้น", "ขวัญ"
    fill_day(form, "starts_on", 2, 2, 2569)

    found = data_form(form.submit(first["name"], status=200))
    found[f"attended-{other.id}"] = "passed"
    found.submit(first["name"], status=303)

    training = session.scalars(select(Training)).one()
    assert attendances_of(session, training.id) == {other.id: True}


def test_a_training_is_entered_with_who_passed(browser_as, make, session):
    malee, kamon = make.facilitator("P001", name="มาลี สมมติ"), make.facilitator("P001", name="กมล สมมติ")
    other = make.facilitator("P002", name="ขวัญ สมมติ")
    form = data_form(browser_as("coordinator").get("/facilitators/trainings/new"))
    form["course"] = "คุณอำนวยขั้นต้น"
    fill_day(form, "starts_on", 2, 2, 2569)
    form[f"attended-{malee.id}"] = "passed"
    form["find"] = "ขวัญ"
    page = form.submit("look", status=200)
    assert "พบ 1 คน อยู่ในตารางนี้แล้ว" in page.text
    found = data_form(page)
    assert found["course"].value == "คุณอำนวยขั้นต้น"
    assert found[f"attended-{malee.id}"].value == "passed"
    found[f"attended-{kamon.id}"], found[f"attended-{other.id}"] = "attended", "passed"
    page = found.submit(status=303).follow()

    page.mustcontain("ผ่าน 2 จาก 3", "เรือนจำจังหวัดนาสมมติ")
    training = session.scalars(select(Training)).one()
    assert training.starts_on == training.ends_on == date(2026, 2, 2)
    assert attendances_of(session, training.id) == {malee.id: True, kamon.id: False, other.id: True}

    undo = next(f for f in page.forms.values() if f.action.endswith("/undo"))
    undo.submit(status=303)
    assert training.withdrawn_on == TODAY


def test_a_profile_leads_to_a_form_in_which_that_person_passed(browser_as, make):
    person = make.facilitator("P001")
    page = browser_as("coordinator").get(f"/facilitators/{person.id}").click("เพิ่มการอบรม")

    assert data_form(page)[f"attended-{person.id}"].value == "passed"
    for odd in ("x", "-1", "4294967296", "9" * 30):
        browser_as("coordinator").get(f"/facilitators/trainings/new?person={odd}")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("course", "", "กรุณาใส่ชื่อหลักสูตร"),
        ("course", "ก" * 10_000, "ยาวเกินไป"),
        ("hours", "-1", "0 ถึง 999"),
        ("starts_on-year", "2570", "อยู่ในอนาคต"),
        ("stage", "9999", "ตัวเลือกนี้ใช้ไม่ได้"),
        ("audience", "x", "ตัวเลือกนี้ใช้ไม่ได้"),
        ("attended-77", "passed", "ตัวเลือกนี้ใช้ไม่ได้"),
        ("attended-x", "passed", "ตัวเลือกนี้ใช้ไม่ได้"),
        ("attended-9223372036854775808", "passed", "ตัวเลือกนี้ใช้ไม่ได้"),
        ("attended-4294967296", "passed", "ตัวเลือกนี้ใช้ไม่ได้"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(browser_as, session, name, value, sentence):
    browser = browser_as("coordinator")
    form = data_form(browser.get("/facilitators/trainings/new"))
    form["course"] = "คุณอำนวยขั้นต้น"
    fill_day(form, "starts_on", 2, 2, 2569)
    posted = {**dict(form.submit_fields()), name: value}
    answer = browser.post("/facilitators/trainings/new", posted, status=422)

    answer.mustcontain(sentence)
    assert session.scalar(select(func.count()).select_from(Training)) == 0


def test_a_day_outside_the_stage_is_asked_about(browser_as, session):
    form = data_form(browser_as("coordinator").get("/facilitators/trainings/new"))
    form["course"] = "คุณอำนวยขั้นต้น"
    fill_day(form, "starts_on", 2, 9, 2568)
    page = form.submit(status=422)
    form = data_form(page)
    form["outside_stage_reason"] = "อบรมก่อนเริ่มระยะ"
    form.submit(status=303)

    assert session.scalars(select(Training)).one().starts_on == date(2025, 9, 2)


def test_a_stale_edit_shows_both_versions(browser_as, trainings, session):
    browser, address = browser_as("coordinator"), f"/facilitators/trainings/{trainings[0].id}/edit"
    mine, theirs = data_form(browser.get(address)), data_form(browser.get(address))
    theirs["course"] = "คุณอำนวยขั้นกลาง"
    theirs.submit(status=303)
    mine["course"] = "คุณอำนวยขั้นสูง"
    conflict = mine.submit(status=409)
    conflict.mustcontain("คุณอำนวยขั้นกลาง", "คุณอำนวยขั้นสูง", "มาลี สมมติ (ผ่าน)")
    form = next(form for form in conflict.forms.values() if "keep" in form.fields)
    form.submit("keep", value="mine", status=303)

    assert trainings[0].course == "คุณอำนวยขั้นสูง"
    assert len(attendances_of(session, trainings[0].id)) == 2


def test_editing_can_add_people_and_keeps_who_is_there(browser_as, trainings, make, session):
    other = make.facilitator("P004", name="ขวัญ สมมติ")
    form = data_form(browser_as("coordinator").get(f"/facilitators/trainings/{trainings[0].id}/edit"))
    form["find"] = "ขวัญ"
    form = data_form(form.submit("look", status=200))
    form[f"attended-{other.id}"] = "attended"
    form.submit(status=303)

    assert attendances_of(session, trainings[0].id)[other.id] is False
    assert len(attendances_of(session, trainings[0].id)) == 3


def test_withdrawing_and_restoring(browser_as, trainings):
    browser, address = browser_as("coordinator"), f"/facilitators/trainings/{trainings[0].id}"
    page = browser.get(f"{address}/withdraw")
    page.mustcontain("2 คน")
    form = next(f for f in page.forms.values() if "reason" in f.fields)
    form["reason"] = "บันทึกซ้ำ"
    form.submit(status=303).follow().mustcontain("บันทึกซ้ำ")
    assert names(browser.get("/facilitators/trainings/?state=withdrawn")) == ["คุณอำนวยขั้นต้น"]

    page = browser.get(address)
    next(f for f in page.forms.values() if f.action.endswith("/restore")).submit(status=303)
    assert trainings[0].withdrawn_on is None


def test_the_office_hides_and_shows_again(browser_as, trainings):
    office, address = browser_as("office"), f"/facilitators/trainings/{trainings[0].id}"
    form = next(f for f in office.get(f"{address}/hide").forms.values() if "reason" in f.fields)
    form["reason"] = "มีข้อมูลลับ"
    form.submit(status=303)
    browser_as("other_coordinator").get(address, status=404)
    browser_as("coordinator").get(address).mustcontain("มีข้อมูลลับ")
    page = office.get(address)
    next(f for f in page.forms.values() if f.action.endswith("/unhide")).submit(status=303)
    browser_as("other_coordinator").get(address)


@pytest.mark.parametrize("verb", ["edit", "withdraw"])
def test_answers_come_in_their_order(browser_as, trainings, verb):
    address = f"/facilitators/trainings/{trainings[0].id}/{verb}"

    for who in ("nobody", "administrator", "head", "executive"):
        browser_as(who).get("/facilitators/trainings/99999/" + verb, status=403)
    browser_as("coordinator").get("/facilitators/trainings/99999/" + verb, status=404)
    browser_as("other_coordinator").get(address, status=403)
    browser_as("coordinator").get(address)


def test_pages_speak_english(browser_as, trainings):
    browser = browser_as("coordinator").in_english()

    browser.get("/facilitators/trainings/").mustcontain("Facilitator trainings")
    browser.get(f"/facilitators/trainings/{trainings[0].id}").mustcontain("2 of 2 passed")
    browser.get("/facilitators/trainings/new").mustcontain("Find and add to the table")
