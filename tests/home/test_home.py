"""What a unit's home shows."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests import world
from tests.world import TODAY
from tracker.activities.models import Draft
from tracker.administration.operations import close_unit
from tracker.following.models import Word, WordKind
from tracker.organisation.revision import renew_revision
from tracker.programme.models import Stage, StageStep
from tracker.progress.models import Claim
from tracker.progress.operations import claim_step


@pytest.fixture
def claim(make, change_as):
    def say(step, after, code="P001", stage=2, **details):
        with change_as("system") as change:
            claim_step(
                change,
                enrolment_id=make.enrolment(code, stage).id,
                step_id=make.step_id(step),
                claim=Claim(after),
                **{"claimed_on": TODAY, "note": "ครบแล้ว", **details},
            )

    return say


def test_the_step_under_way_comes_first_with_its_two_buttons(browser_as, make, claim):
    claim(1, "done")
    claim(3, "doing")
    make.activity("P001", step=3, kind="s3_cop", title="วงกุญแจกลาง")

    page = browser_as("coordinator").get("/home/P001")
    lead = page.html.select_one(".lead")

    assert lead.select_one(".step-name").text.strip() == "จัดเก็บความรู้"
    assert lead.select_one(".note").text == "ขั้นตอนที่ 3 จาก 7"
    assert "0 จาก 3" in lead.text
    assert "วง CoP 2 ครั้ง (มีแล้ว 1)" in lead.text
    assert "วงกุญแจกลาง" in lead.text
    assert [a.text.split()[0] for a in lead.select(".step-acts a")] == ["เพิ่มกิจกรรม", "ปรับสถานะ"]


def test_the_seven_steps_stand_in_order_with_what_is_missing(browser_as, make, claim):
    claim(1, "done")
    make.activity("P001", step=None, participants=40)

    page = browser_as("coordinator").get("/home/P001")

    assert [no.text for no in page.html.select(".steps .step-no")] == list("1234567")
    assert "1 จาก 7" in page.html.select_one("#h-steps").parent.text
    assert "(1 ครั้ง, 40 คน)" in page
    assert "104" in page.html.select_one(".year .left").text


def test_a_reader_who_does_not_write_sees_no_buttons(browser_as, make):
    page = browser_as("head").get("/home/P001")

    assert "ทำต่อ" not in page.html.select_one("main").text
    assert "ปรับสถานะ" not in page.html.select_one("main").text
    assert "เพิ่มกิจกรรม" not in page.html.select_one("main").text


def test_drafts_are_for_those_who_write(browser_as, make, session):
    person = world.person(session, "coordinator")
    session.add(
        Draft(unit_id=make.node("P001").id, person_id=person.id, title="ร่างเรื่องกุญแจ",
              saved_at=datetime.now(UTC), values={})
    )  # fmt: skip
    session.commit()

    assert "ร่างเรื่องกุญแจ" in browser_as("coordinator").get("/home/P001")
    assert "ร่างเรื่องกุญแจ" not in browser_as("head").get("/home/P001")


def test_questions_wait_on_the_home(browser_as, make, session):
    session.add(
        Word(kind=WordKind.QUESTION, unit_id=make.node("P001").id, text="คู่มือใช้ได้เมื่อใด", said_by="ผู้บริหาร",
             said_on=TODAY, said_at=datetime.now(UTC))
    )  # fmt: skip
    session.commit()

    due = browser_as("coordinator").get("/home/P001").html.select_one(".due")

    assert "คู่มือใช้ได้เมื่อใด" in due.text
    assert "รอคำตอบ" in due.text


def test_a_member_works_with_its_group_and_carries_on(browser_as, make, claim, on_day):
    claim(1, "done")
    on_day(date(2026, 11, 2))
    make.activity("P001", stage=3, step=3, held_on=date(2026, 10, 20))

    page = browser_as("coordinator").get("/home/P001")

    assert "ร่วมกับกลุ่ม" in page
    assert "กลุ่มเรือนจำเขต 1" in page
    assert "1 กิจกรรม" in page.html.select_one("#h-group").find_parent("section").text
    assert "1 จาก 7" in page.html.select_one("#h-continued").find_parent("section").text
    assert "งานต่อเนื่อง" in page.html.select_one(".lead h2").text
    assert "/units/P001/stages/2/steps/2/status" in page


def test_a_past_stage_shows_both_now_and_its_last_day(browser_as, claim, on_day, make):
    claim(2, "done")
    claim(3, "doing")
    on_day(date(2026, 11, 2))

    page = browser_as("coordinator").get("/home/P001?stage=2")

    assert "ระยะนี้สิ้นสุดแล้ว" in page
    assert "ณ 30 ก.ย. 2569: แล้วเสร็จ" in " ".join(page.html.select(".step-foot")[1].text.split())
    assert len(page.html.select(".step-foot .d-block")) == 7


def test_a_coming_stage_says_when_it_begins(browser_as):
    assert "เริ่ม 1 ต.ค. 2569" in browser_as("coordinator").get("/home/P001?stage=3")


def test_a_group_sees_the_units_that_do_the_work(browser_as, claim):
    claim(1, "done", code="P002")

    page = browser_as("group_coordinator").get("/home/PG01")

    below = page.html.select_one("#h-below").find_parent("section")
    assert [" ".join(li.text.split()) for li in below.select("li")][1] == "เรือนจำจังหวัดนาสมมติแล้วเสร็จ 1 จาก 7"
    assert page.click("เรือนจำจังหวัดนาสมมติ").status_int == 200


def test_a_pilot_group_is_reached_from_its_prison(browser_as):
    page = browser_as("coordinator").get("/home/P001").click("กลุ่มนำร่องครัวสะอาด", index=0)

    assert page.status_int == 200
    assert "ร่วมกับกลุ่ม" in page  # its records of stage 2 count for the prison


def test_the_step_to_go_on_with_says_for_how_long_it_is_late(browser_as, claim):
    claim(1, "done")
    claim(2, "done")

    home = browser_as("coordinator").get("/home/P001").html

    assert home.select_one(".lead .step-no").text == "3"
    assert "เกินกำหนดตามแผน 79 วัน" in home.select_one(".lead").text


def test_a_home_without_messages_and_drafts_does_not_say_that_nothing_is_to_be_done(browser_as):
    due = browser_as("coordinator").get("/home/P001").html.select_one(".due")

    assert due.h2.text.split() == ["ข้อความและร่าง", "0"]
    assert "ไม่มีข้อความหรือร่าง" in due.text


def test_a_late_step_says_so_to_its_own_unit(browser_as, make, session):
    row = session.scalars(
        select(StageStep).where(StageStep.stage_id == make.stage(2).id, StageStep.step_id == make.step_id(1))
    ).one()
    late = (TODAY - row.due_on).days

    assert f"เกินกำหนดตามแผน {late} วัน" in browser_as("coordinator").get("/home/P001")


@pytest.mark.parametrize("stage", ["9", "x", "-1", "99999999999999999999"])
def test_an_unknown_stage_is_missing_or_todays(browser_as, stage):
    answer = browser_as("coordinator").get(f"/home/P001?stage={stage}", status="*")

    assert answer.status_int in (200, 404)


def test_the_home_speaks_english(browser_as, claim):
    claim(3, "doing")
    page = browser_as("coordinator").in_english().get("/home/P001")

    main = page.html.select_one("main").text
    assert "Capture knowledge" in main
    assert not [c for c in main if "ก" <= c <= "๛"]


def test_a_home_asks_few_statements(browser_as, claim, statements, make):
    claim(3, "doing")
    make.activity("P001", step=3)
    browser = browser_as("coordinator")
    browser.get("/home/P001")
    statements.clear()
    browser.get("/home/P001")

    assert len(statements) <= 12, "\n".join(statements)


def test_a_closed_stage_says_so(browser_as, session, make, on_day, change_as):
    with change_as("system"):
        session.get_one(Stage, make.stage(1).id).closed_on = TODAY
        renew_revision(session)

    assert "ปิดระยะนี้เมื่อ" in browser_as("coordinator").get("/home/P001-G1?stage=1")


def test_a_closed_or_coming_stage_offers_nothing_to_write(browser_as, session, make, change_as):
    with change_as("system"):
        session.get_one(Stage, make.stage(2).id).closed_on = TODAY
        renew_revision(session)

    for address in ("/home/P001", "/home/P001?stage=3"):
        main = browser_as("coordinator").get(address).html.select_one("main").text
        assert "ปรับสถานะ" not in main
        assert "เพิ่มกิจกรรม" not in main
    assert "ปรับสถานะ" in browser_as("office").get("/home/P001")


def test_a_writer_comes_back_to_the_unit_that_was_written_for(browser_as):
    assert browser_as("office").get("/?unit=P002").location.endswith("/home/P002")
    assert browser_as("coordinator").get("/?unit=P002").location.endswith("/home/P001")


def test_encouragement_is_noted_by_a_click(browser_as, make, session):
    session.add(
        Word(kind=WordKind.ENCOURAGEMENT, unit_id=make.node("P001").id, text="ทำได้ดีมาก", said_by="ผู้บริหาร",
             said_on=TODAY, said_at=datetime.now(UTC))
    )  # fmt: skip
    session.commit()
    browser = browser_as("coordinator")
    page = browser.get("/home/P001")
    form = next(form for form in page.forms.values() if form.action.endswith("/seen"))
    form.submit(status=303)

    assert "ทำได้ดีมาก" not in browser.get("/home/P001").html.select_one(".due").text


def test_drafts_stand_with_what_must_be_done(browser_as, make, session):
    person = world.person(session, "coordinator")
    session.add(
        Draft(unit_id=make.node("P001").id, person_id=person.id, title="ร่างค้าง",
              saved_at=datetime.now(UTC), values={})
    )  # fmt: skip
    session.commit()

    due = browser_as("coordinator").get("/home/P001").html.select_one("section.due")

    assert due.select_one("h2 .muted").text == "1"
    assert "ร่างค้าง" in due.text


@pytest.mark.parametrize(
    ("who", "adds", "posts"), [("coordinator", True, True), ("head", False, False), ("office", True, True)]
)
def test_the_home_leads_to_the_other_pages_of_the_unit(browser_as, who, adds, posts):
    browser = browser_as(who)
    links = [a["href"] for a in browser.get("/home/P001").html.select("section[aria-labelledby=h-more] a")]

    assert ("/activities/upload?unit=P001" in links) == adds
    assert ("/administration/units/P001/posts" in links) == posts
    assert "/reports/?unit=P001&stage=2" in links
    for address in links:
        assert browser.get(address).status_int == 200


def test_the_home_of_a_closed_unit_says_so_and_offers_only_what_was_before(browser_as, change_as, make):
    with change_as("administrator") as change:
        for code in ("P001-G1", "P001"):
            close_unit(change, unit_id=make.node(code).id, closed_on=date(2026, 6, 10))
    coordinator = browser_as("coordinator")

    page = coordinator.get("/home/P001")

    assert "หน่วยงานนี้ปิดตั้งแต่ 10 มิ.ย. 2569" in page.html.select_one(".notice").text
    assert page.html.select(".step-acts a.btn") == []
    assert page.click("บันทึกกิจกรรมที่จัดก่อนวันปิด").status_int == 200
    assert "ไม่มีหน่วยงานที่เปิดอยู่ให้บันทึก" in coordinator.get("/activities/new").text
    assert "หน่วยงานนี้ปิดตั้งแต่" in browser_as("executive").get("/units/P001").html.select_one(".notice").text


def test_a_step_that_lacks_one_kind_of_activity_opens_the_form_with_it(browser_as, make, claim):
    claim(1, "doing")
    make.activity("P001", step=1, kind="s1_meeting")

    lead = browser_as("coordinator").get("/home/P001").html.select_one(".lead")

    assert "kind=s1_survey" in lead.select_one("a[href*='activities/new']")["href"]
