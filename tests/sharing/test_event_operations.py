"""What people do with events and their entries."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tracker.change import NotPermittedError, RefusedError, StaleError
from tracker.progress.models import StepProgress
from tracker.sharing.models import Event, EventState, EventType
from tracker.sharing.operations import edit_event, schedule_event
from tracker.sharing.operations_adoptions import note_adoption, withdraw_adoption
from tracker.sharing.operations_entries import (
    edit_entry,
    restore_entry,
    show_entry,
    withdraw_entry,
)
from tracker.sharing.operations_life import (
    cancel_event,
    hide_event,
    mark_held,
    restore_event,
    summarise_event,
    unhide_event,
    withdraw_event,
)

TODAY = date(2026, 6, 18)


def planned(change, make, *, unit="P001", days=10, **more):
    return schedule_event(
        change,
        unit_id=make.node(unit).id,
        stage_id=make.stage(2).id,
        type=EventType.SHARE_AND_SHOW,
        title="วัน Share and Show ครั้งที่ 1",
        held_on=TODAY + timedelta(days=days),
        **more,
    )


def test_an_event_of_a_day_to_come_is_planned_and_one_of_today_is_held(change, make):
    assert planned(change, make).state is EventState.PLANNED
    assert planned(change, make, days=0).state is EventState.HELD


def test_an_event_belongs_to_the_stage_of_its_day(change, make):
    with pytest.raises(RefusedError, match="นอกระยะที่ 2"):
        planned(change, make, days=200)


def test_a_coordinator_plans_no_event_of_another_unit(change, make):
    with pytest.raises(NotPermittedError):
        planned(change, make, unit="P002")


def test_the_office_plans_for_a_unit_with_a_reason(change_as, make):
    with change_as("office") as change:
        with pytest.raises(RefusedError) as refused:
            planned(change, make)
        event = planned(change, make, on_behalf_reason="หน่วยงานแจ้งทางโทรศัพท์")

    assert refused.value.field == "on_behalf_reason"
    assert event.on_behalf_reason == "หน่วยงานแจ้งทางโทรศัพท์"


def test_a_planned_event_is_held_only_once_its_day_has_come(change, make):
    event = planned(change, make)

    with pytest.raises(RefusedError, match=r"ตั้งแต่วันจัด 28 มิ\.ย\. 2569"):
        mark_held(change, event_id=event.id)


def test_an_event_is_summed_up_with_attendance_and_an_entry(change, make):
    event = planned(change, make, days=-1)
    with pytest.raises(RefusedError, match="อย่างน้อย 1 ชิ้น"):
        summarise_event(change, event_id=event.id, summary="ดี", attendance=30)
    show_entry(change, event_id=event.id, name="บัตรสีแยกของเข้าแดน", unit_id=make.node("P002").id)
    with pytest.raises(RefusedError) as refused:
        summarise_event(change, event_id=event.id, summary="ดี", attendance=None)
    done = summarise_event(change, event_id=event.id, summary="ดี", attendance=30)

    assert refused.value.field == "attendance"
    assert (done.state, done.attendance) == (EventState.SUMMARISED, 30)


def test_only_a_planned_event_is_called_off(change, make):
    event = planned(change, make)
    cancel_event(change, event_id=event.id, reason="ฝนตกหนัก")

    assert (event.state, event.cancelled_reason) == (EventState.CANCELLED, "ฝนตกหนัก")
    with pytest.raises(RefusedError):
        show_entry(change, event_id=event.id, name="ผลงาน", unit_id=event.unit_id)
    with pytest.raises(RefusedError):
        cancel_event(change, event_id=planned(change, make, days=0).id, reason="เลื่อน")


def evidence_of(session, make, unit):
    session.expire_all()
    return session.scalar(
        select(StepProgress.evidence_records).where(
            StepProgress.enrolment_id == make.enrolment(unit, 2).id,
            StepProgress.step_id == make.step_id(7),
        )
    )


def test_an_entry_counts_for_its_own_unit_until_it_is_withdrawn(change_as, make, session):
    with change_as("coordinator") as change:
        event = planned(change, make, days=-1)
        entry = show_entry(change, event_id=event.id, name="สมุดสังเกต", unit_id=make.node("P002").id)
    shown = evidence_of(session, make, "P002")
    with change_as("coordinator") as change:
        withdraw_entry(change, entry_id=entry.id, reason="พิมพ์ซ้ำ")
    withdrawn = evidence_of(session, make, "P002")
    with change_as("coordinator") as change:
        restore_entry(change, entry_id=entry.id)

    assert (shown, withdrawn, evidence_of(session, make, "P002")) == (1, 0, 1)


def test_an_entry_that_moves_to_another_unit_counts_there(change_as, make, session):
    with change_as("coordinator") as change:
        event = planned(change, make, days=-1)
        entry = show_entry(change, event_id=event.id, name="สมุดสังเกต", unit_id=make.node("P002").id)
    with change_as("coordinator") as change:
        edit_entry(change, entry_id=entry.id, opened_with=1, name="สมุดสังเกต", unit_id=make.node("P003").id)

    assert (evidence_of(session, make, "P002"), evidence_of(session, make, "P003")) == (0, 1)


def test_withdrawing_an_event_takes_its_entries_out_and_restoring_brings_them_back(change_as, make, session):
    with change_as("coordinator") as change:
        event = planned(change, make, days=-1)
        show_entry(change, event_id=event.id, name="สมุดสังเกต", unit_id=make.node("P002").id)
    with change_as("coordinator") as change:
        withdraw_event(change, event_id=event.id, reason="บันทึกซ้ำ")
    gone = evidence_of(session, make, "P002")
    with change_as("coordinator") as change:
        restore_event(change, event_id=event.id)

    assert (gone, evidence_of(session, make, "P002")) == (0, 1)


def test_the_office_hides_an_event_at_once_and_shows_it_again(change_as, make, session):
    with change_as("coordinator") as change:
        event = planned(change, make, days=-1)
        show_entry(change, event_id=event.id, name="สมุดสังเกต", unit_id=make.node("P002").id)
    with change_as("office") as change:
        hide_event(change, event_id=event.id, reason="มีข้อมูลที่ไม่ควรเผยแพร่")
    hidden = evidence_of(session, make, "P002")
    with change_as("office") as change:
        unhide_event(change, event_id=event.id)
    with change_as("coordinator") as change, pytest.raises(NotPermittedError):
        hide_event(change, event_id=event.id, reason="ลอง")

    assert (hidden, evidence_of(session, make, "P002")) == (0, 1)


def test_another_unit_takes_an_entry_up_after_the_day(change_as, make):
    with change_as("coordinator") as change:
        event = planned(change, make, days=-3)
        entry = show_entry(change, event_id=event.id, name="สมุดสังเกต", unit_id=make.node("P001").id)
        with pytest.raises(RefusedError, match="หลังวันงาน"):
            note_adoption(change, entry_id=entry.id, unit_id=make.node("P002").id, adopted_on=event.held_on)
        with pytest.raises(RefusedError, match="หน่วยงานอื่น"):
            note_adoption(change, entry_id=entry.id, unit_id=make.node("P001").id, adopted_on=TODAY)
        adoption = note_adoption(
            change, entry_id=entry.id, unit_id=make.node("P002").id, adopted_on=TODAY, note="ใช้แล้ว"
        )
        with pytest.raises(RefusedError, match="นำไปใช้แล้ว"):
            note_adoption(change, entry_id=entry.id, unit_id=make.node("P002").id, adopted_on=TODAY)
        withdraw_adoption(change, adoption_id=adoption.id)
        again = note_adoption(change, entry_id=entry.id, unit_id=make.node("P002").id, adopted_on=TODAY)

    assert again.id == adoption.id
    assert again.withdrawn_on is None


def test_a_unit_that_is_not_concerned_notes_no_adoption(change_as, make):
    with change_as("coordinator") as change:
        event = planned(change, make, days=-3)
        entry = show_entry(change, event_id=event.id, name="สมุดสังเกต", unit_id=make.node("P001").id)
    with change_as("other_coordinator") as change, pytest.raises(NotPermittedError):
        note_adoption(change, entry_id=entry.id, unit_id=make.node("P003").id, adopted_on=TODAY)


def test_a_stale_edit_is_refused(change, make):
    event = planned(change, make)
    edit_event(change, event_id=event.id, opened_with=1, title="ชื่อใหม่")

    assert change.session.get(Event, event.id).title == "ชื่อใหม่"
    with pytest.raises(StaleError):
        edit_event(change, event_id=event.id, opened_with=1, title="อีกชื่อ")


def test_a_national_id_in_an_entry_is_refused(change, make):
    event = planned(change, make, days=-1)

    with pytest.raises(RefusedError, match="13 หลัก"):
        show_entry(change, event_id=event.id, name="ผลงาน", unit_id=event.unit_id, presenter="1101700230708")
