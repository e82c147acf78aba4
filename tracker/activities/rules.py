"""What an activity says, as plain values, and the small decisions about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.organisation.models import Audience, Manner
from tracker.thai.numerals import to_arabic_digits
from tracker.thai.text import search_text, sort_key

TITLE_LENGTH = 300
OUTCOME_LENGTH = 4000
LINK_LENGTH = 1000
MOST_PARTICIPANTS = 99_999
FREE_DAYS = 7
_SORTED_LETTERS = 100


@dataclass(frozen=True, kw_only=True)
class ActivityValues:
    """Everything that somebody enters about an activity."""

    unit_id: int
    stage_id: int
    step_id: int | None
    kind_id: int
    held_on: date
    title: str
    outcome: str = ""
    participants: int | None = None
    facilitator_ids: tuple[int, ...] = ()
    executives: Mapping[int, Manner] = field(default_factory=dict)
    joined_unit_ids: tuple[int, ...] = ()
    link: str = ""
    secrecy_read: bool = False
    audience: Audience = Audience.DEPARTMENT
    outside_stage_reason: str = ""
    on_behalf_reason: str = ""
    import_key: str | None = None


_LEVEL = re.compile(r"(?:ระดับ|level)[^0-9]{0,12}([0-9]+)", re.IGNORECASE)
_OF_ALL = re.compile(r"([0-9]+) ?(?:จาก|ใน|of|/) ?([0-9]+)", re.IGNORECASE)


def states_level(outcome: str, highest: int) -> bool:
    """Tell whether an outcome says which level from 1 to the highest was reached: ระดับ 3, level ๓, 3/5."""
    text = to_arabic_digits(outcome)
    said = [int(level) for level in _LEVEL.findall(text)]
    said += [int(level) for level, of in _OF_ALL.findall(text) if int(of) == highest]
    return any(1 <= level <= highest for level in said)


def search_text_of(title: str, outcome: str) -> str:
    """Return what a search looks through; units and people are found by their own names."""
    return search_text(f"{title} {outcome}")


def sort_key_of(title: str) -> str:
    """Return the key that puts titles into Thai dictionary order."""
    return sort_key(title[:_SORTED_LETTERS])


def needs_reason(entered_on: date, today: date) -> bool:
    """Tell whether changing a record asks for a reason: from the seventh day after it was entered."""
    return (today - entered_on).days >= FREE_DAYS
