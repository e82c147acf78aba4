"""Taking back what was just entered, and bringing back what was withdrawn or hidden."""

from datetime import date, timedelta

import pytest

from tests.walking import data_form, fill_day, names
from tests.world import LONG_AGO, TODAY
from tracker.administration.operations import close_unit
from tracker.facilitators.queries import postings_of
from tracker.organisation.revision import renew_revision
from tracker.programme.models import Stage


def form_to(page, ending):
    return next(form for form in page.forms.values() if ending in form.action)


def reason_form(page):
    return next(form for form in page.forms.values() if "reason" in form.fields)


def token_of(browser):
    return {"csrf_token": data_form(browser.get("/facilitators/new"))["csrf_token"].value}


@pytest.fixture
def add(browser_as):
    """Add a facilitator, with a training if told, as its coordinator does; give the page that says so."""

    def say(course=""):
        form = data_form(browser_as("coordinator").get("/facilitators/new"))
        form["name"], form["course"] = "สุดา สมมติ", course
        fill_day(form, "since", 5, 1, 2569)
        if course:
            fill_day(form, "starts_on", 2, 2, 2569)
        return form.submit(status=303).follow()

    return say


@pytest.fixture
def moved(browser_as, make, people):
    """Move somebody twice; give the page that offers to take the second move back."""

    def move(code, day):
        form = data_form(browser_as("coordinator").get(f"/facilitators/{people['malee'].id}/move"))
        form["unit"] = str(make.node(code).id)
        fill_day(form, "since", *day)
        return form.submit(status=303).follow()

    move("P001-G1", (1, 3, 2569))
    return move("P001", (1, 6, 2569))


def test_a_second_click_on_the_undo_of_a_move_changes_nothing_more(moved, people, session):
    undo = form_to(moved, "/resume")
    undo.submit(status=303)
    undo.submit(status=409).mustcontain("ถูกยกเลิกไปแล้ว หรือมีการแก้ไขหลังจากนั้น")

    assert [p.since for p in postings_of(session, people["malee"].id)] == [date(2026, 3, 1), LONG_AGO]


def test_the_undo_of_a_move_takes_back_no_other_one(moved, browser_as, people, session):
    address = f"/facilitators/{people['malee'].id}/resume"
    browser = browser_as("coordinator")
    token = token_of(browser)
    for odd in ("", "?version=", "?version=x", "?version=1", "?version=-1"):
        browser.post(address + odd, token, status=409)

    assert len(postings_of(session, people["malee"].id)) == 3


def test_the_undo_of_a_move_ends_with_its_day(moved, people, session, on_day):
    on_day(TODAY + timedelta(days=1))
    form_to(moved, "/resume").submit(status=422).mustcontain("คุณบันทึกวันนี้")

    assert len(postings_of(session, people["malee"].id)) == 3


@pytest.mark.parametrize("course", ["", "หลักสูตรคุณอำนวย"])
def test_another_day_or_person_withdraws_with_a_reason(add, browser_as, on_day, course):
    page = add(course)
    undo = form_to(page, "/undo")
    person = undo.action.split("/")[2]
    office = browser_as("office")
    asked = office.post(undo.action, token_of(office), status=303)
    on_day(TODAY + timedelta(days=1))
    late = undo.submit(status=303)

    assert {asked.location.split("?")[0], late.location} == {f"/facilitators/{person}/withdraw"}
    assert "สุดา สมมติ" in names(browser_as("coordinator").get("/facilitators/"))


def test_an_undo_takes_along_only_what_was_entered_along(add, make, browser_as, session):
    old = make.training("P001")
    page = add()
    undo = form_to(page, "/undo")
    browser = browser_as("coordinator")
    token = token_of(browser)
    elsewhere = make.training("P002")

    browser.post(f"{undo.action}?training={elsewhere.id}", token, status=403)
    browser.post(f"{undo.action}?training={old.id}", token, status=303)

    session.expire_all()
    assert (old.withdrawn_on, elsewhere.withdrawn_on) == (None, None)


def test_a_training_of_another_day_or_person_is_withdrawn_with_a_reason(make, browser_as, session):
    training = make.training("P001")
    address = f"/facilitators/trainings/{training.id}"
    browser = browser_as("coordinator")
    asked = browser.post(f"{address}/undo", token_of(browser), status=303)

    assert asked.location == f"{address}/withdraw"
    session.expire_all()
    assert training.withdrawn_on is None


@pytest.mark.parametrize("which", ["person", "training"])
def test_the_office_says_why_it_restores_for_a_unit(make, browser_as, session, which):
    person = make.facilitator("P001", name="มาลี สมมติ")
    training = make.training("P001", person, course="คุณอำนวยขั้นต้น")
    record = person if which == "person" else training
    address = f"/facilitators/{person.id}" if which == "person" else f"/facilitators/trainings/{training.id}"
    form = reason_form(browser_as("coordinator").get(f"{address}/withdraw"))
    form["reason"] = "บันทึกซ้ำ"
    form.submit(status=303)
    office = browser_as("office")

    form = reason_form(office.get(address).click("กู้คืน"))
    form.submit(status=422)
    form["reason"] = "หน่วยงานแจ้งทางหนังสือ"
    form.submit(status=303).follow().mustcontain("หน่วยงานแจ้งทางหนังสือ")
    session.expire_all()
    assert record.withdrawn_on is None


def test_in_a_closed_stage_showing_again_asks_why(make, browser_as, session):
    training = make.training("P001", make.facilitator("P001"))
    address, office = f"/facilitators/trainings/{training.id}", browser_as("office")
    form = reason_form(office.get(f"{address}/hide"))
    form["reason"] = "ตรวจสอบ"
    form.submit(status=303)
    session.get(Stage, make.stage(2).id).closed_on = TODAY
    renew_revision(session)
    session.commit()

    form = reason_form(office.get(address).click("แสดงอีกครั้ง"))
    form["reason"] = "ตรวจแล้ว"
    form.submit(status=303).follow().mustcontain("ตรวจแล้ว")
    session.expire_all()
    assert training.hidden_at is None


def test_who_withdrew_a_record_is_told_inside_only(make, browser_as):
    withdrawn = {"withdrawn_on": TODAY, "withdrawn_by": "ผู้ถอน สมมติ", "withdrawn_reason": "บันทึกซ้ำ"}
    person, training = make.facilitator("P001", **withdrawn), make.training("P001", **withdrawn)
    for address in (f"/facilitators/{person.id}", f"/facilitators/trainings/{training.id}"):
        for who, sees in (("coordinator", True), ("office", True), ("executive", False)):
            page = browser_as(who).get(address)
            page.mustcontain("บันทึกซ้ำ")
            assert ("ผู้ถอน สมมติ" in page) is sees, (address, who)


@pytest.mark.parametrize("page", ["move", "end"])
def test_a_form_that_a_closed_stage_lets_nobody_save_says_so_when_it_is_opened(
    make, browser_as, session, page
):
    person = make.facilitator("P001")
    session.get(Stage, make.stage(2).id).closed_on = TODAY
    renew_revision(session)
    session.commit()
    address = f"/facilitators/{person.id}"

    back = browser_as("coordinator").get(f"{address}/{page}", status=303)
    assert back.location == address
    back.follow().mustcontain("ระยะที่ 2 ปิดแล้ว")
    browser_as("office").get(f"{address}/{page}", status=200)


def test_who_is_withdrawn_or_serves_no_more_is_not_offered_a_form(make, browser_as, session):
    browser, left = browser_as("coordinator"), make.facilitator("P001")
    postings_of(session, left.id)[0].until = date(2026, 5, 1)
    session.commit()
    withdrawn = make.facilitator(
        "P001", withdrawn_on=TODAY, withdrawn_by="ผู้ถอน สมมติ", withdrawn_reason="บันทึกซ้ำ"
    )

    for person, page, why in (
        (left, "end", "สิ้นสุดไปแล้ว"), (withdrawn, "end", "กู้คืนก่อน"), (withdrawn, "move", "กู้คืนก่อน"),
    ):  # fmt: skip
        browser.get(f"/facilitators/{person.id}/{page}", status=303).follow().mustcontain(why)


def test_who_writes_for_a_closed_unit_alone_is_told_when_a_form_opens(make, browser_as, change_as, session):
    browser, left = browser_as("coordinator"), make.facilitator("P001")
    postings_of(session, left.id)[0].until = date(2026, 5, 1)
    session.commit()
    with change_as("administrator") as change:
        for code in ("P001-G1", "P001"):
            close_unit(change, unit_id=make.node(code).id, closed_on=TODAY)

    for address in (f"/facilitators/{left.id}/move", "/facilitators/new", "/facilitators/trainings/new"):
        page = browser.get(address, status=303).follow()
        page.mustcontain("ไม่มีหน่วยงานที่เปิดอยู่ให้บันทึก")
