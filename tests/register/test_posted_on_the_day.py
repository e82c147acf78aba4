"""A training is evidence for the unit where somebody served on its last day; pages say where none is."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.walking import data_form, fill_day
from tests.world import TODAY
from tracker.facilitators.models import Posting, Training
from tracker.progress.models import StepProgress

NOWHERE = "ไม่ได้ประจำหน่วยงานใดในวันสุดท้ายของการอบรม"


def serving_since(session, person, day):
    session.scalars(select(Posting).where(Posting.facilitator_id == person.id)).one().since = day
    session.commit()


@pytest.fixture
def newcomer(make, session):
    person = make.facilitator("P001", name="สุดา สมมติ")
    serving_since(session, person, TODAY)
    return person


def test_the_form_says_which_trainings_do_not_count_for_the_unit(browser_as):
    page = browser_as("coordinator").get("/facilitators/new")

    assert "การอบรมที่จบก่อนวันที่ใส่ไว้ไม่นับเป็นหลักฐาน" in page.html.select_one("#since-help").text


def test_what_the_form_says_is_what_counts(browser_as, session, make):
    browser = browser_as("coordinator")
    counted = select(StepProgress.evidence).where(
        StepProgress.enrolment_id == make.enrolment("P001").id, StepProgress.step_id == make.step_id(2)
    )
    for number, (since, passed) in enumerate(((date(2026, 2, 3), 1), (date(2026, 2, 2), 2), (TODAY, 2))):
        form = data_form(browser.get("/facilitators/new"))
        form["name"], form["course"] = f"คุณอำนวย คนที่ {number} สมมติ", "หลักสูตรคุณอำนวย"
        fill_day(form, "since", since.day, since.month, since.year + 543)
        fill_day(form, "starts_on", 2, 2, 2569)
        fill_day(form, "ends_on", 3, 2, 2569)
        page = form.submit(status=303).follow()

        assert (NOWHERE in page.text) == (since == TODAY)
        assert session.scalar(counted)["r2_passed"] == passed


def test_a_training_and_a_profile_say_who_served_nowhere_on_its_last_day(browser_as, make, newcomer):
    served = make.facilitator("P001", name="มาลี สมมติ")
    training = make.training("P001", newcomer, served)
    browser = browser_as("coordinator")
    page = browser.get(f"/facilitators/trainings/{training.id}")

    said = {row.select_one("th").text: NOWHERE in row.text for row in page.html.select("tbody tr")}
    assert said == {"สุดา สมมติ": True, "มาลี สมมติ": False}
    assert NOWHERE in browser.get(f"/facilitators/{newcomer.id}").text
    assert NOWHERE not in browser.get(f"/facilitators/{served.id}").text


def test_the_form_of_a_training_says_it_of_who_is_marked(browser_as, make, newcomer, session):
    served = make.facilitator("P001", name="มาลี สมมติ")
    training = make.training("P001", newcomer, served)
    browser = browser_as("coordinator")
    page = browser.get(f"/facilitators/trainings/{training.id}/edit")
    assert page.text.count(NOWHERE) == 1

    form = data_form(page)
    form[f"attended-{newcomer.id}"], form["find"] = "", "มาลี"
    assert NOWHERE not in form.submit("look", status=200).text
    form[f"attended-{newcomer.id}"] = "attended"
    fill_day(form, "ends_on", TODAY.day, TODAY.month, TODAY.year + 543)
    assert NOWHERE not in form.submit("look", status=200).text
    assert session.get(Training, training.id).ends_on == date(2026, 2, 3)


def test_a_wrong_first_day_is_corrected_on_the_person_s_page(browser_as, make, newcomer):
    make.training("P001", newcomer)
    browser = browser_as("coordinator")
    profile = browser.get(f"/facilitators/{newcomer.id}")
    assert NOWHERE in profile.text

    form = data_form(profile.click("แก้ไขวันที่เริ่มประจำ"))
    assert int(form["since-day"].value) == TODAY.day
    fill_day(form, "since", 30, 2, 2569)
    refused = form.submit(status=422)
    assert data_form(refused)["since-day"].value == "30"

    form = data_form(refused)
    fill_day(form, "since", 3, 2, 2569)
    corrected = form.submit(status=303).follow()
    corrected.mustcontain("แก้ไขวันที่เริ่มประจำแล้ว", "3 ก.พ. 2569")
    assert NOWHERE not in corrected.text
    log = corrected.html.select_one("section[aria-labelledby='h-log']").text
    assert "แก้ไขวันที่เริ่มประจำ" in log
    assert "3 ก.พ. 2569" in log


def test_two_who_correct_the_same_day_see_both(browser_as, newcomer):
    address = f"/facilitators/{newcomer.id}/since"
    mine, theirs = (data_form(browser_as("coordinator").get(address)) for _ in range(2))
    for form, day in ((theirs, 4), (mine, 5)):
        fill_day(form, "since", day, 2, 2569)
    theirs.submit(status=303)

    mine.submit(status=409).mustcontain("5 ก.พ. 2569", "4 ก.พ. 2569")
