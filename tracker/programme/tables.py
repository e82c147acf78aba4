"""Lists of the programme as tables."""

from collections.abc import Sequence

from tracker.programme.queries import EnrolmentLine
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named
from tracker.web.tables import Column, ColumnKind, Table


def enrolment_table(lines: Sequence[EnrolmentLine], about: tuple[str, ...]) -> Table:
    """Return enrolments, one a row, and what the file says about itself."""
    columns = (
        Column(_("ระยะที่"), ColumnKind.COUNT, 8),
        Column(_("รหัส"), width=12),
        Column(_("หน่วยงาน"), width=40),
        Column(_("เข้าร่วมตั้งแต่"), ColumnKind.DAY, 16),
        Column(_("ถอนตั้งแต่"), ColumnKind.DAY, 16),
        Column(_("เหตุผล"), width=40),
    )
    rows = (
        (
            line.stage.number,
            line.node.code,
            named(line.node),
            line.enrolment.enrolled_on,
            line.enrolment.withdrawn_on,
            line.enrolment.withdrawn_reason,
        )
        for line in lines
    )
    return Table(_("การเข้าร่วม"), columns, rows, about)
