"""What an activity says, as plain values, and the small decisions about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.organisation.models import Audience, Manner
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


def search_text_of(title: str, outcome: str) -> str:
    """Return what a search looks through; units and people are found by their own names."""
    return search_text(f"{title} {outcome}")


def sort_key_of(title: str) -> str:
    """Return the key that puts titles into Thai dictionary order."""
    return sort_key(title[:_SORTED_LETTERS])


def needs_reason(entered_on: date, today: date) -> bool:
    """Tell whether changing a record asks for a reason: from the seventh day after it was entered."""
    return (today - entered_on).days >= FREE_DAYS
