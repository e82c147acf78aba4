"""The overview and its lists as tables to take away."""

from collections import Counter
from collections.abc import Callable, Iterable

from tracker.following.headlines import Figure
from tracker.following.sentences import reason_lines
from tracker.following.stage_view import StageView
from tracker.organisation.tree import UnitNode
from tracker.overview.board import BoardRow
from tracker.overview.rows import HeatGroup, HeatRow
from tracker.programme.plan import Plan
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, lazy, named
from tracker.web.tables import Cell, Column, ColumnKind, Table

FIGURE_NAMES = {
    Figure.EXECUTIVES: lazy("ผู้บริหารเข้าร่วมด้วยตนเอง"),
    Figure.FIRST_FIVE: lazy("ทำขั้นตอนที่ 1-5 ครบ"),
    Figure.TRAINED: lazy("มีคุณอำนวยผ่านการฝึก"),
    Figure.TAKEN_UP: lazy("นวัตกรรมที่หน่วยงานอื่นนำไปใช้"),
    Figure.TO_FOLLOW: lazy("หน่วยงานที่ควรติดตาม"),
}


def overview_table(view: StageView, rows: list[BoardRow], about: tuple[str, ...]) -> Table:
    """Return the five figures, then each cell of the matrix, one a row."""
    stage = view.scope.stage.number
    columns = (
        Column(_("ตัวเลข"), width=34),
        Column(_("ระยะที่"), ColumnKind.COUNT, 8),
        Column(_("ขั้นตอนที่"), ColumnKind.COUNT, 10),
        Column(_("ชื่อขั้นตอน"), width=34),
        Column(_("จำนวน"), ColumnKind.COUNT, 10),
        Column(_("จากทั้งหมด"), ColumnKind.COUNT, 10),
        Column(_("กำลังดำเนินการ"), ColumnKind.COUNT, 14),
        Column(_("เดือนก่อน"), ColumnKind.COUNT, 10),
        Column(_("หน่วยงานร่วม"), ColumnKind.COUNT, 14),
        Column(_("จากหน่วยงานร่วมทั้งหมด"), ColumnKind.COUNT, 20),
    )

    def lines() -> Iterable[tuple[Cell, ...]]:
        for head in view.headlines:
            name, numbers = str(FIGURE_NAMES[head.figure]), (head.n, head.of, None, head.before)
            yield (name, stage, None, "", *numbers, None, None)
        for row in rows:
            for cell in row.cells:
                f = cell.figures
                shared = (f.joined, f.members) if f.members else (None, None)
                place = (row.stage.number, cell.step.number, named(cell.step))
                yield (_("แล้วเสร็จ"), *place, f.done, f.of, f.doing, None, *shared)

    return Table(_("ภาพรวมความก้าวหน้า"), columns, lines(), about)


def _unit_columns(counts: bool) -> tuple[Column, ...]:
    """Return the columns that name a unit; with `counts`, that of how many units a row stands for."""
    return (
        Column(_("รหัสหน่วยงาน"), width=12),
        Column(_("หน่วยงาน"), width=34),
        Column(_("กลุ่ม"), width=26),
        *([Column(_("จำนวนหน่วยงาน"), ColumnKind.COUNT, 14)] if counts else []),
    )


def _stage_columns(plan: Plan, counts: bool) -> tuple[Column, ...]:
    steps = []
    for step in plan.steps:
        steps.append(Column(f"{step.number} {named(step, 'short')}", width=18))
        steps.append(Column(f"{step.number} {_('หลักฐาน')}", width=12))
    return (
        *_unit_columns(counts),
        *steps,
        Column(_("บันทึกล่าสุด"), ColumnKind.DAY, 14),
        Column(_("เหตุผลที่ควรติดตาม"), width=50),
    )


def _stage_row(view: StageView, plan: Plan, row: HeatRow, counts: bool) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for cell in row.cells:
        cells.append(cell.step.claim_word(cell.claim, language()))
        cells.append(_("%(k)s จาก %(n)s", k=cell.met, n=cell.rules))
    reasons = reason_lines(view.reasons.get(row.enrolment.id, ()), plan)
    told = " · ".join(sentence for _kind, sentence in reasons)
    one = (1,) if counts else ()
    return (row.unit.code, named(row.unit), named(row.group), *one, *cells, row.heard_on, told)


def stage_table(view: StageView, plan: Plan, groups: list[HeatGroup], about: tuple[str, ...]) -> Table:
    """Return units × steps; those of a group that the visitor may only count are one row together."""
    counts = any(group.hidden for group in groups)
    columns = _stage_columns(plan, counts)

    def lines() -> Iterable[tuple[Cell, ...]]:
        for group in groups:
            for row in group.rows:
                yield _stage_row(view, plan, row, counts)
            if group.hidden:
                blank = (None,) * (len(columns) - 4)
                yield ("", _("(ไม่แสดงชื่อ)"), named(group.unit), group.hidden, *blank)

    return Table(_("ระยะที่ %(n)s", n=view.scope.stage.number), columns, lines(), about)


def members_table(
    nodes: list[UnitNode],
    title: str,
    group: Callable[[UnitNode], str],
    seen: Callable[[UnitNode], bool],
    about: tuple[str, ...],
) -> Table:
    """Return members, one a row; those of a group that the visitor may only count are one row together."""
    hidden = Counter(group(node) for node in nodes if not seen(node))
    one = (1,) if hidden else ()
    rows: list[tuple[Cell, ...]] = [(n.code, named(n), group(n), *one) for n in nodes if seen(n)]
    rows += [("", _("(ไม่แสดงชื่อ)"), name, number) for name, number in hidden.items()]
    return Table(title, _unit_columns(bool(hidden)), rows, about)
