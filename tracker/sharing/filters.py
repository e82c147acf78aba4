"""From the address to a filter, from a record to a form, and what one button does."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from tracker.change import Change, RefusedError, StaleError
from tracker.organisation.models import ExecutivePost, Manner
from tracker.organisation.tree import UnitNode, UnitTree
from tracker.programme.enrolments import enrolment_book
from tracker.programme.plan import Plan, StageInfo
from tracker.session import begin_change, db
from tracker.sharing.models import Event, EventState, EventType
from tracker.sharing.queries import EntryFilter, EventFilter
from tracker.thai.dates import DateError, format_day, parse_day
from tracker.thai.text import clean_line
from tracker.web.forms import TrackerForm
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, lazy, named, refusal_text
from tracker.web.pages import notice, see
from tracker.web.paging import here_with

STATES = {
    EventState.PLANNED: lazy("กำหนดจัด"),
    EventState.HELD: lazy("จัดแล้ว"),
    EventState.SUMMARISED: lazy("สรุปผลแล้ว"),
    EventState.CANCELLED: lazy("ยกเลิก"),
}


@dataclass(frozen=True)
class Chosen:
    """A filter as it was asked for: what to ask, what to show, and the tags that take parts of it off."""

    filter: Any
    q: str
    stage: StageInfo | None
    unit: UnitNode | None
    tags: list[tuple[str, str, str]]


def _day(name: str) -> date | None:
    try:
        return parse_day(request.args[name]) if request.args.get(name) else None
    except DateError:
        return None


def _member(kind: Any, name: str) -> Any:
    try:
        return kind(request.args.get(name, ""))
    except ValueError:
        return None


def _stage(plan: Plan) -> StageInfo | None:
    text = request.args.get("stage", "")
    return plan.stage(int(text)) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _common(tree: UnitTree, plan: Plan) -> tuple[str, StageInfo | None, UnitNode | None, list[Any]]:
    q = clean_line(request.args.get("q", ""))[:200]
    stage, unit = _stage(plan), tree.by_code.get(request.args.get("unit", ""))
    tags: list[Any] = []
    if q:
        tags.append((_("คำค้น"), q, here_with(q=None, page=None)))
    if stage:
        tags.append((_("ระยะ"), f"{stage.number} {named(stage, 'short')}", here_with(stage=None, page=None)))
    if unit:
        tags.append((_("หน่วยงาน"), named(unit, "short"), here_with(unit=None, page=None)))
    return q, stage, unit, tags


def event_filter(tree: UnitTree, plan: Plan) -> Chosen:
    """Return the events that the address asks for: q, stage, unit, type, state, from, to."""
    q, stage, unit, tags = _common(tree, plan)
    kind, state = _member(EventType, "type"), _member(EventState, "state")
    withdrawn = request.args.get("state") == "withdrawn"
    since, until = _day("from"), _day("to")
    if state or withdrawn:
        label = _("ยกเลิกรายการบันทึก") if withdrawn else str(STATES[state])
        tags.append((_("สถานะ"), label, here_with(state=None, page=None)))
    return Chosen(
        EventFilter(
            q=q,
            stage_id=stage.id if stage else None,
            unit_ids=tree.subtree_ids(unit.id) if unit else None,
            type=kind,
            state=state,
            since=since,
            until=until,
            withdrawn=withdrawn,
        ),
        q,
        stage,
        unit,
        tags,
    )


def _counted(tree: UnitTree, stage: StageInfo | None, tags: list[Any]) -> frozenset[int] | None:
    """Return the enrolments at or below the unit that `counts` names: only what counts for them is wanted."""
    unit = tree.by_code.get(request.args.get("counts", ""))
    if unit is None:
        return None
    tags.append((_("นับให้"), named(unit, "short"), here_with(counts=None, page=None)))
    return frozenset(
        e.id
        for e in enrolment_book(db()).enrolments
        if (stage is None or e.stage_id == stage.id) and tree[e.unit_id].is_within(unit.id)
    )


def entry_filter(tree: UnitTree, plan: Plan) -> Chosen:
    """Return the entries that the address asks for: q, stage, unit, counts, taken_up, event, by."""
    q, stage, unit, tags = _common(tree, plan)
    asked = request.args.get("taken_up", "")
    taken_up = {"1": True, "0": False}.get(asked)
    if taken_up is not None:
        label = _("หน่วยงานอื่นนำไปใช้แล้ว") if taken_up else _("ยังไม่มีหน่วยงานอื่นนำไปใช้")
        tags.append((_("การนำไปใช้"), label, here_with(taken_up=None, page=None)))
    ids = tree.subtree_ids(unit.id) if unit else None
    event = request.args.get("event", "")
    event_id = int(event) if event.isascii() and event.isdigit() and len(event) < 10 else None
    by, counts = _day("by"), _counted(tree, stage, tags)
    if by:
        tags.append((_("ข้อมูล ณ"), format_day(by, language()), here_with(by=None, page=None)))
    return Chosen(
        EntryFilter(
            q=q,
            stage_id=stage.id if stage else None,
            unit_ids=ids,
            enrolment_ids=counts,
            taken_up=taken_up,
            event_id=event_id,
            known_by=by,
        ),
        q,
        stage,
        unit,
        tags,
    )


def prefill(form: Any, tree: UnitTree, plan: Plan, units: Sequence[UnitNode], today: date) -> None:
    """Fill a new event's form with what is known: unit and stage of the address, today."""
    asked = tree.by_code.get(request.args.get("unit", ""))
    unit = asked if asked in units else (units[0] if units else None)
    stage = _stage(plan) or plan.current_stage(today)
    form.unit.data = unit.id if unit else None
    form.stage.data = stage.id if stage else None
    form.held_on.data = today


def executives_data(executives: Iterable[tuple[ExecutivePost, Manner]], event: Event) -> dict[str, Any]:
    """Return how an event's form shows its executives and stage."""
    rows = list(executives)
    return {
        "executives": [post.id for post, _manner in rows],
        "manner": rows[0][1].value if rows else None,
        "stage": event.stage_id,
    }


def pairs(form: TrackerForm, stale: StaleError) -> list[tuple[str, str, str]]:
    """Return (label, mine, theirs) of the fields that a record has, for the page of two versions."""
    shown = []
    for field in form:
        if getattr(field, "widget_kind", "") in ("text", "longtext", "count", "date") and hasattr(
            stale.current, field.name
        ):
            theirs = getattr(stale.current, field.name)
            shown.append(
                (
                    str(field.label.text),
                    "" if field.data is None else str(field.data),
                    "" if theirs is None else str(theirs),
                )
            )
    return shown


def at_once(do: Callable[[Change], object], location: str, said: str) -> ResponseReturnValue:
    """Do what one button asks and go on; a refusal is told on the next page."""
    try:
        with begin_change() as change:
            do(change)
    except RefusedError as refusal:
        notice(refusal_text(refusal), kind="error")
    else:
        notice(said)
    return see(location)
