"""Questions of administration: persons with their roles, posts with their holders, the audit trail."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from tracker.accounts.models import HeldRole, Person, RoleKind
from tracker.administration.people_file import PersonRow
from tracker.administration.unit_file import HEADER as UNIT_COLUMNS
from tracker.administration.unit_file import UnitRow
from tracker.audit.models import AuditEntry
from tracker.organisation.models import ExecutivePost, PostHolder, Unit
from tracker.organisation.tree import UnitTree
from tracker.thai.dates import BANGKOK
from tracker.thai.text import search_text


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which persons: text, a role, units (ids), and a state (active, never, disabled, all)."""

    text: str = ""
    role: RoleKind | None = None
    unit_ids: Collection[int] | None = None
    state: str = "active"


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries of the trail: person, verbs, kind of subject, unit, and days of the real clock."""

    person_id: int | None = None
    subject: str = ""
    subject_id: int | None = None
    verbs: Collection[str] | None = None
    without: Collection[str] = ()
    unit_ids: Collection[int] | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post with who holds it today and who held it before, newest first."""

    post: ExecutivePost
    holder: PostHolder | None
    holders: tuple[PostHolder, ...]


@dataclass(frozen=True, slots=True)
class UnitComparison:
    """Rows of a file of units beside the units that exist; a change by column: [as it is, as in the file]."""

    added: list[UnitRow]
    changed: list[tuple[UnitRow, dict[str, list[str]]]]
    unchanged: list[UnitRow]


@dataclass(frozen=True, slots=True)
class PersonOutcome:
    """What a row of a file of coordinators does: the account that exists, or a new one; the role, or not."""

    row: PersonRow
    person: Person | None
    unit_id: int
    is_new: bool
    gets_role: bool


def _held(day: date, wanted: PeopleFilter) -> Any:
    held = [HeldRole.person_id == Person.id, or_(HeldRole.until.is_(None), HeldRole.until >= day)]
    if wanted.role is not None:
        held.append(HeldRole.kind == wanted.role)
    if wanted.unit_ids is not None:
        held.append(HeldRole.unit_id.in_(wanted.unit_ids))
    return exists().where(*held)


def _people(wanted: PeopleFilter, day: date) -> Select[Person]:
    query = select(Person)
    for word in search_text(wanted.text).split():
        query = query.where(Person.search_text.contains(word, autoescape=True))
    if wanted.role is not None or wanted.unit_ids is not None:
        query = query.where(_held(day, wanted))
    if wanted.state in ("active", "never"):
        query = query.where(Person.disabled_at.is_(None))
    if wanted.state == "never":
        query = query.where(Person.first_signed_in_at.is_(None))
    if wanted.state == "disabled":
        query = query.where(Person.disabled_at.is_not(None))
    return query


def count_people(session: Session, wanted: PeopleFilter, day: date) -> int:
    """Count the persons."""
    return session.scalar(select(func.count()).select_from(_people(wanted, day).subquery())) or 0


def people(
    session: Session, wanted: PeopleFilter, day: date, *, limit: int | None = None, offset: int = 0
) -> Sequence[Person]:
    """Return the persons in Thai dictionary order."""
    query = _people(wanted, day).order_by(Person.sort_key, Person.id).limit(limit).offset(offset)
    return session.scalars(query).all()


def roles_of_people(session: Session, person_ids: Iterable[int]) -> dict[int, list[HeldRole]]:
    """Return all roles, past and to come too, of persons, the newest first."""
    rows = session.scalars(
        select(HeldRole)
        .where(HeldRole.person_id.in_(list(person_ids)))
        .order_by(HeldRole.since.desc(), HeldRole.id)
    )
    found: dict[int, list[HeldRole]] = {}
    for role in rows:
        found.setdefault(role.person_id, []).append(role)
    return found


def roles_at(session: Session, unit_id: int, day: date) -> list[tuple[HeldRole, Person]]:
    """Return who holds a role at a unit on a day or later."""
    rows = session.execute(
        select(HeldRole, Person)
        .join(Person, Person.id == HeldRole.person_id)
        .where(HeldRole.unit_id == unit_id, or_(HeldRole.until.is_(None), HeldRole.until >= day))
        .order_by(Person.sort_key, HeldRole.id)
    )
    return [(role, person) for role, person in rows]


def posts_of(session: Session, unit_id: int, day: date) -> list[PostLine]:
    """Return a unit's posts, the head's first, each with its holders."""
    posts = session.scalars(
        select(ExecutivePost)
        .where(ExecutivePost.unit_id == unit_id)
        .order_by(ExecutivePost.closed_on.is_not(None), ExecutivePost.is_head.desc(), ExecutivePost.position)
        .order_by(ExecutivePost.id)
    ).all()
    holders: dict[int, list[PostHolder]] = {}
    for holder in session.scalars(
        select(PostHolder)
        .where(PostHolder.post_id.in_([post.id for post in posts]))
        .order_by(PostHolder.since.desc())
    ):
        holders.setdefault(holder.post_id, []).append(holder)
    return [_line(post, holders.get(post.id, []), day) for post in posts]


def _line(post: ExecutivePost, holders: list[PostHolder], day: date) -> PostLine:
    now = next((h for h in holders if h.since <= day and (h.until is None or h.until >= day)), None)
    return PostLine(post, now, tuple(holders))


def _entries(wanted: AuditFilter) -> Select[AuditEntry]:
    query = select(AuditEntry)
    if wanted.person_id is not None:
        query = query.where(AuditEntry.person_id == wanted.person_id)
    if wanted.subject:
        query = query.where(AuditEntry.subject_type == wanted.subject)
    if wanted.verbs is not None:
        query = query.where(AuditEntry.verb.in_(wanted.verbs))
    if wanted.without:
        query = query.where(AuditEntry.verb.not_in(wanted.without))
    if wanted.subject_id is not None:
        query = query.where(AuditEntry.subject_id == wanted.subject_id)
    if wanted.unit_ids is not None:
        query = query.where(AuditEntry.unit_id.in_(wanted.unit_ids))
    if wanted.since is not None:
        query = query.where(AuditEntry.at >= _midnight(wanted.since))
    if wanted.until is not None:
        query = query.where(AuditEntry.at < _midnight(wanted.until + timedelta(days=1)))
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK)


def count_entries(session: Session, wanted: AuditFilter) -> int:
    """Count entries of the trail."""
    return session.scalar(select(func.count()).select_from(_entries(wanted).subquery())) or 0


def audit_entries(
    session: Session, wanted: AuditFilter, *, limit: int | None = None, offset: int = 0
) -> Iterable[AuditEntry]:
    """Return entries of the trail, the newest first; read in portions."""
    query = _entries(wanted).order_by(AuditEntry.id.desc()).limit(limit).offset(offset)
    return session.scalars(query.execution_options(yield_per=1000))


def subjects(session: Session) -> list[str]:
    """Return the kinds of subject that the trail knows."""
    return list(session.scalars(select(AuditEntry.subject_type).distinct().order_by(AuditEntry.subject_type)))


def compare_units(session: Session, rows: Iterable[UnitRow]) -> UnitComparison:
    """Return what taking rows over would add, change (column by column) and leave."""
    known = {unit.code: unit for unit in session.scalars(select(Unit))}
    codes = {unit.id: unit.code for unit in known.values()}
    found = UnitComparison([], [], [])
    for row in rows:
        unit = known.get(row.code)
        if unit is None:
            found.added.append(row)
        elif changed := _differing(_as_row(unit, codes.get(unit.parent_id or 0, "")), row):
            found.changed.append((row, changed))
        else:
            found.unchanged.append(row)
    return found


def _differing(old: UnitRow, new: UnitRow) -> dict[str, list[str]]:
    pairs = {name: [getattr(old, name), getattr(new, name)] for name in UNIT_COLUMNS}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def file_outcomes(
    session: Session, rows: Iterable[PersonRow], tree: UnitTree, day: date
) -> list[PersonOutcome]:
    """Return what taking rows of good form over would do: whom each is about, and what they get."""
    rows = list(rows)
    wanted = sorted({row.address for row in rows})
    known = {one.email: one for one in session.scalars(select(Person).where(Person.email.in_(wanted)))}
    roles = roles_of_people(session, [person.id for person in known.values()])
    found, seen = list[PersonOutcome](), set[str]()
    for row in rows:
        person, unit_id = known.get(row.address), tree.by_code[row.unit_code].id
        held = roles.get(person.id, []) if person else []
        holds = any(role.overlaps(RoleKind.COORDINATOR, unit_id, day, None) for role in held)
        found.append(
            PersonOutcome(row, person, unit_id, person is None and row.address not in seen, not holds)
        )
        seen.add(row.address)
    return found


def unit_rows(session: Session, codes: Collection[str]) -> list[UnitRow]:
    """Return units as the rows of a file, in the order of the codes."""
    known = {unit.code: unit for unit in session.scalars(select(Unit))}
    by_id = {unit.id: unit.code for unit in known.values()}
    return [_as_row(known[code], by_id.get(known[code].parent_id or 0, "")) for code in codes]


def _as_row(unit: Unit, parent_code: str) -> UnitRow:
    return UnitRow(
        0,
        unit.code,
        unit.level,
        unit.kind,
        parent_code,
        unit.short_name_th,
        unit.name_th,
        unit.name_en,
        unit.province_th,
    )
