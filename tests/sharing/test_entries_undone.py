"""Taking back at once what one file showed at an event."""

from tests.sharing.test_entry_upload import event, row, send, shown, workbook
from tests.uploading import confirm

__all__ = ["event"]


def press(page, ending: str):
    return next(f for f in page.forms.values() if f.action.endswith(ending)).submit(status=303).follow()


def standing(session) -> list[str]:
    return [entry.name for entry in shown(session) if entry.withdrawn_on is None]


def test_entries_of_a_file_are_taken_back_with_one_press_and_put_back_with_another(
    browser_as, event, session
):
    browser = browser_as("coordinator")
    confirm(send(browser, event, workbook(row(1))))
    page = confirm(send(browser, event, workbook(row(2), row(3)))).follow()

    page = press(page, "/upload/undo")
    assert standing(session) == ["บัตรสีแบบที่ 1"]

    press(page, "/upload/restore")
    assert len(standing(session)) == 3


def test_entries_that_were_taken_back_may_be_sent_again(browser_as, event, session):
    browser, data = browser_as("coordinator"), workbook(row(1), row(2))
    press(confirm(send(browser, event, data)).follow(), "/upload/undo")

    confirm(send(browser, event, data))

    assert len(standing(session)) == 2
