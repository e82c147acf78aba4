"""The page of whoever guessed too often."""

from datetime import timedelta

from flask import Response

from tracker.web.errors import error_page
from tracker.web.i18n import gettext as _


def wait_page(wait: timedelta, sentence: str) -> Response:
    """Answer 429 with how long to wait; `sentence` is a msgid that may name the %(minutes)s."""
    seconds = int(wait.total_seconds()) + 1
    page = error_page(
        429,
        _(sentence, minutes=-(-seconds // 60)),
        _("หากลืมรหัสผ่าน ติดต่อผู้ดูแลระบบตามที่บอกไว้ในหน้าเข้าสู่ระบบ"),
    )
    page.headers["Retry-After"] = str(seconds)
    return page
