"""Reasons to follow a unit, in words; and whom to call, as the page's part takes it."""

from collections.abc import Iterable

from tracker.following.attention import Reason, ReasonKind
from tracker.following.queries import Head
from tracker.programme.plan import Plan
from tracker.thai.phones import dialled
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy, named

REASON_NAMES = {
    ReasonKind.LATE: lazy("เกินกำหนดตามแผน"),
    ReasonKind.SILENT: lazy("ไม่มีบันทึกใหม่ 30 วันขึ้นไป"),
    ReasonKind.NO_FACILITATOR: lazy("ไม่มีคุณอำนวย"),
    ReasonKind.NO_RECORD: lazy("ยังไม่พบหลักฐานในระบบ"),
}


def reason_sentence(reason: Reason, plan: Plan) -> str:
    """Return one reason with its days."""
    days = f"{reason.days:,}"
    step = plan.step_by_id[reason.step_id].number if reason.step_id else 0
    if reason.kind is ReasonKind.LATE:
        return _("ขั้นตอนที่ %(step)s เกินกำหนดตามแผน %(days)s วัน", step=step, days=days)
    if reason.kind is ReasonKind.NO_RECORD:
        return _("ขั้นตอนที่ %(step)s ยังไม่พบหลักฐานในระบบ %(days)s วัน", step=step, days=days)
    if reason.kind is ReasonKind.SILENT:
        return _("ไม่มีบันทึกใหม่ %(days)s วัน", days=days)
    return _("ไม่มีคุณอำนวย %(days)s วัน", days=days)


def reason_lines(reasons: Iterable[Reason], plan: Plan) -> list[tuple[str, str]]:
    """Return (kind, sentence) for each kind of reason, the worst first; further steps follow in it."""
    lines: dict[ReasonKind, str] = {}
    for reason in reasons:
        if reason.kind not in lines:
            lines[reason.kind] = reason_sentence(reason, plan)
        else:
            step = plan.step_by_id[reason.step_id].number if reason.step_id else 0
            lines[reason.kind] += _(", ขั้นตอนที่ %(step)s %(days)s วัน", step=step, days=f"{reason.days:,}")
    return [(kind.value, sentence) for kind, sentence in lines.items()]


def call_line(head: Head | None) -> tuple[str, str, str] | None:
    """Return (position, phone as shown, digits to dial) of the head of a unit."""
    return (named(head, "title"), head.phone, dialled(head.phone)) if head else None
