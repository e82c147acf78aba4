"""The small world that every test begins with: thirteen units, five years, eleven people.

The day is 18 June of B.E. 2569, in stage 2 (fiscal year 2569). Everybody's password is PASSWORD.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.template import load_template
from tracker.accounts import passwords
from tracker.accounts.models import HeldRole, Person, RoleKind
from tracker.organisation.models import ExecutivePost, Installation, InstallationKind, PostHolder, Unit
from tracker.organisation.revision import new_revision
from tracker.programme.models import Enrolment, Stage
from tracker.thai.text import search_text, sort_key

TODAY = date(2026, 6, 18)
TODAY_SETTING = "2569-06-18"
NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
LONG_AGO = date(2024, 10, 1)
FIRST_FISCAL_YEAR = 2568
PASSWORD = "สวนมะม่วง-กลางเมือง-7"

# code, level, kind, parent, Thai name, English name
UNITS = (
    ("NAT", "national", "network", None, "เครือข่ายสมมติ", "Invented network"),
    ("DOC", "department", "department", "NAT", "กรมสมมติ", "Invented department"),
    ("PG01", "prison_group", "region", "DOC", "กลุ่มเรือนจำเขต 1", "Prison group 1"),
    ("P001", "prison", "central_prison", "PG01", "เรือนจำกลางทุ่งสมมติ", "Thung Sommut Central Prison"),
    ("P001-G1", "pilot_group", "pilot_group", "P001", "กลุ่มนำร่องครัวสะอาด", "Clean kitchen pilot group"),
    ("P002", "prison", "provincial_prison", "PG01", "เรือนจำจังหวัดนาสมมติ", "Na Sommut Provincial Prison"),
    ("P003", "prison", "district_prison", "PG01", "เรือนจำอำเภอห้วยสมมติ", "Huai Sommut District Prison"),
    ("PG02", "prison_group", "region", "DOC", "กลุ่มเรือนจำเขต 2", "Prison group 2"),
    ("P004", "prison", "correctional_institution", "PG02", "ทัณฑสถานหญิงเกาะสมมติ", "Ko Sommut Institution"),
    ("P005", "prison", "special_prison", "PG02", "เรือนจำพิเศษแหลมสมมติ", "Laem Sommut Remand Prison"),
    ("DG01", "division_group", "cluster", "DOC", "กลุ่มกองสนับสนุน", "Support divisions"),
    ("D01", "division", "division", "DG01", "กองสมมติที่หนึ่ง", "First invented division"),
    ("D02", "division", "division", "DG01", "สำนักงานเลขานุการสมมติ", "Invented secretariat"),
)


@dataclass(frozen=True)
class Somebody:
    """A person of the world: `roles` are kinds and the codes of the units they are held at."""

    email: str
    name: str
    roles: tuple[tuple[RoleKind, str], ...] = ()
    disabled: bool = False


PEOPLE = {
    "coordinator": Somebody("coordinator@p001.example", "มาลี ตั้งสมมติ", ((RoleKind.COORDINATOR, "P001"),)),
    "other_coordinator": Somebody(
        "coordinator@p002.example", "สมพร นามสมมติ", ((RoleKind.COORDINATOR, "P002"),)
    ),
    "group_coordinator": Somebody(
        "coordinator@pg01.example", "อรุณ ใจสมมติ", ((RoleKind.COORDINATOR, "PG01"),)
    ),
    "head": Somebody("head@p001.example", "ประเสริฐ ดีสมมติ", ((RoleKind.UNIT_HEAD, "P001"),)),
    "group_head": Somebody("head@pg01.example", "วิชัย งามสมมติ", ((RoleKind.UNIT_HEAD, "PG01"),)),
    "office": Somebody("office@doc.example", "จันทร์ฉาย เลขาสมมติ", ((RoleKind.OFFICE, "DOC"),)),
    "executive": Somebody("executive@doc.example", "สุรชัย บริหารสมมติ", ((RoleKind.EXECUTIVE, "DOC"),)),
    "administrator": Somebody("administrator@doc.example", "กิตติ ดูแลสมมติ", ((RoleKind.ADMINISTRATOR, "DOC"),)),
    "two_roles": Somebody(
        "two@doc.example", "พิมพ์ใจ สองสมมติ", ((RoleKind.COORDINATOR, "D01"), (RoleKind.OFFICE, "DOC"))
    ),
    "nobody": Somebody("nobody@doc.example", "ว่าง ไร้สมมติ"),
    "disabled": Somebody(
        "disabled@doc.example", "ลา ออกสมมติ", ((RoleKind.COORDINATOR, "P003"),), disabled=True
    ),
}
ROLES = tuple(who for who, somebody in PEOPLE.items() if not somebody.disabled)

# As slow as people's passwords deserve, each test that signs in would take half as long again.
passwords._hasher = PasswordHasher(memory_cost=64, time_cost=1, parallelism=1)
PASSWORD_HASH = passwords.hash_password(PASSWORD)
HEADS = (("P001", "ผู้บัญชาการเรือนจำ", "Prison commander"), ("DOC", "อธิบดี", "Director-General"))


def person(session: Session, who: str) -> Person:
    """Return a person of the world."""
    return session.scalars(select(Person).where(Person.email == PEOPLE[who].email)).one()


def build(session: Session) -> None:
    """Make the small world in an empty database."""
    session.add(
        Installation(
            id=1, kind=InstallationKind.REAL, department_th="กรมสมมติ", department_en="Invented department",
            support_th="ผู้ดูแลระบบสมมติ", support_phone="0 2000 0000", revision=new_revision(),
        )
    )  # fmt: skip
    session.flush()
    load_template(session, FIRST_FISCAL_YEAR)
    units = _add_units(session)
    _add_people(session, units)
    _add_posts(session, units)
    _enrol(session, units)


def _add_units(session: Session) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for position, (code, level, kind, parent, name_th, name_en) in enumerate(UNITS):
        unit = Unit(
            code=code, level=level, kind=kind, parent_id=units[parent].id if parent else None,
            name_th=name_th, name_en=name_en, position=position, sort_key=sort_key(name_th),
            search_text=search_text(f"{code} {name_th} {name_en}"),
        )  # fmt: skip
        session.add(unit)
        session.flush()
        units[code] = unit
    return units


def _add_people(session: Session, units: dict[str, Unit]) -> None:
    for somebody in PEOPLE.values():
        row = Person(
            email=somebody.email, name=somebody.name, password_hash=PASSWORD_HASH,
            sort_key=sort_key(somebody.name), search_text=search_text(somebody.name),
            office_phone="0 2000 0001", privacy_seen_at=NOW, first_signed_in_at=NOW,
            disabled_at=NOW if somebody.disabled else None,
        )  # fmt: skip
        session.add(row)
        session.flush()
        for kind, code in somebody.roles:
            session.add(HeldRole(person_id=row.id, kind=kind, unit_id=units[code].id, since=LONG_AGO))


def _add_posts(session: Session, units: dict[str, Unit]) -> None:
    for code, title_th, title_en in HEADS:
        post = ExecutivePost(
            unit_id=units[code].id,
            title_th=title_th,
            title_en=title_en,
            is_head=True,
            office_phone="0 2000 0002",
        )
        session.add(post)
        session.flush()
        session.add(PostHolder(post_id=post.id, name="ธงชัย หัวหน้าสมมติ", since=LONG_AGO))


def _enrol(session: Session, units: dict[str, Unit]) -> None:
    for stage in session.scalars(select(Stage)):
        for unit in units.values():
            if unit.level in stage.levels:
                session.add(Enrolment(stage_id=stage.id, unit_id=unit.id, enrolled_on=stage.starts_on))
