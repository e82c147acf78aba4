"""The page of a unit says why it is followed and what the office noted, to those who may know."""

from datetime import date, timedelta

import pytest

from tests.walking import fill_day
from tests.world import TODAY
from tracker.following.operations import note_call, pause_following
from tracker.following.operations_words import ask_unit


@pytest.fixture
def noted(make, change_as):
    with change_as("office") as change:
        note_call(
            change, enrolment_id=make.enrolment("P001").id, note="จะส่งบันทึกภายในสัปดาห์นี้",
            called_on=TODAY, next_on=date(2026, 6, 25),
        )  # fmt: skip


@pytest.fixture
def paused(make, change_as):
    with change_as("office") as change:
        pause_following(
            change, enrolment_id=make.enrolment("P001").id, until=TODAY + timedelta(days=14), reason="น้ำท่วม"
        )


def followed(browser, path="/units/P001"):
    part = browser.get(path).html.find(id="h-follow")
    return part and " ".join(part.find_parent("section").text.split())


@pytest.mark.parametrize("who", ["office", "executive"])
def test_the_page_of_a_unit_gives_the_reasons_of_the_list(browser_as, who):
    browser = browser_as(who)
    rows = browser.get("/follow/").html.select(".ledger tbody tr")
    listed = next(row for row in rows if row.select_one("a")["href"] == "/units/P001").select(".why > span")

    shown = browser.get("/units/P001").html.find(id="h-follow").find_parent("section").select(".why > span")

    assert [span.text for span in shown] == [span.text for span in listed]
    assert "ไม่มีคุณอำนวยที่ผ่านการฝึก 260 วัน" in shown[0].text


def test_each_late_step_of_a_unit_says_for_how_many_days(browser_as):
    steps = browser_as("executive").get("/units/P001").html.find(id="h-s").find_parent("section")
    rows = steps.select("tbody tr")

    assert "เกินกำหนดตามแผน 200 วัน" in rows[0].text
    assert "เกินกำหนดตามแผน 79 วัน" in rows[2].text
    assert "เกินกำหนดตามแผน" not in rows[6].text


def test_a_units_own_people_read_why_but_not_what_the_office_noted(browser_as, noted):
    said = followed(browser_as("coordinator"))

    assert "ไม่มีคุณอำนวยที่ผ่านการฝึก" in said
    for secret in ("ติดตามเมื่อ", "ติดตามอีกครั้ง", "จะส่งบันทึก", "พัก"):
        assert secret not in said


def test_while_following_is_paused_a_units_own_people_are_told_no_reasons(browser_as, paused):
    assert followed(browser_as("coordinator")) is None


def test_an_executive_reads_when_the_office_called_but_not_what_was_said(browser_as, noted):
    said = followed(browser_as("executive"))

    assert "ติดตามเมื่อ 18 มิ.ย. 69" in said and "ติดตามอีกครั้ง 25 มิ.ย. 69" in said
    assert "จะส่งบันทึก" not in said and "บันทึกการติดตาม" not in said


def test_a_pause_stands_on_the_page_of_the_unit_with_its_reason(browser_as, paused):
    for who in ("executive", "office"):
        said = followed(browser_as(who))
        assert said.startswith("การติดตาม พักการติดตามถึง 2 ก.ค. 69 · น้ำท่วม"), who
        assert "ไม่มีคุณอำนวยที่ผ่านการฝึก 260 วัน" in said


def test_a_call_leads_back_to_the_filtered_list_from_which_it_was_noted(browser_as):
    address = "/follow/?unit=PG01&reason=late"
    page = browser_as("office").get(address).click("บันทึกการติดตาม", index=0)
    cancel = page.html.select_one(".actionbar a")
    form = next(form for form in page.forms.values() if "note" in form.fields)
    form["note"] = "โทรแล้ว"

    assert cancel["href"] == address
    assert form.submit(status=303).location.endswith(address)


def test_the_office_notes_a_call_on_the_page_of_the_unit_and_comes_back_to_it(browser_as):
    office = browser_as("office")
    form = office.get("/units/P001").click("บันทึกการติดตาม").forms
    form = next(f for f in form.values() if "note" in f.fields)
    form["note"] = "จะส่งบันทึกภายในสัปดาห์นี้"

    answer = form.submit(status=303)

    assert answer.location.endswith("/units/P001?stage=2")
    assert "จะส่งบันทึกภายในสัปดาห์นี้" in followed(office)


def test_the_office_pauses_following_on_the_page_of_the_unit_and_takes_it_up_again(browser_as):
    office = browser_as("office")
    forms = office.get("/units/P001").click("^.*พัก").forms
    form = next(f for f in forms.values() if "reason" in f.fields)
    form["reason"] = "น้ำท่วม"
    fill_day(form, "until", 2, 7, 2569)

    page = form.submit(status=303).follow()
    again = next(f for f in page.forms.values() if f.action.endswith("/pause/end"))
    back = again.submit(status=303, headers={"Referer": "http://localhost/units/P001?stage=2"})

    assert back.location.endswith("/units/P001?stage=2")
    assert "พักการติดตามถึง" not in followed(office)


def test_a_stage_that_is_not_chased_gives_no_reasons(browser_as, noted):
    office = browser_as("office")

    assert followed(office, "/units/P001?stage=3") is None
    assert followed(office, "/units/PG01") is None


def test_questions_stand_on_paper_only_where_there_are_any(browser_as, change_as, make):
    def classes():
        return browser_as("executive").get("/units/P001").html.find(id="h-q").find_parent("section")["class"]

    assert "on-screen" in classes()
    with change_as("office") as change:
        ask_unit(change, unit_id=make.node("P001").id, text="วงใดใช้ได้ผล")
    assert "on-screen" not in classes()
