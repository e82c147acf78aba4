"""Slips with one-time passwords, to print and hand over: kept nowhere.

The passwords of a page are made from what that page and that browser session alone know, so that the very
same submit again (a double click, a reload) can show them again for some minutes; nothing else can.
"""

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.models import Person
from tracker.accounts.passwords import (
    OneTimePassword,
    one_time_password,
    one_time_passwords,
    password_matches,
    secret_for,
)
from tracker.organisation.tree import UnitNode
from tracker.session import close_session
from tracker.web.clock import now
from tracker.web.forms import CreateForm
from tracker.web.i18n import gettext as _
from tracker.web.models import FormAnswer
from tracker.web.pages import notice, render, see
from tracker.web.reference import here

SHOWN_AGAIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person is handed: who, where to sign in by which name, and the password."""

    name: str
    email: str
    password: str
    unit: UnitNode | None

    @classmethod
    def of(cls, person: Person, password: str, unit: UnitNode | None = None) -> Self:
        """Return the slip of a person."""
        return cls(person.name, person.email, password, unit)


def first_password_days() -> int:
    """Return for how many days a one-time password works."""
    days: int = current_app.config["FIRST_PASSWORD_DAYS"]
    return days


def show_slips(slips: Sequence[Slip], back: str, leads_to: str | None = None) -> ResponseReturnValue:
    """Show slips; the page is the only place where the passwords ever stand."""
    address = url_for("signin.sign_in", _external=True)
    return render(
        "administration/slips.html",
        slips=slips,
        back_url=back,
        leads_to=leads_to,
        address=address,
        days=first_password_days(),
        info=here(),
    )


def _page_secret(form: CreateForm) -> bytes | None:
    """Return what only this page in this browser session gives; the session's token is stored nowhere."""
    token = request.cookies.get(current_app.config["SESSION_COOKIE_NAME"], "")
    page = form.idempotency_key.data or ""
    if not (token and page):
        return None
    key: str = current_app.config["SECRET_KEY"]
    return hmac.digest(key.encode(), repr(("slips", token, page)).encode(errors="backslashreplace"), "sha256")


def page_passwords(form: CreateForm, addresses: Collection[str]) -> dict[str, OneTimePassword]:
    """Return the one-time passwords that this page gives to accounts, by address.

    Nothing is open while they are hashed, neither to write nor to read.
    """
    close_session()
    return one_time_passwords(addresses, secret=_page_secret(form))


def slips_again(
    form: CreateForm,
    first: FormAnswer,
    people: Sequence[tuple[Person, UnitNode | None]],
    back: str,
    leads_to: str | None = None,
) -> ResponseReturnValue:
    """Answer a page that was sent before: with its slips again, or with what became of it.

    A slip is shown as long as its password is still the account's, and for some minutes only.
    """
    secret, slips = _page_secret(form), list[Slip]()
    close_session()
    if secret and now() - first.answered_at <= SHOWN_AGAIN:
        for person, unit in people:
            password = one_time_password(secret_for(secret, person.email))
            if person.must_change_password and password_matches(person.password_hash, password):
                slips.append(Slip.of(person, password, unit))
    if slips:
        return show_slips(slips, back, leads_to)
    notice(
        _("หน้านี้ส่งไปแล้ว ไม่มีอะไรถูกทำซ้ำ ใบรหัสผ่านเปิดดูอีกไม่ได้ ถ้ายังไม่ได้พิมพ์ไว้ ให้ตั้งรหัสผ่านใหม่ที่หน้าของบุคคลนั้น"),
        kind="warning",
    )
    return see(first.location)
