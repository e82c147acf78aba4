"""Reasons to follow a unit, in words; and whom to call, as the page's part takes it."""

from collections.abc import Iterable

from tracker.following.attention import Reason, ReasonKind
from tracker.following.queries import Head
from tracker.programme.plan import Plan
from tracker.thai.phones import dialled
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy, named, phone

REASON_NAMES = {
    ReasonKind.LATE: lazy("เกินกำหนดตามแผน"),
    ReasonKind.SILENT: lazy("ไม่มีบันทึกใหม่ 30 วันขึ้นไป"),
    ReasonKind.NO_FACILITATOR: lazy("ไม่มีคุณอำนวยที่ผ่านการฝึก"),
    ReasonKind.NO_RECORD: lazy("ยังไม่พบหลักฐานในระบบ"),
}


def reason_sentence(reasons: list[Reason], plan: Plan) -> str:
    """Return reasons of one kind with the days of each; several steps have a sentence of their own."""
    kind = reasons[0].kind
    days = ", ".join(f"{reason.days:,}" for reason in reasons)
    step = ", ".join(str(plan.step_by_id[r.step_id].number) for r in reasons if r.step_id)
    if kind is ReasonKind.LATE and len(reasons) > 1:
        return _("ขั้นตอนที่ %(steps)s เกินกำหนด %(days)s วัน", steps=step, days=days)
    if kind is ReasonKind.NO_RECORD and len(reasons) > 1:
        return _("ขั้นตอนที่ %(steps)s ยังไม่พบหลักฐานในระบบ %(days)s วัน", steps=step, days=days)
    if kind is ReasonKind.LATE:
        return _("ขั้นตอนที่ %(step)s เกินกำหนด %(days)s วัน", step=step, days=days)
    if kind is ReasonKind.NO_RECORD:
        return _("ขั้นตอนที่ %(step)s ยังไม่พบหลักฐานในระบบ %(days)s วัน", step=step, days=days)
    if kind is ReasonKind.SILENT:
        return _("ไม่มีบันทึกใหม่ %(days)s วัน", days=days)
    return _("ไม่มีคุณอำนวยที่ผ่านการฝึก %(days)s วัน", days=days)


def reason_lines(reasons: Iterable[Reason], plan: Plan) -> list[tuple[str, str]]:
    """Return (kind, sentence) for each kind of reason, the worst first; one sentence for several steps."""
    kinds: dict[ReasonKind, list[Reason]] = {}
    for reason in reasons:
        kinds.setdefault(reason.kind, []).append(reason)
    return [(kind.value, reason_sentence(found, plan)) for kind, found in kinds.items()]


def call_line(head: Head | None) -> tuple[str, str, str] | None:
    """Return (position, phone as shown, digits to dial) of the head of a unit."""
    return (named(head, "title"), phone(head.phone), dialled(head.phone)) if head else None
