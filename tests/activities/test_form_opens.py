"""What the form of an activity begins with."""

import pytest
from sqlalchemy import select

from tests.activities.asking import the_form
from tracker.programme.models import ActivityKind


def test_the_label_of_an_executive_says_the_unit_once(browser_as, make):
    post = make.post("P001", title_th=f"ผู้บัญชาการ{make.node('P001').name_th}")

    page = browser_as("coordinator").get("/activities/new")

    label = page.html.select_one(f"label[for=executive_{post.id}]")
    assert label.contents[0].strip() == f"ผู้บัญชาการ{make.node('P001').name_th}"


@pytest.mark.parametrize(
    ("query", "kind"),
    [("step=3&kind=s3_cop", "s3_cop"), ("step=ready&kind=ready", "ready"), ("step=4&kind=s3_cop", None),
     ("kind=s3_cop", None), ("step=3&kind=nothing", None)],
)  # fmt: skip
def test_the_form_opens_with_the_kind_of_the_address_where_it_suits_the_step(
    browser_as, session, query, kind
):
    page = browser_as("coordinator").get(f"/activities/new?{query}")

    chosen = page.html.select_one("input[name=kind][checked]")
    codes = {str(k.id): k.code for k in session.scalars(select(ActivityKind))}
    assert (codes[chosen["value"].partition("-")[2]] if chosen else None) == kind


def test_saving_and_adding_another_opens_the_same_form_again(browser_as, kind):
    form = the_form(browser_as("coordinator").get("/activities/new?unit=P001&stage=2&step=3"))
    form["title"], form["kind"] = "ครั้งที่ 1", kind("s3_cop")

    assert "step=3" in form.submit("next", status=303).location


def test_adding_another_goes_on_with_the_step_that_was_just_saved(browser_as, kind):
    form = the_form(browser_as("coordinator").get("/activities/new?unit=P001&step=3"))
    form["title"], form["step"], form["kind"] = "ครั้งที่ 1", "5", kind("s5_blog", 5)

    assert "step=5" in form.submit("next", status=303).location


def test_a_blank_form_is_printed(browser_as):
    page = browser_as("coordinator").get("/activities/blank?unit=P001")

    assert "แบบบันทึกกิจกรรม" in page.text
    for choice in ("0 เตรียมความพร้อม", "ให้ความรู้ KM", "วง CoP", "ทุกขั้นตอน: อื่น ๆ"):
        assert choice in page.html.main.text
