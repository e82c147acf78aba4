"""Logging many activities at once, from a file."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import insert

from tracker.activities.checks import check_people, check_values
from tracker.activities.models import Activity
from tracker.activities.queries_record import activities_by_key
from tracker.activities.rules import ActivityValues
from tracker.activities.writing import entry_of, links_of
from tracker.change import Change
from tracker.organisation.models import Unit


def log_many(
    change: Change, rows: Sequence[ActivityValues], *, entered_on: Sequence[date] | None = None
) -> list[Activity]:
    """Log many activities at once, all or none; rows whose `import_key` is known are left out.

    Return those that were written. The trail keeps one entry for each unit, with the ids.
    """
    checked = [check_values(change, row) for row in change.steps(rows)]
    check_people(change.session, (row.values for row in checked))
    keys = {row.values.import_key for row in checked if row.values.import_key}
    known = activities_by_key(change.session, keys)
    fresh: dict[str, tuple[dict[str, Any], ActivityValues]] = {}
    for at, row in enumerate(checked):
        key = row.values.import_key or uuid4().hex
        if key not in known and key not in fresh:
            day = entered_on[at] if entered_on else None
            fresh[key] = ({**entry_of(change, row, day), "import_key": key}, row.values)
    return _written(change, fresh)


def _written(change: Change, fresh: dict[str, tuple[dict[str, Any], ActivityValues]]) -> list[Activity]:
    """Insert rows by their keys in a few statements, and what hangs on them."""
    if not fresh:
        return []
    session = change.session
    session.execute(insert(Activity), [entry for entry, _values in fresh.values()])
    made = activities_by_key(session, list(fresh))
    links: dict[type[Any], list[dict[str, Any]]] = {}
    by_unit: dict[int, list[int]] = {}
    for key, (_entry_of, values) in fresh.items():
        activity = made[key]
        for link in links_of(activity, values):
            columns = {name: value for name, value in vars(link).items() if not name.startswith("_")}
            links.setdefault(type(link), []).append(columns)
        change.touch(activity.enrolment_id, activity.step_id)
        by_unit.setdefault(activity.unit_id, []).append(activity.id)
    for model, rows in links.items():
        session.execute(insert(model), rows)
    for unit_id, ids in by_unit.items():
        change.record("logged_many", session.get_one(Unit, unit_id), unit_id=unit_id, activities=ids)
    return [made[key] for key in fresh]
