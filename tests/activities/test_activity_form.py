"""The form of an activity: a few taps, every bad input said, drafts and copies."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.activities.asking import only, the_form
from tests.world import TODAY
from tracker.activities.models import Activity, ActivityExecutive, ActivityUnit
from tracker.organisation.models import Manner

NEW = "/activities/new?unit=P001&stage=2&step=3"


def test_a_coordinator_logs_an_activity_with_a_title_and_a_kind(browser_as, session, kind, make):
    browser = browser_as("coordinator")
    form = the_form(browser.get(NEW))

    form["title"] = "วง CoP เรื่องการตรวจค้น"
    form["kind"] = kind("s3_cop")
    page = form.submit(status=303)

    activity = only(session)
    assert (activity.held_on, activity.step_id, activity.enrolment_id) == (
        TODAY,
        make.step_id(3),
        make.enrolment("P001").id,
    )
    assert page.location.endswith("/home/P001")


def test_the_form_asks_at_most_eight_things_before_more(browser_as, make):
    make.facilitator("P001")
    page = browser_as("coordinator").get(NEW)
    form = page.html.select_one("main form")
    first = [f for f in form.select(".field") if f.find_parent("details") is None]

    assert 5 <= len(first) <= 8
    assert first[0].select_one("input")["name"] == "title"


def test_the_summary_of_faults_names_each_field_once(browser_as):
    form = the_form(browser_as("coordinator").get(NEW))
    form["title"], form["participants"] = "", "สิบ"
    links = [link.text for link in form.submit(status=422).html.select(".errsum a")]

    assert links[0] == "กรุณาใส่ชื่อเรื่อง"
    assert links[-1].startswith("จำนวนผู้เข้าร่วม: ")


def test_a_second_submit_of_the_same_page_adds_nothing(browser_as, session, kind):
    form = the_form(browser_as("coordinator").get(NEW))
    form["title"], form["kind"] = "ครั้งที่ 1", kind("s3_cop")

    assert form.submit(status=303).location == form.submit(status=303).location
    only(session)


def test_what_was_just_logged_can_be_undone(browser_as, session, kind):
    browser = browser_as("coordinator")
    form = the_form(browser.get(NEW))
    form["title"], form["kind"] = "ครั้งที่ 1", kind("s3_cop")
    form.submit(status=303)
    page = browser.get("/activities/")
    undo = next(f for f in page.forms.values() if f.action.endswith("/undo"))

    shown = undo.submit(status=303).follow()

    assert only(session).withdrawn_on == TODAY
    assert "ถูกยกเลิก" in shown.text
    restore = next(f for f in shown.forms.values() if f.action.endswith("/restore"))
    restore.submit(status=303)
    assert only(session).withdrawn_on is None


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("title", "", "ชื่อเรื่อง"),
        ("title", "ก" * 10_000, "ยาวเกินไป"),
        ("title", "ผู้แทน 1-1017-00230-70-8", "13 หลัก"),
        ("participants", "-5", "จำนวนเต็ม"),
        ("participants", "99999999999999999999", "จำนวนเต็ม"),
        ("participants", "สิบสอง", "จำนวนเต็ม"),
        ("outcome", "ก" * 4_001, "ยาวเกินไป"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(browser_as, kind, session, field, value, word):
    form = the_form(browser_as("coordinator").get(NEW))
    form["title"], form["kind"], form["outcome"] = "วง CoP", kind("s3_cop"), "ได้ความรู้ 3 ข้อ"
    form[field] = value

    page = form.submit(status=422)

    assert word in page.html.select_one(".errsum").text
    assert page.html.select_one(f".bad [name={field}]") is not None
    if field != "outcome":
        assert "ได้ความรู้ 3 ข้อ" in page.text
    assert session.scalars(select(Activity)).all() == []


@pytest.mark.parametrize(
    ("day", "month", "year", "word"),
    [
        ("30", "2", "2569", "กุมภาพันธ์"),
        ("19", "6", "2569", "อนาคต"),
        ("30", "9", "2568", "นอกระยะ"),
        ("", "6", "2569", "ให้ครบ"),
    ],
)
def test_a_day_that_cannot_be_is_said(browser_as, kind, day, month, year, word):
    form = the_form(browser_as("coordinator").get(NEW))
    form["title"], form["kind"] = "วง CoP", kind("s3_cop")
    for part, value in (("day", day), ("month", month), ("year", year)):
        form[f"held_on-{part}"].force_value(value)

    assert word in form.submit(status=422).html.select_one(".errsum").text


@pytest.mark.parametrize(("year", "held_on"), [("2026", TODAY), ("๒๕๖๙", TODAY)])
def test_years_are_taken_in_any_era_and_digits(browser_as, kind, session, year, held_on):
    form = the_form(browser_as("coordinator").get(NEW))
    form["title"], form["kind"] = "วง CoP", kind("s3_cop")
    form["held_on-year"].force_value(year)
    form.submit(status=303)

    assert only(session).held_on == held_on


def test_a_day_of_another_stage_finds_its_stage_when_none_was_given(browser_as, kind, session, make):
    form = the_form(browser_as("coordinator").get("/activities/new?unit=P001&step=3"))
    form["title"], form["kind"] = "วง CoP", kind("s3_cop")
    form["held_on-month"], form["held_on-year"] = "9", "2568"

    form.submit(status=303)

    activity = only(session)
    assert (activity.stage_id, activity.held_on) == (make.stage(1).id, date(2025, 9, 18))
    assert activity.enrolment_id == getattr(make.enrolment("P001", 1), "id", None)


def test_a_kind_of_another_step_is_refused(browser_as, kind):
    form = the_form(browser_as("coordinator").get(NEW))
    form["title"], form["step"], form["kind"] = "วง CoP", "4", kind("s3_cop")

    assert "ประเภทนี้ไม่ใช่" in form.submit(status=422).text


@pytest.mark.parametrize("field", ["facilitators", "joined", "kind", "step", "stage", "audience"])
def test_a_foreign_choice_is_refused(browser_as, kind, field, make):
    make.facilitator("P001")
    stranger = make.facilitator("P005")
    browser = browser_as("coordinator")
    form = the_form(browser.get(NEW))
    form["title"], form["kind"] = "วง CoP", kind("s3_cop")
    posted = [(name, value) for name, value in form.submit_fields() if name != field]
    value = str(stranger.id) if field == "facilitators" else "9223372036854775808"

    browser.post(NEW, [*posted, (field, value)], status=422)


def test_an_executives_part_and_its_manner_are_kept(browser_as, kind, session):
    form = the_form(browser_as("coordinator").get(NEW))
    form["title"], form["kind"] = "วง CoP", kind("s3_cop")
    name = next(n for n in form.fields if n and n.startswith("executive_"))
    form[name] = "led"
    form.submit(status=303)

    assert session.scalars(select(ActivityExecutive.manner)).one() is Manner.LED


def test_units_that_joined_are_ticked_in_folded_groups_and_the_chosen_ones_come_first(
    browser_as, session, kind, make
):
    browser = browser_as("coordinator")
    page = browser.get(NEW)
    groups = page.html.select(".many details")
    assert [" ".join(group.summary.text.split()) for group in groups] == [
        "กรมสมมติ 2", "กลุ่มเรือนจำเขต 1 4", "กลุ่มเรือนจำเขต 2 3", "กลุ่มกองสนับสนุน 3"
    ]  # fmt: skip
    assert page.html.select_one(".many-chosen") is None
    assert not any(group.has_attr("open") for group in groups)
    form = the_form(page)
    posted = [*form.submit_fields(), ("joined", make.node("P004").id), ("joined", make.node("P002").id)]

    wrong = browser.post(NEW, posted, status=422)
    assert [c.text for c in wrong.html.select(".many-chosen .choice")] == [
        "เรือนจำจังหวัดนาสมมติ",
        "ทัณฑสถานหญิงเกาะสมมติ",
    ]
    assert wrong.html.select_one("details.more").has_attr("open")
    again = the_form(wrong)
    again["title"], again["kind"] = "วง CoP", kind("s3_cop")
    again.submit(status=303)

    joined = set(session.scalars(select(ActivityUnit.unit_id)))
    assert joined == {make.node("P002").id, make.node("P004").id}


def test_a_link_needs_the_tick(browser_as, kind, session):
    form = the_form(browser_as("coordinator").get(NEW))
    form["title"], form["kind"], form["link"] = "วง CoP", kind("s3_cop"), "https://example.org/a"

    page = form.submit(status=422)
    assert page.html.select_one("details.more").has_attr("open")
    again = the_form(page)
    again["secrecy_read"] = True
    again.submit(status=303)
    assert only(session).link == "https://example.org/a"


def test_control_characters_are_cleaned_and_nul_refused(browser_as, kind, session):
    browser = browser_as("coordinator")
    form = the_form(browser.get(NEW))
    form["title"], form["kind"] = "วง\u200b CoP\x07", kind("s3_cop")
    form.submit(status=303)
    assert only(session).title == "วง CoP"

    form = the_form(browser.get(NEW))
    form["title"], form["kind"] = "วง\x00CoP", kind("s3_cop")
    form.submit(status=422)


def test_another_units_form_is_not_theirs(browser_as):
    browser = browser_as("coordinator")

    browser.get("/activities/new?unit=P002", status=403)
    browser.get("/activities/new?unit=NONE", status=404)
    browser_as("head").get("/activities/new", status=403)


def test_the_office_chooses_a_unit_and_says_why(browser_as, kind, session):
    browser = browser_as("office")
    chosen = browser.get("/activities/new").forms
    choose = next(form for form in chosen.values() if "unit" in form.fields and form.method.lower() == "get")
    choose["unit"] = "P002"
    form = the_form(choose.submit())
    form["title"], form["step"], form["kind"] = "วง CoP", "3", kind("s3_cop")
    assert "แทนหน่วยงาน" in form.submit(status=422).text
    form["on_behalf_reason"] = "หน่วยงานส่งเป็นหนังสือ"
    form.submit(status=303)

    activity = only(session)
    assert activity.on_behalf_reason == "หน่วยงานส่งเป็นหนังสือ"
    assert "บันทึกแทนโดยฝ่ายเลขานุการ" in browser.get(f"/activities/{activity.id}").text


def test_a_unit_that_counts_nowhere_is_told(browser_as, make, session, kind):
    make.unit("P009", "PG01")
    page = browser_as("office").get("/activities/new?unit=P009&stage=2")

    assert "ไม่นับในขั้นตอนใด" in page.text


def test_preparation_is_logged_without_a_step(browser_as, session, kind):
    form = the_form(browser_as("coordinator").get("/activities/new?unit=P001&step=ready"))
    form["title"], form["kind"] = "แนะนำ KM", kind("ready", 0)
    form.submit(status=303)

    assert only(session).step_id is None


def test_a_copy_begins_with_what_the_record_says(browser_as, make):
    activity = make.activity("P001", title="วง CoP ครั้งที่ 1", kind="s3_cop", participants=9)

    form = the_form(browser_as("coordinator").get(f"/activities/new?unit=P001&copy={activity.id}"))

    assert (form["title"].value, form["participants"].value) == ("วง CoP ครั้งที่ 1", "9")
    assert form["held_on-day"].value == str(TODAY.day)


def test_a_missing_token_saves_nothing(browser_as, kind, session):
    browser = browser_as("coordinator")
    form = the_form(browser.get(NEW))
    form["title"], form["kind"] = "วง CoP", kind("s3_cop")
    posted = [(name, value) for name, value in form.submit_fields() if name != "csrf_token"]

    browser.post(NEW, posted, status=400)
    browser.post(NEW, [*posted, ("csrf_token", "foreign")], status=400)
    assert session.scalars(select(Activity)).all() == []


def test_further_fields_are_left_out(browser_as, kind, session):
    browser = browser_as("coordinator")
    form = the_form(browser.get(NEW))
    form["title"], form["kind"] = "วง CoP", kind("s3_cop")
    posted = dict(form.submit_fields())
    browser.post(NEW, {**posted, "entered_by_id": "99", "enrolment_id": "99"}, status=303)

    assert only(session).enrolment_id != 99
