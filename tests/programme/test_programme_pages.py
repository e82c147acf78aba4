"""Pages of the programme: stages, enrolments, pilot groups."""

import io
from datetime import date
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, select

from tests import world
from tracker.administration.operations import close_unit
from tracker.organisation.revision import renew_revision
from tracker.programme.models import Enrolment, Programme, Stage
from tracker.programme.operations import close_stage, withdraw_enrolment


def the_form(page, ending=""):
    return next(
        form
        for form in page.forms.values()
        if form.method.lower() == "post"
        and "typed" not in form.fields  # what goes along to the other language
        and (form.action == "" if not ending else form.action.endswith(ending))
    )


def enrolments(session, make, stage=2):
    return session.query(Enrolment).filter_by(stage_id=make.stage(stage).id, withdrawn_on=None).count()


def test_every_count_of_a_stage_opens_the_list_behind_it(browser_as):
    browser = browser_as("office")

    for link in browser.get("/programme/").html.select("td a.fig"):
        page = browser.get(link["href"])
        exported = browser.get(link["href"].replace("enrolments", "enrolments.csv")).body.decode("utf-8-sig")
        assert page.html.select_one(".count b").text == link.text
        assert len(exported.strip().splitlines()) - 1 == int(link.text)


def test_enrolling_shows_how_many_before_it_does(browser_as, session, make):
    make.unit("P006", "PG02")
    make.unit("P007", "PG01")
    browser = browser_as("office")
    form = the_form(browser.get("/programme/stages/2/enrol"))
    form["way"] = "subtree"
    form["unit_id"].force_value(str(make.node("PG02").id))

    seen = form.submit(status=200)
    before = enrolments(session, make)
    assert "จะให้เข้าร่วมเพิ่ม 1 หน่วยงาน" in seen.text
    the_form(seen).submit("confirm", status=303)

    assert enrolments(session, make) == before + 1


def test_one_unit_is_enrolled_alone(browser_as, session, make):
    make.unit("P006", "PG02")
    make.unit("P007", "PG02")
    form = the_form(browser_as("office").get("/programme/stages/2/enrol"))
    form["way"] = "unit"
    form["unit_id"].force_value("P006")
    before = enrolments(session, make)
    the_form(form.submit(status=200)).submit("confirm", status=303)

    assert enrolments(session, make) == before + 1
    assert make.enrolment("P006")


def test_the_way_of_enrolling_asks_for_what_it_needs(browser_as):
    page = browser_as("office").get("/programme/stages/2/enrol").html

    assert [field.select_one("label").text for field in page.select(".when-unit, .when-codes")] == [
        "หน่วยงาน",
        "รหัสหน่วยงาน",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"way": "codes", "codes": "P001 X999"}, "ไม่พบรหัส X999"),
        ({"way": "codes", "codes": "PG01"}, "ไม่อยู่ในระดับ"),
        ({"way": "codes", "codes": "P001, P002"}, "ไม่มีหน่วยงานที่จะเข้าร่วมเพิ่ม"),
        ({"way": "subtree"}, "กรุณาเลือกหน่วยงาน"),
        ({"way": "unit"}, "กรุณาเลือกหน่วยงาน"),
        ({"way": "unit", "unit_id": "PG01"}, "ไม่อยู่ในระดับ"),
        ({"way": "codes"}, "กรุณาใส่รหัสหน่วยงาน"),
        ({"way": "codes", "enrolled_on-year": "2580"}, "อนาคต"),
    ],
)
def test_what_cannot_be_enrolled_is_said(browser_as, typed, said):
    form = the_form(browser_as("office").get("/programme/stages/2/enrol"))
    for name, value in typed.items():
        form[name].force_value(value)

    assert said in form.submit(status=422).text


def test_withdrawing_tells_the_effect_and_can_be_undone(browser_as, session, make):
    browser, enrolment = browser_as("office"), make.enrolment("P001")
    before = enrolments(session, make)
    form = the_form(browser.get(f"/programme/enrolments/{enrolment.id}/withdraw"))
    assert f"จะเหลือ {before - 1} จาก {before}" in form.submit(status=422).text
    form["reason"] = "ยุบรวมหน่วยงาน"

    page = form.submit(status=303).follow()

    assert enrolments(session, make) == before - 1
    the_form(page, "/reinstate").submit(status=303)
    assert enrolments(session, make) == before


def test_a_withdrawn_unit_stands_in_its_own_list(browser_as, session, make):
    browser, enrolment = browser_as("office"), make.enrolment("P001")
    form = the_form(browser.get(f"/programme/enrolments/{enrolment.id}/withdraw"))
    form["reason"] = "ยุบรวมหน่วยงาน"
    form.submit(status=303)

    page = browser.get("/programme/enrolments", {"stage": 2, "state": "withdrawn"})

    links = page.html.select("tbody th a")
    assert [(link.text, link["href"]) for link in links] == [(make.node("P001").name_th, "/units/P001")]
    assert "ยุบรวมหน่วยงาน" in page.text


def test_a_pilot_group_gets_the_next_code_and_takes_part(browser_as, session, make):
    form = the_form(browser_as("office").get("/programme/pilot-groups/new"))
    form["parent_id"].force_value(str(make.node("P001").id))
    form["name_th"] = "กลุ่มนำร่องห้องสมุด"

    form.submit(status=303)

    assert make.node("P001-G2").name_th == "กลุ่มนำร่องห้องสมุด"
    assert make.enrolment("P001-G2", 1).unit_id == make.node("P001-G2").id


def test_a_closed_unit_is_told_in_the_list_of_those_that_take_part(browser_as, change_as, make):
    with change_as("administrator") as change:
        close_unit(change, unit_id=make.node("P002").id, closed_on=date(2026, 6, 1))

    page = browser_as("office").get("/programme/enrolments?stage=2&q=P002")

    assert "หน่วยงานปิดตั้งแต่ 1 มิ.ย. 2569" in page.text


def test_a_stage_is_closed_only_when_it_is_over_and_opened_again(browser_as, session, on_day):
    browser = browser_as("office")
    assert "ปิดระยะนี้ได้ตั้งแต่ 1 ต.ค. 2569" in browser.get("/programme/stages/2/close").follow().text
    form = the_form(browser.get("/programme/stages/1/close"))
    form["reason"] = "สรุปผลแล้ว"
    form.submit(status=303)
    assert session.scalars(select(Stage).where(Stage.number == 1)).one().closed_on == world.TODAY

    enrol = the_form(browser.get("/programme/stages/1/enrol"))
    assert "ปิดแล้ว" in enrol.submit(status=422).text
    form = the_form(browser.get("/programme/stages/1/reopen"))
    form["reason"] = "แก้ตัวเลข"
    form.submit(status=303)

    assert session.scalars(select(Stage).where(Stage.number == 1)).one().closed_on is None


def test_a_stage_is_chosen_only_outside_the_years(browser_as, session, on_day, make):
    browser = browser_as("office")
    assert "จึงเลือกระยะอื่นไม่ได้" in the_form(browser.get("/programme/choose")).submit(status=422).text
    on_day(date(2035, 1, 1))
    browser = browser_as("office")
    assert "นอกปีของโครงการ" in browser.get("/programme/").text
    form = the_form(browser.get("/programme/choose"))
    form["stage_id"] = str(make.stage(2).id)

    form.submit(status=303)

    assert session.get(Programme, 1).chosen_stage_id == make.stage(2).id


@pytest.mark.parametrize("path", ["/stages/9", "/stages/9/enrol", "/enrolments/99999/withdraw"])
def test_what_is_not_there_is_not_found(browser_as, path):
    browser_as("office").get(f"/programme{path}", status=404)


@pytest.mark.parametrize("path", ["/", "/enrolments", "/stages/9", "/template"])
def test_coordinators_have_no_business_here(browser_as, path):
    browser_as("coordinator").get(f"/programme{path}", status=403)


def test_pages_of_the_programme_speak_english(browser_as, session, make):
    browser = browser_as("two_roles").in_english()
    enrolment = make.enrolment("P001")
    paths = ["/", "/enrolments", "/stages/2", "/stages/2/enrol", "/stages/1/close", "/pilot-groups/new"]
    for path in [*paths, "/choose", f"/enrolments/{enrolment.id}/withdraw"]:
        heading = browser.get(f"/programme{path}").html.select_one("h1").text
        assert heading.isascii(), heading


def test_taking_a_unit_back_into_a_closed_stage_asks_for_the_reason(browser_as, make, change_as, session):
    enrolment = make.enrolment("P001-G1", 1)
    with change_as("office") as change:
        close_stage(change, stage_id=make.stage(1).id, reason="ครบปี")
        withdraw_enrolment(change, enrolment_id=enrolment.id, withdrawn_on=date(2025, 9, 1), reason="ย้าย")
    page = browser_as("office").get("/programme/enrolments?stage=1&state=withdrawn").click(href="/reinstate")

    refused = the_form(page).submit(status=422)
    assert "ระยะที่ 1 ปิดแล้ว กรุณาใส่เหตุผล" in refused.text

    form = the_form(refused)
    form["reason"] = "ถอนผิดหน่วยงาน"
    form.submit(status=303)
    session.expire_all()
    assert enrolment.withdrawn_on is None


def test_the_first_units_of_a_stage_are_proposed_since_it_began(browser_as, session, make):
    office = browser_as("office")

    def proposed():
        form = the_form(office.get("/programme/stages/2/enrol"))
        return [form[f"enrolled_on-{part}"].value for part in ("day", "month", "year")]

    assert proposed() == ["18", "6", "2569"]
    session.execute(delete(Enrolment).where(Enrolment.stage_id == make.stage(2).id))
    renew_revision(session)
    session.commit()
    assert proposed() == ["1", "10", "2568"]


def test_a_filtered_list_of_enrolments_names_its_filters_on_paper_and_in_the_file(browser_as):
    office = browser_as("office")

    page = office.get(f"/programme/enrolments?stage=2&unit=PG01&q={quote('ทุ่ง')}")

    tags = [tag.span.text for tag in page.html.select(".applied .tag")]
    assert tags == ["คำค้น ทุ่ง", "ระยะ 2 ระดับเรือนจำ/ระดับกอง", "ใต้หน่วยงาน กลุ่มเรือนจำเขต 1"]
    assert not office.get("/programme/enrolments").html.select(".applied")
    for asked, line in (("?stage=2", "ระยะ: 2 ระดับเรือนจำ/ระดับกอง"), ("", "สถานะ: เข้าร่วมอยู่")):
        book = load_workbook(io.BytesIO(office.get(f"/programme/enrolments.xlsx{asked}").body))
        assert line in [cell.value for cell in book.worksheets[-1]["A"]]
