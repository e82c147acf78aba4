"""Fields that fewer forms need: a file that is sent, a tick, an e-mail address, a telephone number."""

from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, Field
from wtforms.validators import ValidationError

from tracker.change import NO_PHONE
from tracker.thai.phones import PHONE_LENGTH, is_phone
from tracker.web.fields import TextField, missing
from tracker.web.i18n import gettext as _


class CheckField(BooleanField):
    """A tick; nothing posted is no."""

    widget_kind = "check"


class EmailField(TextField):
    """An e-mail address, as text: the operation says whether it can be one."""

    widget_kind = "email"


class PhoneField(TextField):
    """An office telephone number; text that is none is refused."""

    widget_kind = "tel"

    def __init__(self, label: Any = None, *, limit: int = PHONE_LENGTH, **kwargs: Any) -> None:
        super().__init__(label, limit=limit, **kwargs)

    def pre_validate(self, form: object) -> None:
        """Refuse what is refused of every text, and text that is no phone number."""
        super().pre_validate(form)
        if self.data and not is_phone(self.data):
            raise ValidationError(_(NO_PHONE))


class UploadField(FileField):
    """A file that is sent; `content` is its bytes, `file_name` the name that it was sent by."""

    widget_kind = "file"

    def __init__(self, label: Any = None, *, required: bool = True, accept: str = "", **kwargs: Any) -> None:
        super().__init__(label, render_kw={"accept": accept} if accept else None, **kwargs)
        self.flags.required = required

    @property
    def file_name(self) -> str:
        """Return the name of the file; empty when none was sent."""
        return str(self.data.filename or "") if isinstance(self.data, FileStorage) else ""

    @property
    def content(self) -> bytes:
        """Return the bytes of the file; none when none was sent."""
        if not isinstance(self.data, FileStorage):
            return b""
        self.data.stream.seek(0)
        content: bytes = self.data.stream.read()
        return content

    def pre_validate(self, form: object) -> None:
        """Refuse a missing file where one is needed."""
        if self.flags.required and not self.file_name:
            raise ValidationError(missing(self))


def chosen(field: Field) -> Any:
    """Return the data of a field that is required and passed its checks."""
    return field.data
