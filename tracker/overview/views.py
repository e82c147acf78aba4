"""The overview and the stage page: where the programme stands, and the lists behind its numbers."""

from typing import Any

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.activities.listing import activity_list
from tracker.activities.queries import ActivityFilters
from tracker.following.listing import FollowRow, follow_rows
from tracker.following.queries_words import Asked, questions_by
from tracker.following.sentences import call_line, reason_lines
from tracker.following.views import announcements_now
from tracker.overview import views_unit as _views_unit
from tracker.overview.blueprint import bp
from tracker.overview.board import board
from tracker.overview.filters import about, file_name, filter_line, filter_name, filter_tabs, stage_name
from tracker.overview.lens import Lens, lens, may_see
from tracker.overview.links import activities_url, headline_url
from tracker.overview.menus import init_menus
from tracker.overview.rows import REASONS, SORTS, chosen, done_counts, grouped, ordered
from tracker.overview.story import good_story
from tracker.overview.tables import FIGURE_NAMES, overview_table, stage_table
from tracker.programme.reference import plan
from tracker.progress.links import link
from tracker.session import db
from tracker.web.clock import today
from tracker.web.downloads import send_table
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import lazy
from tracker.web.pages import render
from tracker.web.paging import here_with
from tracker.web.reference import tree

__all__ = ["_views_unit", "bp", "init"]
P = Permission
MOST, LEAST, LINES = 6, 3, 20  # as many units to follow as stand beside the matrix
LATEST = 5
STAGES_NOTE = lazy("ระยะนี้แสดง ณ วันสุดท้ายของระยะ ระยะอื่นและกิจกรรมรายเดือนแสดงตามที่เป็นอยู่วันนี้")
EVIDENCE_NOTE = lazy("สถานะที่หน่วยงานรายงานเป็นของวันสุดท้ายของระยะ ส่วนหลักฐานในระบบเป็นของวันนี้")


def _attention(looked_at: Lens) -> list[FollowRow]:
    if not allowed(P.ATTENTION_READ) or not looked_at.is_chased:
        return []
    shown, lines = 0, 0
    for found in looked_at.view.follow:
        lines += 2 + len({reason.kind for reason in found.reasons})
        if shown == MOST or (shown >= LEAST and lines > LINES):
            break
        shown += 1
    return follow_rows(db(), looked_at.view, first=shown)


def _latest(looked_at: Lens) -> list[Any]:
    unit = looked_at.unit
    wanted = ActivityFilters(
        stage_id=looked_at.stage.id, unit_ids=tree().subtree_ids(unit.id) if unit else None
    )
    return list(activity_list(db(), actor(), tree(), wanted, limit=LATEST))


def _asked() -> Asked | None:
    """Return how the visitor's questions stand, None for those who may not ask and where there are none."""
    person_id = actor().person_id
    if person_id is None or not allowed(P.UNITS_ASK):
        return None
    asked = questions_by(db(), person_id)
    return asked if asked.answered or asked.waiting else None


@bp.get("/overview")
@requires(P.TOTALS_READ)
def index() -> str:
    """Show where a stage stands."""
    looked_at = lens()
    view = looked_at.view
    return render(
        "overview/index.html",
        lens=looked_at,
        view=view,
        rows=board(looked_at),
        attention=_attention(looked_at),
        story=good_story(db(), view),
        latest=_latest(looked_at),
        reasons={only: len(view.with_reason(kind)) for only, kind in REASONS.items()},
        names=FIGURE_NAMES,
        headline_url=headline_url,
        activities_url=activities_url,
        lines=lambda reasons: reason_lines(reasons, plan()),
        call_line=call_line,
        linked=link,
        here_with=here_with,
        stages_note=STAGES_NOTE,
        plan=plan(),
        tree=tree(),
        day=today(),
        sees_units=allowed(P.ATTENTION_READ),
        announcements=announcements_now(),
        asked=_asked(),
    )


@bp.get("/overview.<any(csv, xlsx):extension>")
@requires(P.TOTALS_READ)
def export(extension: str) -> ResponseReturnValue:
    """Send the overview's figures as a file."""
    looked_at = lens()
    table = overview_table(looked_at.view, board(looked_at), about(looked_at, str(STAGES_NOTE)))
    return send_table(table, extension, file_name(looked_at, table.name, stage_name(looked_at)))


def _only() -> str:
    return request.args.get("only", "")


@bp.get("/stages/<int:number>")
@requires(P.TOTALS_READ)
def stage(number: int) -> str:
    """Show units × steps of a stage."""
    looked_at, sort = lens(number), request.args.get("sort", "group")
    view, only = looked_at.view, _only()
    found = chosen(view, plan(), only)
    if found is None or not (sort in SORTS or sort.startswith("step-")):
        abort(404)
    groups = grouped(view, plan(), found, may_see)
    flat = ordered([row for group in groups for row in group.rows], sort) if sort != "group" else []
    return render(
        "overview/stage.html",
        lens=looked_at,
        view=view,
        found=found,
        only=only,
        sort=sort,
        groups=groups,
        flat=flat,
        hidden=sum(group.hidden for group in groups),
        tabs=filter_tabs(looked_at, only),
        filtered=filter_line(looked_at, only),
        sums=done_counts(view, plan(), view.enrolments),
        group_sums=lambda group: done_counts(view, plan(), group.enrolments),
        group_code=lambda group: looked_at.within(group.unit, group.enrolments),
        evidence_note=EVIDENCE_NOTE,
        plan=plan(),
        day=today(),
        here_with=here_with,
        sees_units=allowed(P.ATTENTION_READ),
    )


@bp.get("/stages/<int:number>.<any(csv, xlsx):extension>")
@requires(P.TOTALS_READ)
def export_stage(number: int, extension: str) -> ResponseReturnValue:
    """Send units × steps of a stage as a file, with the page's filter."""
    looked_at, only = lens(number), _only()
    found = chosen(looked_at.view, plan(), only)
    if found is None:
        abort(404)
    groups = grouped(looked_at.view, plan(), found, may_see)
    said = about(looked_at, str(EVIDENCE_NOTE), filter_line(looked_at, only))
    table = stage_table(looked_at.view, plan(), groups, said)
    return send_table(table, extension, file_name(looked_at, table.name, filter_name(looked_at, only)))


def init(_app: Flask) -> None:
    """Fill the menus of the frame."""
    init_menus()
