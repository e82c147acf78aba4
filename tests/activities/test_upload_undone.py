"""Taking back at once what one file logged."""

from datetime import timedelta

from sqlalchemy import select

from tests.activities.test_activity_upload import logged, row, send, workbook
from tests.uploading import confirm
from tests.world import TODAY
from tracker.audit.models import AuditEntry


def press(page, ending: str, status: int = 303):
    """Press the button of a notice that posts to an address with this ending."""
    return next(f for f in page.forms.values() if f.action.endswith(ending)).submit(status=status)


def standing(session) -> list[str]:
    session.expire_all()
    return [activity.title for activity in logged(session) if activity.withdrawn_on is None]


def saved(browser, *rows):
    return confirm(send(browser, workbook(*rows))).follow()


def test_a_file_that_was_just_saved_is_taken_back_with_one_press_and_put_back_with_another(
    browser_as, session
):
    browser = browser_as("coordinator")
    page = saved(browser, row(1), row(2), row(3))
    assert page.html.select_one(".undo button").text == "ยกเลิกการบันทึกทั้งหมด"

    page = press(page, "/upload/undo").follow()

    assert "3 กิจกรรม" in page.html.select_one(".undo").text
    assert standing(session) == []
    withdrawn = session.scalars(select(AuditEntry).where(AuditEntry.verb == "withdrawn")).all()
    assert {entry.subject_id for entry in withdrawn} == {activity.id for activity in logged(session)}

    press(page, "/upload/restore").follow()

    assert len(standing(session)) == 3


def test_a_file_that_was_taken_back_may_be_sent_again(browser_as, session):
    browser = browser_as("coordinator")
    press(saved(browser, row(1), row(2)), "/upload/undo")

    saved(browser, row(1), row(2, title="แก้แล้ว"))

    assert standing(session) == ["วง CoP ครั้งที่ 1", "แก้แล้ว"]


def test_what_was_saved_by_another_file_or_changed_since_stays(browser_as, session, change, make):
    from tracker.activities.operations import withdraw_activity

    browser = browser_as("coordinator")
    saved(browser, row(1))
    page = saved(browser, row(2), row(3), row(4))
    two, three = logged(session)[1:3]
    two.version = 2
    withdraw_activity(change, activity_id=three.id, reason="ซ้ำ")
    change.finish()

    page = press(page, "/upload/undo").follow()
    assert standing(session) == ["วง CoP ครั้งที่ 1", "วง CoP ครั้งที่ 2"]

    press(page, "/upload/restore")
    assert standing(session) == ["วง CoP ครั้งที่ 1", "วง CoP ครั้งที่ 2", "วง CoP ครั้งที่ 4"]


def test_only_who_sent_the_file_takes_it_back_and_only_that_day(browser_as, session, on_day):
    browser = browser_as("coordinator")
    page = saved(browser, row(1), row(2))
    address = f"/activities/{logged(session)[0].id}"
    office = browser_as("office")
    token = office.get(address).html.select_one("[name=csrf_token]")["value"]

    refused = office.post(f"{address}/upload/undo", {"csrf_token": token}, status=303).follow()
    assert "เฉพาะผู้ที่บันทึก" in refused.html.select_one(".undo").text
    on_day(TODAY + timedelta(days=1))
    assert "เฉพาะผู้ที่บันทึก" in press(page, "/upload/undo").follow().html.select_one(".undo").text
    assert len(standing(session)) == 2


def test_what_the_office_sent_for_a_unit_is_taken_back_too(browser_as, session):
    browser = browser_as("office")
    page = confirm(send(browser, workbook(row(1)), on_behalf_reason="ส่งมาเป็นกระดาษ")).follow()

    press(page, "/upload/undo")

    assert standing(session) == []
