"""What the records of enrolments amount to, as plain values: the one place where cells are counted."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Integer, cast, func, null, select, true, union, union_all

from tracker.activities.models import Activity, ActivityExecutive, ActivityUnit
from tracker.organisation.models import OWN_PART, ExecutivePost
from tracker.organisation.tree import UnitTree
from tracker.programme.plan import RuleInfo
from tracker.progress.models import ClaimChange
from tracker.progress.rules import met, rule_states
from tracker.progress.sources import AS_AT, ENROLMENTS, SOURCES, Extent, Found, live, live_then
from tracker.sharing.models import Event, EventEntry, EventExecutive, held_known_on

Cell = tuple[int, int]


@dataclass
class Counted:
    """Columns and values: of cells (enrolment, step), of enrolments, and activities of (enrolment, month)."""

    cells: dict[Cell, dict[str, Any]] = field(default_factory=dict)
    enrolments: dict[int, dict[str, Any]] = field(default_factory=dict)
    months: dict[tuple[int, date], int] = field(default_factory=dict)


def latest(*days: date | None) -> date | None:
    """Return the last of some days, None when there is none."""
    return max((day for day in days if day is not None), default=None)


def _suits(found: Found, rule: RuleInfo) -> bool:
    return found.step_id in (None, rule.step_id) and (not rule.kinds or found.kind in rule.kinds)


def _cell(rules: tuple[RuleInfo, ...], step_id: int, found: dict[str, list[Found]]) -> dict[str, Any]:
    listed = {rule.source for rule in rules}
    here = {
        name: [f for f in found.get(name, []) if f.step_id in (None, step_id)]
        for name in listed | {"activities"}
    }
    evidence = {rule.code: sum(f.number for f in here[rule.source] if _suits(f, rule)) for rule in rules}
    return {
        "measured_met": met(rule_states(rules, evidence)),
        "measured_rules": len(rules),
        "evidence": evidence,
        "evidence_records": sum(f.number for name in listed for f in here[name]),
        "first_evidence_on": min((f.first_on for name in listed for f in here[name]), default=None),
        "activities": sum(f.number for f in here["activities"]),
        "last_record_on": latest(*(f.last_on for records in here.values() for f in records)),
    }


def _found(extent: Extent) -> dict[int, dict[str, list[Found]]]:
    rules = (rule for step_id in extent.step_ids for rule in extent.plan.rules_of(step_id))
    wanted = {"activities", *(rule.source for rule in rules)}
    by_enrolment: dict[int, dict[str, list[Found]]] = {}
    for name in sorted(wanted & set(SOURCES)):
        for found in SOURCES[name].find(extent):
            by_enrolment.setdefault(found.enrolment_id, {}).setdefault(name, []).append(found)
    return by_enrolment


def joined_members(extent: Extent) -> dict[Cell, set[int]]:
    """Return the members (prisons, divisions below) that took part in each cell.

    A member takes part by a live record of its own, of a pilot group below it included, or by being
    named as a further unit of a live activity. Enrolments without members are left out.
    """
    members = {
        e.id: {node.id for node in extent.tree.members_below(e.unit_id)} - {e.unit_id}
        for e in extent.enrolments
    }
    wanted = [enrolment_id for enrolment_id, below in members.items() if below]
    if not wanted:
        return {}
    counted = (Activity.enrolment_id.in_(wanted), Activity.step_id.is_not(None), live(Activity, extent.as_at))
    rows: Any = extent.session.execute(
        union(
            select(Activity.enrolment_id, Activity.step_id, Activity.unit_id).where(*counted),
            select(Activity.enrolment_id, Activity.step_id, ActivityUnit.unit_id)
            .join(ActivityUnit, ActivityUnit.activity_id == Activity.id)
            .where(*counted),
            select(EventEntry.enrolment_id, cast(null(), Integer), EventEntry.unit_id)
            .join(Event, Event.id == EventEntry.event_id)
            .where(EventEntry.enrolment_id.in_(wanted), live(EventEntry, extent.as_at))
            .where(live(Event, extent.as_at)),
        )
    )
    entry_steps = _steps_listing(extent, "event_entries")
    joined: dict[Cell, set[int]] = {}
    taken = [(e, [step] if step else entry_steps, unit) for e, step, unit in rows]
    training_steps = _steps_listing(extent, "passed_trainings")
    taken += [(e, training_steps, unit) for e, unit, _ in extent.trainings if members.get(e)]
    for enrolment_id, steps, unit_id in taken:
        part = members[enrolment_id].intersection(extent.tree[unit_id].path)
        for step_id in steps if part else ():
            joined.setdefault((enrolment_id, step_id), set()).update(part)
    return joined


def _steps_listing(extent: Extent, source: str) -> list[int]:
    return sorted({rule.step_id for rule in extent.plan.rules if rule.source == source})


@cache
def _with_executives(past: bool) -> Any:
    return union_all(
        select(Activity.enrolment_id, ExecutivePost.unit_id, func.min(Activity.entered_on))
        .join(ActivityExecutive, ActivityExecutive.activity_id == Activity.id)
        .join(ExecutivePost, ExecutivePost.id == ActivityExecutive.post_id)
        .where(Activity.enrolment_id.in_(ENROLMENTS), live_then(Activity, past))
        .where(ActivityExecutive.manner.in_(OWN_PART))
        .group_by(Activity.enrolment_id, ExecutivePost.unit_id),
        select(Event.enrolment_id, ExecutivePost.unit_id, func.min(held_known_on()))
        .join(EventExecutive, EventExecutive.event_id == Event.id)
        .join(ExecutivePost, ExecutivePost.id == EventExecutive.post_id)
        .where(Event.enrolment_id.in_(ENROLMENTS), live_then(Event, past))
        .where(EventExecutive.manner.in_(OWN_PART))
        .group_by(Event.enrolment_id, ExecutivePost.unit_id),
    )


def has_own_executives(tree: UnitTree, enrolled_id: int, post_unit_id: int) -> bool:
    """Tell whether a post's part counts for an enrolled unit: one at the unit or below, no visitor's.

    The executives of a pilot group are those of the prison or division that it belongs to.
    """
    unit = tree[enrolled_id]
    home = unit.parent_id if unit.is_pilot and unit.parent_id else unit.id
    return tree[post_unit_id].is_within(home)


def _executives(extent: Extent) -> dict[int, date]:
    """Return for each enrolment since when a live record shows that its executives took part themselves."""
    found: dict[int, date] = {}
    for enrolment_id, post_unit_id, first_on in extent.ask(_with_executives):
        if has_own_executives(extent.tree, extent.book.by_id[enrolment_id].unit_id, post_unit_id):
            found[enrolment_id] = min(found.get(enrolment_id, first_on), first_on)
    return found


@cache
def _held_and_claimed(past: bool) -> Any:
    return union_all(
        select(Event.enrolment_id, func.count().label("number"), func.max(held_known_on()))
        .where(Event.enrolment_id.in_(ENROLMENTS), live_then(Event, past))
        .group_by(Event.enrolment_id),
        select(ClaimChange.enrolment_id, cast(null(), Integer), func.max(ClaimChange.entered_on))
        .where(ClaimChange.enrolment_id.in_(ENROLMENTS), ~ClaimChange.is_undone)
        .where(ClaimChange.entered_on <= AS_AT if past else true())
        .group_by(ClaimChange.enrolment_id),
    )


def _last_days(extent: Extent) -> tuple[dict[int, tuple[int, date]], dict[int, date]]:
    """Return (number, last entry) of held events, and the day of the last claim, for each enrolment."""
    events: dict[int, tuple[int, date]] = {}
    claims: dict[int, date] = {}
    for enrolment_id, number, last_on in extent.ask(_held_and_claimed):
        if number is None:
            claims[enrolment_id] = last_on
        else:
            events[enrolment_id] = (number, last_on)
    return events, claims


def _count_enrolments(extent: Extent, counted: Counted) -> None:
    executives = _executives(extent)
    events, claims = _last_days(extent)
    for enrolment in extent.enrolments:
        number, last_on = events.get(enrolment.id, (0, None))
        counted.enrolments[enrolment.id] = {
            "executive_first_on": executives.get(enrolment.id),
            "last_record_on": last_on,
            "last_claim_on": claims.get(enrolment.id),
            "records": number,
            "ready_times": 0,
            "ready_people": 0,
        }

    def add(enrolment_id: int, records: int, last_on: date | None) -> None:
        values = counted.enrolments[enrolment_id]
        values["records"] += records
        values["last_record_on"] = latest(values["last_record_on"], last_on)

    for row in extent.activity_months:
        add(row.enrolment_id, row.number, row.last_on)
        counted.enrolments[row.enrolment_id]["ready_times"] += row.ready_times
        counted.enrolments[row.enrolment_id]["ready_people"] += row.ready_people or 0
        counted.months[row.enrolment_id, date(int(row.year), int(row.month), 1)] = row.number
    for row in extent.entry_groups:
        add(row.enrolment_id, row.number, row.last_on)
    for enrolment_id, _, entered_on in extent.trainings:
        add(enrolment_id, 1, entered_on)


def count(extent: Extent, cells: set[Cell]) -> Counted:
    """Count the given cells, and their extent's enrolments as a whole, from the records alone."""
    counted = Counted()
    extent = replace(extent, step_ids=frozenset(step_id for _, step_id in cells))
    found = _found(extent)
    joined = joined_members(extent) if cells else {}
    for cell in cells:
        enrolment_id, step_id = cell
        values = _cell(extent.plan.rules_of(step_id), step_id, found.get(enrolment_id, {}))
        counted.cells[cell] = {**values, "joined_units": len(joined.get(cell, ()))}
    _count_enrolments(extent, counted)
    return counted
