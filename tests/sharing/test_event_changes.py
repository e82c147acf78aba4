"""What an edit of an event keeps, records and refuses: who took part, what cannot be stored."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.walking import data_form
from tracker.audit.models import AuditEntry
from tracker.change import RefusedError, StaleError
from tracker.organisation.models import Manner
from tracker.sharing.models import Adoption, Event, EventExecutive, EventFacilitator
from tracker.sharing.operations import edit_event, schedule_event

TODAY = date(2026, 6, 18)
HELD = date(2026, 6, 10)
EARLIER = date(2025, 3, 1)  # a day of stage 1
WHY: Any = {"reason": "แก้ตามเอกสาร"}


def led(session) -> list[int]:
    session.expire_all()
    return sorted(session.scalars(select(EventFacilitator.facilitator_id)))


def told(session, verb: str = "edited") -> list[dict[str, Any]]:
    session.expire_all()
    found = session.scalars(select(AuditEntry).where(AuditEntry.verb == verb).order_by(AuditEntry.id))
    return [entry.details for entry in found]


def edit_form(browser, event):
    return data_form(browser.get(f"/events/{event.id}/edit"))


def test_who_led_is_entered_shown_and_kept_by_an_edit(browser_as, make, session):
    first, other = make.facilitator("P001"), make.facilitator("P001-G1")
    make.facilitator("P002")
    form = data_form(browser_as("coordinator").get("/events/new"))
    form["title"] = "วันแบ่งปัน"
    assert len(form.fields["facilitators"]) == 2
    for field in form.fields["facilitators"]:
        field.checked = True
    page = form.submit(status=303).follow()
    assert first.name in page.text
    assert other.name in page.text

    event = session.scalars(select(Event)).one()
    form = edit_form(browser_as("coordinator"), event)
    form["venue"] = "หอประชุม"
    form.submit(status=303)

    assert led(session) == sorted([first.id, other.id])


def test_an_edit_that_says_nothing_of_people_keeps_them(change, make, session):
    post, person = make.post("P001"), make.facilitator("P001")
    event = make.event("P001", held_on=HELD, executives=((post, Manner.LED),))
    edit_event(change, event_id=event.id, opened_with=1, facilitator_ids=[person.id])
    edit_event(change, event_id=event.id, opened_with=2, executives={post.id: Manner.SHARED})
    change.finish()

    assert led(session) == [person.id]
    assert session.scalars(select(EventExecutive.manner)).all() == [Manner.SHARED]


def test_a_change_of_people_alone_is_told_and_makes_other_forms_stale(browser_as, make, session):
    post, person = make.post("P001"), make.facilitator("P001")
    event = make.event("P001", held_on=HELD)
    browser = browser_as("coordinator")
    mine, theirs = edit_form(browser, event), edit_form(browser, event)
    theirs[f"executive_{post.id}"] = Manner.LED.value
    theirs["facilitators"] = [str(person.id)]
    theirs.submit(status=303)
    mine["title"] = "ชื่อของฉัน"
    page = mine.submit(status=409)

    assert person.name in page.html.select_one(".diff").text
    assert told(session)[0]["changed"] == {
        "executives": [{}, {str(post.id): "led"}],
        "facilitator_ids": [[], [person.id]],
    }
    log = browser.get(f"/events/{event.id}").html.select_one("section[aria-labelledby=h-log]").text
    for words in ("ผู้บริหารที่เข้าร่วม", "นำกิจกรรมเอง", "คุณอำนวยที่นำวง", person.name):
        assert words in log


def test_an_edit_that_changes_nothing_records_nothing(browser_as, make, session):
    person = make.facilitator("P001")
    event = make.event("P001", held_on=HELD, executives=((make.post("P001"), Manner.LED),))
    session.add(EventFacilitator(event_id=event.id, facilitator_id=person.id))
    session.commit()
    entry = make.entry(event, "P001", sort_key="")
    browser = browser_as("coordinator")
    edit_form(browser, event).submit(status=303)
    data_form(browser.get(f"/events/{event.id}/entries/{entry.id}/edit")).submit(status=303)

    assert told(session) == []
    assert session.get(Event, event.id).version == 1
    assert led(session) == [person.id]


def test_people_whom_nobody_knows_are_refused_at_their_field(change, make):
    event = make.event("P001", held_on=HELD)

    for people, field in (
        ({"facilitator_ids": [999]}, "facilitators"),
        ({"executives": {999: Manner.LED}}, "executives"),
    ):
        with pytest.raises(RefusedError) as refused:
            edit_event(change, event_id=event.id, opened_with=1, **people)
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"hours": "9" * 61}, "hours"),
        ({"title": "ก" * 301}, "title"),
        ({"title": " "}, "title"),
        ({"venue": "1101700230708"}, "venue"),
        ({"summary": "ก" * 4001}, "summary"),
        ({"attendance": -1}, "attendance"),
    ],
)
def test_what_cannot_be_stored_is_refused_by_the_edit_itself(change, make, values, field):
    event = make.event("P001", held_on=HELD)
    with pytest.raises(RefusedError) as refused:
        edit_event(change, event_id=event.id, opened_with=1, **values)

    assert refused.value.field == field


def test_hours_that_are_too_long_are_refused_when_planning(change, make):
    with pytest.raises(RefusedError) as refused:
        schedule_event(
            change, unit_id=make.node("P001").id, stage_id=make.stage(2).id, type=make.event("P001").type,
            title="วันแบ่งปัน", held_on=HELD, hours="9" * 61,
        )  # fmt: skip

    assert refused.value.field == "hours"


def test_a_version_that_people_raised_refuses_the_older_form(change, make):
    event, post = make.event("P001", held_on=HELD), make.post("P001")
    edit_event(change, event_id=event.id, opened_with=1, executives={post.id: Manner.LED})

    with pytest.raises(StaleError):
        edit_event(change, event_id=event.id, opened_with=1, executives={})


def test_an_event_is_not_moved_to_or_past_the_day_on_which_an_entry_was_taken_up(change, make, session):
    event = make.event("P001", held_on=HELD)
    make.entry(event, "P002", taken_up_by=("P004",))
    entry = make.entry(event, "P003", taken_up_by=("P005",))
    first = session.scalars(select(Adoption).where(Adoption.entry_id == entry.id)).one()
    first.adopted_on = date(2026, 6, 12)
    session.commit()

    for day in (first.adopted_on, TODAY):
        with pytest.raises(RefusedError) as refused:
            edit_event(change, event_id=event.id, opened_with=1, held_on=day)
        assert refused.value.field == "held_on"
        assert refused.value.values == {"unit": make.node("P005").name_th, "day": first.adopted_on}
    edit_event(change, event_id=event.id, opened_with=1, held_on=date(2026, 6, 11))


def test_an_adoption_that_was_taken_back_holds_no_event_to_its_day(change, make, session):
    event = make.event("P001", held_on=HELD)
    make.entry(event, "P002", taken_up_by=("P004",))
    session.scalars(select(Adoption)).one().withdrawn_on = TODAY
    session.commit()

    assert edit_event(change, event_id=event.id, opened_with=1, held_on=TODAY).held_on == TODAY


def test_the_day_of_the_adoption_is_said_at_the_day_of_the_event(browser_as, make):
    event = make.event("P001", held_on=HELD)
    make.entry(event, "P002", taken_up_by=("P004",))
    form = edit_form(browser_as("coordinator"), event)
    form["held_on-day"] = "18"

    page = form.submit(status=422)
    assert "18 มิ.ย. 2569" in page.html.select_one("fieldset.field.bad").text
