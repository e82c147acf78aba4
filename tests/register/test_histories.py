"""What was done to facilitators and trainings, as their pages tell it; and who may read it."""

from datetime import UTC, datetime

import pytest

from tests.walking import data_form, fill_day, names
from tests.world import TODAY
from tracker.facilitators.operations import set_attendance


def log_of(page) -> str:
    """Return the change log of a page, or nothing."""
    log = page.html.select_one("section[aria-labelledby=h-log]")
    return log.text if log else ""


def test_a_profile_tells_who_changed_what_from_what_and_why(browser_as, people, make):
    address = f"/facilitators/{people['malee'].id}"
    coordinator, office = browser_as("coordinator"), browser_as("office")
    assert log_of(coordinator.get(address)) == ""

    form = data_form(coordinator.get(f"{address}/edit"))
    form["position_title"], form["roles"] = "นักวิชาการ", ["facilitator", "note_taker"]
    fill_day(form, "appointed_on", 2, 2, 2569)
    form.submit(status=303)
    form = data_form(office.get(f"{address}/move"))
    form["unit"].force_value(str(make.node("P002").id))
    form["reason"] = "คำสั่งย้าย"
    form.submit(status=303)

    log = log_of(office.get(address))
    assert "แก้ไขรายการ · มาลี ตั้งสมมติ" in log
    for words in ("นักวิชาการ", "คุณลิขิต", "2 ก.พ. 2569", "ย้ายหน่วยงาน", "คำสั่งย้าย", "เรือนจำจังหวัดนาสมมติ"):
        assert words in log
    assert log.index("ย้ายหน่วยงาน") < log.index("นักวิชาการ")
    for word in ("sort_key", "search_text", "None", "facilitator"):
        assert word not in log


@pytest.mark.parametrize("who", ["executive", "other_coordinator"])
def test_others_read_no_change_log_of_people_and_trainings(browser_as, people, make, who):
    training = make.training("P001", people["malee"])
    own = browser_as("coordinator")
    for address in (f"/facilitators/{people['malee'].id}", f"/facilitators/trainings/{training.id}"):
        form = data_form(own.get(f"{address}/edit"))
        form["name" if "name" in form.fields else "course"] = "ชื่อใหม่"
        form.submit(status=303)

        assert "ชื่อใหม่" in log_of(own.get(address))
        page = browser_as(who).get(address)
        assert log_of(page) == ""
        assert "ผู้บันทึก" not in page


def test_a_trainings_page_tells_its_changes_and_why_its_day_lies_outside_the_stage(browser_as, people, make):
    training = make.training("P001", people["malee"])
    browser, address = browser_as("coordinator"), f"/facilitators/trainings/{training.id}"
    form = data_form(browser.get(f"{address}/edit"))
    form[f"attended-{people['malee'].id}"] = "attended"
    fill_day(form, "starts_on", 2, 2, 2568)
    fill_day(form, "ends_on", 3, 2, 2568)
    again = data_form(form.submit(status=422))
    again["outside_stage_reason"] = "จัดก่อนเริ่มระยะ"
    page = again.submit(status=303).follow()

    assert "จัดก่อนเริ่มระยะ" in page.html.select_one("dl.facts").text
    for words in ("2 ก.พ. 2568", "มาลี สมมติ (ผ่าน)", "มาลี สมมติ (เข้าอบรม)", "จัดก่อนเริ่มระยะ"):
        assert words in log_of(page)

    form = data_form(browser.get(f"{address}/edit"))
    assert form["outside_stage_reason"].value == "จัดก่อนเริ่มระยะ"
    fill_day(form, "starts_on", 2, 2, 2569)
    fill_day(form, "ends_on", 3, 2, 2569)
    page = form.submit(status=303).follow()
    assert "จัดก่อนเริ่มระยะ" not in page.html.select_one("dl.facts").text


def test_a_trainings_page_takes_few_statements_however_often_people_were_marked(
    browser_as, make, change_as, statements
):
    people = [make.facilitator("P001") for _ in range(20)]
    training = make.training("P001")
    browser, address = browser_as("coordinator"), f"/facilitators/trainings/{training.id}"
    browser.get(address)
    for person in people:
        with change_as("coordinator") as change:
            set_attendance(change, training_id=training.id, facilitator_id=person.id, passed=True)
    browser.get("/facilitators/")
    statements.clear()
    page = browser.get(address)

    assert len(statements) <= 10
    assert all(f"{person.name} (ผ่าน)" in log_of(page) for person in people)


def test_a_withdrawn_training_is_read_and_restored_by_those_inside_only(browser_as, make):
    training = make.training("P001", course="คุณอำนวยขั้นต้น")
    address, listed = f"/facilitators/trainings/{training.id}", "/facilitators/trainings/?state=withdrawn"
    own = browser_as("coordinator")
    form = next(f for f in own.get(f"{address}/withdraw").forms.values() if "reason" in f.fields)
    form["reason"] = "บันทึกซ้ำ"
    form.submit(status=303).follow().mustcontain("บันทึกซ้ำ")

    for who in ("coordinator", "head", "group_head", "office"):
        browser_as(who).get(address, status=200)
        assert "คุณอำนวยขั้นต้น" in browser_as(who).get(listed)
    browser_as("other_coordinator").get(address, status=404)
    assert "คุณอำนวยขั้นต้น" not in browser_as("other_coordinator").get(listed)

    page = own.get(address)
    next(f for f in page.forms.values() if f.action.endswith("/restore")).submit(status=303)
    browser_as("other_coordinator").get(address, status=200)


def test_who_is_withdrawn_and_hidden_is_listed_for_the_unit_and_the_office_only(browser_as, make):
    gone = make.facilitator("P001", name="มาลี สมมติ", withdrawn_on=TODAY, hidden_at=datetime.now(UTC))
    for who, sees in (("coordinator", True), ("office", True), ("head", False), ("executive", False)):
        browser = browser_as(who)
        assert ("มาลี สมมติ" in names(browser.get("/facilitators/?state=withdrawn"))) is sees, who
        browser.get(f"/facilitators/{gone.id}", status=200 if sees else 404)


@pytest.mark.parametrize("which", ["people", "trainings"])
def test_hidden_records_are_listed_for_who_may_show_or_write_them(browser_as, make, which):
    hidden = {"hidden_at": datetime.now(UTC), "hidden_reason": "ตรวจสอบ"}
    place = "/facilitators/" if which == "people" else "/facilitators/trainings/"
    for code in ("P001", "P002"):
        if which == "people":
            make.facilitator(code, name=f"คน {code}", **hidden)
        else:
            make.training(code, course=f"คน {code}", **hidden)
    expected = {
        "coordinator": ["คน P001"], "other_coordinator": ["คน P002"], "office": ["คน P001", "คน P002"],
        "head": [], "executive": [],
    }  # fmt: skip

    for who, found in expected.items():
        browser = browser_as(who)
        page = browser.get(place)
        assert names(page) == []
        assert ("state=hidden" in page) is bool(found), who
        listed = browser.get(f"{place}?state=hidden")
        assert sorted(names(listed)) == found, who
        export = browser.get(f"{place.rstrip('/')}.csv?state=hidden").body.decode("utf-8-sig")
        assert [code for code in ("P001", "P002") if f"คน {code}" in export] == [name[-4:] for name in found]
