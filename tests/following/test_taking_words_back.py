"""What was said to a unit by mistake is taken back."""

from datetime import date

import pytest
from sqlalchemy import select

from tracker.audit.models import AuditEntry
from tracker.change import NotPermittedError, RefusedError
from tracker.following.models import Word
from tracker.following.operations_words import answer_word, ask_unit, encourage_unit, withdraw_word


@pytest.fixture
def question(change_as, make):
    """Return a question of the executive to P001."""
    with change_as("executive") as change:
        return ask_unit(change, unit_id=make.node("P001").id, text="ประชุมเมื่อใด")


def form_to(page, ending):
    return next(form for form in page.forms.values() if form.action.endswith(ending))


def main_form(page, field):
    return next(form for form in page.forms.values() if field in form.fields)


def test_what_was_just_said_is_undone_and_the_unit_sees_it_no_more(browser_as, session):
    executive = browser_as("executive")
    form = main_form(executive.get("/units/P001/ask"), "text")
    form["text"] = "ส่งผิดหน่วยงาน"
    page = form.submit(status=303).follow()

    page = form_to(page, "/withdraw").submit(status=303).follow()

    word = session.scalars(select(Word)).one()
    coordinator = browser_as("coordinator")
    assert word.withdrawn_on == date(2026, 6, 18)
    assert "ส่งผิดหน่วยงาน" in page.text, "who said it still finds it"
    for address in ("/home/P001", "/words/", "/units/P001", "/words/?unit=P001"):
        assert "ส่งผิดหน่วยงาน" not in coordinator.get(address).text
    coordinator.get(f"/words/{word.id}/answer", status=404)
    verbs = session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_type == "words"))
    assert list(verbs) == ["asked", "withdrawn"]


def test_it_can_be_said_again(browser_as, question):
    executive = browser_as("executive")
    page = form_to(executive.get("/words/"), "/withdraw").submit(status=303).follow()

    form_to(page, "/restore").submit(status=303)

    assert "ประชุมเมื่อใด" in browser_as("coordinator").get("/home/P001").text


def test_an_answer_to_what_was_taken_back_meanwhile_keeps_what_was_typed(browser_as, change_as, question):
    form = main_form(browser_as("coordinator").get(f"/words/{question.id}/answer"), "answer")
    form["answer"] = "ประชุมวันศุกร์"
    with change_as("executive") as change:
        withdraw_word(change, word_id=question.id)

    page = form.submit(status=422)

    assert "ผู้ส่งยกเลิกข้อความนี้แล้ว" in page.text
    assert "ประชุมวันศุกร์" in page.text
    assert "ประชุมเมื่อใด" not in page.text


def test_what_was_answered_stays_but_the_office_may_take_it_away(change_as, question, browser_as):
    with change_as("coordinator") as change:
        answer_word(change, word_id=question.id, answer="วันศุกร์")
    assert "/withdraw" not in browser_as("executive").get("/words/").text
    with pytest.raises(RefusedError, match="ตอบข้อความนี้แล้ว"), change_as("executive") as change:
        withdraw_word(change, word_id=question.id)

    form_to(browser_as("office").get("/words/?unit=P001"), "/withdraw").submit(status=303)

    assert "วันศุกร์" not in browser_as("head").get("/units/P001").text


def test_nobody_takes_back_what_another_executive_said(change_as, make):
    with change_as("office") as change:
        word = encourage_unit(change, unit_id=make.node("P001").id, text="ดีมาก")

    with pytest.raises(NotPermittedError), change_as("executive") as change:
        withdraw_word(change, word_id=word.id)


def test_words_are_paged(browser_as, change_as, make, monkeypatch):
    monkeypatch.setattr("tracker.web.paging.PER_PAGE", 2)
    with change_as("executive") as change:
        for number in range(3):
            encourage_unit(change, unit_id=make.node("P001").id, text=f"กำลังใจที่ {number}")
    executive = browser_as("executive")

    first = executive.get("/words/")

    assert "กำลังใจที่ 2" in first.text and "กำลังใจที่ 0" not in first.text
    assert "กำลังใจที่ 0" in first.click("ถัดไป").text
