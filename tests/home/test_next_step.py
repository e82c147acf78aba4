"""A unit's home: which step comes next, what is said of steps begun silently, and what stays off paper."""

from datetime import date

from tests.world import TODAY
from tracker.progress.models import Claim
from tracker.progress.operations import claim_step


def doing(make, change_as, step):
    with change_as("system") as change:
        claim_step(
            change, enrolment_id=make.enrolment("P001").id, step_id=make.step_id(step), claim=Claim.DOING,
            claimed_on=TODAY,
        )  # fmt: skip


def lead(page):
    return page.html.select_one(".lead")


def step_row(page, number):
    return page.html.select(".steps .step")[number - 1]


def test_a_step_with_records_comes_before_a_later_step_under_way(browser_as, make, change_as):
    make.activity("P001", step=2)
    doing(make, change_as, 3)

    assert lead(browser_as("coordinator").get("/home/P001")).select_one(".step-no").text == "2"


def test_a_step_without_records_is_begun_after_those_that_are_under_way(browser_as, make, change_as):
    doing(make, change_as, 3)

    assert lead(browser_as("coordinator").get("/home/P001")).select_one(".step-no").text == "3"


def test_a_begun_step_that_is_not_said_to_be_offers_the_form_with_the_status(browser_as, make):
    for step in (2, 2, 4):
        make.activity("P001", step=step)
    page = browser_as("coordinator").get("/home/P001")

    assert "มีบันทึกแล้ว 2 รายการ" in lead(page).text and "มีบันทึกแล้ว 2" not in step_row(page, 2).text
    assert "มีบันทึกแล้ว 1 รายการ" in step_row(page, 4).text
    address = step_row(page, 4).find("a", string="ปรับสถานะเป็น “กำลังดำเนินการ” หรือไม่")["href"]
    forms = browser_as("coordinator").get(address).forms.values()
    assert next(form for form in forms if "claim" in form.fields)["claim"].value == "doing"


def test_a_step_under_way_or_without_records_has_no_such_hint(browser_as, make, change_as):
    make.activity("P001", step=3)
    doing(make, change_as, 3)

    assert "มีบันทึกแล้ว" not in browser_as("coordinator").get("/home/P001")


def test_a_reader_sees_that_there_are_records_and_no_form(browser_as, make):
    make.activity("P001", step=2)

    said = lead(browser_as("head").get("/home/P001"))

    assert "มีบันทึกแล้ว 1 รายการ" in said.text and "หรือไม่" not in said.text


def test_the_latest_of_a_step_is_the_day_on_which_it_was_held(browser_as, make):
    make.activity("P001", step=2, title="ครั้งหลัง", held_on=date(2026, 6, 10))
    make.activity("P001", step=2, title="ครั้งแรก", held_on=date(2026, 6, 3))

    page = browser_as("coordinator").get("/home/P001")

    assert "ล่าสุด ครั้งหลัง · 10 มิ.ย. 2569" in " ".join(lead(page).text.split())
    assert "ล่าสุด 10 มิ.ย. 2569" in " ".join(step_row(page, 2).text.split())


def test_where_only_trainings_are_recorded_the_day_is_called_that_of_entering(browser_as, make):
    make.training("P001", make.facilitator("P001"))

    row = " ".join(step_row(browser_as("coordinator").get("/home/P001"), 2).text.split())

    assert "บันทึกเข้าระบบล่าสุด 18 มิ.ย. 2569" in row


def test_the_links_to_other_pages_stay_off_paper(browser_as):
    page = browser_as("coordinator").get("/home/P001")

    assert "on-screen" in page.html.find(id="h-more").find_parent("section")["class"]
