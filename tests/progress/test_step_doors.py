"""Where the page of a step leads: to its unit, to its activities, to what is said to the unit."""

HISTORY = "/units/P001/stages/2/steps/3"
STATUS = f"{HISTORY}/status"


def claim_form(page):
    return next(form for form in page.forms.values() if "claim" in form.fields)


def head_of(page):
    return " ".join(page.html.select_one(".pagehead > .grow").text.split())


def test_the_head_of_a_step_names_the_unit_and_leads_to_it(browser_as):
    page = browser_as("executive").get(HISTORY)

    assert "เรือนจำกลางทุ่งสมมติ" in head_of(page)
    assert page.html.select_one(".pagehead > .grow a")["href"] == "/units/P001?stage=2"


def test_a_late_step_says_for_how_many_days(browser_as):
    assert "เกินกำหนดตามแผน 79 วัน" in browser_as("executive").get(HISTORY)
    assert "เกินกำหนดตามแผน" not in browser_as("executive").get("/units/P001/stages/2/steps/7")


def test_a_step_leads_to_all_its_activities_of_which_it_says_how_many(browser_as, make):
    for kind in ("s3_cop", "s3_interview", "s3_aar"):
        make.activity("P001", step=3, kind=kind)
    make.activity("P001", step=2)

    page = browser_as("executive").get(HISTORY)
    found = page.click(r"กิจกรรมทั้งหมดของขั้นตอนนี้ \(3\)")

    assert len(found.html.select("tbody tr")) == 3


def test_an_executive_says_something_to_the_unit_from_its_step(browser_as):
    page = browser_as("executive").get(HISTORY)

    assert "ขั้นตอนที่ 3" in page.click("สอบถามหน่วยงาน") and "ขั้นตอนที่ 3" in page.click("ให้กำลังใจ")
    assert "ให้กำลังใจ" not in browser_as("coordinator").get(HISTORY)


def test_a_link_to_the_form_may_propose_the_status(browser_as):
    assert claim_form(browser_as("coordinator").get(f"{STATUS}?claim=doing"))["claim"].value == "doing"
    assert claim_form(browser_as("coordinator").get(f"{STATUS}?claim=never"))["claim"].value == "none"
