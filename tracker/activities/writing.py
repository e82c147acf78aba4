"""How checked values become rows: columns of the activity, and who hangs on it."""

from datetime import date
from typing import Any

from tracker.activities.checks import Checked
from tracker.activities.models import Activity, ActivityExecutive, ActivityFacilitator, ActivityUnit
from tracker.activities.rules import ActivityValues, search_text_of, sort_key_of
from tracker.change import Change
from tracker.programme.entries import entered

_PLAIN = (
    "unit_id", "stage_id", "step_id", "kind_id", "held_on", "title", "outcome", "participants", "link",
    "secrecy_read", "audience", "outside_stage_reason",
)  # fmt: skip


def columns_of(checked: Checked) -> dict[str, Any]:
    """Return the columns that somebody's values decide."""
    values = checked.values
    return {
        **{name: getattr(values, name) for name in _PLAIN},
        "enrolment_id": checked.enrolment_id,
        "search_text": search_text_of(values.title, values.outcome),
        "sort_key": sort_key_of(values.title),
    }


def entry_of(change: Change, checked: Checked, entered_on: date | None) -> dict[str, Any]:
    """Return all columns of a new activity; only the system may say that it was entered on another day."""
    columns = {
        **columns_of(checked),
        **entered(change, checked.values.on_behalf_reason),
        "import_key": checked.values.import_key,
    }
    if entered_on is not None and change.actor.is_system:
        columns["entered_on"] = entered_on
    return columns


def links_of(activity: Activity, values: ActivityValues) -> list[Any]:
    """Return the rows of who led, took part and joined."""
    here = activity.id
    return [
        *(ActivityFacilitator(activity_id=here, facilitator_id=other) for other in values.facilitator_ids),
        *(
            ActivityExecutive(activity_id=here, post_id=post, manner=manner)
            for post, manner in values.executives.items()
        ),
        *(ActivityUnit(activity_id=here, unit_id=other) for other in values.joined_unit_ids),
    ]
