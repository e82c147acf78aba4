"""What the trail keeps of events, entries and their use, in words; the change log of an event."""

from sqlalchemy.orm import Session

from tracker.facilitators.history import NAMES
from tracker.programme.history import say_stage
from tracker.sharing.forms import AdoptionForm, EntryFields, EventEditForm
from tracker.sharing.models import Event
from tracker.sharing.words import STATES, TYPES
from tracker.web.executives import say_executives
from tracker.web.history import (
    Field,
    Happening,
    change_log,
    labels_of,
    offer,
    one_of,
    say_day,
    say_ids,
    say_number,
    say_unit,
    typed,
)
from tracker.web.i18n import lazy
from tracker.web.words import AUDIENCES

_LABELS = labels_of(EventEditForm)

offer(
    "events",
    {
        **typed(EventEditForm, "title", "hours", "venue", "summary", "outside_stage_reason"),
        "type": Field(_LABELS["type"], one_of(TYPES)),
        "stage_id": Field(_LABELS["stage"], say_stage),
        "held_on": Field(_LABELS["held_on"], say_day),
        "attendance": Field(_LABELS["attendance"], say_number),
        "state": Field(lazy("สถานะ"), one_of(STATES)),
        "executives": Field(lazy("ผู้บริหารที่เข้าร่วม"), say_executives, is_content=True),
        "facilitator_ids": Field(_LABELS["facilitators"], NAMES, is_content=True),
        "audience": Field(_LABELS["audience"], one_of(AUDIENCES)),
        "entries": Field(lazy("ผลงาน"), say_ids),
    },
    {
        "held": lazy("จัดงานแล้ว"),
        "summarised": lazy("สรุปผลงานที่จัด"),
        "cancelled": lazy("ยกเลิกการจัดงาน"),
        "planned_again": lazy("กลับมากำหนดจัดอีกครั้ง"),
        "scheduled": lazy("กำหนดจัดงาน"),
        "shown_many": lazy("เพิ่มผลงานจาก Excel"),
    },
)
offer(
    "event_entries",
    {
        **typed(EntryFields, "name", "presenter", "change", "award"),
        "unit_id": Field(labels_of(EntryFields)["unit"], say_unit),
        "event_id": Field(lazy("ในงาน"), say_ids),
    },
    {"shown": lazy("นำเสนอผลงาน")},
)
offer(
    "adoptions",
    {**typed(AdoptionForm, "note"), "entry_id": Field(lazy("ผลงานที่นำไปใช้"), say_ids)},
    {"taken_up": lazy("บันทึกว่านำไปใช้")},
)


def event_log(session: Session, event: Event) -> list[Happening]:
    """Return what was done to an event after it was entered, the newest first."""
    return change_log(session, event, besides=("scheduled",))
