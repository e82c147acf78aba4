"""The list of units to follow as a table to take away: no person, no personal contact."""

from tracker.following.listing import FollowRow
from tracker.following.sentences import reason_lines
from tracker.programme.plan import Plan
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named
from tracker.web.tables import Column, ColumnKind, Table


def follow_table(rows: list[FollowRow], plan: Plan, about: tuple[str, ...]) -> Table:
    """Return the units to follow, each with every reason."""
    columns = (
        Column(_("รหัสหน่วยงาน"), width=12),
        Column(_("หน่วยงาน"), width=34),
        Column(_("กลุ่ม"), width=26),
        Column(_("เหตุผล"), width=60),
        Column(_("วันที่มากที่สุด"), ColumnKind.COUNT, 12),
        Column(_("ตั้งแต่"), ColumnKind.DAY, 14),
        Column(_("ตำแหน่งหัวหน้าหน่วยงาน"), width=26),
        Column(_("โทรศัพท์หน่วยงาน"), width=20),
        Column(_("ติดตามแล้วเมื่อ"), ColumnKind.DAY, 14),
        Column(_("ติดตามอีกครั้ง"), ColumnKind.DAY, 14),
    )
    lines = (
        (
            row.unit.code,
            named(row.unit),
            named(row.group),
            " · ".join(sentence for _kind, sentence in reason_lines(row.follow.reasons, plan)),
            row.follow.worst.days,
            row.follow.worst.since,
            named(row.head, "title"),
            row.head.phone if row.head else "",
            row.follow.called_on,
            row.follow.next_on,
        )
        for row in rows
    )
    return Table(_("หน่วยงานที่ควรติดตาม"), columns, lines, about)
