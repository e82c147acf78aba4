"""What events and entries say: the texts as they are stored, and what searches and orders go by."""

from collections.abc import Mapping
from typing import Any

from tracker.change import REASON_LENGTH, RefusedError, checked_text, msgid
from tracker.thai.text import search_text, sort_key

TITLE_LENGTH = 300
TEXT_LENGTH = 4000
HOURS_LENGTH = 60
AWARD_LENGTH = 200
MOST_ATTENDANCE = 99_999
DERIVED = ("search_text", "sort_key", "enrolment_id")

_EVENT: dict[str, dict[str, Any]] = {
    "title": {"limit": TITLE_LENGTH, "required": msgid("กรุณาใส่ชื่องาน")},
    "hours": {"limit": HOURS_LENGTH},
    "venue": {"limit": TITLE_LENGTH},
    "summary": {"limit": TEXT_LENGTH, "block": True},
    "outside_stage_reason": {"limit": REASON_LENGTH},
}
_ENTRY: dict[str, dict[str, Any]] = {
    "name": {"limit": TITLE_LENGTH, "required": msgid("กรุณาใส่ชื่อผลงาน")},
    "presenter": {"limit": TITLE_LENGTH},
    "change": {"limit": TEXT_LENGTH, "block": True},
    "award": {"limit": AWARD_LENGTH},
}


def _checked(values: Mapping[str, Any], checks: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        name: checked_text(value, name, **checks[name]) if name in checks else value
        for name, value in values.items()
    }


def event_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of an event with their texts as they are stored; refuse what cannot be."""
    attendance = values.get("attendance")
    if attendance is not None and not 0 <= attendance <= MOST_ATTENDANCE:
        raise RefusedError("ต้องเป็นจำนวนเต็ม 0 ถึง {most}", field="attendance", most=f"{MOST_ATTENDANCE:,}")
    return _checked(values, _EVENT)


def entry_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of an entry with their texts as they are stored; refuse what cannot be."""
    return _checked(values, _ENTRY)


def event_words(title: str, venue: str, summary: str) -> dict[str, str]:
    """Return the columns that a search and an order go by; units and people are found by their own names."""
    return {"search_text": search_text(f"{title} {venue} {summary}"), "sort_key": sort_key(title)}


def entry_words(name: str, presenter: str, change: str) -> dict[str, str]:
    """Return the columns that a search for an entry and an order go by."""
    return {"search_text": search_text(f"{name} {presenter} {change}"), "sort_key": sort_key(name)}


def told(changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what somebody changed, without the columns that only follow from it."""
    return {name: pair for name, pair in changed.items() if name not in DERIVED}
