"""What is said to units: questions and encouragement, answers, and taking words back."""

from tracker.accounts.permissions import Permission, may
from tracker.activities.models import Activity
from tracker.change import Change, RefusedError, apply_values, check_version
from tracker.following.models import Word, WordKind
from tracker.organisation.tree import UnitNode, unit_tree
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
    if word.withdrawn_on is not None:
        raise RefusedError("ผู้ส่งยกเลิกข้อความนี้แล้ว")
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


def withdraw_word(change: Change, *, word_id: int) -> Word:
    """Take words back that somebody said, until they are answered; the office takes back any at any time."""
    word = _said(change, word_id)
    hides = may(change.actor, Permission.RECORDS_HIDE, _unit(change, word.unit_id))
    if word.answered_on is not None and not hides:
        raise RefusedError("หน่วยงานตอบข้อความนี้แล้ว จึงยกเลิกไม่ได้")
    if word.withdrawn_on is None:
        apply_values(word, {"withdrawn_on": change.today})
        change.record("withdrawn", word, unit_id=word.unit_id)
    return word


def restore_word(change: Change, *, word_id: int) -> Word:
    """Show the unit again what was taken back."""
    word = _said(change, word_id)
    if word.withdrawn_on is not None:
        apply_values(word, {"withdrawn_on": None})
        change.record("restored", word, unit_id=word.unit_id)
    return word


def _said(change: Change, word_id: int) -> Word:
    word = change.session.get(Word, word_id)
    if word is None:
        raise RefusedError("ไม่พบข้อความนี้")
    unit = _unit(change, word.unit_id)
    if word.said_by_id is None or word.said_by_id != change.actor.person_id:
        change.require(Permission.RECORDS_HIDE, unit)
    change.require(Permission.UNITS_ASK, unit)
    return word
