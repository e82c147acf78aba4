"""What every form is: CSRF on, our own sentences, an idempotency key or a version where it needs one."""

import hashlib
import secrets
from datetime import UTC, datetime
from typing import Any

from flask import g, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from markupsafe import Markup
from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from wtforms import Field, HiddenField, IntegerField
from wtforms.widgets import HiddenInput

from tracker.change import RefusedError
from tracker.session import db
from tracker.thai.text import has_forbidden
from tracker.web.guards import actor
from tracker.web.i18n import gettext as _
from tracker.web.i18n import refusal_text
from tracker.web.models import FormAnswer

KEY_LENGTH = 32
# Asked by every form that creates, so built once.
_FIRST_ANSWER = select(FormAnswer).where(
    FormAnswer.person_id == bindparam("person"), FormAnswer.key == bindparam("form")
)


def _body_hash() -> str:
    """Return what stands for everything that was posted, save the session's token and where to go on."""
    said = [pair for pair in request.form.items(multi=True) if pair[0] not in ("csrf_token", "next")]
    return hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()


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
        key = (self.idempotency_key.data or "")[:64]
        return "" if has_forbidden(key) else key

    def first_answer(self) -> FormAnswer | None:
        """Return what became of the first submit of this very page, or None."""
        if not self._key():
            return None
        answer: FormAnswer | None = db().scalar(
            _FIRST_ANSWER, {"person": actor().person_id, "form": self._key()}
        )
        return answer

    def is_same_as(self, first: FormAnswer) -> bool:
        """Tell whether this submit says the very same as the first one."""
        return first.body_hash == _body_hash()

    def begin_anew(self, first: FormAnswer) -> None:
        """Tell that the page was sent before with something else; the next submit is one of its own."""
        self.idempotency_key.process(None)
        link = Markup('<a href="{}">{}</a>').format(first.location, _("ดูสิ่งที่บันทึกแล้ว"))
        told = _("หน้านี้ส่งไปแล้วครั้งหนึ่งด้วยข้อมูลอื่น ครั้งนี้จึงยังไม่บันทึก หากต้องการบันทึกเพิ่มอีกรายการ กดบันทึกอีกครั้ง")
        self.form_errors = [*self.form_errors, Markup("{} {}").format(told, link)]

    def keep_answer(self, session: Session, location: str) -> None:
        """Keep where this submit leads, in the transaction that creates; raise RepeatedError in a race."""
        if not self._key():
            return
        answer = FormAnswer(
            person_id=actor().person_id,
            key=self._key(),
            body_hash=_body_hash(),
            answered_at=datetime.now(UTC),
            location=location,
        )
        session.add(answer)
        try:
            session.flush()
        except IntegrityError as error:
            session.rollback()
            first = self.first_answer()
            raise RepeatedError(first or answer) from error


class RepeatedError(Exception):
    """The form of the same page was just submitted by another request: `first`."""

    def __init__(self, first: FormAnswer) -> None:
        super().__init__(first.key)
        self.first = first


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
