"""Where the numbers of a step lead: the lists of the records that were counted."""

from datetime import date, timedelta

from flask import current_app, url_for

from tracker.programme.enrolments import enrolment_book
from tracker.programme.plan import programme_plan
from tracker.progress.queries import StepState
from tracker.progress.rules import RuleState
from tracker.session import db
from tracker.web.clock import today
from tracker.web.reference import tree


def link(endpoint: str, **values: object) -> str | None:
    """Return the address of a page, or None where that page is not installed."""
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, **values)  # type: ignore[arg-type]  # Flask takes any plain value


def rule_links(unit_code: str, stage_number: int, state: StepState) -> dict[str, str | None]:
    """Return {rule code: address of the list of what was counted for it}."""
    lists = {
        "passed_trainings": link("register.index", unit=unit_code, passed=stage_number),
        "event_entries": link("sharing.entries", **_counts(unit_code, stage_number)),
    }
    return {
        found.rule.code: lists[found.rule.source]
        if found.rule.source in lists
        else counted_link(unit_code, stage_number, state.step.number, kind=",".join(found.rule.kinds) or None)
        for found in state.rules
    }


def counted_link(unit_code: str, stage_number: int, step: int | str, **more: object) -> str | None:
    """Return the address of the list of activities that count for a unit's enrolment in a step."""
    return link("activities.index", **_counts(unit_code, stage_number), step=step, **more)


def _counts(unit_code: str, stage_number: int) -> dict[str, object]:
    """Return what a list needs to count for a unit's enrolment: of a withdrawn one, its last day."""
    last = _last_day_in(unit_code, stage_number)
    return {"stage": stage_number, "counts": unit_code, "as_at": last.isoformat() if last else None}


def _last_day_in(unit_code: str, stage_number: int) -> date | None:
    stage, unit = programme_plan(db()).stage(stage_number), tree().by_code.get(unit_code)
    enrolment = enrolment_book(db()).of(stage.id, unit.id) if stage and unit else None
    if stage is None or enrolment is None or enrolment.withdrawn_on is None:
        return None
    if enrolment.withdrawn_on > stage.last_day_by(today()):
        return None
    return enrolment.withdrawn_on - timedelta(days=1)


def log_link(
    unit_code: str, stage_number: int, step_number: int | None, kind: str | None = None
) -> str | None:
    """Return the address of the form that logs an activity of a step of the unit (None: preparation)."""
    return link(
        "activities.new",
        unit=unit_code,
        stage=stage_number,
        step=step_number if step_number is not None else "ready",
        kind=kind,
    )


def missing_links(unit_code: str, stage_number: int, state: StepState) -> dict[str, str | None]:
    """Return {code of a rule that activities would meet: address of the form that logs one}."""
    return {
        found.rule.code: log_link(unit_code, stage_number, state.step.number, only_kind([found]))
        for found in state.missing
        if found.rule.source == "activities"
    }


def only_kind(missing: list[RuleState]) -> str | None:
    """Return the one kind of activity that is all that is missing; None where there is a choice."""
    kinds = {kind for found in missing for kind in found.rule.kinds or ("",)}
    return kinds.pop() or None if len(kinds) == 1 else None
