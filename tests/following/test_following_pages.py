"""Words to units, calls, pauses and announcements, over the real forms."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tracker.administration.operations import close_unit
from tracker.audit.models import AuditEntry
from tracker.following.announcements import announce
from tracker.following.models import Announcement, Call, Pause, Word
from tracker.following.operations_words import ask_unit, encourage_unit


def fill_day(form, name, day):
    form[f"{name}-day"], form[f"{name}-month"], form[f"{name}-year"] = day


def main_form(page):
    return next(form for form in page.forms.values() if "csrf_token" in form.fields and len(form.fields) > 2)


def test_a_question_reaches_the_unit_and_is_answered_there(browser_as, session):
    executive = browser_as("executive")
    form = main_form(executive.get("/units/P001").click("สอบถามหน่วยงาน"))
    form["text"] = "วง CoP เรื่องใดใช้ได้ผลที่สุด"
    page = form.submit(status=303).follow()
    assert "ส่งข้อความถึง" in page.text

    word = session.scalars(select(Word)).one()
    coordinator = browser_as("coordinator")
    assert "วง CoP เรื่องใดใช้ได้ผลที่สุด" in coordinator.get("/home/P001").text
    form = main_form(coordinator.get(f"/words/{word.id}/answer"))
    form["answer"] = "เรื่องการคืนกุญแจ"
    form.submit(status=303)

    said = executive.get("/words/")
    assert "เรื่องการคืนกุญแจ" in said.text
    said.click("เรือนจำกลางทุ่งสมมติ", index=0)
    assert "เรื่องการคืนกุญแจ" in executive.get("/units/P001").text
    verbs = session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_type == "words"))
    assert list(verbs) == ["asked", "answered"]


def test_encouragement_leaves_the_home_once_it_was_seen(browser_as, session, change_as, make):
    with change_as("executive") as change:
        word = encourage_unit(change, unit_id=make.node("P001").id, text="ทำได้ดีมาก")
    coordinator = browser_as("coordinator")
    token = main_form(coordinator.get("/activities/new"))["csrf_token"].value

    coordinator.post(f"/words/{word.id}/seen", {"csrf_token": token}, status=303)

    session.expire_all()
    assert session.get(Word, word.id).seen_on == date(2026, 6, 18)


@pytest.mark.parametrize(("who", "status"), [("coordinator", 200), ("other_coordinator", 404), ("head", 403),
                                             ("group_coordinator", 403), ("executive", 403)])  # fmt: skip
def test_only_the_unit_answers(browser_as, change_as, make, who, status):
    with change_as("office") as change:
        word = ask_unit(change, unit_id=make.node("P001").id, text="เมื่อใดจะประชุม")

    browser_as(who).get(f"/words/{word.id}/answer", status=status)


def test_an_empty_question_is_told_with_what_to_do(browser_as):
    page = main_form(browser_as("executive").get("/units/P001/ask")).submit(status=422)

    assert "กรุณาใส่ข้อความถึงหน่วยงาน" in page.text


def test_the_office_notes_a_call_with_a_next_date(browser_as, session, make):
    office = browser_as("office")
    form = main_form(office.get(f"/follow/{make.enrolment('P001').id}/call"))
    form["note"] = "จะบันทึกภายในสัปดาห์นี้"
    fill_day(form, "next_on", ("25", "6", "2569"))
    page = form.submit(status=303).follow()

    assert "จะบันทึกภายในสัปดาห์นี้" in page.text
    call = session.scalars(select(Call)).one()
    assert call.next_on == date(2026, 6, 25)
    assert "status-late" not in page.html.select_one("td.calls").decode()
    call.next_on = date(2026, 6, 10)
    session.commit()
    assert "10 มิ.ย. 69" in office.get("/follow/").html.select_one("td.calls .status-late").text


def test_a_call_says_what_was_heard_or_when_to_call_again(browser_as, session, make):
    address = f"/follow/{make.enrolment('P001').id}/call"
    office = browser_as("office")
    form = main_form(office.get(address))

    assert "กรุณาพิมพ์ว่าได้ความว่าอย่างไร หรือเลือกวันที่จะติดตามอีกครั้ง" in form.submit(status=422).text
    assert not session.scalars(select(Call)).all()

    fill_day(form, "next_on", ("25", "6", "2569"))
    form.submit(status=303)
    form = main_form(office.get(address))
    form["note"] = "รับทราบ"
    form.submit(status=303)
    session.expire_all()
    assert len(session.scalars(select(Call)).all()) == 2


def test_a_next_date_in_the_past_is_refused_at_its_field(browser_as, make):
    form = main_form(browser_as("office").get(f"/follow/{make.enrolment('P001').id}/call"))
    fill_day(form, "next_on", ("1", "6", "2569"))

    assert "ต้องไม่อยู่ก่อนวันนี้" in form.submit(status=422).text


def test_a_pause_needs_a_reason_and_can_be_undone(browser_as, session, make):
    office = browser_as("office")
    form = main_form(office.get(f"/follow/{make.enrolment('P001').id}/pause"))
    fill_day(form, "until", ("31", "7", "2569"))
    form.submit(status=422)
    form["reason"] = "น้ำท่วมเรือนจำ"
    page = form.submit(status=303).follow()
    assert "น้ำท่วมเรือนจำ" in page.text
    assert page.html.select_one(".tabs a[href='#h-paused']").text == "พักการติดตามอยู่ 1"

    next(f for f in page.forms.values() if f.action.endswith("/pause/end")).submit(status=303)

    session.expire_all()
    assert session.scalars(select(Pause)).one().ended_on == date(2026, 6, 18)


def test_paper_names_no_coordinator_beside_what_is_late(browser_as):
    page = browser_as("office").get("/follow/").html

    named = [cell for cell in page.select("td.who") if "มาลี ตั้งสมมติ" in cell.text]
    assert named
    for cell in named:
        for on_screen in cell.select(".on-screen"):
            on_screen.extract()
        assert "มาลี ตั้งสมมติ" not in cell.text


def test_executives_see_the_list_without_coordinators_names(browser_as):
    assert "มาลี ตั้งสมมติ" in browser_as("office").get("/follow/").text
    assert "มาลี ตั้งสมมติ" not in browser_as("executive").get("/follow/").text
    assert "มาลี ตั้งสมมติ" not in browser_as("office").get("/follow.csv").body.decode()


@pytest.mark.parametrize("who", ["coordinator", "head", "administrator", "nobody"])
@pytest.mark.parametrize(
    "page", ["/follow/", "/follow.csv", "/announcements/", "/follow/99999/call", "/units/X/ask"]
)
def test_others_do_not_follow(browser_as, who, page):
    browser_as(who).get(page, status=403)


def test_what_does_not_exist_is_not_found(browser_as):
    for page in ("/follow/99999/call", "/follow/99999/pause", "/units/NOWHERE/ask", "/words/99/answer",
                 "/announcements/99/edit", "/words/?unit=NOWHERE"):  # fmt: skip
        browser_as("two_roles").get(page, status=404)


def test_an_announcement_stands_on_homes_from_its_day_to_its_day(browser_as, change_as, on_day, session):
    office = browser_as("office")
    form = main_form(office.get("/announcements/new"))
    form["text_th"], form["text_en"] = "ประชุมใหญ่วันศุกร์", "Meeting on Friday"
    fill_day(form, "since", ("18", "6", "2569"))
    fill_day(form, "until", ("19", "6", "2569"))
    assert "ประชุมใหญ่วันศุกร์" in form.submit(status=303).follow().text
    coordinator = browser_as("coordinator")
    assert "ประชุมใหญ่วันศุกร์" in coordinator.get("/home/P001").text
    assert "Meeting on Friday" in browser_as("executive").in_english().get("/overview").text

    on_day(date(2026, 6, 20))

    assert "ประชุมใหญ่วันศุกร์" not in browser_as("coordinator").get("/home/P001").text


def test_a_stale_announcement_is_not_overwritten(browser_as, change_as, session):
    with change_as("office") as change:
        line = announce(change, text_th="เดิม", since=date(2026, 6, 1), until=date(2026, 6, 30))
    form = main_form(browser_as("office").get(f"/announcements/{line.id}/edit"))
    again = main_form(browser_as("office").get(f"/announcements/{line.id}/edit"))
    form["text_th"] = "แก้แล้ว"
    form.submit(status=303)
    again["text_th"] = "แก้ทับ"

    page = again.submit(status=409)
    assert "แก้ทับ" in page.text and "แก้แล้ว" in page.text

    session.expire_all()
    assert session.get(Announcement, line.id).text_th == "แก้แล้ว"


def test_ending_an_announcement_takes_it_off_today(browser_as, change_as, session):
    with change_as("office") as change:
        announce(change, text_th="หมดแล้ว", since=date(2026, 6, 1), until=date(2026, 6, 30))
        announce(change, text_th="เพิ่งเริ่ม", since=date(2026, 6, 18), until=date(2026, 6, 30))
    office = browser_as("office")
    for _number in range(2):
        page = office.get("/announcements/")
        next(f for f in page.forms.values() if f.action.endswith("/end")).submit(status=303)

    session.expire_all()
    assert [line.until for line in session.scalars(select(Announcement))] == [date(2026, 6, 17)]


def test_the_list_to_follow_is_paged(browser_as, make, monkeypatch):
    monkeypatch.setattr("tracker.web.paging.PER_PAGE", 2)
    office = browser_as("office")

    def names(page):
        return [row.text for row in page.html.select("table.follow th[scope=row] a")]

    first = office.get("/follow/")
    second = first.click("ถัดไป")
    whole = office.get("/follow.csv").body.decode("utf-8-sig").splitlines()
    assert len(names(first)) == 2
    assert not set(names(first)) & set(names(second))
    assert "page=" not in first.html.select_one("ul.tabs li:nth-of-type(2) a")["href"]
    assert all(any(name in line for line in whole) for name in names(first) + names(second))


def test_the_form_that_asks_names_no_record_that_the_visitor_may_not_read(browser_as, make):
    hidden = make.activity("P001", title="เรื่องที่ซ่อน", hidden_at=datetime.now(UTC), hidden_reason="ลับ")
    kept = make.activity("P001", title="เรื่องที่อ่านได้")
    executive = browser_as("executive")

    assert "เรื่องที่ซ่อน" not in executive.get(f"/units/P001/ask?activity={hidden.id}").text
    assert "เรื่องที่อ่านได้" in executive.get(f"/units/P001/ask?activity={kept.id}").text


def test_a_closed_unit_is_not_followed_any_more(browser_as, change_as, make):
    office = browser_as("office")
    assert "P002" in office.get("/follow.csv").text
    with change_as("administrator") as change:
        close_unit(change, unit_id=make.node("P002").id, closed_on=date(2026, 6, 18))

    assert "P002" not in office.get("/follow.csv").text


def test_the_whole_list_to_follow_stands_on_one_page_to_print(browser_as, monkeypatch):
    monkeypatch.setattr("tracker.web.paging.PER_PAGE", 2)
    office = browser_as("office")
    paged = office.get("/follow/")

    page = office.get(paged.html.select_one(".pager a[href*='rows=all']")["href"])

    rows = page.html.select("table.follow tbody tr")
    whole = office.get("/follow.csv").body.decode("utf-8-sig").splitlines()
    assert len(rows) > 2
    assert all(any(row.select_one("th a").text in line for line in whole) for row in rows)
    assert page.html.select_one(".pager button[data-print]")
    assert f"แสดง 1 ถึง {len(rows)} จาก {len(rows)}" in page.html.select_one(".pager").text
    assert len(page.click("แสดงทีละหน้า").html.select("table.follow tbody tr")) == 2


@pytest.mark.parametrize(
    "address",
    ["/activities/", "/events/", "/events/entries/", "/facilitators/", "/facilitators/trainings/", "/words/",
     "/programme/enrolments", "/administration/people"],
)  # fmt: skip
def test_every_list_with_pages_is_shown_whole_the_same_way(browser_as, make, change_as, monkeypatch, address):
    monkeypatch.setattr("tracker.web.paging.PER_PAGE", 2)
    with change_as("office") as change:
        for _number in range(3):
            encourage_unit(change, unit_id=make.node("P001").id, text="ทำได้ดี")
    for number in range(3):
        facilitator = make.facilitator("P001", name=f"วีระ ตัวอย่าง {number}")
        make.training("P001", facilitator)
        make.activity("P001")
        make.entry(make.event("P001"), "P002")
    office = browser_as("office")
    link = office.get(address).html.select_one(".pager a[href*='rows=all']")

    pager = office.get(link["href"]).html.select_one(".pager")

    first, last, total = [word for word in pager.select_one(".muted").text.split() if word.isdigit()]
    assert (first, last) == ("1", total)
    assert int(total) > 2


def test_a_page_that_pauses_have_emptied_shows_the_last_rows(browser_as):
    page = browser_as("office").get("/follow/?page=9")

    assert page.html.select("table.follow tbody tr")
