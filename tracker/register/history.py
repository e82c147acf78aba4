"""What the trail keeps of facilitators and trainings, in words; the change logs of both."""

from sqlalchemy.orm import Session

from tracker.audit.models import AuditEntry
from tracker.facilitators.forms import ROLE_WORDS, EditFacilitatorForm, EditTrainingForm
from tracker.facilitators.history import MARKS, NAMES, say_passed
from tracker.facilitators.models import Facilitator, Training
from tracker.programme.history import say_stage
from tracker.web.history import (
    Changed,
    Field,
    Happening,
    change_log,
    changes_of,
    labels_of,
    offer,
    one_of,
    say_day,
    say_number,
    say_unit,
    typed,
)
from tracker.web.i18n import lazy
from tracker.web.words import AUDIENCES

_OF_PERSON, _OF_TRAINING = labels_of(EditFacilitatorForm), labels_of(EditTrainingForm)

offer(
    "facilitators",
    {
        **typed(EditFacilitatorForm, "name", "position_title", "appointed_by", "remarks"),
        "roles": Field(_OF_PERSON["roles"], one_of(ROLE_WORDS)),
        "appointed_on": Field(_OF_PERSON["appointed_on"], say_day),
        "unit_id": Field(lazy("หน่วยงาน"), say_unit),
        "since": Field(lazy("ประจำหน่วยงานนี้ตั้งแต่"), say_day),
        "until": Field(lazy("วันสุดท้ายที่ประจำหน่วยงานนี้"), say_day),
        "left": Field(lazy("หน่วยงานเดิม"), say_unit),
        "instead_of": Field(lazy("แทนที่"), say_unit),
    },
    {
        "posted": lazy("ย้ายหน่วยงานแล้ว"),
        "posting_ended": lazy("บันทึกการพ้นหน้าที่"),
        "posting_resumed": lazy("ยกเลิกการย้ายหรือการพ้นหน้าที่"),
        "posting_corrected": lazy("แก้ไขวันที่เริ่มประจำ"),
    },
)
offer(
    "trainings",
    {
        **typed(EditTrainingForm, "course", "outside_stage_reason"),
        "stage_id": Field(_OF_TRAINING["stage"], say_stage),
        "starts_on": Field(_OF_TRAINING["starts_on"], say_day),
        "ends_on": Field(_OF_TRAINING["ends_on"], say_day),
        "hours": Field(_OF_TRAINING["hours"], say_number),
        "audience": Field(_OF_TRAINING["audience"], one_of(AUDIENCES)),
        "attendances": Field(_OF_TRAINING["attended"], MARKS, is_content=True),
        "facilitator": Field(lazy("คุณอำนวย"), NAMES, is_content=True),
        "passed": Field(lazy("ผลการอบรม"), say_passed, is_pair=True, empty=lazy("ไม่ได้เข้าอบรม")),
    },
    {"held": lazy("บันทึกการอบรม"), "attendance_set": lazy("แก้ไขผู้เข้าอบรม")},
)


def _postings(entry: AuditEntry) -> Changed:
    """Give what an entry about a person changed; moves and ends tell the unit and the day."""
    told = entry.details
    if entry.verb == "posted":
        left = (told.get("left") or [None])[0]
        return [("unit_id", left, entry.unit_id), ("since", None, told["since"])]
    if entry.verb == "posting_ended":
        return [("until", None, told["until"])]
    if entry.verb == "posting_resumed" and told.get("instead_of") != entry.unit_id:
        return [("unit_id", told.get("instead_of"), entry.unit_id)]
    return changes_of(entry)


def person_log(session: Session, facilitator: Facilitator) -> list[Happening]:
    """Return what was done to a facilitator's record after it was added, the newest first."""
    return change_log(session, facilitator, besides=("added",), changes=_postings)


def _attendances(entry: AuditEntry) -> Changed:
    """Give what an entry about a training changed; one person's mark as the list of attendances."""
    if entry.verb != "attendance_set":
        return changes_of(entry)
    person, (old, new) = str(entry.details["facilitator"]), entry.details["passed"]
    before, after = ({person: mark} if mark is not None else {} for mark in (old, new))
    return [("attendances", before, after)]


def training_log(session: Session, training: Training) -> list[Happening]:
    """Return what was done to a training after it was entered, the newest first."""
    return change_log(session, training, besides=("held",), changes=_attendances)
