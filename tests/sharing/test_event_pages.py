"""The pages of events, by filling in their forms."""

import csv
import io
from datetime import date

from tracker.organisation.models import Audience
from tracker.sharing.models import EventState

HELD = date(2026, 6, 10)
TYPED = ("idempotency_key", "version", "reason")


def typed_form(page):
    """Return the form of a page that somebody fills in."""
    return next(f for f in page.forms.values() if any(name in f.fields for name in TYPED))


def new_event(browser, **fields):
    form = typed_form(browser.get("/events/new"))
    form["title"] = "วัน Share and Show เขต 1"
    for name, value in fields.items():
        form[name] = value
    return form


def test_a_coordinator_runs_an_event_with_entries(browser_as):
    browser = browser_as("coordinator")
    form = new_event(browser, **{"held_on-day": "10", "held_on-month": "6", "held_on-year": "2569"})
    page = form.submit(status=303).follow()
    assert "บันทึกงาน “วัน Share and Show เขต 1” แล้ว" in page

    for name in ("บัตรสีแยกของเข้าแดน", "สมุดสังเกตประจำเวร", "คลินิกถามตอบแรกรับ"):
        entry = typed_form(page.click("เพิ่มผลงาน", index=0))
        entry["name"] = name
        page = entry.submit(status=303).follow()
    assert page.text.count('class="entry"') == 3

    summary = typed_form(page.click("สรุปผล", index=0))
    summary["attendance"] = "๘๖"
    summary["summary"] = "ได้เรื่องที่จะทดลองใช้ 2 เรื่อง"
    page = summary.submit(status=303).follow()

    assert "ได้เรื่องที่จะทดลองใช้ 2 เรื่อง" in page
    assert 'aria-current="step">สรุปผลแล้ว' in page


def test_an_entry_is_taken_up_and_stands_in_the_list(browser_as, make):
    event = make.event("P001", held_on=HELD)
    make.entry(event, "P001")
    browser = browser_as("coordinator")
    adoption = typed_form(browser.get(f"/events/{event.id}").click("บันทึกการนำไปใช้"))
    adoption["unit"] = str(make.node("P003").id)
    page = adoption.submit(status=303).follow()

    assert "นำไปใช้ 18 มิ.ย. 69" in page
    assert "<b>1</b> ผลงาน" in browser.get("/events/entries/?taken_up=1&stage=2")
    assert 'class="empty"' in browser.get("/events/entries/?taken_up=0&stage=2")


def test_the_owner_of_an_entry_is_told_that_another_unit_is_meant(browser_as, make):
    entry = make.entry(make.event("P001", held_on=HELD), "P001")
    form = typed_form(browser_as("coordinator").get(f"/events/{entry.event_id}/entries/{entry.id}/taken-up"))

    form["unit"].force_value("P001")
    page = form.submit(status=422)

    assert "เลือกหน่วยงานอื่นที่นำไปใช้ ไม่ใช่หน่วยงานเจ้าของผลงาน" in page.html.select_one("#unit-error").text
    assert "ที่ใกล้เคียงคือ" not in page


def test_a_unit_is_known_by_a_short_name_that_no_other_has(browser_as, make):
    entry = make.entry(make.event("P001", held_on=HELD), "P001")
    for code, short in (("P077", "รจ.ก.ทดลอง"), ("P078", "รจ.สองแห่ง"), ("P079", "รจ.สองแห่ง")):
        make.unit(code, "PG01", short_name_th=short)
    browser = browser_as("coordinator")
    adoption = typed_form(browser.get(f"/events/{entry.event_id}/entries/{entry.id}/taken-up"))

    adoption["unit"].force_value("รจ.สองแห่ง")
    assert "ไม่พบหน่วยงานนี้" in adoption.submit(status=422)
    adoption["unit"].force_value("รจ.ก.ทดลอง")
    assert "รจ.ก.ทดลอง นำไปใช้" in adoption.submit(status=303).follow().html.select_one(".entry").text


def test_an_impossible_day_is_told_and_what_was_typed_stays(browser_as):
    form = new_event(browser_as("coordinator"), **{"held_on-day": "30", "held_on-month": "2"})
    page = form.submit(status=422)

    assert "ไม่มีในปฏิทิน" in page
    assert typed_form(page)["title"].value == "วัน Share and Show เขต 1"
    assert typed_form(page)["held_on-day"].value == "30"


def test_the_same_page_submitted_twice_makes_one_event(browser_as):
    browser = browser_as("coordinator")
    form = new_event(browser)
    first, second = form.submit(status=303), form.submit(status=303)

    assert first.location == second.location
    assert "<b>1</b> งาน" in browser.get("/events/")


def test_an_event_of_another_unit_is_not_theirs_and_a_foreign_post_is_refused(browser_as, make):
    browser_as("coordinator").get("/events/new?unit=P002", status=403)
    browser_as("coordinator").get("/events/new?unit=P999", status=404)
    post = make.post("P001")
    form = new_event(browser_as("coordinator"))
    form[f"executive_{post.id}"].force_value("shouted")

    assert "ตัวเลือกนี้ใช้ไม่ได้" in form.submit(status=422)


def test_two_people_editing_one_event_see_both_versions(browser_as, make):
    event = make.event("P001", held_on=HELD)
    mine = typed_form(browser_as("coordinator").get(f"/events/{event.id}/edit"))
    theirs = typed_form(browser_as("coordinator").get(f"/events/{event.id}/edit"))
    theirs["title"] = "ชื่อของเขา"
    theirs.submit(status=303)
    mine["title"] = "ชื่อของฉัน"
    page = mine.submit(status=409)

    assert "ชื่อของเขา" in page
    assert "ชื่อของฉัน" in page


def test_an_event_kept_to_its_unit_is_missing_for_others(browser_as, make):
    event = make.event("P001", held_on=HELD, audience=Audience.UNIT)

    browser_as("other_coordinator").get(f"/events/{event.id}", status=404)
    browser_as("executive").get(f"/events/{event.id}", status=200)
    assert 'class="empty"' in browser_as("other_coordinator").get("/events/")


def test_who_may_read_but_not_change_is_told_so(browser_as, make):
    event = make.event("P001", held_on=HELD)

    browser_as("other_coordinator").get(f"/events/{event.id}/edit", status=403)
    browser_as("executive").get(f"/events/{event.id}/edit", status=403)
    browser_as("other_coordinator").get("/events/999999/edit", status=404)
    browser_as("administrator").get("/events/", status=403)


def test_withdrawing_asks_why_and_can_be_undone(browser_as, make):
    event = make.event("P001", held_on=HELD)
    browser = browser_as("coordinator")
    form = typed_form(browser.get(f"/events/{event.id}/withdraw"))
    form.submit(status=422)
    form["reason"] = "บันทึกซ้ำ"
    page = form.submit(status=303).follow()
    assert "ถูกยกเลิกเมื่อ" in page
    assert 'class="empty"' in browser.get("/events/")
    next(f for f in page.forms.values() if f.action.endswith("/restore")).submit(status=303)

    assert "<b>1</b> งาน" in browser.get("/events/")


def test_the_list_and_its_exports_have_the_same_rows(browser_as, make):
    for unit in ("P001", "P002", "P003"):
        make.entry(make.event(unit, held_on=HELD), unit)
    browser = browser_as("office")
    address = "/events/entries/export.csv?unit=PG01"
    rows = list(csv.reader(io.StringIO(browser.get(address).body.decode("utf-8-sig"))))

    assert "<b>3</b> ผลงาน" in browser.get("/events/entries/?unit=PG01")
    assert len(rows) == 1 + 3
    assert browser.get("/events/export.xlsx").body.startswith(b"PK")


def test_the_pages_speak_english(browser_as, make):
    event = make.event("P001", held_on=HELD)
    page = browser_as("coordinator").in_english().get(f"/events/{event.id}")

    assert "Entries shown" in page
    assert "10 June 2026" in page


def test_an_events_page_tells_its_unit_and_the_office_who_changed_what(browser_as, make):
    event = make.event("P001", title="วันแบ่งปัน")
    browser, address = browser_as("coordinator"), f"/events/{event.id}"
    form = typed_form(browser.get(f"{address}/edit"))
    form["title"], form["venue"] = "วันแบ่งปันความรู้", "หอประชุม"
    form.submit(status=303)

    log = browser.get(address).html.select_one("section[aria-labelledby=h-log]").text
    for words in ("แก้ไขรายการ · มาลี ตั้งสมมติ", "วันแบ่งปันความรู้", "หอประชุม", "(ไม่ระบุ)"):
        assert words in log
    for who in ("executive", "other_coordinator"):
        assert not browser_as(who).get(address).html.select("section[aria-labelledby=h-log]")


def test_an_event_that_is_summed_up_no_longer_says_what_is_missing_for_it(browser_as, make):
    pages = {}
    for state in (EventState.HELD, EventState.SUMMARISED):
        event = make.event("P001", held_on=HELD, state=state)
        pages[state] = browser_as("coordinator").get(f"/events/{event.id}").text

    assert "สรุปผลได้เมื่อใส่จำนวนผู้เข้าร่วม" in pages[EventState.HELD]
    assert "สรุปผลได้เมื่อใส่จำนวนผู้เข้าร่วม" not in pages[EventState.SUMMARISED]


def test_an_event_leads_to_its_unit_for_those_who_may_open_it(browser_as, make):
    address = f"/events/{make.event('P001', held_on=HELD).id}"

    page = browser_as("executive").get(address)

    assert page.html.select_one(".pagehead > .grow a")["href"] == "/units/P001?stage=2"
    assert page.click("ให้กำลังใจ").status_int == page.click("สอบถามหน่วยงาน").status_int == 200
    assert "/units/P001" not in browser_as("other_coordinator").get(address).html.select_one("main").decode()
