"""Setting an installation up, and what it calls itself."""

from datetime import date

from tracker.accounts.permissions import Permission
from tracker.administration.limits import NAME_LENGTH, PHONE_LENGTH
from tracker.administration.rows import the_installation
from tracker.change import Change, RefusedError, apply_values, check_version, checked_text, msgid
from tracker.organisation.models import Installation, InstallationKind
from tracker.organisation.revision import new_revision, renew_revision

_REQUIRED = {"department_th": msgid("กรุณาใส่ชื่อกรม"), "office_th": msgid("กรุณาใส่ชื่อฝ่ายเลขานุการ")}


def set_up_installation(
    change: Change,
    *,
    kind: InstallationKind,
    department_th: str,
    department_en: str = "",
    office_th: str = "ฝ่ายเลขานุการ KM",
    office_en: str = "Programme office",
    support_th: str = "",
    support_en: str = "",
    support_phone: str = "",
    demo_day: date | None = None,
) -> Installation:
    """Say once what this installation is; refuse when that was already said."""
    change.require(Permission.SETTINGS_MANAGE)
    if change.session.get(Installation, 1) is not None:
        raise RefusedError("ระบบนี้ตั้งค่าเริ่มต้นไปแล้ว")
    row = Installation(
        id=1,
        kind=kind,
        **_checked(
            department_th=department_th,
            department_en=department_en,
            office_th=office_th,
            office_en=office_en,
            support_th=support_th,
            support_en=support_en,
            support_phone=support_phone,
        ),
        demo_day=demo_day,
        revision=new_revision(),
    )
    change.session.add(row)
    change.record("set_up", row, kind=kind, department=row.department_th)
    renew_revision(change.session)
    return row


def edit_installation(
    change: Change,
    *,
    department_th: str,
    department_en: str,
    office_th: str,
    office_en: str,
    support_th: str,
    support_en: str,
    support_phone: str,
    version: int | None = None,
) -> Installation:
    """Change what the installation calls itself and whom to call; StaleError for an old version."""
    change.require(Permission.SETTINGS_MANAGE)
    row = the_installation(change)
    check_version(row, version)
    values = _checked(
        department_th=department_th,
        department_en=department_en,
        office_th=office_th,
        office_en=office_en,
        support_th=support_th,
        support_en=support_en,
        support_phone=support_phone,
    )
    if changed := apply_values(row, values):
        change.record("edited", row, changed=changed)
        renew_revision(change.session)
    return row


def _checked(**given: str) -> dict[str, str]:
    limits = {"support_phone": PHONE_LENGTH}
    return {
        name: checked_text(text, name, limit=limits.get(name, NAME_LENGTH), required=_REQUIRED.get(name))
        for name, text in given.items()
    }
