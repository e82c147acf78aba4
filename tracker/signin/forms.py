"""What people type to sign in and about their own account."""

from wtforms.validators import ValidationError

from tracker.accounts.passwords import MIN_LENGTH
from tracker.signin.rules import NAME_LENGTH
from tracker.web.fields import ChoiceField, SecretField, TextField, worded
from tracker.web.forms import EditForm, TrackerForm
from tracker.web.i18n import LANGUAGES, lazy
from tracker.web.i18n import gettext as _
from tracker.web.more_fields import EmailField, PhoneField


class SignInForm(TrackerForm):
    """Who one is."""

    email = EmailField(
        lazy("อีเมล"),
        limit=254,
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )
    password = SecretField(lazy("รหัสผ่าน"), render_kw={"autocomplete": "current-password"})


class FirstPasswordForm(TrackerForm):
    """The password that takes the place of a one-time one."""

    current: SecretField | None = None
    password = SecretField(
        lazy("รหัสผ่านใหม่"),
        description=lazy(
            "อย่างน้อย %(count)s ตัวอักษร พิมพ์ภาษาไทยได้ ใช้หลายคำต่อกัน จะจำง่ายและเดายาก", count=MIN_LENGTH
        ),
        render_kw={"autocomplete": "new-password"},
    )
    again = SecretField(lazy("รหัสผ่านใหม่อีกครั้ง"), render_kw={"autocomplete": "new-password"})

    def validate_again(self, field: SecretField) -> None:
        """Refuse when the two differ."""
        if field.data != self.password.data:
            raise ValidationError(_("รหัสผ่านใหม่สองครั้งไม่ตรงกัน"))


class PasswordForm(FirstPasswordForm):
    """A new password, with the current one typed again."""

    current = SecretField(lazy("รหัสผ่านปัจจุบัน"), render_kw={"autocomplete": "current-password"})


class AccountForm(EditForm):
    """What the account says about its person."""

    name = TextField(lazy("ชื่อและนามสกุล"), limit=NAME_LENGTH, render_kw={"autocomplete": "name"})
    office_phone = PhoneField(
        lazy("โทรศัพท์ที่ทำงาน"),
        required=False,
        description=lazy("เฉพาะเบอร์ของหน่วยงาน ไม่ใช่เบอร์ส่วนตัว"),
        render_kw={"autocomplete": "off"},
    )
    language = ChoiceField(
        lazy("ภาษาที่ใช้"),
        choices=worded(list(LANGUAGES.items())),
        description=lazy("ใช้เมื่อเข้าจากเครื่องอื่นด้วย ปุ่มสลับภาษาเปลี่ยนเฉพาะเครื่องที่ใช้อยู่"),
    )

    @property
    def chosen_language(self) -> str:
        """Return the chosen language."""
        return str(self.language.data)
