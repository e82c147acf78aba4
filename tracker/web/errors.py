"""What people see when something is wrong: a sentence, what to do, a reference number; never a trace."""

import errno
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from tracker.change import NotPermittedError, RefusedError, StaleError
from tracker.session import db
from tracker.web.guards import visitor
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy, refusal_text
from tracker.web.pages import notice

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SENTENCES = {
    400: (lazy("ส่งข้อมูลมาไม่ครบหรือหน้านี้เก่าเกินไป"), lazy("กลับไปเปิดหน้าเดิมใหม่ แล้วลองอีกครั้ง สิ่งที่บันทึกแล้วไม่หาย")),
    403: (lazy("บัญชีนี้ไม่มีสิทธิ์เปิดหน้านี้"), lazy("หากควรมีสิทธิ์ แจ้งผู้ดูแลระบบพร้อมเลขอ้างอิงนี้")),
    404: (
        lazy("ไม่พบสิ่งที่เปิด"),
        lazy("รายการนี้อาจถูกยกเลิก ย้ายหน่วยงาน หรือไม่อยู่ในหน่วยงานของคุณ ตรวจที่อยู่อีกครั้ง หรือค้นหาจากชื่อเรื่อง"),
    ),
    405: (lazy("เปิดหน้านี้ด้วยวิธีนี้ไม่ได้"), lazy("กลับไปหน้าก่อน แล้วกดปุ่มในหน้านั้น")),
    409: (lazy("มีคนแก้ไขรายการนี้ก่อนคุณ"), lazy("เปิดรายการใหม่เพื่อดูฉบับล่าสุด แล้วแก้ไขอีกครั้ง")),
    413: (lazy("ข้อมูลหรือไฟล์ใหญ่เกินไป"), lazy("แบ่งไฟล์ให้เล็กลง หรือย่อข้อความ แล้วส่งใหม่")),
    415: (lazy("ชนิดไฟล์นี้ใช้ไม่ได้"), lazy("ใช้ไฟล์ชนิดที่หน้านั้นบอกไว้")),
    422: (lazy("ข้อมูลที่ส่งมาใช้ไม่ได้"), lazy("ตรวจสิ่งที่พิมพ์หรือเลือก แล้วส่งใหม่")),
    429: (lazy("ลองหลายครั้งเกินไป"), lazy("รอสักครู่แล้วลองใหม่")),
    500: (lazy("ระบบขัดข้อง"), lazy("ไม่ใช่ความผิดของคุณ สิ่งที่บันทึกแล้วไม่หาย แจ้งผู้ดูแลระบบพร้อมเลขอ้างอิงนี้")),
    503: (lazy("ระบบกำลังไม่ว่าง"), lazy("รอสักครู่แล้วลองใหม่ สิ่งที่บันทึกแล้วไม่หาย")),
    507: (lazy("ที่เก็บข้อมูลเต็ม"), lazy("ยังบันทึกไม่ได้ แจ้งผู้ดูแลระบบพร้อมเลขอ้างอิงนี้")),
}


@dataclass
class ErrorPage:
    """What an error page says."""

    status: int
    heading: str
    text: str
    advice: str
    reference: str
    at: datetime
    actions: list[tuple[str, str]] = field(default_factory=list)


def new_reference() -> str:
    """Return a reference number that is easy to read out: 7F3K-2M9Q."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def reference() -> str:
    """Return this request's reference number, as it stands in the log and the audit trail."""
    if "reference" not in g:
        g.reference = new_reference()
    found: str = g.reference
    return found


def _actions(status: int) -> list[tuple[str, str]]:
    if visitor().person_id is None:
        return [(url_for("signin.sign_in"), _("เข้าสู่ระบบ"))]
    actions = [(url_for("home.index"), _("กลับไปหน้าแรก"))]
    if status == 403:
        actions.append((url_for("account.show"), _("ดูสิทธิ์ของบัญชีนี้")))
    return actions


def _fallback(page: ErrorPage, *, is_foreign_host: bool = False) -> str:
    template = current_app.jinja_env.get_template("errors/fallback.html")
    return template.render(error=page, is_foreign_host=is_foreign_host)


def error_page(status: int, text: str = "", advice: str = "") -> Response:
    """Return the page of an error."""
    heading, usual = SENTENCES.get(status, SENTENCES[500])
    page = ErrorPage(status, str(heading), text, advice or str(usual), reference(), datetime.now(UTC))
    if request_ctx.url_adapter is None:  # asked by a foreign host name: nothing here has an address
        return make_response(_fallback(page, is_foreign_host=True), status)
    page.actions = _actions(status)
    try:
        body = render_template("errors/error.html", error=page)
    except Exception:
        current_app.logger.exception("error page failed [%s]", page.reference)
        body = _fallback(page)
    answer = make_response(body, status)
    if status in (429, 503):
        answer.headers.setdefault("Retry-After", "30")
    return answer


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code == 401:
        return _signed_out()
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    page = error_page(error.code if error.code in SENTENCES else (500 if error.code >= 500 else 400))
    page.status_code = error.code
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            page.headers[name] = value
    return page


def _is_kept() -> bool:
    """Keep what was typed into a form whose session is over; tell whether there was anything to keep."""
    keep = current_app.extensions.get("keep_interrupted")
    return request.method == "POST" and keep is not None and bool(keep())


def _signed_out() -> ResponseReturnValue:
    reads = request.method in ("GET", "HEAD")
    wanted = request.full_path.rstrip("?") if reads or _is_kept() else None
    return redirect(url_for("signin.sign_in", next=wanted), 303)


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    if visitor().person_id is None:
        return _signed_out()
    if request.endpoint == "signin.sign_in":  # a tab that was opened before; it signs nobody in
        told = _("เข้าสู่ระบบอยู่แล้วในชื่อ %(name)s หากต้องการใช้บัญชีอื่น ออกจากระบบก่อน", name=visitor().name)
        notice(told, kind="warning")
        return redirect(url_for("signin.sign_in", next=request.args.get("next")), 303)
    if _is_kept():
        return redirect(url_for("signin.resume"), 303)
    return error_page(400, _("หน้านี้เปิดไว้นานเกินไปหรือเปิดจากที่อื่น ระบบจึงไม่รับข้อมูล"))


def _database(error: DBAPIError | PoolTimeoutError) -> ResponseReturnValue:
    current_app.logger.error("database [%s] %s", reference(), str(getattr(error, "orig", error)))
    db().rollback()
    text = str(getattr(error, "orig", error)).lower()
    if isinstance(error, DataError):
        return error_page(422)
    if isinstance(error, IntegrityError):
        return error_page(409)
    if "full" in text or "no space" in text:
        return error_page(507)
    if isinstance(error, (OperationalError, PoolTimeoutError)):
        return error_page(503)
    return error_page(500)


def _disk(error: OSError) -> ResponseReturnValue:
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        raise error
    current_app.logger.error("disk full [%s] %s", reference(), error)
    return error_page(507)


def _unexpected(error: Exception) -> ResponseReturnValue:
    where = (reference(), request.method, request.path)
    current_app.logger.error("unexpected [%s] %s %s", *where, exc_info=error)
    return error_page(500)


def init_errors(app: Flask) -> None:
    """Register what answers each kind of error."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(NotPermittedError, lambda _error: error_page(403))
    app.register_error_handler(StaleError, lambda _error: error_page(409))
    app.register_error_handler(RefusedError, lambda error: error_page(422, refusal_text(error)))
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolTimeoutError, _database)
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(OverflowError, lambda _error: error_page(422))
    app.register_error_handler(UnicodeError, lambda _error: error_page(422))
    if not app.config.get("TESTING"):
        app.register_error_handler(Exception, _unexpected)
