"""Activities as a table, for CSV and XLSX."""

from collections.abc import Iterator

from tracker.activities.filters import Wanted
from tracker.activities.listing import each_activity
from tracker.activities.queries_record import executive_counts
from tracker.organisation.tree import UnitTree
from tracker.programme.plan import Plan
from tracker.session import db
from tracker.thai.dates import format_day
from tracker.web.clock import today
from tracker.web.guards import actor
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.tables import Cell, Column, ColumnKind, Table
from tracker.web.words import AUDIENCES


def columns() -> tuple[Column, ...]:
    """Return the columns of the export."""
    return (
        Column(_("วันที่จัด"), ColumnKind.DAY, 14),
        Column(_("ชื่อเรื่อง"), width=50),
        Column(_("รหัสหน่วยงาน"), width=12),
        Column(_("หน่วยงาน"), width=30),
        Column(_("ระยะ"), ColumnKind.COUNT, 8),
        Column(_("ขั้นตอน"), width=20),
        Column(_("ประเภท"), width=22),
        Column(_("จำนวนผู้เข้าร่วม"), ColumnKind.COUNT, 10),
        Column(_("ผู้บริหารที่เข้าร่วม"), ColumnKind.COUNT, 10),
        Column(_("ผลที่ได้"), width=60),
        Column(_("ลิงก์หรือเลขที่หนังสือ"), width=30),
        Column(_("ผู้มีสิทธิ์อ่าน"), width=16),
        Column(_("วันที่บันทึก"), ColumnKind.DAY, 14),
    )


def _rows(wanted: Wanted, tree: UnitTree, plan: Plan) -> Iterator[tuple[Cell, ...]]:
    session = db()
    executives = executive_counts(session)
    units = {node.id: (node.code, named(node)) for node in tree}
    stages = {stage.id: stage.number for stage in plan.stages}
    steps = {step.id: f"{step.number} {named(step, 'short')}" for step in plan.steps}
    ready = _("เตรียมความพร้อม")
    kinds = {kind.id: named(kind) for kind in plan.kinds}
    kept = _("ใช้ภายในหน่วยงาน")
    audiences = {audience: str(word) for audience, word in AUDIENCES.items()}
    for activity in each_activity(session, actor(), tree, wanted.filters, order=wanted.order):
        yield (
            activity.held_on,
            activity.title if activity.is_open else kept,
            *units[activity.unit_id],
            stages[activity.stage_id],
            steps.get(activity.step_id, ready),
            kinds[activity.kind_id],
            activity.participants,
            executives.get(activity.id) if activity.is_open else None,
            activity.outcome,
            activity.link,
            audiences[activity.audience],
            activity.entered_on,
        )


def activity_table(wanted: Wanted, tree: UnitTree, plan: Plan) -> Table:
    """Return the activities of a filter as a table, and what it says about itself."""
    about = [_("กิจกรรม ณ %(day)s", day=format_day(today(), language()))]
    about += [f"{name}: {value}" for name, value, _url in wanted.tags] or [_("ทุกกิจกรรมที่บัญชีนี้อ่านได้")]
    return Table(_("กิจกรรม"), columns(), _rows(wanted, tree, plan), tuple(about))
