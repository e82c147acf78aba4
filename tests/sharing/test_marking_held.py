"""Which events can be marked as held, and from when."""

from datetime import date

import pytest

from tracker.sharing.models import Event, EventState

HELD = date(2026, 6, 10)


def test_an_event_ahead_says_from_when_it_can_be_marked_held_and_offers_no_button(browser_as, make):
    event = make.event("P001", held_on=date(2026, 7, 10), state=EventState.PLANNED)

    page = browser_as("coordinator").get(f"/events/{event.id}/held")

    assert "บันทึกว่าจัดแล้วได้ตั้งแต่วันจัด 10 ก.ค. 2569" in page.html.select_one("main").text
    assert not forms_to_confirm(page)


def test_an_event_put_off_while_its_page_was_open_is_not_marked_held(browser_as, make, session):
    event = make.event("P001", held_on=HELD, state=EventState.PLANNED)
    english = browser_as("coordinator").in_english()
    form = forms_to_confirm(english.get(f"/events/{event.id}/held"))[0]
    event.held_on = date(2026, 7, 10)
    session.commit()

    page = form.submit(status=422)

    assert page.html.select_one(".errsum").text.count("from its day, 10 Jul 2026") == 1
    assert not forms_to_confirm(page)
    session.expire_all()
    assert session.get(Event, event.id).state is EventState.PLANNED


@pytest.mark.parametrize("state", [EventState.HELD, EventState.CANCELLED])
def test_what_was_held_or_called_off_is_not_offered_as_held(browser_as, make, state):
    event = make.event("P001", held_on=HELD, state=state)

    assert not forms_to_confirm(browser_as("coordinator").get(f"/events/{event.id}/held"))


def forms_to_confirm(page):
    return [f for f in page.forms.values() if f.method.lower() == "post" and not f.action]
