"""What can be done to an activity: log, edit, withdraw, restore, hide."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from tracker.accounts.permissions import Permission
from tracker.activities.checks import check_people, check_values
from tracker.activities.models import Activity, ActivityExecutive, ActivityFacilitator, ActivityUnit
from tracker.activities.operations_many import log_many
from tracker.activities.queries_record import activities_by_key
from tracker.activities.rules import ActivityValues, needs_reason
from tracker.activities.writing import columns_of, entry_of, links_of
from tracker.change import Change, RefusedError, apply_values, check_version, locked
from tracker.organisation.models import Audience, Manner
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.asides import hide_record, restore_record, show_record, withdraw_record
from tracker.programme.entries import required_reason, writing_reason
from tracker.programme.plan import programme_plan

__all__ = [
    "edit_activity",
    "hide_activity",
    "log_activity",
    "log_many",
    "log_values",
    "restore_activity",
    "unhide_activity",
    "withdraw_activity",
]


def _touch(change: Change, activity: Activity) -> None:
    change.touch(activity.enrolment_id, activity.step_id)


def log_activity(
    change: Change,
    *,
    unit_id: int,
    stage_id: int,
    step_id: int | None,
    kind_id: int,
    held_on: date,
    title: str,
    outcome: str = "",
    participants: int | None = None,
    facilitator_ids: Sequence[int] = (),
    executives: Mapping[int, Manner] | None = None,
    joined_unit_ids: Sequence[int] = (),
    link: str = "",
    secrecy_read: bool = False,
    audience: Audience = Audience.DEPARTMENT,
    outside_stage_reason: str = "",
    on_behalf_reason: str = "",
    import_key: str | None = None,
    entered_on: date | None = None,
) -> Activity:
    """Log what happened at a unit; raise RefusedError.

    A row with an `import_key` that is known already is not written again: the first one is returned.
    Only the system may say that it was entered on another day than today.
    """
    values = ActivityValues(
        unit_id=unit_id, stage_id=stage_id, step_id=step_id, kind_id=kind_id, held_on=held_on, title=title,
        outcome=outcome, participants=participants, facilitator_ids=tuple(facilitator_ids),
        executives=dict(executives or {}), joined_unit_ids=tuple(joined_unit_ids), link=link,
        secrecy_read=secrecy_read, audience=audience, outside_stage_reason=outside_stage_reason,
        on_behalf_reason=on_behalf_reason, import_key=import_key,
    )  # fmt: skip
    return log_values(change, values, entered_on=entered_on)


def log_values(
    change: Change, values: ActivityValues, *, on_behalf_reason: str = "", entered_on: date | None = None
) -> Activity:
    """Log what a form or a row of a file says; as `log_activity`."""
    if on_behalf_reason:
        values = replace(values, on_behalf_reason=on_behalf_reason)
    checked = check_values(change, values)
    check_people(change.session, [checked.values])
    key = values.import_key
    if key and (known := activities_by_key(change.session, [key])):
        return known[key]
    activity = Activity(**entry_of(change, checked, entered_on))
    change.session.add(activity)
    change.session.flush()
    change.session.add_all(links_of(activity, checked.values))
    _touch(change, activity)
    change.record(
        "logged", activity, unit_id=activity.unit_id, title=activity.title, held_on=activity.held_on
    )
    return activity


def _found(change: Change, activity_id: int) -> tuple[Activity, UnitNode]:
    activity = locked(change, Activity, activity_id)
    node = unit_tree(change.session).get(activity.unit_id) if activity else None
    if activity is None or node is None:
        raise RefusedError("ไม่พบกิจกรรมนี้")
    return activity, node


def _people_of(change: Change, activity_id: int) -> dict[str, Any]:
    session = change.session
    facilitators = session.scalars(
        select(ActivityFacilitator.facilitator_id).where(ActivityFacilitator.activity_id == activity_id)
    )
    executives = session.execute(
        select(ActivityExecutive.post_id, ActivityExecutive.manner)
        .where(ActivityExecutive.activity_id == activity_id)
        .order_by(ActivityExecutive.post_id)
    )
    joined = session.scalars(select(ActivityUnit.unit_id).where(ActivityUnit.activity_id == activity_id))
    return {
        "facilitator_ids": sorted(facilitators),
        "executives": {row.post_id: row.manner for row in executives},
        "joined_unit_ids": sorted(joined),
    }


def _replace_people(change: Change, activity: Activity, values: ActivityValues) -> dict[str, Any]:
    """Write who took part anew if it differs; return what differed as {name: [old, new]}."""
    old = _people_of(change, activity.id)
    new = {
        "facilitator_ids": sorted(values.facilitator_ids),
        "executives": dict(sorted(values.executives.items())),
        "joined_unit_ids": sorted(values.joined_unit_ids),
    }
    differing = {name: [old[name], new[name]] for name in old if old[name] != new[name]}
    if differing:
        for model in (ActivityFacilitator, ActivityExecutive, ActivityUnit):
            change.session.execute(delete(model).where(model.activity_id == activity.id))
        change.session.add_all(links_of(activity, values))
    return differing


def edit_activity(
    change: Change, *, activity_id: int, values: ActivityValues, reason: str = "", opened_with: int | None
) -> Activity:
    """Change an activity to the values; raise RefusedError, or StaleError when it was changed meanwhile.

    A reason is needed from the seventh day after it was entered, on behalf of a unit, and in a closed stage.
    """
    activity, node = _found(change, activity_id)
    change.require(Permission.RECORDS_WRITE, node)
    check_version(activity, opened_with)
    if activity.withdrawn_on is not None:
        raise RefusedError("รายการนี้ถูกยกเลิกแล้ว กู้คืนก่อนจึงแก้ไขได้")
    plan = programme_plan(change.session)
    reason = writing_reason(change, node, reason, stage=plan.stage_by_id[activity.stage_id], field="reason")
    if not reason and needs_reason(activity.entered_on, change.today):
        raise RefusedError("ใส่เหตุผลที่แก้ไข", field="reason")
    checked = check_values(change, values, reason=reason)
    check_people(change.session, [checked.values])
    _touch(change, activity)
    changed = apply_values(activity, columns_of(checked))
    people = _replace_people(change, activity, checked.values)
    if people and not changed:
        activity.version += 1
    _touch(change, activity)
    shown = {
        name: pair
        for name, pair in {**changed, **people}.items()
        if name not in ("search_text", "sort_key", "enrolment_id")
    }
    if shown:
        change.record("edited", activity, unit_id=activity.unit_id, changes=shown, reason=reason)
    return activity


def _may_change(change: Change, activity: Activity, node: UnitNode, reason: str) -> str:
    """Return the reason as it is stored; refuse a change that needs one without it."""
    stage = programme_plan(change.session).stage_by_id[activity.stage_id]
    return writing_reason(change, node, reason, stage=stage, field="reason")


def withdraw_activity(change: Change, *, activity_id: int, reason: str) -> Activity:
    """Take an activity out of every count, with a reason; doing it twice changes nothing."""
    activity, node = _found(change, activity_id)
    change.require(Permission.RECORDS_WRITE, node)
    reason = required_reason(reason)
    _may_change(change, activity, node, reason)
    withdraw_record(change, activity, node, reason, lambda: _touch(change, activity))
    return activity


def restore_activity(change: Change, *, activity_id: int, reason: str = "") -> Activity:
    """Count a withdrawn activity again; doing it twice changes nothing.

    A reason is needed on behalf of a unit and in a closed stage.
    """
    activity, node = _found(change, activity_id)
    change.require(Permission.RECORDS_WRITE, node)
    reason = _may_change(change, activity, node, reason)
    restore_record(change, activity, node, lambda: _touch(change, activity), reason)
    return activity


def hide_activity(change: Change, *, activity_id: int, reason: str) -> Activity:
    """Hide an activity at once from all but its unit and the office; it counts nowhere while hidden."""
    activity, node = _found(change, activity_id)
    hide_record(change, activity, node, reason, lambda: _touch(change, activity))
    return activity


def unhide_activity(change: Change, *, activity_id: int) -> Activity:
    """Show a hidden activity again."""
    activity, node = _found(change, activity_id)
    show_record(change, activity, node, lambda: _touch(change, activity))
    return activity
