"""The form that adds a facilitator, with a training in one go."""

import pytest
from sqlalchemy import func, select

from tests.walking import data_form, fill_day
from tests.world import TODAY
from tracker.facilitators.models import Attendance, Facilitator, Training


def test_a_coordinator_adds_a_facilitator_with_a_training_in_one_form(browser_as, session, make, statements):
    page = browser_as("coordinator").get("/facilitators/new")
    form = data_form(page)
    form["name"], form["position_title"] = "สุดา สมมติ", "นักสังคมสงเคราะห์"
    form["course"], form["hours"] = "หลักสูตรคุณอำนวย รุ่นที่ ๑", "๑๒"
    fill_day(form, "starts_on", 2, 2, 2569)
    fill_day(form, "ends_on", 3, 2, 2569)
    statements.clear()
    answer = form.submit(status=303)
    assert len(statements) <= 28
    profile = answer.follow()

    profile.mustcontain("เพิ่ม สุดา สมมติ แล้ว", "หลักสูตรคุณอำนวย รุ่นที่ ๑", "ยกเลิกการบันทึก")
    person = session.scalars(select(Facilitator)).one()
    training = session.scalars(select(Training)).one()
    assert (training.unit_id, training.stage_id, training.hours) == (
        make.node("P001").id, make.stage(2).id, 12,
    )  # fmt: skip
    assert session.scalars(select(Attendance)).one().facilitator_id == person.id
    assert "นักสังคมสงเคราะห์" in person.search_text

    undo = next(
        form for form in profile.forms.values() if form.action.startswith(f"/facilitators/{person.id}/undo")
    )
    undo.submit(status=303).follow().mustcontain("ยกเลิกการบันทึก สุดา สมมติ แล้ว")
    assert (person.withdrawn_on, training.withdrawn_on) == (TODAY, TODAY)


def test_a_known_training_may_be_chosen_instead(browser_as, session, make):
    training = make.training("P001")
    form = data_form(browser_as("coordinator").get("/facilitators/new"))
    form["name"], form["training"] = "สุดา สมมติ", str(training.id)
    form.submit(status=303)

    assert session.scalars(select(Attendance)).one().passed


def test_half_a_training_both_kinds_or_a_day_outside_all_stages_is_told(browser_as, make, session):
    training = make.training("P001")
    form = data_form(browser_as("coordinator").get("/facilitators/new"))
    form["name"], form["hours"] = "สุดา สมมติ", "6"
    page = form.submit(status=422)
    page.mustcontain("กรุณาใส่ชื่อหลักสูตร", "สุดา สมมติ")

    form = data_form(page)
    form["course"] = "หลักสูตรใหม่"
    data_form(page).submit(status=422)
    form["training"] = str(training.id)
    form.submit(status=422).mustcontain("อย่างใดอย่างหนึ่ง")

    form["training"] = ""
    fill_day(form, "starts_on", 2, 2, 2569)
    form["starts_on-year"].force_value("2560")
    page = form.submit(status=422)
    page.mustcontain("อยู่นอกระยะที่")
    form = data_form(page)
    form["outside_stage_reason"] = "ผ่านก่อนเริ่มโครงการ"
    form.submit(status=303)
    assert session.scalar(select(func.count()).select_from(Facilitator)) == 1


def test_a_last_day_typed_alone_is_not_dropped(browser_as, session):
    form = data_form(browser_as("coordinator").get("/facilitators/new"))
    form["name"] = "สุดา สมมติ"
    fill_day(form, "ends_on", 3, 2, 2569)

    form.submit(status=422).mustcontain("กรุณาใส่ชื่อหลักสูตร")
    assert session.scalar(select(func.count()).select_from(Facilitator)) == 0


def test_a_namesake_is_asked_about_once(browser_as, people, session):
    form = data_form(browser_as("coordinator").get("/facilitators/new"))
    form["name"] = "มาลี สมมติ"
    page = form.submit(status=422)
    page.mustcontain("มีคุณอำนวยชื่อ มาลี สมมติ แล้ว")
    form = data_form(page)
    form["namesake_confirmed"] = True
    form.submit(status=303)

    assert session.scalar(select(func.count()).where(Facilitator.name == "มาลี สมมติ")) == 2


def test_a_double_submit_adds_one_person(browser_as, session):
    form = data_form(browser_as("coordinator").get("/facilitators/new"))
    form["name"] = "สุดา สมมติ"
    first, second = form.submit(status=303), form.submit(status=303)

    assert first.location == second.location
    assert session.scalar(select(func.count()).select_from(Facilitator)) == 1


def test_a_foreign_unit_or_role_in_the_form_is_refused(browser_as, make, session):
    form = data_form(browser_as("coordinator").get("/facilitators/new"))
    form["name"] = "สุดา สมมติ"
    form["unit"].force_value(str(make.node("P002").id))
    form.submit(status=422)
    form["unit"].force_value("9223372036854775808")
    form.submit(status=422)

    assert session.scalar(select(func.count()).select_from(Facilitator)) == 0


def test_the_office_is_asked_for_its_reason_and_coordinators_are_not(browser_as):
    assert "on_behalf_reason" not in data_form(browser_as("coordinator").get("/facilitators/new")).fields
    form = data_form(browser_as("office").get("/facilitators/new?unit=P002"))
    form["name"] = "สุดา สมมติ"
    form.submit(status=422).mustcontain("ใส่เหตุผลที่บันทึกแทนหน่วยงาน")
    form["on_behalf_reason"] = "แจ้งทางหนังสือ"
    form.submit(status=303).follow().mustcontain("บันทึกแทนโดยฝ่ายเลขานุการ", "เรือนจำจังหวัดนาสมมติ")


@pytest.mark.parametrize(("who", "said"), [("office", "ไม่บังคับ"), ("two_roles", "ต้องใส่เมื่อบันทึกแทนหน่วยงานอื่น")])
def test_the_reason_of_the_office_is_no_optional_field(browser_as, people, who, said):
    browser = browser_as(who)
    for address in ("/facilitators/new?unit=D01", "/facilitators/trainings/new?unit=D01"):
        label = browser.get(address).html.find(id="on_behalf_reason").find_parent(class_="field").text
        assert (said in label) is (who == "two_roles"), address
    form = data_form(browser_as("office").get(f"/facilitators/{people['aran'].id}/edit"))
    form["position_title"] = "นักวิชาการ"
    assert "กรุณาใส่เหตุผลที่บันทึกแทนหน่วยงาน" in form.submit(status=422)
