"""One activity: its change log, two people at once, withdrawing, hiding, who may."""

from datetime import timedelta

import pytest

from tests.activities.asking import only, reason_form, the_form
from tests.world import TODAY
from tracker.activities.models import Activity
from tracker.activities.operations import edit_activity
from tracker.activities.rules import ActivityValues
from tracker.organisation.models import Audience, Manner

NEW = "/activities/new?unit=P001&stage=2&step=3"


def test_an_edit_is_shown_in_the_change_log(browser_as, make):
    activity = make.activity("P001", title="เดิม", kind="s3_cop")
    browser = browser_as("coordinator")
    form = the_form(browser.get(f"/activities/{activity.id}/edit"))
    form["title"] = "ใหม่"

    page = form.submit(status=303).follow()

    assert "ประวัติการแก้ไข" in page.text
    assert page.html.select_one("del").text == "เดิม"


def test_an_old_record_is_edited_with_a_reason(browser_as, make):
    activity = make.activity("P001", entered_on=TODAY - timedelta(days=8), kind="s3_cop")
    form = the_form(browser_as("coordinator").get(f"/activities/{activity.id}/edit"))
    assert form.submit(status=422)
    form["reason"] = "แก้คำผิด"
    form.submit(status=303)


def test_two_people_editing_one_record_see_both_versions(browser_as, make, session):
    activity = make.activity("P001", title="เดิม", kind="s3_cop")
    browser = browser_as("coordinator")
    mine = the_form(browser.get(f"/activities/{activity.id}/edit"))
    theirs = the_form(browser.get(f"/activities/{activity.id}/edit"))
    theirs["title"] = "ของเขา"
    theirs.submit(status=303)
    mine["title"] = "ของฉัน"

    page = mine.submit(status=409)

    assert [mark.text for mark in page.html.select("mark")] == ["ของฉัน", "ของเขา"]
    conflict = next(form for form in page.forms.values() if "title" in form.fields)
    conflict.submit("keep", value="mine", status=303)
    session.expire_all()
    assert only(session).title == "ของฉัน"


def test_withdrawing_asks_why_and_takes_it_out_of_the_list(browser_as, make):
    activity = make.activity("P001", title="บันทึกซ้ำสองครั้ง")
    browser = browser_as("coordinator")
    form = reason_form(browser.get(f"/activities/{activity.id}/withdraw"))
    assert form.submit(status=422)
    form["reason"] = "บันทึกซ้ำ"
    assert form.submit(status=303).follow().html.select_one(".undo button").text == "กู้คืน"

    assert "บันทึกซ้ำสองครั้ง" not in browser.get("/activities/").html.select_one("main section").text
    assert "บันทึกซ้ำสองครั้ง" in browser.get("/activities/?state=withdrawn").text
    assert "บันทึกซ้ำสองครั้ง" not in browser_as("other_coordinator").get("/activities/?state=withdrawn").text
    browser_as("other_coordinator").get(f"/activities/{activity.id}", status=404)


def test_the_office_restores_with_a_reason(browser_as, make, session):
    activity = make.activity("P001", withdrawn_on=TODAY, withdrawn_reason="บันทึกซ้ำ")
    office = browser_as("office")
    form = reason_form(office.get(f"/activities/{activity.id}").click("กู้คืน"))
    assert "กรุณาใส่เหตุผล" in form.submit(status=422).text
    form["reason"] = "ไม่ซ้ำ ตรวจแล้ว"

    page = form.submit(status=303).follow()

    session.expire_all()
    assert only(session).withdrawn_on is None
    assert "ไม่ซ้ำ ตรวจแล้ว" in page.text


def test_an_undo_that_needs_a_reason_gets_the_page_that_asks_for_it(browser_as, make, session):
    activity = make.activity("P001")
    office = browser_as("office")
    form = reason_form(office.get(f"/activities/{activity.id}/withdraw"))
    form["reason"] = "บันทึกซ้ำ"
    shown = form.submit(status=303).follow()
    undo = next(f for f in shown.forms.values() if f.action.endswith("/restore"))

    asked = reason_form(undo.submit(status=422))
    asked["reason"] = "กดผิด"
    asked.submit(status=303)

    session.expire_all()
    assert only(session).withdrawn_on is None


def test_the_head_of_a_prison_reads_the_log_of_its_pilot_groups(browser_as, make):
    activity = make.activity("P001-G1", entered_by="มาลี ตั้งสมมติ")
    text = browser_as("head").get(f"/activities/{activity.id}").text

    assert "มาลี ตั้งสมมติ" in text


def test_a_long_change_log_asks_no_more_than_a_short_one(
    browser_as, make, statements, change_as, values, session
):
    activity = make.activity("P001")
    people = [make.facilitator("P001") for _ in range(4)]
    posts = [make.post("P001") for _ in range(2)]
    other = (make.node("P002").id,)

    def edited(times: int) -> None:
        for at in range(times):
            with change_as("coordinator") as change:
                said = values(
                    title=f"ครั้งที่ {at}", step=3 if at % 2 else 4, kind="other",
                    facilitator_ids=(people[at % 4].id, people[(at + 1) % 4].id),
                    executives={posts[at % 2].id: Manner.LED}, joined_unit_ids=other * (at % 2),
                )  # fmt: skip
                version = change.session.get_one(Activity, activity.id).version
                edit_activity(
                    change, activity_id=activity.id, values=ActivityValues(**said), opened_with=version
                )

    def asked() -> int:
        browser.get(f"/activities/{activity.id}")
        statements.clear()
        browser.get(f"/activities/{activity.id}")
        return len(statements)

    browser = browser_as("coordinator")
    edited(2)
    few = asked()
    edited(10)

    assert asked() == few <= 12


def test_the_office_hides_a_record_from_others_at_once(browser_as, make):
    activity = make.activity("P001", title="มีข้อมูลที่ไม่ควรมี")
    office = browser_as("office")
    form = reason_form(office.get(f"/activities/{activity.id}/hide"))
    form["reason"] = "มีชื่อผู้ต้องขัง"
    form.submit(status=303)

    browser_as("executive").get(f"/activities/{activity.id}", status=404)
    browser_as("coordinator").get(f"/activities/{activity.id}", status=200)
    page = office.get(f"/activities/{activity.id}")
    next(form for form in page.forms.values() if form.action.endswith("/unhide")).submit(status=303)
    browser_as("executive").get(f"/activities/{activity.id}", status=200)


def test_who_may_read_a_record_kept_to_the_unit(browser_as, make):
    activity = make.activity("P001", audience=Audience.UNIT)

    answers = {
        who: browser_as(who).get(f"/activities/{activity.id}", expect_errors=True).status_int
        for who in ("coordinator", "head", "group_head", "office", "executive", "other_coordinator", "nobody")
    }

    assert answers == {
        "coordinator": 200, "head": 200, "group_head": 200, "office": 200, "executive": 200,
        "other_coordinator": 404, "nobody": 403,
    }  # fmt: skip


def test_the_answers_come_in_their_order(browser_as, signed_out, make):
    activity = make.activity("P001")

    assert signed_out.get(f"/activities/{activity.id}/edit").status_int == 303
    browser_as("nobody").get("/activities/999999/edit", status=403)
    browser_as("coordinator").get("/activities/999999/edit", status=404)
    browser_as("coordinator").get("/activities/99999999999/edit", status=404)
    browser_as("other_coordinator").get(f"/activities/{activity.id}/edit", status=403)


def test_coordinators_names_are_for_the_unit_and_the_office(browser_as, make):
    activity = make.activity("P001", entered_by="มาลี ตั้งสมมติ")

    assert "มาลี ตั้งสมมติ" not in browser_as("executive").get(f"/activities/{activity.id}").text
    assert "มาลี ตั้งสมมติ" in browser_as("office").get(f"/activities/{activity.id}").text


def test_pages_stay_within_their_statements(browser_as, make, statements, kind):
    activity = make.activity("P001")
    browser = browser_as("coordinator")
    for address in ("/activities/", f"/activities/{activity.id}", NEW):
        browser.get(address)
        statements.clear()
        browser.get(address)
        assert len(statements) <= 12, (address, statements)
    form = the_form(browser.get(NEW))
    form["title"], form["kind"] = "ครั้งที่ 1", kind("s3_cop")
    statements.clear()
    form.submit(status=303)
    assert len(statements) <= 30, statements


@pytest.mark.parametrize(
    "address", ["/activities/", NEW, "/activities/upload?unit=P001", "/activities/blank?unit=P001"]
)
def test_pages_speak_english_too(browser_as, make, address):
    make.activity("P001", title="Interview", outcome="")
    text = browser_as("coordinator").in_english().get(address).html.select_one("main").text

    assert "กิจกรรม" not in text


def test_a_record_leads_to_its_unit_for_those_who_may_open_it(browser_as, make):
    address = f"/activities/{make.activity('P001', step=3).id}"

    for who in ("executive", "office", "coordinator"):
        links = browser_as(who).get(address).html.select("main a[href='/units/P001?stage=2']")
        assert {link.text for link in links} == {"เรือนจำกลางทุ่งสมมติ"}, who
    other = browser_as("other_coordinator").get(address)
    assert "เรือนจำกลางทุ่งสมมติ" in other.html.select_one(".pagehead > .grow").text
    assert "/units/P001" not in other.html.select_one("main").decode()


def test_an_executive_says_something_to_the_unit_from_a_record(browser_as, make):
    activity = make.activity("P001", step=3, title="วงกุญแจกลาง")

    page = browser_as("executive").get(f"/activities/{activity.id}")

    assert "วงกุญแจกลาง" in page.click("ให้กำลังใจ") and "วงกุญแจกลาง" in page.click("สอบถามหน่วยงาน")
    assert "ให้กำลังใจ" not in browser_as("coordinator").get(f"/activities/{activity.id}")
