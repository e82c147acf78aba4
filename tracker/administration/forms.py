"""What administrators and the office may enter about persons, roles, units, posts and the installation."""

import base64
import binascii
from typing import Any

from wtforms import HiddenField

from tracker.accounts.models import RoleKind
from tracker.administration.limits import (
    CODE_LENGTH,
    EMAIL_LENGTH,
    NAME_LENGTH,
    SHORT_NAME_LENGTH,
)
from tracker.change import REASON_LENGTH
from tracker.web.choice_fields import ChoiceField, SelectChoiceField, worded
from tracker.web.fields import BeDateField, LongTextField, TextField
from tracker.web.forms import CreateForm, EditForm, TrackerForm
from tracker.web.i18n import LANGUAGES, lazy
from tracker.web.more_fields import CheckField, EmailField, PhoneField, UploadField
from tracker.web.shell import ROLE_NAMES
from tracker.web.unit_field import UnitField

LANGUAGE_CHOICES = worded(LANGUAGES.items())


class _PersonFields:
    """What is known of somebody with an account."""

    name = TextField(lazy("ชื่อและนามสกุล"), limit=NAME_LENGTH)
    email = EmailField(lazy("อีเมล"), limit=EMAIL_LENGTH, description=lazy("ใช้เข้าสู่ระบบ ควรเป็นอีเมลของหน่วยงาน"))
    office_phone = PhoneField(lazy("โทรศัพท์ที่ทำงาน"), required=False)
    language = ChoiceField(lazy("ภาษา"), choices=LANGUAGE_CHOICES, default="th")


class _RoleFields:
    """A role at a unit, from a day to a day."""

    kind = ChoiceField(lazy("บทบาท"), choices=[])
    unit_id = UnitField(lazy("หน่วยงาน"))
    since = BeDateField(lazy("ตั้งแต่วันที่"))
    until = BeDateField(lazy("ถึงวันที่"), required=False, description=lazy("เว้นว่างไว้หากยังไม่ทราบ"))

    def offer_kinds(self, kinds: list[RoleKind]) -> None:
        """Offer the roles that the visitor may give."""
        self.kind.choices = worded((kind.value, ROLE_NAMES[kind]) for kind in kinds)


class PersonForm(_PersonFields, CreateForm):
    """Add somebody with an account."""


class PersonEditForm(_PersonFields, EditForm):
    """Change what is known of somebody."""


class RoleForm(_RoleFields, CreateForm):
    """Give somebody a role."""


class RoleEndForm(TrackerForm):
    """End a role."""

    on = BeDateField(
        lazy("วันสุดท้ายที่ถือบทบาท"),
        description=lazy("หากให้บทบาทผิด ใส่วันก่อนวันแรกของบทบาท บทบาทนั้นจะถูกลบออก"),
    )


class HandOverForm(TrackerForm):
    """Hand somebody's roles and drafts over to a successor."""

    email = EmailField(lazy("อีเมลของผู้รับช่วง"), limit=EMAIL_LENGTH, description=lazy("ผู้รับช่วงต้องมีบัญชีอยู่แล้ว"))
    on = BeDateField(lazy("ผู้รับช่วงเริ่มวันที่"))


class ConfirmForm(CreateForm):
    """Confirm, with nothing to enter."""


class FileForm(CreateForm):
    """Send a file, look at the dry run, then confirm: the file's content comes along in the page."""

    file = UploadField(lazy("ไฟล์"), required=False, accept=".csv,.xlsx")
    content = HiddenField()
    file_name = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for a file unless one came along."""
        super().__init__(*args, **kwargs)
        self.file.flags.required = not self.content.data

    def sent(self) -> tuple[bytes, str]:
        """Return the bytes of the file and its name: the one just sent, else the one that came along."""
        if self.file.file_name:
            return self.file.content, self.file.file_name
        try:
            data = base64.b64decode(self.content.data or "", validate=True)
        except (binascii.Error, ValueError):
            return b"", ""
        return data, str(self.file_name.data or "")[:200]

    def keep(self, data: bytes, name: str) -> None:
        """Have the page carry the file along."""
        self.content.data = base64.b64encode(data).decode()
        self.file_name.data = name[:200]


class _UnitFields:
    """What is known of a unit."""

    name_th = TextField(lazy("ชื่อเต็ม (ไทย)"), limit=NAME_LENGTH)
    short_name_th = TextField(lazy("ชื่อย่อ (ไทย)"), required=False, limit=SHORT_NAME_LENGTH)
    name_en = TextField(lazy("ชื่อเต็ม (อังกฤษ)"), required=False, limit=NAME_LENGTH)
    level = SelectChoiceField(lazy("ระดับ"), choices=[])
    kind = SelectChoiceField(
        lazy("ประเภท"), choices=[], description=lazy("ประเภทบอกว่าหัวหน้าหน่วยงานเรียกว่าอะไร")
    )
    parent_id = UnitField(lazy("ต้นสังกัด"), required=False)
    province_th = TextField(lazy("จังหวัด"), required=False, limit=SHORT_NAME_LENGTH)


class UnitForm(_UnitFields, CreateForm):
    """Add a unit."""

    code = TextField(
        lazy("รหัสหน่วยงาน"), limit=CODE_LENGTH, description=lazy("อักษรละติน ตัวเลข จุด - หรือ _ เปลี่ยนภายหลังไม่ได้")
    )


class UnitEditForm(_UnitFields, EditForm):
    """Change what is known of a unit."""


class CloseForm(TrackerForm):
    """Close a unit or a post from a day."""

    closed_on = BeDateField(lazy("ปิดตั้งแต่วันที่"), past=True)


class UnitCloseForm(CloseForm):
    """Close a unit, with a reason."""

    reason = LongTextField(lazy("เหตุผล"), required=False, limit=REASON_LENGTH)


class _PostFields:
    """What is known of an executive post."""

    title_th = TextField(lazy("ชื่อตำแหน่ง (ไทย)"), limit=NAME_LENGTH)
    title_en = TextField(lazy("ชื่อตำแหน่ง (อังกฤษ)"), required=False, limit=NAME_LENGTH)
    office_phone = PhoneField(lazy("โทรศัพท์ที่ทำงาน"), required=False)
    is_head = CheckField(lazy("เป็นหัวหน้าหน่วยงาน"))


class PostForm(_PostFields, CreateForm):
    """Add an executive post."""


class PostEditForm(_PostFields, EditForm):
    """Change an executive post."""


class HolderForm(CreateForm):
    """Say who holds a post from a day."""

    name = TextField(lazy("ชื่อผู้ดำรงตำแหน่ง"), limit=NAME_LENGTH)
    since = BeDateField(lazy("ตั้งแต่วันที่"))


class SettingsForm(EditForm):
    """What the installation calls itself and whom to call."""

    department_th = TextField(lazy("ชื่อกรม (ไทย)"), limit=NAME_LENGTH)
    department_en = TextField(lazy("ชื่อกรม (อังกฤษ)"), required=False, limit=NAME_LENGTH)
    office_th = TextField(lazy("ชื่อฝ่ายเลขานุการ (ไทย)"), limit=NAME_LENGTH)
    office_en = TextField(lazy("ชื่อฝ่ายเลขานุการ (อังกฤษ)"), required=False, limit=NAME_LENGTH)
    support_th = TextField(lazy("ติดต่อใครเมื่อลืมรหัสผ่าน (ไทย)"), required=False, limit=NAME_LENGTH)
    support_en = TextField(lazy("ติดต่อใครเมื่อลืมรหัสผ่าน (อังกฤษ)"), required=False, limit=NAME_LENGTH)
    support_phone = PhoneField(lazy("โทรศัพท์ที่ติดต่อ"), required=False)
