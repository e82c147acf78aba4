"""What was typed in several lines is shown in several lines."""

from datetime import UTC, date, datetime

import pytest

from tests.browser.conftest import Visit
from tracker.following.models import Word, WordKind

LINES = "ข้อแรก\nข้อสอง\n\nข้อสาม"


def test_an_outcome_keeps_its_lines_on_its_page_and_beside_another_version(visit: Visit, make):
    activity = make.activity("P001", kind="s3_cop", outcome=LINES)
    visitor = visit("coordinator")
    visitor.expected.add(409)
    assert LINES in visitor.open(f"/activities/{activity.id}").inner_text("main")

    page = visitor.open(f"/activities/{activity.id}/edit")
    page.locator("form[data-guard] [name=version]").evaluate("el => el.value = '0'")
    page.get_by_role("button", name="บันทึกการแก้ไข").click()

    assert [LINES in version for version in page.locator(".diff > div").all_inner_texts()] == [True, True]


def test_a_summary_and_an_entry_keep_their_lines(visit: Visit, make):
    event = make.event("P001", held_on=date(2026, 6, 10), summary=LINES)
    make.entry(event, "P001", change=LINES)

    shown = visit("coordinator").open(f"/events/{event.id}").inner_text("main")

    assert shown.count(LINES) == 2


@pytest.mark.parametrize("address", ["/", "/words/", "/units/P001"])
def test_a_question_keeps_its_lines(visit: Visit, make, session, address):
    moment = datetime(2026, 6, 10, 3, tzinfo=UTC)
    said = {"said_on": moment.date(), "said_at": moment, "said_by": "ผู้บริหาร"}
    session.add(Word(unit_id=make.node("P001").id, kind=WordKind.QUESTION, text=LINES, **said))
    session.commit()

    assert LINES in visit("coordinator").open(address).inner_text("main")
