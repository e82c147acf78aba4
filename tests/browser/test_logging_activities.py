"""Logging on a phone: how many taps it takes, with and without script, and that the pages are accessible."""

import pytest
from sqlalchemy import select

from tests.browser.conftest import Visit
from tracker.activities.models import Activity, ActivityUnit

NEW = "/activities/new?unit=P001&stage=2&step=3"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_logs_an_activity_in_a_few_taps(visit: Visit, session, scripts):
    visitor = visit("coordinator", width=390, height=844, scripts=scripts)
    page = visitor.open(NEW)  # 1 tap: the button of the step on the unit's home
    page.fill("#title", "วง CoP ตรวจค้นเรือนนอน")  # 2: into the title
    page.locator(".kinds.k3 label", has_text="วง CoP").tap()  # 3
    page.get_by_role("button", name="บันทึก", exact=True).tap()  # 4
    page.wait_for_url(lambda address: "/activities/new" not in address)

    assert session.scalars(select(Activity.title)).all() == ["วง CoP ตรวจค้นเรือนนอน"]


def test_enter_in_the_title_logs_the_activity_and_keeps_no_draft(visit: Visit, session):
    page = visit("coordinator", width=390).open(NEW)
    page.locator(".kinds.k3 label", has_text="วง CoP").tap()
    page.fill("#title", "วง CoP ตรวจค้นเรือนนอน")
    page.press("#title", "Enter")
    page.wait_for_url(lambda address: "/activities/new" not in address)

    assert session.scalars(select(Activity.title)).all() == ["วง CoP ตรวจค้นเรือนนอน"]


def test_the_kinds_follow_the_step_without_script(visit: Visit):
    page = visit("coordinator", width=390, scripts=False).open(NEW)

    assert page.locator(".kinds:visible").count() == 1
    page.locator("label.choice", has_text="คลังสมอง").first.tap()
    assert page.locator(".kinds.k4").is_visible()
    assert not page.locator(".kinds.k3").is_visible()


def more(page):
    page.locator("details.more > summary").click()
    return page.locator(".many")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_unit_that_joined_is_searched_and_ticked_by_keyboard(visit: Visit, session, make, width, language):
    address = f"/activities/{make.activity('P001', kind='s3_cop', joined=('P005',)).id}/edit"
    session.commit()  # what is still open for reading would make the server wait
    visitor = visit("coordinator", width=width, height=844, language=language)
    page = visitor.open(address)
    box = page.locator(".many")
    visitor.shoot(f"activities-joined-chosen-{language}-{width}")
    page.locator("#joined-find").focus()
    page.keyboard.type("p00")
    assert box.locator("details .choice:visible").count() == 4
    page.keyboard.press("Backspace")
    page.keyboard.type("02")
    assert box.locator("details .choice:visible").count() == 1
    page.keyboard.press("Enter")
    assert page.url.endswith("/edit")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    visitor.shoot(f"activities-joined-searched-{language}-{width}")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # where the bar of buttons covers no field
    assert visitor.grave_faults() == []
    assert not visitor.scrolls_sideways()
    assert "2" in box.locator(".many-said").inner_text()
    page.locator("#joined-find").fill("zzz")
    assert box.locator(".many-none").is_visible()
    page.locator("#joined-find").fill("")
    box.locator("summary").first.click()
    visitor.shoot(f"activities-joined-unfolded-{language}-{width}")
    page.locator(".actionbar button").first.click()
    page.wait_for_url(lambda address: not address.endswith("/edit"))

    wanted = {make.node("P002").id, make.node("P005").id}
    assert set(session.scalars(select(ActivityUnit.unit_id))) == wanted


def test_units_that_joined_are_chosen_without_script(visit: Visit, session, make):
    page = visit("coordinator", width=390, scripts=False).open(NEW)
    box = more(page)
    assert not page.locator("#joined-find").is_visible()
    box.locator("summary", has_text="เขต 2").tap()
    box.locator(".choice", has_text="เรือนจำพิเศษแหลมสมมติ").tap()
    page.fill("#title", "วง CoP ร่วมกัน")
    page.locator(".kinds.k3 label", has_text="วง CoP").tap()
    page.get_by_role("button", name="บันทึก", exact=True).tap()
    page.wait_for_url(lambda address: "/activities/new" not in address)

    assert session.scalars(select(ActivityUnit.unit_id)).all() == [make.node("P005").id]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "name", ["list", "empty", "show", "form", "error", "edit", "withdraw", "upload", "blank", "choose"]
)
def test_the_pages_of_activities_are_accessible_and_narrow_enough(
    visit: Visit, make, session, language, name
):
    activity = make.activity(
        "P001", facilitators=(make.facilitator("P001", name="วีระ ตัวอย่างชัย"),), outcome="ได้ขุมความรู้ 11 ข้อ"
    )
    address = {
        "list": "/activities/?stage=2&step=3", "empty": "/activities/?step=7", "form": NEW, "error": NEW,
        "show": f"/activities/{activity.id}", "edit": f"/activities/{activity.id}/edit",
        "withdraw": f"/activities/{activity.id}/withdraw", "upload": "/activities/upload?unit=P001",
        "blank": "/activities/blank?unit=P001", "choose": "/activities/new?choose=1",
    }[name]  # fmt: skip
    session.commit()  # what is still open for reading would make the server wait
    visitor = visit("coordinator", language=language)
    page = visitor.open(address)
    if name == "error":
        page.locator(".actionbar button").first.click()
        page.wait_for_selector(".errsum")

    assert visitor.grave_faults() == []
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        visitor.shoot(f"activities-{name}-{language}-{width}") if width != 320 else None
        assert not visitor.scrolls_sideways(), width
