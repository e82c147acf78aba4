"""A call that was noted by mistake is taken back, and may be noted again."""

from datetime import date

import pytest
from sqlalchemy import select

from tracker.audit.models import AuditEntry
from tracker.change import NotPermittedError
from tracker.following.models import Call
from tracker.following.operations import note_call, restore_call, withdraw_call

DAY = date(2026, 6, 18)


@pytest.fixture
def noted(change_as, make):
    """Return a call to P001 by the office, to be made again on 25 June."""
    with change_as("office") as change:
        return note_call(
            change,
            enrolment_id=make.enrolment("P001").id,
            note="จะส่งสัปดาห์หน้า",
            called_on=DAY,
            next_on=date(2026, 6, 25),
        )


def form_to(page, ending):
    return next(form for form in page.forms.values() if form.action.endswith(ending))


def order(page):
    return [
        row.select_one("a")["href"].rpartition("/")[2] for row in page.html.select("table.follow tbody tr")
    ]


def test_a_call_just_noted_is_undone_and_the_list_stands_as_before(browser_as, session, make):
    office = browser_as("office")
    before = order(office.get("/follow/"))
    page = office.get(f"/follow/{make.enrolment('P001').id}/call")
    form = next(form for form in page.forms.values() if "note" in form.fields)
    form["note"] = "โทรผิดหน่วยงาน"
    form["next_on-day"], form["next_on-month"], form["next_on-year"] = "25", "6", "2569"
    page = form.submit(status=303).follow()
    assert order(page) != before

    page = form_to(page, "/withdraw").submit(status=303).follow()

    assert order(office.get("/follow/")) == before
    assert "โทรผิดหน่วยงาน" not in office.get("/follow/").text
    assert "2026-06-25" not in office.get("/follow.csv").body.decode()
    assert session.scalars(select(Call)).one().withdrawn_on == DAY
    verbs = session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_type == "calls"))
    assert list(verbs) == ["called", "withdrawn"]


def test_the_page_of_a_units_calls_takes_each_back_and_brings_it_again(browser_as, noted):
    office = browser_as("office")
    address = f"/follow/{noted.enrolment_id}/call"
    page = office.get(address)
    assert "ติดตามไปแล้ว 1 ครั้ง" in page.text

    page = form_to(page, f"/follow/calls/{noted.id}/withdraw").submit(status=303).follow()

    page = office.get(address)
    assert page.request.path == address
    assert "ติดตามไปแล้ว 0 ครั้ง" in page.text
    assert "จะส่งสัปดาห์หน้า" in page.text and "ยกเลิกเมื่อ 18 มิ.ย. 2569" in page.text

    form_to(page, f"/follow/calls/{noted.id}/restore").submit(status=303)

    assert "จะส่งสัปดาห์หน้า" in office.get("/follow/").text


def test_the_call_before_stands_again_when_the_last_is_taken_back(browser_as, change_as, noted):
    with change_as("office") as change:
        later = note_call(change, enrolment_id=noted.enrolment_id, note="สายที่สอง", called_on=DAY)
    office = browser_as("office")
    assert "สายที่สอง" in office.get("/follow/").text

    with change_as("office") as change:
        withdraw_call(change, call_id=later.id)

    assert "สายที่สอง" not in office.get("/follow/").text
    assert "จะส่งสัปดาห์หน้า" in office.get("/follow/").text


def test_taking_back_twice_is_one_change(change_as, session, noted):
    for do in (withdraw_call, withdraw_call, restore_call, restore_call):
        with change_as("office") as change:
            do(change, call_id=noted.id)

    verbs = session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_type == "calls"))
    assert list(verbs) == ["called", "withdrawn", "restored"]


@pytest.mark.parametrize("who", ["executive", "coordinator", "administrator"])
def test_only_the_office_takes_calls_back(change_as, noted, who):
    with pytest.raises(NotPermittedError), change_as(who) as change:
        withdraw_call(change, call_id=noted.id)
