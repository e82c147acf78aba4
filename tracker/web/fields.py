"""The fields of our forms: text, passwords and counts here, days and choices from their own modules."""

from contextlib import suppress
from typing import Any

from wtforms import Field, PasswordField, StringField, TextAreaField
from wtforms.validators import ValidationError

from tracker.thai.identity import find_national_id
from tracker.thai.numerals import CountError, parse_count
from tracker.thai.text import clean_block, clean_line, has_forbidden
from tracker.web.choice_fields import (
    ChoiceField,
    ChoicesField,
    ManyField,
    SelectChoiceField,
    numbered,
    optional_id,
    worded,
)
from tracker.web.date_field import BeDateField
from tracker.web.i18n import gettext as _
from tracker.web.unit_field import UnitField

__all__ = [
    "BeDateField",
    "ChoiceField",
    "ChoicesField",
    "CountField",
    "LongTextField",
    "ManyField",
    "SecretField",
    "SelectChoiceField",
    "TextField",
    "UnitField",
    "numbered",
    "optional_id",
    "worded",
]


class _Checked:
    """Required or not, and what every typed text must pass."""

    def check_text(self, text: str, limit: int) -> None:
        if has_forbidden(text):
            raise ValidationError(_("มีอักขระที่ระบบเก็บไม่ได้ กรุณาพิมพ์ใหม่"))
        if len(text) > limit:
            raise ValidationError(
                _(
                    "ยาวเกินไป พิมพ์ได้ไม่เกิน %(limit)s ตัวอักษร (มี %(length)s)",
                    limit=f"{limit:,}",
                    length=f"{len(text):,}",
                )
            )
        if find_national_id(text):
            raise ValidationError(_("ลบเลข 13 หลักออก ระบบไม่เก็บเลขประจำตัวประชาชน"))


def missing(field: Field) -> str:
    return str(_("กรุณาใส่%(label)s", label=field.label.text))


class TextField(_Checked, StringField):
    """One line of text, normalised; `data` is "" when nothing was typed."""

    widget_kind = "text"

    def __init__(self, label: Any = None, *, required: bool = True, limit: int = 300, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.limit = limit
        self.flags.required = required
        self.typed: str | None = None

    def clean(self, text: str) -> str:
        """Return the text as it is stored."""
        return clean_line(text)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed for the page, and its normalised form as data."""
        self.typed = valuelist[0] if valuelist else ""
        self.data = "" if has_forbidden(self.typed) else self.clean(self.typed)

    def _value(self) -> str:
        shown = self.typed if self.typed is not None and self.errors else self.data
        return "".join(c for c in shown or "" if c != "\0" and not "\ud800" <= c <= "\udfff")

    def pre_validate(self, form: object) -> None:
        """Refuse missing, overlong and forbidden text, and national ids."""
        self.check_text(self.typed or "", max(self.limit * 2, 20_000))
        self.check_text(self.data or "", self.limit)
        if self.flags.required and not self.data:
            raise ValidationError(missing(self))


class LongTextField(TextField, TextAreaField):
    """Several lines of text, normalised."""

    widget = TextAreaField.widget
    widget_kind = "longtext"

    def __init__(self, label: Any = None, *, limit: int = 4000, **kwargs: Any) -> None:
        super().__init__(label, limit=limit, **kwargs)

    def clean(self, text: str) -> str:
        """Return the text as it is stored."""
        return clean_block(text)


class SecretField(PasswordField):
    """A password: never shown again, never normalised."""

    widget_kind = "password"

    def __init__(self, label: Any = None, *, required: bool = True, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.flags.required = required

    def pre_validate(self, form: object) -> None:
        """Refuse a missing, forbidden or overlong password."""
        if self.flags.required and not self.data:
            raise ValidationError(missing(self))
        if has_forbidden(self.data or "") or len(self.data or "") > 200:
            raise ValidationError(_("รหัสผ่านใช้ไม่ได้"))


class CountField(_Checked, StringField):
    """A whole number from 0, typed in any digits; `data` is None when nothing was typed."""

    widget_kind = "count"

    def __init__(
        self,
        label: Any = None,
        *,
        required: bool = False,
        most: int = 99_999,
        unit: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.flags.required = required
        self.most = most
        self.unit_label = unit
        self.typed = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; what cannot be read is told by the checks."""
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        with suppress(CountError):
            self.data = parse_count(self.typed) if self.typed else None

    def _value(self) -> str:
        if self.errors or self.data is None:
            return "".join(c for c in self.typed if c.isprintable())[:60]
        return str(self.data)

    def pre_validate(self, form: object) -> None:
        """Refuse what is no count, negative or too large."""
        if self.typed and (self.data is None or not 0 <= self.data <= self.most):
            raise ValidationError(_("ต้องเป็นจำนวนเต็ม 0 ถึง %(most)s", most=f"{self.most:,}"))
        if self.flags.required and self.data is None:
            raise ValidationError(missing(self))
