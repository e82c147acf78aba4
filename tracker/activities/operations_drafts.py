"""What can be done to a draft: kept by the unit until it becomes an activity."""

from typing import Any

from tracker.activities.checks import writing_unit
from tracker.activities.models import Draft
from tracker.activities.rules import TITLE_LENGTH, cleaned
from tracker.change import Change, RefusedError

_MOST_VALUES = 100
_LONGEST = 20_000


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    if len(values) > _MOST_VALUES or sum(len(str(value)) for value in values.values()) > _LONGEST * 2:
        raise RefusedError("ข้อความยาวเกินกว่าที่เก็บเป็นร่างได้")
    return values


def save_draft(
    change: Change, *, unit_id: int, values: dict[str, Any], title: str = "", draft_id: int | None = None
) -> Draft:
    """Keep what was typed of an activity: anew, or over a draft that the unit has already."""
    if change.actor.person_id is None:
        raise RefusedError("ร่างเก็บได้เมื่อเข้าสู่ระบบแล้วเท่านั้น")
    node = writing_unit(change, unit_id)
    draft = change.session.get(Draft, draft_id) if draft_id is not None else None
    if draft is None:
        draft = Draft(unit_id=node.id, person_id=change.actor.person_id, saved_at=change.at, values={})
        change.session.add(draft)
    writing_unit(change, draft.unit_id)
    draft.unit_id, draft.saved_at = node.id, change.at
    draft.title = cleaned(title)[:TITLE_LENGTH]
    draft.values = _plain(values)
    change.record("drafted", draft, unit_id=node.id)
    return draft


def delete_draft(change: Change, *, draft_id: int) -> None:
    """Throw a draft away; one that is gone already stays gone."""
    draft = change.session.get(Draft, draft_id)
    if draft is None:
        return
    writing_unit(change, draft.unit_id)
    change.record("draft_deleted", draft, unit_id=draft.unit_id)
    change.session.delete(draft)
