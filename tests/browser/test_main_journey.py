"""The main job as people do it in a browser, in both languages: log, look, follow, report, administer."""

import csv
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from tests.browser.conftest import Visit
from tests.browser.walking_people import CONTROLS_BEFORE_MORE, Person
from tracker.activities.models import Activity
from tracker.facilitators.models import Facilitator
from tracker.sharing.models import EventEntry

LANGUAGES = pytest.mark.parametrize("language", ["th", "en"])
MANY = 30


def count(session, model):
    session.rollback()  # what is still open for reading would make the server wait
    n = session.scalar(select(func.count()).select_from(model))
    session.rollback()
    return n


def downloaded(person: Person, link: str) -> bytes:
    with person.page.expect_download() as download:
        person.page.locator(f"{link} >> visible=true").first.click()
    return Path(download.value.path()).read_bytes()


def exported(person: Person, link: str) -> int:
    """Count the records of a list's CSV."""
    rows = list(csv.reader(downloaded(person, link).decode("utf-8-sig").splitlines()))
    return len(rows) - 1


def logs(person: Person) -> None:
    """Log for the step that stands first, on a phone; at most 5 taps and 8 controls."""
    person.go("/")
    person.taps = 0
    person.follow(".step-acts a.btn-primary")
    assert person.page.evaluate(CONTROLS_BEFORE_MORE) <= 8
    person.touch("#title")
    person.fill(title="ประชุมกำหนดหัวข้อครั้งแรก")
    person.touch(".kinds:visible label")
    person.send(".actionbar button.btn-primary")
    assert person.taps <= 5
    assert "ประชุมกำหนดหัวข้อครั้งแรก" in person.page.locator(".undo").inner_text()


def sends_many(person: Person) -> None:
    """Take the template, fill it in, send it, look, confirm."""
    person.go("/")
    person.follow("a[href^='/activities/upload']")
    book = load_workbook(BytesIO(downloaded(person, "a[href*='template.xlsx']")))
    sheet = book.worksheets[0]
    lists = book.worksheets[1]
    step, kind = lists["A2"].value, lists["C1"].value
    for at in range(MANY):
        for column, value in enumerate((f"{1 + at % 17}/6/2569", step, kind, f"ประชุมหัวข้อที่ {at + 1}"), 1):
            sheet.cell(2 + at, column, value)
    data = BytesIO()
    book.save(data)
    kind_of_file = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    person.page.set_input_files(
        "input[type=file]", {"name": "filled.xlsx", "mimeType": kind_of_file, "buffer": data.getvalue()}
    )
    person.page.locator("main input[type=checkbox]").check()
    person.send()
    assert person.page.locator("main tbody tr").count() == MANY
    person.send()


def adds_a_facilitator(person: Person) -> None:
    person.go("/")
    person.follow("a[href^='/facilitators/?unit']")
    person.follow("a[href^='/facilitators/new']")
    person.fill(name="วีระ ตัวอย่างชัย")
    person.touch("main details summary")
    person.fill(course="การตั้งคำถามและจับประเด็น")
    person.choose_day("starts_on", 2, 6, 2569)
    person.send()


def runs_an_event(person: Person) -> None:
    person.go("/events/")
    person.follow("a[href^='/events/new']")
    person.fill(title="วัน Share and Show ทุ่งสมมติ")
    person.send()
    person.follow("a[href$='/entries/new']")
    for at, button in enumerate(("button[name=next]", "button[name=next]", ".actionbar .btn-primary")):
        person.fill(name=f"นวัตกรรมที่ {at + 1}", change="เวลารอลดจาก 20 เหลือ 10 นาที")
        person.send(button)
    assert person.page.locator(".entry").count() == 3


def sets_a_step_done(person: Person) -> None:
    person.go("/")
    person.follow(".step-acts a[href$='/status']")
    person.page.locator("label.choice:has(input[value=done])").click()
    person.fill(note="ประชุมครบแล้ว มีรายงานการประชุม")
    person.send()


@LANGUAGES
def test_a_coordinators_work_is_found_by_the_executive_by_clicking_numbers(visit: Visit, session, language):
    phone = Person(visit("coordinator", width=390, height=844, language=language))
    logs(phone)
    sets_a_step_done(phone)
    desk = Person(visit("coordinator", language=language))
    sends_many(desk)
    adds_a_facilitator(desk)
    runs_an_event(desk)
    assert [count(session, model) for model in (Activity, Facilitator, EventEntry)] == [MANY + 1, 1, 3]

    boss = Person(visit("executive", language=language))
    boss.go("/")
    boss.follow(".matrix tr.now td:nth-of-type(1) a.cell")
    boss.follow(".heat tbody th a[href*='/units/P001']")
    shown = boss.figure("a.fig[href*='step=1']")
    boss.follow("a.fig[href*='step=1']")
    assert shown == exported(boss, "a[href*='/activities/export.csv']") == MANY + 1
    boss.follow("main a:has-text('ประชุมหัวข้อที่ 17')")
    boss.go("/overview")
    boss.follow("a.headline[href*='trained']")
    boss.follow(".heat tbody th a[href*='/units/P001']")
    boss.follow("a.fig[href*='/events/entries/']")
    assert boss.page.locator("main tbody tr").count() == 3
    boss.go("/units/P001")
    boss.follow("a.fig[href*='/facilitators/']")
    assert "วีระ ตัวอย่างชัย" in boss.page.locator("main").inner_text()
    for form in ("encourage", "ask"):
        boss.go("/units/P001")
        boss.follow(f"a[href*='/units/P001/{form}']")
        boss.fill(text=f"ข้อความ {form}")
        boss.send()

    phone.go("/")
    assert "ข้อความ encourage" in phone.page.locator("section.due").inner_text()
    phone.follow("section.due a.btn[href*='/answer']")
    phone.fill(answer="จะส่งรายงานการประชุมภายในสัปดาห์นี้")
    phone.send()
    boss.go("/units/P001")
    assert "จะส่งรายงานการประชุมภายในสัปดาห์นี้" in boss.page.locator("main").inner_text()

    phone.go("/")
    phone.follow("section[aria-labelledby=h-more] a[href^='/reports/']")
    phone.send("main form button.btn-primary, main form button[type=submit]")
    assert downloaded(phone, "a[href*='.docx']")[:2] == b"PK"


@LANGUAGES
def test_the_office_calls_pauses_and_exports(visit: Visit, language):
    office = Person(visit("office", language=language))
    office.go("/")
    listed = office.figure("a.headline.act .headline-num")
    office.follow("a.headline[href^='/follow/']")
    assert office.page.locator("main tbody tr").count() == listed
    office.follow("a[href$='/call']")
    office.fill(note="จะส่งภายในสัปดาห์นี้")
    office.send()
    office.follow("a[href$='/pause']")
    office.choose_day("until", 30, 6, 2569)
    office.fill(reason="น้ำท่วม")
    office.send()
    assert office.page.locator("main tbody tr").count() == listed - 1

    assert exported(office, "a[href*='/follow.csv']") == listed - 1
    assert downloaded(office, "a[href*='/follow.xlsx']")[:2] == b"PK"


@LANGUAGES
def test_the_administrator_adds_a_person_and_tries_a_file_of_units(visit: Visit, language):
    administrator = Person(visit("administrator", language=language))
    administrator.go("/")
    administrator.follow("a[href='/administration/people/new']")
    administrator.fill(name="ใหม่ ตั้งสมมติ", email="new@p002.example")
    administrator.send()
    assert len(administrator.page.locator(".password-once").inner_text()) > 10
    administrator.follow(".report-tools a")
    administrator.follow("a[href$='/roles/new']")
    administrator.go("/administration/units/import")
    header = "code,level,kind,parent_code,short_name_th,name_th,name_en,province_th\n"
    row = "P006,prison,district_prison,PG02,รจ.อ.ใหม่,เรือนจำอำเภอใหม่สมมติ,New Prison,\n"
    administrator.page.set_input_files(
        "input[type=file]", {"name": "units.csv", "mimeType": "text/csv", "buffer": (header + row).encode()}
    )
    administrator.send()
    administrator.touch("main details.more summary")
    assert "P006" in administrator.page.locator("main").inner_text()
    assert administrator.page.locator("main button.btn-primary").count() >= 1
