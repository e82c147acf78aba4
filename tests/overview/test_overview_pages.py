"""The pages of figures answer, for everybody who may read them, in both languages."""

import io
import re
from datetime import date
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from tests.world import TODAY
from tracker.following.operations_words import answer_word, ask_unit, withdraw_word
from tracker.progress.models import Claim
from tracker.progress.operations import claim_step

PAGES = (
    "/overview", "/overview?stage=1", "/overview?stage=1&at=now", "/overview?stage=3", "/overview?unit=PG01",
    "/overview?unit=P001&stage=3", "/stages/2", "/stages/2?only=late", "/stages/2?only=done-3",
    "/stages/2?sort=urgency", "/stages/2?sort=step-3", "/stages/2?sort=name", "/stages/2?sort=last",
    "/stages/1", "/stages/1?at=now", "/stages/3", "/stages/2/steps/3", "/stages/3/steps/3",
    "/stages/3/members?step=3", "/stages/2?unit=PG02&only=no_facilitator", "/units/",
)  # fmt: skip


@pytest.mark.parametrize("who", ["office", "executive", "coordinator", "head"])
@pytest.mark.parametrize("english", [False, True])
def test_the_pages_of_figures_open(browser_as, make, who, english):
    make.activity("P001", step=3)
    make.activity("P002", step=3, stage=3)
    browser = browser_as(who).in_english() if english else browser_as(who)

    for page in PAGES:
        assert browser.get(page).status_int == 200, page


@pytest.mark.parametrize("who", ["office", "executive", "coordinator", "head", "group_coordinator"])
def test_the_page_of_a_unit_opens(browser_as, make, who):
    make.activity("P001", step=3)
    browser = browser_as(who)

    for page in ("/units/P001", "/units/P001?stage=3", "/units/P001?stage=1", "/units/P001-G1?stage=1"):
        assert browser.get(page).status_int == 200, page


def test_the_page_of_another_unit_is_not_found_for_a_coordinator(browser_as):
    browser_as("coordinator").get("/units/P002", status=404)


@pytest.fixture
def in_stage_3(on_day, change_as, make):
    on_day(date(2026, 11, 20))
    with change_as("system") as change:
        change.today = date(2026, 11, 20)
        claim_step(
            change, enrolment_id=make.enrolment("PG02", 3).id, step_id=make.step_id(1), claim=Claim.DOING,
            claimed_on=change.today, on_behalf_reason="แจ้งทางโทรศัพท์",
        )  # fmt: skip


def test_the_figures_of_another_group_are_not_found_in_its_own_stage(browser_as, in_stage_3):
    browser = browser_as("coordinator")

    for page in ("/overview", "/stages/3", "/stages/3/steps/1", "/stages/3/members", "/overview.csv"):
        browser.get(f"{page}?stage=3&unit=PG02", status=404)
    for page in ("/overview?stage=2&unit=PG02", "/overview.csv?stage=2&unit=PG02"):
        assert "กำลังดำเนินการ</a>" not in browser.get(page).text
        assert "/stages/3?unit=PG02" not in browser.get(page).text
    assert "unit=PG02" not in browser.get("/overview?stage=3").text
    assert "unit=PG02" in browser_as("executive").get("/overview?stage=3").text


def test_totals_of_a_group_of_others_are_open_where_prisons_are_enrolled(browser_as):
    assert browser_as("coordinator").get("/overview?stage=2&unit=PG02").status_int == 200
    assert browser_as("coordinator").get("/overview?stage=4&unit=DOC").status_int == 200


@pytest.mark.parametrize("page", ["/overview?stage=3", "/stages/3", "/stages/3/steps/3", "/stages/3/members"])
@pytest.mark.parametrize("who", ["executive", "coordinator"])
def test_under_a_member_the_enrolled_unit_above_is_named(browser_as, page, who):
    browser = browser_as(who)

    found = browser.get(f"{page}{'&' if '?' in page else '?'}unit=P001")

    assert "บันทึกในระยะนี้นับให้ กลุ่มเรือนจำเขต 1" in found.text
    assert "ยังไม่มีหน่วยงานเข้าร่วม" not in found.text and "ระยะนี้ไม่มีหน่วยงานร่วม" not in found.text
    assert browser.get(f"{page}{'&' if '?' in page else '?'}unit=PG01").status_int == 200


def test_an_administrator_reads_no_figures(browser_as):
    for page in ("/overview", "/stages/2", "/units/P001", "/units/NOWHERE", "/follow/"):
        browser_as("administrator").get(page, status=403)


def to_follow(page):
    line = page.html.select(".headlines li")[4]
    return line.select_one(".headline-num").text.strip(), line.select_one("a.headline")


def test_a_stage_that_is_over_tells_who_was_to_be_followed_on_its_last_day(browser_as, make, on_day):
    make.activity("P001", step=3)
    on_day(date(2026, 9, 30))
    last_day, _link = to_follow(browser_as("executive").get("/overview?stage=2"))

    on_day(date(2026, 10, 5))
    executive = browser_as("executive")
    page = executive.get("/overview?stage=2")
    number, link = to_follow(page)

    assert number == last_day != "0"
    file = executive.get("/overview.csv?stage=2")
    assert f'"หน่วยงานที่ควรติดตาม","2","","","{number}",' in file.text
    assert quote("ระยะที่ 2 30 ก.ย. 2569") in file.headers["Content-Disposition"].replace("+", "%20")
    rows = executive.get(link["href"].replace("/stages/2", "/stages/2.csv")).text.strip().splitlines()
    assert len(rows) == int(number) + 1
    assert "ระยะนี้ไม่มีการติดตาม" in page.text


@pytest.mark.parametrize("address", ["/overview?stage=3", "/overview?stage=1&at=now"])
def test_nobody_is_followed_on_a_day_outside_the_stage(browser_as, address):
    number, link = to_follow(browser_as("executive").get(address))

    assert (number, link) == ("–", None)
    rows = browser_as("executive").get(address.replace("?", ".csv?")).text
    assert re.search(r'"หน่วยงานที่ควรติดตาม","\d","","","",', rows)


def subtitle(page):
    return re.sub(r"\s+", " ", page.html.select_one(".pagehead .grow p").text)


def test_the_overview_of_a_group_says_which_group_it_is(browser_as):
    browser = browser_as("executive")

    page = browser.get("/overview?unit=PG01")

    assert "กลุ่มเรือนจำเขต 1" in subtitle(page)
    assert "กลุ่มเรือนจำเขต 1" in page.html.title.text
    assert "กลุ่มเรือนจำเขต 1" not in subtitle(browser.get("/overview"))


def test_a_filtered_map_says_on_paper_what_it_shows_and_what_its_total_counts(browser_as, make):
    make.training("P001", make.facilitator("P001"), entered_on=date(2026, 2, 4))
    browser = browser_as("executive")

    page = browser.get("/stages/2?only=trained")

    assert "มีคุณอำนวยผ่านการฝึก 1 จาก 7 หน่วยงาน" in subtitle(page)
    assert "7 หน่วยงาน ×" not in subtitle(page)
    assert "นับทุกหน่วยงาน ไม่เฉพาะที่แสดง" in page.html.select_one(".heat .sum").text
    whole = browser.get("/stages/2")
    assert "7 หน่วยงาน × 7 ขั้นตอน" in subtitle(whole)
    assert "ไม่เฉพาะที่แสดง" not in whole.text
    assert "ขั้นตอนที่ 3 ยังไม่ดำเนินการ 3 จาก 3" in subtitle(browser.get("/stages/2?unit=PG01&only=none-3"))


def told(browser, address):
    book = load_workbook(io.BytesIO(browser.get(address).body))
    return [str(cell.value) for cell in book.worksheets[-1]["A"]]


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("/stages/2.xlsx?only=late", "เกินกำหนดตามแผน 7 จาก 7 หน่วยงาน"),
        ("/follow.xlsx?reason=late", "เกินกำหนดตามแผน 7 จาก 7 หน่วยงานที่ควรติดตาม"),
    ],
)
def test_a_filtered_file_says_what_it_shows(browser_as, address, line):
    browser = browser_as("executive")

    assert line in told(browser, address)
    assert quote("เกินกำหนดตามแผน") in browser.get(address).headers["Content-Disposition"]
    assert not [said for said in told(browser, address.partition("?")[0]) if "เกินกำหนด" in said]


def test_the_filtered_lists_of_units_to_follow_and_of_members_say_what_they_show(browser_as, make):
    make.activity("P001", step=3, stage=3)
    browser = browser_as("executive")

    assert "เกินกำหนดตามแผน 7 จาก 7 หน่วยงานที่ควรติดตาม" in subtitle(browser.get("/follow/?reason=late"))
    assert "ร่วมแล้ว 1 จาก 7 หน่วยงาน" in subtitle(browser.get("/stages/3/members?step=3"))
    assert "ยังไม่ร่วม 6 จาก 7" in subtitle(browser.get("/stages/3/members?step=3&only=not_yet"))
    file = "/stages/3/members.xlsx?step=3&only=not_yet"
    assert "ยังไม่ร่วม 6 จาก 7 หน่วยงาน" in told(browser, file)
    assert quote("ยังไม่ร่วม") in browser.get(file).headers["Content-Disposition"]


def test_the_overview_tells_who_asked_how_the_questions_stand(browser_as, change_as, make):
    executive = browser_as("executive")
    assert not executive.get("/overview").html.select(".asked")

    words = []
    for text in ("เมื่อใดจะประชุม", "ใครนำวง", "พิมพ์ผิด"):
        with change_as("executive") as change:
            words.append(ask_unit(change, unit_id=make.node("P001").id, text=text).id)
    with change_as("coordinator") as change:
        answer_word(change, word_id=words[0], answer="ต้นเดือน")
    with change_as("executive") as change:
        withdraw_word(change, word_id=words[2])

    line = executive.get("/overview").html.select_one(".asked")
    assert "ตอบแล้ว 1 · รอคำตอบ 1" in line.text
    answered, waiting = (executive.get(link["href"]).html.main for link in line.select("a"))
    assert "ต้นเดือน" in answered.text and "ใครนำวง" not in answered.text
    assert "ใครนำวง" in waiting.text and "พิมพ์ผิด" not in waiting.text
    assert [tab.text for tab in waiting.select(".tabs a")] == ["ทั้งหมด 3", "รอคำตอบ 1", "ตอบแล้ว 1", "กำลังใจ 0"]
    for who in ("office", "coordinator"):
        assert not browser_as(who).get("/overview").html.select(".asked")


def test_who_answered_and_who_claimed_is_told_to_the_unit_and_the_office_only(browser_as, change_as, make):
    name, unit = "มาลี ตั้งสมมติ", make.node("P001").id
    with change_as("executive") as change:
        word = ask_unit(change, unit_id=unit, text="วงใดใช้ได้ผลที่สุด")
    with change_as("coordinator") as change:
        answer_word(change, word_id=word.id, answer="วงกุญแจกลาง", version=word.version)
        claim_step(
            change, enrolment_id=make.enrolment("P001").id, step_id=make.step_id(3), claim=Claim.DOING,
            claimed_on=TODAY,
        )  # fmt: skip
    pages = ("/units/P001", "/words/?unit=P001", "/units/P001/stages/2/steps/3")

    for page in pages:
        assert name in browser_as("office").get(page).html.main.text, page
        assert name in browser_as("coordinator").get(page).html.main.text, page
        assert name not in browser_as("executive").get(page).html.main.text, page
    assert "วงกุญแจกลาง" in browser_as("executive").get("/words/").text


def test_the_page_of_a_group_says_of_which_unit_each_record_is(browser_as, make):
    make.activity("P001", step=3, title="วงกุญแจกลาง")
    make.event("P001", title="วันแลกเปลี่ยนเรียนรู้กลางปี")

    lines = [line.text for line in browser_as("executive").get("/units/PG01").html.select(".timeline li")]

    assert len(lines) == 2
    assert all(make.node("P001").name_th in line for line in lines)


def test_a_unit_whose_pilot_group_took_part_is_not_said_to_have_stood_aside(browser_as):
    row = browser_as("executive").get("/units/P001").html.select("table.hist tbody tr")[0]

    assert "หน่วยงานในสังกัดเข้าร่วม 1 แห่ง" in row.text and "ไม่ได้เข้าร่วม" not in row.text
    assert row.select_one("td a")["href"] == "/stages/1?unit=P001"
