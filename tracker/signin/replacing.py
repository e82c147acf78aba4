"""A new password for oneself: every session ends, and this browser gets a new one."""

from flask.typing import ResponseReturnValue
from flask_security import current_user

from tracker.change import Change, msgid
from tracker.signin.forms import FirstPasswordForm
from tracker.signin.operations import change_password
from tracker.signin.sessions import own_session
from tracker.signin.signing import Outcome, Started, prove, start_session
from tracker.signin.waiting import wait_page
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, submit

TOO_OFTEN = msgid("ใส่รหัสผ่านปัจจุบันไม่ถูกต้องหลายครั้ง ลองใหม่ได้ในอีก %(minutes)s นาที")


def replace_password(form: FirstPasswordForm, template: str, to: str) -> ResponseReturnValue:
    """Answer the form of a new password; `to` is the address to go on to."""
    wanted = own_session().get("next")
    if form.current is not None and form.is_submitted() and form.validate():
        tried = prove(current_user.person, form.current.data)
        if tried.outcome is Outcome.THROTTLED:
            return wait_page(tried.wait, TOO_OFTEN)

    def do(change: Change) -> Started:
        current = form.current.data if form.current else None
        person = change_password(change, current=current, password=form.password.data)
        return start_session(change.session, person, renew=True)

    def said(started: Started) -> None:
        own_session().adopt(*started)
        if wanted:
            own_session()["next"] = wanted
        notice(_("เปลี่ยนรหัสผ่านแล้ว เครื่องอื่นที่เข้าสู่ระบบไว้ต้องเข้าใหม่"))

    return submit(form, template, do=do, to=lambda _started: to, said=said)
