"""What the trail keeps of people, units, posts and the installation, in words."""

from typing import Any

from sqlalchemy import select

from tracker.accounts.models import Person
from tracker.administration.forms import PersonForm, PostForm, SettingsForm, UnitForm
from tracker.organisation.models import InstallationKind
from tracker.session import db
from tracker.web.history import (
    Field,
    Names,
    Naming,
    labels_of,
    offer,
    one_of,
    say_day,
    say_flag,
    say_number,
    typed,
)
from tracker.web.i18n import LANGUAGES, lazy, named
from tracker.web.reference import tree
from tracker.web.shell import ROLE_NAMES

_UNIT, _POST = labels_of(UnitForm), labels_of(PostForm)


def _names(ids: set[int]) -> Names:
    rows = db().execute(select(Person.id, Person.name).where(Person.id.in_(sorted(ids))))
    return {row.id: row.name for row in rows}


def _say_level(code: Any) -> str:
    return named(tree().levels.get(code)) or str(code)


def _say_kind(code: Any) -> str:
    return named(tree().kinds.get(code)) or str(code)


PERSON = Naming(lambda person: [person], _names, lambda person, names: names.get(person, ""))

offer(
    "persons",
    {
        **typed(PersonForm, "name", "email", "office_phone"),
        "language": Field(labels_of(PersonForm)["language"], one_of(LANGUAGES)),
        "role": Field(lazy("บทบาท"), one_of(ROLE_NAMES)),
        "roles": Field(lazy("จำนวนบทบาท"), say_number),
        "to": Field(lazy("ผู้รับช่วง"), PERSON),
        "on": Field(lazy("ผู้รับช่วงเริ่มวันที่"), say_day),
    },
)
offer(
    "units",
    {
        **typed(UnitForm, "name_th", "short_name_th", "name_en", "province_th", "code"),
        "name": Field(_UNIT["name_th"]),
        "level": Field(_UNIT["level"], _say_level),
        "kind": Field(_UNIT["kind"], _say_kind),
        "parent_code": Field(_UNIT["parent_id"], str),
        "source": Field(lazy("แหล่งที่มา"), one_of({"file": lazy("ไฟล์")})),
    },
)
offer(
    "executive_posts",
    {
        **typed(PostForm, "title_th", "title_en", "office_phone"),
        "title": Field(_POST["title_th"]),
        "is_head": Field(_POST["is_head"], say_flag),
        "holder": Field(lazy("ผู้ดำรงตำแหน่ง")),
    },
)
offer(
    "installations",
    {
        **typed(
            SettingsForm, "department_th", "department_en", "office_th", "office_en", "support_th",
            "support_en", "support_phone",
        ),
        "department": Field(labels_of(SettingsForm)["department_th"]),
        "kind": Field(
            lazy("ข้อมูลในระบบ"),
            one_of(
                {
                    InstallationKind.DEMO: lazy("ข้อมูลสมมติสำหรับทดลอง"),
                    InstallationKind.REAL: lazy("ข้อมูลจริง"),
                }
            ),
        ),
        "name": Field(lazy("รายการที่ส่งออก")),
        "format": Field(lazy("รูปแบบไฟล์"), lambda extension: str(extension).upper()),
        "address": Field(lazy("ที่อยู่ของหน้า")),
        "folder": Field(lazy("โฟลเดอร์")),
    },
)  # fmt: skip
