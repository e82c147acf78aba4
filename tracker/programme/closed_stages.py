"""Closed stages on pages: whose they still are, and what is answered to everybody else."""

from collections.abc import Iterable

from flask import abort, g, make_response, request

from tracker.accounts.permissions import Permission
from tracker.programme.plan import StageInfo
from tracker.web.guards import allowed
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, see


def is_shut(stage: StageInfo) -> bool:
    """Tell whether a stage is closed to the visitor: only who manages stages still changes its records."""
    return stage.is_closed and not allowed(Permission.STAGES_MANAGE)


def asks_why(stage: StageInfo) -> bool:
    """Tell whether the visitor writes in a stage that is closed, and so with a reason."""
    return stage.is_closed and not is_shut(stage)


def shut_sentence(stage: StageInfo) -> str:
    """Return what is said where a stage is closed to the visitor, and whom to ask."""
    return _(
        "ระยะที่ %(n)s ปิดแล้ว เพิ่มหรือแก้ไขได้โดยฝ่ายเลขานุการ KM เท่านั้น ถ้าต้องเพิ่มหรือแก้ไข แจ้งฝ่ายเลขานุการ KM",
        n=stage.number,
    )


def turn_back(stages: Iterable[StageInfo], to: str, more: str = "") -> None:
    """Send back who opens a form of a stage that is closed to them, and say why, and what else to do."""
    shut = next(filter(is_shut, stages), None)
    if shut is not None:
        send_back(to, " ".join(filter(None, (shut_sentence(shut), more))))


def send_back(to: str, why: str) -> None:
    """Send who opens a form that could not be saved back, and say why.

    What is sent goes on to its operation, which refuses it with all that was typed.
    """
    if request.method == "GET" and g.get("resumed") is None:
        notice(why, kind="error")
        abort(make_response(see(to)))
