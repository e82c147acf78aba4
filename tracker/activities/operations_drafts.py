"""What can be done to a draft: kept by the unit until it becomes an activity."""

from typing import Any

from tracker.accounts.permissions import Permission
from tracker.activities.models import Draft
from tracker.activities.rules import TITLE_LENGTH
from tracker.change import Change, RefusedError, check_version, locked
from tracker.organisation.tree import unit_tree
from tracker.thai.identity import find_national_id
from tracker.thai.text import clean_line

_MOST_VALUES = 100
_LONGEST = 20_000


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    if len(values) > _MOST_VALUES or sum(len(str(value)) for value in values.values()) > _LONGEST * 2:
        raise RefusedError("ข้อความยาวเกินกว่าที่เก็บเป็นร่างได้")
    for name, texts in values.items():
        if any(find_national_id(str(text)) for text in (texts if isinstance(texts, list) else [texts])):
            raise RefusedError("ลบเลข 13 หลักออก ระบบไม่เก็บเลขประจำตัวประชาชน", field=name)
    return values


def _held(change: Change, draft_id: int) -> Draft | None:
    """Return a draft as it is now, None when it is gone; it stays so until the change is done."""
    draft = locked(change, Draft, draft_id)
    if draft is not None:
        change.require(Permission.RECORDS_WRITE, unit_tree(change.session)[draft.unit_id])
    return draft


def _held_as(change: Change, draft_id: int, opened_with: int | None) -> Draft:
    draft = _held(change, draft_id)
    if draft is None:
        raise draft_is_gone()
    check_version(draft, opened_with)
    return draft


def draft_is_gone() -> RefusedError:
    """Return what is said where somebody goes on with a draft that is no more."""
    return RefusedError("ร่างนี้บันทึกเป็นกิจกรรมหรือทิ้งไปแล้ว จึงยังไม่บันทึกซ้ำ หากต้องการเป็นรายการใหม่ กดอีกครั้ง")


def save_draft(
    change: Change,
    *,
    unit_id: int,
    values: dict[str, Any],
    title: str = "",
    draft_id: int | None = None,
    opened_with: int | None = None,
) -> Draft:
    """Keep what was typed of an activity: anew, or over a draft that the unit has already.

    Raise StaleError when that draft was saved meanwhile, RefusedError when it is gone.
    """
    if change.actor.person_id is None:
        raise RefusedError("ร่างเก็บได้เมื่อเข้าสู่ระบบแล้วเท่านั้น")
    change.require(Permission.RECORDS_WRITE, unit_tree(change.session)[unit_id])
    if draft_id is None:
        draft = Draft(person_id=change.actor.person_id, version=0)
        change.session.add(draft)
    else:
        draft = _held_as(change, draft_id, opened_with)
    draft.unit_id, draft.saved_at = unit_id, change.at
    draft.title = clean_line(title)[:TITLE_LENGTH]
    draft.values = _plain(values)
    draft.version += 1
    change.record("drafted", draft, unit_id=unit_id)
    return draft


def finish_draft(change: Change, *, draft_id: int, opened_with: int | None) -> None:
    """Take a draft away because it becomes an activity.

    Raise StaleError when it was saved meanwhile, RefusedError when it is gone: it became one already.
    """
    _take_away(change, _held_as(change, draft_id, opened_with))


def delete_draft(change: Change, *, draft_id: int) -> None:
    """Throw a draft away; one that is gone already stays gone."""
    draft = _held(change, draft_id)
    if draft is not None:
        _take_away(change, draft)


def _take_away(change: Change, draft: Draft) -> None:
    change.record("draft_deleted", draft, unit_id=draft.unit_id)
    change.session.delete(draft)
