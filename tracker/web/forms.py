"""What every form is: CSRF on, our own sentences, an idempotency key or a version where it needs one."""

import secrets
from datetime import UTC, datetime
from typing import Any

from flask import g
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from wtforms import Field, HiddenField, IntegerField
from wtforms.widgets import HiddenInput

from tracker.change import RefusedError
from tracker.session import db
from tracker.web.guards import actor
from tracker.web.i18n import gettext as _
from tracker.web.i18n import refusal_text
from tracker.web.models import FormAnswer

KEY_LENGTH = 32


class TrackerForm(FlaskForm):
    """The base of all forms. A form that fails says so in `errors`; what was typed stays in it."""

    form_errors: list[str]

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Take what was posted, or what was typed when a session ended on this page."""
            posted = super().wrap_formdata(form, formdata)
            return g.get("resumed") if posted is None and formdata is _Auto else posted

    def refuse(self, error: RefusedError) -> None:
        """Show a refusal: at its field when it names one of this form, else at the top."""
        sentence = refusal_text(error)
        field: Field | None = self._fields.get(error.field) if error.field else None
        if field is None:
            self.form_errors = [*self.form_errors, sentence]
        else:
            field.errors = [*field.errors, sentence]


class CreateForm(TrackerForm):
    """A form that creates something: a second submit of the same page gets the first one's answer."""

    idempotency_key = HiddenField(default=lambda: secrets.token_hex(KEY_LENGTH // 2))

    def _key(self) -> str:
        return (self.idempotency_key.data or "")[:64]

    def first_answer(self) -> str | None:
        """Return where the first submit of this very page led, or None."""
        if not self._key():
            return None
        location: str | None = db().scalar(
            select(FormAnswer.location).where(
                FormAnswer.person_id == actor().person_id, FormAnswer.key == self._key()
            )
        )
        return location

    def keep_answer(self, session: Session, location: str) -> None:
        """Keep where this submit leads, in the transaction that creates; raise RepeatedError in a race."""
        if not self._key():
            return
        answer = FormAnswer(
            person_id=actor().person_id, key=self._key(), answered_at=datetime.now(UTC), location=location
        )
        session.add(answer)
        try:
            session.flush()
        except IntegrityError as error:
            session.rollback()
            raise RepeatedError(self.first_answer() or location) from error


class RepeatedError(Exception):
    """The very same form was just submitted by another request, which led to `location`."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class EditForm(TrackerForm):
    """A form that changes a record: it carries the version that it was opened with."""

    version = IntegerField(widget=HiddenInput())

    @property
    def opened_with(self) -> int:
        """Return the version that the page was opened with; a missing one matches nothing."""
        return self.version.data if isinstance(self.version.data, int) else -1

    def validate(self, extra_validators: Any = None) -> bool:
        """Check as usual; a broken version is told as a sentence."""
        valid: bool = super().validate(extra_validators)
        if self.version.errors:
            self.version.errors = []
            self.form_errors = [_("หน้านี้ไม่ครบถ้วน กรุณาเปิดใหม่แล้วลองอีกครั้ง")]
            return False
        return valid
