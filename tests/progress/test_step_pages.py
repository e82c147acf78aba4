"""The pages of a step: its status by a real form, what counts as evidence, the history, the undo."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.world import TODAY
from tracker.organisation.models import Audience
from tracker.progress.models import Claim, ClaimChange, StepProgress
from tracker.progress.operations import claim_step

STATUS = "/units/P001/stages/2/steps/3/status"
HOMES = {"other_coordinator": "P002", "group_coordinator": "PG01"}
HISTORY = "/units/P001/stages/2/steps/3"


def claim_form(page):
    return next(form for form in page.forms.values() if "claim" in form.fields)


def undo_form(page):
    return next(form for form in page.forms.values() if form.action.endswith("/undo"))


def test_a_coordinator_updates_the_status_and_takes_it_back(browser_as, session):
    browser = browser_as("coordinator")
    form = claim_form(browser.get(STATUS))
    form["claim"] = "doing"
    form["note"] = "เริ่มสัมภาษณ์แล้ว"
    home = form.submit(status=303).follow()

    assert "ปรับสถานะขั้นตอนที่ 3 เป็น “กำลังดำเนินการ” แล้ว" in home
    assert session.scalars(select(StepProgress.claim)).one() == "doing"

    again = undo_form(home).submit(status=303).follow()

    assert "ยกเลิกการปรับสถานะขั้นตอนที่ 3 แล้ว" in again
    assert session.scalars(select(StepProgress.claim)).one() == "none"
    history = browser.get(HISTORY)
    assert "ยกเลิกการปรับสถานะครั้งก่อน" in history
    assert "เริ่มสัมภาษณ์แล้ว" in history


def test_done_without_evidence_keeps_what_was_typed_and_asks(browser_as):
    form = claim_form(browser_as("coordinator").get(STATUS))
    form["claim"] = "done"
    form["claimed_on-day"] = "1"
    page = form.submit(status=422)

    assert "หลักฐานในระบบยังไม่ครบ (0 จาก 3)" in page
    again = claim_form(page)
    assert (again["claim"].value, again["claimed_on-day"].value) == ("done", "1")
    again["note"] = "มีเอกสารลงนามแล้ว"
    assert again.submit().status_int == 303


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"claimed_on-day": "30", "claimed_on-month": "2"}, "ไม่มีในปฏิทิน"),
        ({"claimed_on-day": "19"}, "อนาคต"),
        ({"note": "ผู้รายงาน 1101700230708"}, "13 หลัก"),
        ({"note": "ก" * 10_000}, "ยาวเกินไป"),
        ({"claimed_on-year": "2567"}, "ก่อนวันเริ่มระยะ"),
    ],
)
def test_bad_input_gets_a_sentence(browser_as, values, sentence):
    form = claim_form(browser_as("coordinator").get(STATUS))
    form["claim"] = "doing"
    for name, value in values.items():
        form[name].force_value(value)

    assert sentence in form.submit(status=422)


def test_a_foreign_claim_is_refused(browser_as):
    form = claim_form(browser_as("coordinator").get(STATUS))
    form["claim"].force_value("verified")

    assert "ตัวเลือกนี้ใช้ไม่ได้" in form.submit(status=422)


def test_a_stale_form_shows_both_versions_and_may_be_kept(browser_as, change_as, make, session):
    form = claim_form(browser_as("coordinator").get(STATUS))
    form["claim"] = "done"
    form["note"] = "ของฉัน"
    with change_as("office") as change:
        claim_step(
            change, enrolment_id=make.enrolment("P001").id, step_id=make.step_id(3), claim=Claim.DOING,
            claimed_on=date(2026, 6, 1), note="ของเขา", on_behalf_reason="โทรศัพท์",
        )  # fmt: skip
    page = form.submit(status=409)

    assert "ของฉัน" in page
    assert "ของเขา" in page
    assert "จันทร์ฉาย เลขาสมมติ" in page

    choice = next(form for form in page.forms.values() if "note" in form.fields)
    edit = choice.submit("keep", value="edit")
    assert claim_form(edit)["note"].value == "ของฉัน"
    choice.submit("keep", value="mine", status=303)
    assert session.scalars(select(StepProgress.claim_note)).one() == "ของฉัน"


def test_the_office_says_why(browser_as, session):
    form = claim_form(browser_as("office").get(STATUS))
    form["claim"] = "doing"
    assert "เหตุผลที่ฝ่ายเลขานุการบันทึกแทน" in form.submit(status=422)
    form["on_behalf_reason"] = "แจ้งทางโทรศัพท์"
    form.submit(status=303)

    assert session.scalars(select(ClaimChange.on_behalf_reason)).one() == "แจ้งทางโทรศัพท์"
    assert "แจ้งทางโทรศัพท์" in browser_as("coordinator").get(HISTORY)


def test_a_coordinator_is_not_asked_why(browser_as):
    assert "on_behalf_reason" not in browser_as("coordinator").get(STATUS)


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("coordinator", STATUS, 200),
        ("coordinator", HISTORY, 200),
        ("coordinator", "/units/P002/stages/2/steps/3/status", 404),
        ("coordinator", "/units/P002/stages/2/steps/3", 404),
        ("coordinator", "/units/P001/stages/3/steps/3/status", 404),
        ("coordinator", "/units/P001/stages/2/steps/8/status", 404),
        ("coordinator", "/units/P001/stages/99999999999999999999/steps/1", 404),
        ("coordinator", "/units/P001-G1/stages/1/steps/3/status", 200),
        ("group_coordinator", STATUS, 403),
        ("group_coordinator", HISTORY, 200),
        ("head", STATUS, 403),
        ("head", HISTORY, 200),
        ("executive", HISTORY, 200),
        ("executive", STATUS, 403),
        ("administrator", HISTORY, 403),
        ("administrator", "/units/NOWHERE/stages/2/steps/3", 403),
        ("nobody", STATUS, 403),
    ],
)
def test_who_comes_in(browser_as, who, address, status):
    browser_as(who).get(address, status=status)


def test_an_undo_is_not_for_others(browser_as, change_as, make):
    with change_as("coordinator") as change:
        made = claim_step(
            change, enrolment_id=make.enrolment("P001").id, step_id=make.step_id(3),
            claim=Claim.DOING, claimed_on=TODAY,
        )  # fmt: skip
    address = f"/claims/{made.id}/undo"
    for who, status in (
        ("head", 403),
        ("other_coordinator", 404),
        ("group_coordinator", 403),
        ("office", 422),
    ):
        browser = browser_as(who)
        browser.post(address, {"csrf_token": _token(browser, HOMES.get(who, "P001"))}, status=status)
    browser = browser_as("coordinator")
    browser.post("/claims/2147483647/undo", {"csrf_token": _token(browser)}, status=404)
    browser.post(address, status=400)


def _token(browser, code="P001"):
    page = browser.get(f"/home/{code}")
    return page.html.select_one("input[name=csrf_token]")["value"]


def test_evidence_is_listed_with_what_is_missing(browser_as, make):
    make.activity("P001", step=3, kind="s3_cop", audience=Audience.UNIT)

    page = browser_as("coordinator").get(HISTORY)
    rows = [" ".join(li.text.split()) for li in page.html.select("#evidence .lines li")]

    assert rows[0].startswith("ยังขาด สัมภาษณ์ 1 ครั้ง มีแล้ว 0")
    assert rows[1].startswith("ยังขาด วง CoP 2 ครั้ง มีแล้ว 1")
    assert "มีหลักฐาน 0 จาก 3" in page


def test_done_without_a_record_says_so(browser_as, change_as, make):
    with change_as("coordinator") as change:
        claim_step(
            change, enrolment_id=make.enrolment("P001").id, step_id=make.step_id(3), claim=Claim.DONE,
            claimed_on=TODAY, note="มีเอกสารแล้ว",
        )  # fmt: skip

    assert "ยังไม่พบหลักฐานในระบบ" in browser_as("coordinator").get(HISTORY)


def test_the_states_of_steps_six_and_seven_have_their_own_words(browser_as):
    page = browser_as("coordinator").get("/units/P001/stages/2/steps/6/status")

    labels = " ".join(page.html.select_one("form fieldset").text.split())
    assert "ยังไม่เริ่ม" in labels
    assert "กำลังพัฒนา" in labels
    assert "ถึงระดับ" in labels


def test_the_pages_speak_english(browser_as):
    browser = browser_as("coordinator").in_english()
    for address in (STATUS, HISTORY):
        main = browser.get(address).html.select_one("main").text
        assert not [c for c in main if "ก" <= c <= "๛"], main


def test_an_update_takes_few_statements(browser_as, statements):
    form = claim_form(browser_as("coordinator").get(STATUS))
    form["claim"] = "doing"
    statements.clear()
    form.submit(status=303)

    assert len(statements) <= 30, "\n".join(statements)


def test_every_number_of_evidence_is_the_count_of_its_list(browser_as, make):
    for kind in ("s3_cop", "s3_story", "s3_aar", "s3_interview", "other"):
        make.activity("P001-G1", step=3, kind=kind)
    make.activity("P001", step=3, stage=3, kind="s3_cop")
    make.activity("P001", step=7, kind="s7_trial")
    make.training("P001", make.facilitator("P001"), make.facilitator("P001-G1"), make.facilitator("P002"))
    make.entry(make.event("P002"), "P001")
    browser = browser_as("coordinator")
    seen = []
    for step in (2, 3, 7):
        page = browser.get(f"/units/P001/stages/2/steps/{step}")
        for link in page.html.select("#evidence a.fig"):
            listed = browser.get(link["href"]).html.select_one(".count b")
            assert (listed.text if listed else "0") == link.text, link["href"]
            seen.append(link.text)

    assert seen == ["2", "0", "1", "1", "2", "1", "1", "0"]


def test_a_state_says_which_level_counts_as_reached(browser_as):
    coordinator = browser_as("coordinator")
    level = "“ถึงระดับที่กำหนด” คือ ถึงระดับ 3 ขึ้นไปจาก 5 ในการประเมินตนเอง"

    assert level in coordinator.get("/units/P001/stages/2/steps/6/status").text
    assert level in coordinator.get("/units/P001/stages/2/steps/6").text
    assert "คือ ถึงระดับ" not in coordinator.get("/units/P001/stages/2/steps/3/status").text
    assert "means level 3 or more" in coordinator.in_english().get("/units/P001/stages/2/steps/6").text


@pytest.mark.parametrize(("rule", "is_chosen"), [(1, True), (2, False)])
def test_missing_evidence_of_one_kind_opens_the_form_with_that_kind(browser_as, rule, is_chosen):
    browser = browser_as("coordinator")
    row = browser.get(HISTORY).html.select("#evidence .lines li")[rule]

    page = browser.get(row.select_one("a[href*='activities/new']")["href"]).html

    chosen = [kind.find_parent().text.strip() for kind in page.select("input[name=kind][checked]")]
    assert chosen == (["วง CoP"] if is_chosen else [])
    assert page.select_one("input[name=step][checked]")["value"] == "3"


@pytest.mark.parametrize(
    ("who", "way"),
    [
        ("coordinator", ["/home/P001?stage=2"]),
        ("head", ["/home/P001?stage=2"]),
        ("group_coordinator", ["/home/P001?stage=2"]),
        ("executive", ["/overview?stage=2", "/stages/2", "/units/P001?stage=2"]),
        ("office", ["/overview?stage=2", "/stages/2", "/units/P001?stage=2"]),
        ("two_roles", ["/overview?stage=2", "/stages/2", "/units/P001?stage=2"]),
    ],
)
def test_the_way_to_a_step_is_through_the_pages_that_its_visitor_uses(browser_as, who, way):
    browser = browser_as(who)

    crumbs = browser.get(HISTORY).html.select(".crumbs a")

    assert [crumb["href"] for crumb in crumbs] == way
    for crumb in crumbs:
        browser.get(crumb["href"], status=200)
