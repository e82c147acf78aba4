"""What can be done to a draft: kept by the unit until it becomes an activity."""

from typing import Any

from tracker.accounts.permissions import Permission
from tracker.activities.models import Draft
from tracker.activities.rules import TITLE_LENGTH
from tracker.change import Change, RefusedError
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


def save_draft(
    change: Change, *, unit_id: int, values: dict[str, Any], title: str = "", draft_id: int | None = None
) -> Draft:
    """Keep what was typed of an activity: anew, or over a draft that the unit has already."""
    if change.actor.person_id is None:
        raise RefusedError("ร่างเก็บได้เมื่อเข้าสู่ระบบแล้วเท่านั้น")
    tree = unit_tree(change.session)
    change.require(Permission.RECORDS_WRITE, tree[unit_id])
    draft = change.session.get(Draft, draft_id) if draft_id is not None else None
    if draft is None:
        draft = Draft(unit_id=unit_id, person_id=change.actor.person_id, saved_at=change.at, values={})
        change.session.add(draft)
    change.require(Permission.RECORDS_WRITE, tree[draft.unit_id])
    draft.unit_id, draft.saved_at = unit_id, change.at
    draft.title = clean_line(title)[:TITLE_LENGTH]
    draft.values = _plain(values)
    change.record("drafted", draft, unit_id=unit_id)
    return draft


def delete_draft(change: Change, *, draft_id: int) -> None:
    """Throw a draft away; one that is gone already stays gone."""
    draft = change.session.get(Draft, draft_id)
    if draft is None:
        return
    change.require(Permission.RECORDS_WRITE, unit_tree(change.session)[draft.unit_id])
    change.record("draft_deleted", draft, unit_id=draft.unit_id)
    change.session.delete(draft)
