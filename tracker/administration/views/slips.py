"""Slips with one-time passwords, to print and hand over: shown once, kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from flask import current_app, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.models import Person
from tracker.organisation.tree import UnitNode
from tracker.web.pages import render
from tracker.web.reference import here


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
