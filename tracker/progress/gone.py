"""What counted once and was withdrawn since: a past day is counted with what was known then.

What counts now is stored, with the day since when; only what was withdrawn is looked for here.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Integer, case, cast, func, literal, null, or_, select, union_all

from tracker.activities.models import Activity, ActivityExecutive
from tracker.facilitators.models import Attendance, Facilitator, Posting, Training
from tracker.organisation.models import OWN_PART, ExecutivePost
from tracker.progress.counting import Cell, has_own_executives
from tracker.progress.rules import Span
from tracker.progress.sources import ENROLMENTS, Extent
from tracker.sharing.models import HELD, Event, EventEntry, EventExecutive, held_known_on, shown_known_on


@cache
def _executives() -> Any:
    activities = (
        select(Activity.enrolment_id, ExecutivePost.unit_id, Activity.entered_on, Activity.withdrawn_on)
        .join(ActivityExecutive, ActivityExecutive.activity_id == Activity.id)
        .join(ExecutivePost, ExecutivePost.id == ActivityExecutive.post_id)
        .where(Activity.enrolment_id.in_(ENROLMENTS), Activity.withdrawn_on.is_not(None))
        .where(Activity.hidden_at.is_(None), ActivityExecutive.manner.in_(OWN_PART))
    )
    events = (
        select(Event.enrolment_id, ExecutivePost.unit_id, held_known_on(), Event.withdrawn_on)
        .join(EventExecutive, EventExecutive.event_id == Event.id)
        .join(ExecutivePost, ExecutivePost.id == EventExecutive.post_id)
        .where(Event.enrolment_id.in_(ENROLMENTS), Event.withdrawn_on.is_not(None))
        .where(Event.hidden_at.is_(None), Event.state.in_(HELD), EventExecutive.manner.in_(OWN_PART))
    )
    return union_all(activities, events)


def executives_gone(extent: Extent) -> dict[int, list[Span]]:
    """Return {enrolment id: while withdrawn records showed that its executives took part themselves}."""
    found: dict[int, list[Span]] = {}
    for enrolment_id, post_unit_id, known_on, gone_on in _ask(extent, _executives()):
        if has_own_executives(extent.tree, extent.book.by_id[enrolment_id].unit_id, post_unit_id):
            found.setdefault(enrolment_id, []).append(Span(known_on, gone_on))
    return found


def _ask(extent: Extent, query: Any) -> Iterable[Any]:
    rows: Iterable[Any] = extent.session.execute(query, {"enrolments": list(extent.enrolment_ids)})
    return rows


@cache
def _evidence() -> Any:
    activities = (
        select(
            literal("activities"), Activity.enrolment_id, Activity.step_id, Activity.entered_on,
            Activity.withdrawn_on, Activity.withdrawn_on,
        )
        .where(Activity.enrolment_id.in_(ENROLMENTS), Activity.withdrawn_on.is_not(None))
        .where(Activity.hidden_at.is_(None), Activity.step_id.is_not(None))
    )  # fmt: skip
    entries = (
        select(
            literal("event_entries"), EventEntry.enrolment_id, cast(null(), Integer), shown_known_on(),
            EventEntry.withdrawn_on, Event.withdrawn_on,
        )
        .join(Event, Event.id == EventEntry.event_id)
        .where(EventEntry.enrolment_id.in_(ENROLMENTS), EventEntry.hidden_at.is_(None))
        .where(or_(EventEntry.withdrawn_on.is_not(None), Event.withdrawn_on.is_not(None)))
        .where(Event.hidden_at.is_(None), Event.state.in_(HELD))
    )  # fmt: skip
    return union_all(activities, entries)


def _passes(extent: Extent) -> Iterable[tuple[str, int, None, date, Any, Any]]:
    """Give who passed a training that was withdrawn, and who was withdrawn or had left before it."""
    left_on = case((Posting.until < Training.ends_on, Posting.until_entered_on))
    ends = (Training.withdrawn_on, Facilitator.withdrawn_on, left_on)
    rows = extent.session.execute(
        select(
            Training.stage_id, Posting.unit_id,
            Training.entered_on, Facilitator.entered_on, Posting.entered_on, Attendance.passed_on,
            *ends,
        )
        .join(Attendance, Attendance.training_id == Training.id)
        .join(Facilitator, Facilitator.id == Attendance.facilitator_id)
        .join(Posting, Posting.facilitator_id == Facilitator.id)
        .where(Training.stage_id.in_(extent.stage_ids), Attendance.passed, Posting.since <= Training.ends_on)
        .where(func.coalesce(*ends).is_not(None))
        .where(Training.hidden_at.is_(None), Facilitator.hidden_at.is_(None))
    )  # fmt: skip
    for stage_id, unit_id, *days in rows:  # four of entering it, three of its end
        for above in extent.tree[unit_id].path:
            enrolment = extent.book.of(stage_id, above)
            if enrolment is not None and enrolment.id in extent.enrolment_ids:
                yield "passed_trainings", enrolment.id, None, max(filter(None, days[:4])), *days[4:]


def evidence_gone(extent: Extent) -> dict[Cell, list[Span]]:
    """Return {(enrolment, step): while withdrawn records were evidence of it}."""
    listing: dict[str, set[int]] = {}
    for rule in extent.plan.rules:
        listing.setdefault(rule.source, set()).add(rule.step_id)
    found: dict[Cell, list[Span]] = {}
    for source, enrolment_id, step_id, known_on, *ends in (*_ask(extent, _evidence()), *_passes(extent)):
        steps = listing.get(source, set())
        gone_on = min(end for end in ends if end is not None)
        for step in steps & {step_id} if step_id is not None else steps:
            found.setdefault((enrolment_id, step), []).append(Span(known_on, gone_on))
    return found
