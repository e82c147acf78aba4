"""What the trail keeps of activities, in words; the change log of one."""

from typing import Any

from sqlalchemy.orm import Session

from tracker.activities.forms import ActivityFields
from tracker.activities.models import Activity
from tracker.facilitators.history import NAMES
from tracker.programme.history import say_stage, say_step
from tracker.programme.reference import plan
from tracker.web.executives import say_executives
from tracker.web.history import (
    Field,
    Happening,
    change_log,
    labels_of,
    offer,
    one_of,
    say_day,
    say_flag,
    say_ids,
    say_number,
    say_unit,
    typed,
)
from tracker.web.i18n import lazy, named
from tracker.web.words import AUDIENCES

_LABELS = labels_of(ActivityFields)


def _say_kind(value: Any) -> str:
    return named(plan().kind_by_id.get(value))


FIELDS = offer(
    "activities",
    {
        "unit_id": Field(lazy("หน่วยงาน"), say_unit),
        "stage_id": Field(_LABELS["stage"], say_stage),
        "step_id": Field(_LABELS["step"], say_step, empty=lazy("เตรียมความพร้อม")),
        "kind_id": Field(_LABELS["kind"], _say_kind),
        "held_on": Field(_LABELS["held_on"], say_day),
        **typed(ActivityFields, "title", "outcome"),
        "participants": Field(_LABELS["participants"], say_number),
        "facilitator_ids": Field(_LABELS["facilitators"], NAMES, is_content=True),
        "executives": Field(lazy("ผู้บริหารที่เข้าร่วม"), say_executives, is_content=True),
        "joined_unit_ids": Field(_LABELS["joined"], say_unit, is_content=True),
        **typed(ActivityFields, "link"),
        "secrecy_read": Field(lazy("อ่านข้อห้ามแล้ว"), say_flag),
        "audience": Field(_LABELS["audience"], one_of(AUDIENCES)),
        **typed(ActivityFields, "outside_stage_reason"),
    },
    {"logged": lazy("บันทึกกิจกรรม")},
)
offer("units", {"activities": Field(lazy("กิจกรรม"), say_ids)})


def activity_log(session: Session, activity: Activity) -> list[Happening]:
    """Return what was done to an activity after it was logged, the newest first."""
    return change_log(session, activity, besides=("logged",))
