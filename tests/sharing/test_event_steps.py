"""The steps of an event by its unit and by the office: buttons, confirmations with reasons, versions."""

from datetime import date

import pytest
from sqlalchemy import select

from tracker.audit.models import AuditEntry
from tracker.organisation.models import Manner
from tracker.sharing.models import Adoption, Event, EventEntry, EventExecutive, EventState

HELD = date(2026, 6, 10)


def form_to(page, ending: str):
    """Return the form of a page whose address ends so, or the page's own form that asks for a reason."""
    return next(f for f in page.forms.values() if (f.action or "").endswith(ending))


def typed(page, *names: str):
    wanted = names or ("reason", "version", "idempotency_key")
    return next(f for f in page.forms.values() if any(name in f.fields for name in wanted))


def reason_of(session, verb: str):
    session.expire_all()
    said = session.scalars(select(AuditEntry).where(AuditEntry.verb == verb).order_by(AuditEntry.id.desc()))
    return said.first().details.get("reason", "")


def test_a_unit_says_at_once_that_its_event_was_held(browser_as, make, session):
    event = make.event("P001", held_on=HELD, state=EventState.PLANNED)
    browser = browser_as("coordinator")
    form_to(browser.get(f"/events/{event.id}"), "/held").submit(status=303)

    session.expire_all()
    assert session.get(Event, event.id).state is EventState.HELD


@pytest.mark.parametrize(
    ("state", "path", "verb"),
    [(EventState.PLANNED, "held", "held"), (EventState.HELD, "restore", "restored")],
)
def test_the_office_gives_a_reason_for_what_a_unit_does_by_a_button(
    browser_as, make, session, state, path, verb
):
    event = make.event("P001", held_on=HELD, state=state, withdrawn_on=HELD if path == "restore" else None)
    browser = browser_as("office")
    shown = browser.get(f"/events/{event.id}")
    assert not [f for f in shown.forms.values() if (f.action or "").endswith(f"/{path}")]
    form = typed(browser.get(f"/events/{event.id}/{path}"))
    form.submit(status=422)
    form["reason"] = "หน่วยงานแจ้งทางโทรศัพท์"
    form.submit(status=303)

    assert reason_of(session, verb) == "หน่วยงานแจ้งทางโทรศัพท์"


def test_the_undo_of_the_office_asks_why_on_its_page(browser_as, make):
    event = make.event("P001", held_on=HELD)
    browser = browser_as("office")
    form = typed(browser.get(f"/events/{event.id}/withdraw"))
    form["reason"] = "บันทึกซ้ำ"
    page = form.submit(status=303).follow()
    again = typed(form_to(page, "/restore").submit(status=422))
    again["reason"] = "ไม่ได้ซ้ำ"

    assert "กู้คืนแล้ว" in again.submit(status=303).follow()


def forms_to_confirm(page):
    return [f for f in page.forms.values() if f.method.lower() == "post" and not f.action]


def test_entries_are_withdrawn_and_restored_by_the_unit_and_the_office(browser_as, make, session):
    entry = make.entry(make.event("P001", held_on=HELD), "P001")
    own, address = browser_as("coordinator"), f"/events/{entry.event_id}/entries/{entry.id}"
    form = typed(own.get(f"{address}/withdraw"))
    form["reason"] = "พิมพ์ซ้ำ"
    page = form.submit(status=303).follow()
    assert "ผลงานที่ไม่นับอยู่ 1 ชิ้น" in page
    form_to(page, "/restore").submit(status=303)
    session.expire_all()
    assert session.get(EventEntry, entry.id).withdrawn_on is None

    form.submit(status=303)
    office = typed(browser_as("office").get(f"{address}/restore"))
    office["reason"] = "หน่วยงานขอ"
    office.submit(status=303)
    assert reason_of(session, "restored") == "หน่วยงานขอ"


def verbs(session, subject) -> list[str]:
    """Return what the trail says was done to a record."""
    of = (AuditEntry.subject_type == subject.__tablename__, AuditEntry.subject_id == subject.id)
    return list(session.scalars(select(AuditEntry.verb).where(*of).order_by(AuditEntry.id)))


def test_the_office_hides_one_entry_at_once(browser_as, make, session):
    entry = make.entry(make.event("P001", held_on=HELD), "P002")
    office, event = browser_as("office"), f"/events/{entry.event_id}"
    form = typed(office.get(f"{event}/entries/{entry.id}/hide"))
    form["reason"] = "มีข้อมูลที่ไม่ควรเผยแพร่"
    page = form.submit(status=303).follow()

    assert entry.name not in browser_as("executive").get(event)
    assert "ซ่อนแล้ว" in browser_as("coordinator").get(event)
    browser_as("coordinator").get(f"{event}/entries/{entry.id}/hide", status=403)
    form.submit(status=303)
    form_to(page, "/unhide").submit(status=303)
    session.expire_all()
    assert session.get(EventEntry, entry.id).hidden_at is None
    assert verbs(session, entry) == ["hidden", "shown_again"]


def test_the_office_hides_an_event_and_shows_it_again(browser_as, make):
    event = make.event("P001", held_on=HELD)
    office = browser_as("office")
    form = typed(office.get(f"/events/{event.id}/hide"))
    form["reason"] = "มีข้อมูลที่ไม่ควรเผยแพร่"
    page = form.submit(status=303).follow()
    browser_as("executive").get(f"/events/{event.id}", status=404)
    form_to(page, "/unhide").submit(status=303)

    browser_as("executive").get(f"/events/{event.id}", status=200)


def test_a_planned_event_is_called_off_with_its_reason(browser_as, make):
    event = make.event("P001", held_on=date(2026, 7, 10), state=EventState.PLANNED)
    form = typed(browser_as("coordinator").get(f"/events/{event.id}/cancel"))
    form["reason"] = "น้ำท่วมหอประชุม"
    page = form.submit(status=303).follow()

    assert "น้ำท่วมหอประชุม" in page
    assert "เพิ่มผลงาน" not in page


def test_an_event_that_was_called_off_is_planned_again(browser_as, make, session):
    event = make.event("P001", held_on=date(2026, 7, 10), state=EventState.PLANNED)
    browser = browser_as("coordinator")
    form = typed(browser.get(f"/events/{event.id}/cancel"))
    form["reason"] = "น้ำท่วมหอประชุม"
    page = form.submit(status=303).follow()
    form_to(page, "/plan-again").submit(status=303)
    page = browser.get(f"/events/{event.id}")
    session.expire_all()

    assert session.get(Event, event.id).state is EventState.PLANNED
    assert "เพิ่มผลงาน" in page
    assert "กลับมากำหนดจัด" in page.html.select_one("section[aria-labelledby=h-log]").text
    assert "ไม่ได้ยกเลิก" in forms_to_confirm(browser.get(f"/events/{event.id}/plan-again"))[0].submit(
        status=422
    )


def test_the_office_says_why_an_event_is_planned_again(browser_as, make, session):
    event = make.event("P001", held_on=HELD, state=EventState.CANCELLED, cancelled_reason="ฝนตก")
    page = browser_as("office").get(f"/events/{event.id}").click("กลับมากำหนดจัด")
    form = typed(page)
    form.submit(status=422)
    form["reason"] = "หน่วยงานแจ้งว่าได้จัด"
    form.submit(status=303)

    assert reason_of(session, "planned_again") == "หน่วยงานแจ้งว่าได้จัด"


def test_who_took_an_entry_up_finds_the_way_to_take_it_back(browser_as, make):
    entry = make.entry(make.event("P001", held_on=HELD), "P003", taken_up_by=("P002", "P004"))
    page = browser_as("other_coordinator").get(f"/events/{entry.event_id}")
    ways = [a["href"] for a in page.html.select('a[href*="/taken-up/"]')]

    assert len(ways) == 1
    browser_as("other_coordinator").get(ways[0], status=200)
    assert (
        len(browser_as("coordinator").get(f"/events/{entry.event_id}").html.select('a[href*="/taken-up/"]'))
        == 2
    )
    assert not browser_as("executive").get(f"/events/{entry.event_id}").html.select('a[href*="/taken-up/"]')


def test_the_office_notes_what_became_of_an_entry_with_a_reason(browser_as, make, session):
    entry = make.entry(make.event("P001", held_on=HELD), "P001")
    office = browser_as("office")
    form = typed(office.get(f"/events/{entry.event_id}/entries/{entry.id}/taken-up"))
    form["unit"] = str(make.node("P003").id)
    form.submit(status=422)
    form["reason"] = "หน่วยงานแจ้งทางโทรศัพท์"
    page = form.submit(status=303).follow()
    assert reason_of(session, "taken_up") == "หน่วยงานแจ้งทางโทรศัพท์"
    again = typed(form_to(page, "/withdraw").submit(status=422))
    again["reason"] = "แจ้งผิดหน่วยงาน"
    again.submit(status=303)

    session.expire_all()
    assert session.scalars(select(Adoption)).one().withdrawn_on is not None


def test_another_unit_notes_for_itself_and_takes_it_back_at_once(browser_as, make, session):
    entry = make.entry(make.event("P001", held_on=HELD), "P001")
    browser = browser_as("other_coordinator")
    page = browser.get(f"/events/{entry.event_id}").click("บันทึกการนำไปใช้")
    form = typed(page)
    assert form["unit"].value == str(make.node("P002").id)
    page = form.submit(status=303).follow()
    form_to(page, "/withdraw").submit(status=303)

    session.expire_all()
    assert session.scalars(select(Adoption)).one().withdrawn_on is not None


def test_several_executives_took_part_each_in_their_manner(browser_as, make, session):
    first, second = make.post("P001"), make.post("PG01")
    form = typed(browser_as("coordinator").get("/events/new"))
    form["title"] = "วันแบ่งปัน"
    form[f"executive_{first.id}"] = Manner.OPENED.value
    form[f"executive_{second.id}"] = Manner.LED.value
    page = form.submit(status=303).follow()
    took = {e.post_id: e.manner for e in session.scalars(select(EventExecutive))}
    edit = typed(page.click("แก้ไข", index=0), "version")

    assert took == {first.id: Manner.OPENED, second.id: Manner.LED}
    assert edit[f"executive_{second.id}"].value == Manner.LED.value


def test_the_stage_of_a_new_event_is_that_of_its_day(browser_as, make, session):
    form = typed(browser_as("coordinator").get("/events/new"))
    form["title"] = "วันแบ่งปันปีหน้า"
    form["held_on-day"], form["held_on-month"], form["held_on-year"] = "10", "11", "2569"
    form.submit(status=303)

    assert session.scalars(select(Event)).one().stage_id == make.stage(3).id


def test_the_office_chooses_the_unit_first_and_says_why(browser_as, session):
    browser = browser_as("office")
    choose = next(f for f in browser.get("/events/new").forms.values() if "unit" in f.fields)
    choose["unit"] = "P002"
    form = typed(choose.submit())
    form["title"] = "วันแบ่งปัน"
    form.submit(status=422)
    form["on_behalf_reason"] = "หน่วยงานส่งเป็นกระดาษ"
    form.submit(status=303)

    assert session.scalars(select(Event)).one().on_behalf_reason == "หน่วยงานส่งเป็นกระดาษ"


def test_two_versions_are_shown_in_words(browser_as, make):
    event, post = make.event("P001", held_on=HELD), make.post("P001")
    browser = browser_as("coordinator")
    mine, theirs = (typed(browser.get(f"/events/{event.id}/edit"), "version") for _ in range(2))
    theirs["type"], theirs["held_on-day"] = "market", "11"
    theirs[f"executive_{post.id}"] = Manner.LED.value
    theirs.submit(status=303)
    mine["title"] = "ชื่อของฉัน"
    said = mine.submit(status=409).html.select_one(".diff").text

    for words in ("ตลาดนัดความรู้", "11 มิ.ย. 2569", "10 มิ.ย. 2569", "นำกิจกรรมเอง", "ไม่ได้เข้าร่วม"):
        assert words in said
    assert "share_and_show" not in said


def test_two_versions_of_an_entry_name_its_unit(browser_as, make):
    entry = make.entry(make.event("P001", held_on=HELD), "P001")
    browser, address = browser_as("coordinator"), f"/events/{entry.event_id}/entries/{entry.id}/edit"
    mine, theirs = (typed(browser.get(address), "version") for _ in range(2))
    theirs["unit"] = str(make.node("P003").id)
    theirs.submit(status=303)
    mine["name"] = "ชื่อของฉัน"
    said = mine.submit(status=409).html.select_one(".diff").text

    assert make.node("P003").name_th in said


def test_a_stale_summary_is_shown_beside_the_newer_one(browser_as, make):
    event = make.event("P001", held_on=HELD)
    make.entry(event, "P001")
    browser = browser_as("coordinator")
    mine, theirs = (typed(browser.get(f"/events/{event.id}/summarise"), "version") for _ in range(2))
    theirs["summary"] = "สรุปของเขา"
    theirs.submit(status=303)
    mine["summary"] = "สรุปของฉัน"
    page = mine.submit(status=409)

    assert "สรุปของเขา" in page
    assert "สรุปของฉัน" in page


def test_a_missing_entry_or_adoption_is_not_found(browser_as, make):
    event, other = make.event("P001", held_on=HELD), make.event("P001", held_on=HELD)
    entry = make.entry(other, "P001")
    browser = browser_as("coordinator")

    browser.get(f"/events/{event.id}/entries/{entry.id}/edit", status=404)
    browser.get(f"/events/{other.id}/entries/{entry.id}/taken-up/99999/withdraw", status=404)
