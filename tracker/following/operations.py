"""What people say to units and note about them: questions, encouragement, answers, calls, pauses."""

from datetime import date

from sqlalchemy import select

from tracker.accounts.permissions import Permission
from tracker.activities.models import Activity
from tracker.change import Change, RefusedError, apply_values, check_version
from tracker.following.models import Call, Pause, Word, WordKind
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.enrolments import EnrolmentInfo, enrolment_book
from tracker.programme.plan import programme_plan


def _unit(change: Change, unit_id: int) -> UnitNode:
    unit = unit_tree(change.session).get(unit_id)
    if unit is None:
        raise RefusedError("ไม่พบหน่วยงานนี้")
    return unit


def _say(
    change: Change,
    kind: WordKind,
    *,
    unit_id: int,
    stage_id: int | None,
    step_id: int | None,
    activity_id: int | None,
    text: str,
) -> Word:
    unit = _unit(change, unit_id)
    change.require(Permission.UNITS_ASK, unit)
    plan = programme_plan(change.session)
    if stage_id is not None and stage_id not in plan.stage_by_id:
        raise RefusedError("ไม่พบระยะนี้")
    if step_id is not None and step_id not in plan.step_by_id:
        raise RefusedError("ไม่พบขั้นตอนนี้")
    activity = change.session.get(Activity, activity_id) if activity_id is not None else None
    if activity_id is not None and (activity is None or activity.unit_id != unit.id):
        raise RefusedError("ไม่พบกิจกรรมนี้ของหน่วยงาน")
    if not text:
        raise RefusedError("กรุณาพิมพ์ข้อความ", field="text")
    word = Word(
        kind=kind,
        unit_id=unit.id,
        stage_id=stage_id,
        step_id=step_id,
        activity_id=activity_id,
        text=text,
        said_by_id=change.actor.person_id,
        said_by=change.actor.name,
        said_on=change.today,
        said_at=change.at,
    )
    change.session.add(word)
    change.record("asked" if kind is WordKind.QUESTION else "encouraged", word, unit_id=unit.id, text=text)
    return word


def ask_unit(
    change: Change,
    *,
    unit_id: int,
    text: str,
    stage_id: int | None = None,
    step_id: int | None = None,
    activity_id: int | None = None,
) -> Word:
    """Ask a unit something (สอบถามหน่วยงาน); the question stands on its home until it is answered."""
    return _say(
        change,
        WordKind.QUESTION,
        unit_id=unit_id,
        stage_id=stage_id,
        step_id=step_id,
        activity_id=activity_id,
        text=text,
    )


def encourage_unit(
    change: Change,
    *,
    unit_id: int,
    text: str,
    stage_id: int | None = None,
    step_id: int | None = None,
    activity_id: int | None = None,
) -> Word:
    """Encourage a unit (ให้กำลังใจ); the words stand on its home until they were seen."""
    return _say(
        change,
        WordKind.ENCOURAGEMENT,
        unit_id=unit_id,
        stage_id=stage_id,
        step_id=step_id,
        activity_id=activity_id,
        text=text,
    )


def _word(change: Change, word_id: int) -> Word:
    word = change.session.get(Word, word_id)
    if word is None:
        raise RefusedError("ไม่พบข้อความนี้")
    change.require(Permission.QUESTION_ANSWER, _unit(change, word.unit_id))
    return word


def answer_word(change: Change, *, word_id: int, answer: str, version: int | None = None) -> Word:
    """Answer a question, or thank for encouragement, for the unit; raise StaleError for an old version."""
    word = _word(change, word_id)
    check_version(word, version)
    if not answer:
        raise RefusedError("กรุณาพิมพ์คำตอบ", field="answer")
    changed = apply_values(
        word,
        {
            "answer": answer,
            "answered_by": change.actor.name,
            "answered_on": change.today,
            "answered_at": change.at,
            "seen_on": word.seen_on or change.today,
        },
    )
    change.record("answered", word, unit_id=word.unit_id, answer=changed.get("answer"))
    return word


def mark_seen(change: Change, *, word_id: int) -> Word:
    """Note that the unit read the words, so that they leave its home."""
    word = _word(change, word_id)
    if word.seen_on is None:
        apply_values(word, {"seen_on": change.today})
        change.record("saw", word, unit_id=word.unit_id)
    return word


def _enrolment(change: Change, enrolment_id: int) -> EnrolmentInfo:
    enrolment = enrolment_book(change.session).by_id.get(enrolment_id)
    if enrolment is None:
        raise RefusedError("ไม่พบหน่วยงานนี้ในระยะนี้")
    change.require(Permission.FOLLOWING_MANAGE, _unit(change, enrolment.unit_id))
    if not enrolment.counts_on(change.today):
        raise RefusedError("หน่วยงานนี้ถอนจากระยะนี้แล้ว")
    return enrolment


def note_call(
    change: Change, *, enrolment_id: int, note: str, called_on: date, next_on: date | None = None
) -> Call:
    """Note that the office called a unit; until the next date the unit stands lower in the list."""
    enrolment = _enrolment(change, enrolment_id)
    if called_on > change.today:
        raise RefusedError("วันที่อยู่ในอนาคต ใส่ได้ไม่เกินวันนี้", field="called_on")
    if next_on is not None and next_on < change.today:
        raise RefusedError("วันที่จะติดตามอีกครั้งต้องไม่อยู่ก่อนวันนี้", field="next_on")
    call = Call(
        enrolment_id=enrolment.id,
        called_on=called_on,
        next_on=next_on,
        note=note,
        called_by=change.actor.name,
        called_at=change.at,
    )
    change.session.add(call)
    change.record("called", call, unit_id=enrolment.unit_id, called_on=called_on, next_on=next_on)
    return call


def pause_following(change: Change, *, enrolment_id: int, until: date, reason: str) -> Pause:
    """Leave a unit out of the list until a day (included), with a reason; a pause under way is replaced."""
    enrolment = _enrolment(change, enrolment_id)
    if until < change.today:
        raise RefusedError("วันสุดท้ายที่พักต้องไม่อยู่ก่อนวันนี้", field="until")
    if not reason:
        raise RefusedError("กรุณาบอกเหตุผลที่พักการติดตาม", field="reason")
    for earlier in _running(change, enrolment.id):
        earlier.ended_on = change.today
    pause = Pause(
        enrolment_id=enrolment.id,
        since=change.today,
        until=until,
        reason=reason,
        paused_by=change.actor.name,
        paused_at=change.at,
    )
    change.session.add(pause)
    change.record("paused", pause, unit_id=enrolment.unit_id, until=until, reason=reason)
    return pause


def end_pause(change: Change, *, enrolment_id: int) -> None:
    """Follow a paused unit again from today."""
    enrolment = _enrolment(change, enrolment_id)
    running = _running(change, enrolment.id)
    if not running:
        raise RefusedError("หน่วยงานนี้ไม่ได้พักการติดตามอยู่")
    for pause in running:
        pause.ended_on = change.today
        change.record("resumed", pause, unit_id=enrolment.unit_id)


def _running(change: Change, enrolment_id: int) -> list[Pause]:
    pauses = change.session.scalars(select(Pause).where(Pause.enrolment_id == enrolment_id))
    return [pause for pause in pauses if pause.covers(change.today)]
