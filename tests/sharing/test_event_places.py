"""Where an event may be written: closed stages, closed units, days outside the stage, what does not count."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.walking import data_form
from tracker.audit.models import AuditEntry
from tracker.change import RefusedError
from tracker.organisation.models import Unit
from tracker.organisation.revision import renew_revision
from tracker.programme.models import Stage
from tracker.sharing.models import Adoption, Event, EventState
from tracker.sharing.operations import edit_event
from tracker.sharing.operations_adoptions import note_adoption, withdraw_adoption
from tracker.sharing.operations_entries import edit_entry, restore_entry, show_entry, withdraw_entry
from tracker.sharing.operations_life import (
    cancel_event,
    mark_held,
    plan_again,
    restore_event,
    summarise_event,
    withdraw_event,
)

TODAY, HELD = date(2026, 6, 18), date(2026, 6, 10)
EARLIER = date(2025, 3, 1)  # a day of stage 1
WHY: Any = {"reason": "แก้ตามเอกสาร"}


def edit_form(browser, event):
    return data_form(browser.get(f"/events/{event.id}/edit"))


def close_stage(session, number: int) -> None:
    session.scalars(select(Stage).where(Stage.number == number)).one().closed_on = TODAY
    renew_revision(session)
    session.commit()


def test_an_event_leaves_a_closed_stage_only_by_the_office_with_a_reason(change_as, make, session):
    event = make.event("P001", stage=1, held_on=EARLIER)
    close_stage(session, 1)
    moved = {"event_id": event.id, "opened_with": 1, "stage_id": make.stage(2).id, "held_on": HELD}

    with pytest.raises(RefusedError, match="ระยะที่ 1 ปิดแล้ว"):
        edit_event(change_as("coordinator"), **moved)
    with pytest.raises(RefusedError) as refused:
        edit_event(change_as("office"), **moved)
    assert refused.value.field == "reason"
    edit_event(change_as("office"), **moved, reason="พิมพ์ปีผิด")

    assert event.stage_id == make.stage(2).id


def test_who_is_coordinator_and_office_is_asked_why_on_moving_into_a_closed_stage(browser_as, make, session):
    event = make.event("D01", held_on=HELD)
    close_stage(session, 1)
    browser = browser_as("two_roles")
    form = edit_form(browser, event)
    assert "reason" not in form.fields
    form["stage"] = str(make.stage(1).id)
    form["outside_stage_reason"] = "งานต่อเนื่อง"
    asked = data_form(form.submit(status=422))
    asked["reason"] = "พิมพ์ผิดระยะ"
    asked.submit(status=303)

    said = session.scalars(select(AuditEntry).where(AuditEntry.verb == "edited")).one()
    assert said.details["reason"] == "พิมพ์ผิดระยะ"


def test_nothing_of_a_closed_stage_is_changed_by_its_unit(change_as, make, session):
    event = make.event("P001", held_on=HELD)
    entry = make.entry(event, "P001", taken_up_by=("P003",))
    gone = make.entry(event, "P001", withdrawn_on=TODAY)
    planned = make.event("P001", held_on=HELD, state=EventState.PLANNED)
    called_off = make.event("P001", held_on=HELD, state=EventState.CANCELLED)
    adoption = session.scalars(select(Adoption.id)).one()
    here, unit = {"event_id": event.id}, make.node("P001").id
    close_stage(session, 2)

    for do, details in (
        (edit_event, {**here, "opened_with": 1, "title": "ชื่อใหม่"}),
        (mark_held, {"event_id": planned.id}),
        (cancel_event, {"event_id": planned.id, "reason": "ฝน"}),
        (plan_again, {"event_id": called_off.id}),
        (summarise_event, {**here, "summary": "ดี", "attendance": 3}),
        (withdraw_event, {**here, "reason": "ซ้ำ"}),
        (restore_event, here),
        (show_entry, {**here, "name": "ผลงาน", "unit_id": unit}),
        (edit_entry, {"entry_id": entry.id, "opened_with": 1, "name": "ผลงาน"}),
        (withdraw_entry, {"entry_id": entry.id, "reason": "ซ้ำ"}),
        (restore_entry, {"entry_id": gone.id}),
        (note_adoption, {"entry_id": entry.id, "unit_id": make.node("P002").id, "adopted_on": TODAY}),
        (withdraw_adoption, {"adoption_id": adoption}),
    ):
        with pytest.raises(RefusedError, match="ระยะที่ 2 ปิดแล้ว"):
            do(change_as("coordinator"), **details)
        if "reason" not in details:
            with pytest.raises(RefusedError, match="ใส่เหตุผล"):
                do(change_as("office"), **details)


def close_unit(session, make, code: str, day: date) -> None:
    session.get(Unit, make.node(code).id).closed_on = day
    renew_revision(session)
    session.commit()


def test_events_from_before_a_unit_closed_are_still_mended(change_as, make, session):
    event = make.event("P001", held_on=HELD)
    make.entry(event, "P001")
    close_unit(session, make, "P001", HELD.replace(day=12))
    change, why = change_as("office"), WHY

    edit_event(change, event_id=event.id, opened_with=1, title="ชื่อใหม่", **why)
    withdraw_event(change, event_id=event.id, **why)
    restore_event(change, event_id=event.id, **why)
    show_entry(change, event_id=event.id, name="อีกชิ้น", unit_id=make.node("P001").id, **why)

    assert (event.title, event.withdrawn_on) == ("ชื่อใหม่", None)


def test_a_day_on_which_the_unit_was_closed_already_is_refused(change_as, make, session):
    event = make.event("P001", held_on=HELD)
    late = make.event("P002", held_on=HELD, state=EventState.PLANNED)
    close_unit(session, make, "P001", HELD.replace(day=12))
    close_unit(session, make, "P002", HELD)
    change, why = change_as("office"), WHY

    with pytest.raises(RefusedError) as refused:
        edit_event(change, event_id=event.id, opened_with=1, held_on=HELD.replace(day=12), **why)
    assert refused.value.field == "held_on"
    with pytest.raises(RefusedError, match="ปิดไปก่อน"):
        mark_held(change, event_id=late.id, **why)
    withdraw_event(change, event_id=late.id, **why)


def test_an_entry_of_a_unit_that_was_closed_on_the_day_is_refused(change, make, session):
    event = make.event("P001", held_on=HELD)
    entry = make.entry(event, "P001")
    close_unit(session, make, "P003", HELD)
    closed = make.node("P003").id

    for do, details in (
        (show_entry, {"event_id": event.id, "name": "ผลงาน"}),
        (edit_entry, {"entry_id": entry.id, "opened_with": 1}),
    ):
        with pytest.raises(RefusedError, match="ปิดไปก่อน") as refused:
            do(change, unit_id=closed, **details)
        assert refused.value.field == "unit"
    with pytest.raises(RefusedError, match="ปิดไปก่อน"):
        note_adoption(change, entry_id=entry.id, unit_id=closed, adopted_on=TODAY)


def test_a_day_outside_the_stage_takes_a_reason_which_the_page_shows(browser_as, make, session):
    browser = browser_as("coordinator")
    form = data_form(browser.get("/events/new"))
    form["title"], form["stage"] = "วันแบ่งปัน", str(make.stage(3).id)
    page = form.submit(status=422)
    assert "นอกระยะที่ 3" in page
    form = data_form(page)
    form["outside_stage_reason"] = "เริ่มก่อนปีงบประมาณ"
    page = form.submit(status=303).follow()
    assert "เริ่มก่อนปีงบประมาณ" in page

    event = session.scalars(select(Event)).one()
    form = edit_form(browser, event)
    form["stage"] = str(make.stage(2).id)
    page = form.submit(status=303).follow()

    session.expire_all()
    assert session.get(Event, event.id).outside_stage_reason == ""
    assert "เหตุผลที่วันจัดอยู่นอกระยะ" in page.html.select_one("section[aria-labelledby=h-log]").text


def test_an_edit_to_a_day_outside_its_stage_takes_a_reason(change, make):
    event = make.event("P001", held_on=HELD)
    with pytest.raises(RefusedError) as refused:
        edit_event(change, event_id=event.id, opened_with=1, held_on=EARLIER)
    assert refused.value.field == "outside_stage_reason"
    edit_event(change, event_id=event.id, opened_with=1, held_on=EARLIER, outside_stage_reason="งานต่อเนื่อง")

    assert event.outside_stage_reason == "งานต่อเนื่อง"


def test_nobody_takes_up_what_does_not_count(change, make):
    gone = make.entry(make.event("P001", held_on=HELD), "P001", withdrawn_on=TODAY)
    called_off = make.entry(make.event("P001", held_on=HELD, state=EventState.CANCELLED), "P001")

    for entry in (gone, called_off):
        with pytest.raises(RefusedError, match="ยกเลิก"):
            note_adoption(change, entry_id=entry.id, unit_id=make.node("P002").id, adopted_on=TODAY)
