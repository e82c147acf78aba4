"""Setting an installation up, and what it calls itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Required, TypedDict, Unpack

from tracker.accounts.permissions import Permission
from tracker.administration.limits import NAME_LENGTH
from tracker.administration.rows import the_installation
from tracker.change import (
    Change,
    RefusedError,
    apply_values,
    check_version,
    checked_phone,
    checked_text,
    msgid,
)
from tracker.organisation.models import Installation, InstallationKind
from tracker.organisation.revision import new_revision, renew_revision

_REQUIRED = {"department_th": msgid("กรุณาใส่ชื่อกรม"), "office_th": msgid("กรุณาใส่ชื่อฝ่ายเลขานุการ")}


class InstallationTexts(TypedDict, total=False):
    """What an installation calls itself, and whom to call."""

    department_th: Required[str]
    department_en: str
    office_th: str
    office_en: str
    support_th: str
    support_en: str
    support_phone: str


_AT_FIRST = {
    "department_en": "", "office_th": "ฝ่ายเลขานุการ KM", "office_en": "Programme office",
    "support_th": "", "support_en": "", "support_phone": "",
}  # fmt: skip


def set_up_installation(
    change: Change,
    *,
    kind: InstallationKind,
    demo_day: date | None = None,
    **texts: Unpack[InstallationTexts],
) -> Installation:
    """Say once what this installation is; refuse when that was already said."""
    change.require(Permission.SETTINGS_MANAGE)
    if change.session.get(Installation, 1) is not None:
        raise RefusedError("ระบบนี้ตั้งค่าเริ่มต้นไปแล้ว")
    row = Installation(
        id=1,
        kind=kind,
        **_checked(_AT_FIRST | dict(texts)),
        demo_day=demo_day,
        revision=new_revision(),
    )
    change.session.add(row)
    change.record("set_up", row, kind=kind, department=row.department_th)
    renew_revision(change.session)
    return row


def edit_installation(
    change: Change, *, version: int | None = None, **texts: Unpack[InstallationTexts]
) -> Installation:
    """Change what the installation calls itself and whom to call; StaleError for an old version."""
    change.require(Permission.SETTINGS_MANAGE)
    row = the_installation(change)
    check_version(row, version)
    if changed := apply_values(row, _checked(dict(texts))):
        change.record("edited", row, changed=changed)
        renew_revision(change.session)
    return row


def _checked(given: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: checked_phone(text, name)
        if name == "support_phone"
        else checked_text(text, name, limit=NAME_LENGTH, required=_REQUIRED.get(name))
        for name, text in given.items()
    }
