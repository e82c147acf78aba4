"""Questions about persons and their roles."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.orm import Session

from tracker.accounts.models import HeldRole, Person, RoleKind
from tracker.accounts.permissions import ActiveRole, Actor
from tracker.accounts.printed import ADDRESSES
from tracker.organisation.installation import installation_info

_ORDER = list(RoleKind)
_DAY = bindparam("day", type_=Date)
# Asked by every request, so built once.
_ROLES = (
    select(HeldRole.kind, HeldRole.unit_id)
    .where(HeldRole.person_id == bindparam("person_id"), HeldRole.since <= _DAY)
    .where(or_(HeldRole.until.is_(None), HeldRole.until >= _DAY))
    .order_by(HeldRole.id)
)


def roles_of(session: Session, person_id: int, day: date) -> tuple[ActiveRole, ...]:
    """Return the roles that a person holds on a day, coordinators' first."""
    rows = session.connection().execute(_ROLES, {"person_id": person_id, "day": day})
    roles = {ActiveRole(kind, unit_id): None for kind, unit_id in rows}
    return tuple(sorted(roles, key=lambda role: _ORDER.index(role.kind)))


def actor_for(session: Session, person: Person, day: date) -> Actor:
    """Return the person as somebody who acts on a day; a disabled one holds nothing."""
    roles = () if person.disabled_at else roles_of(session, person.id, day)
    return Actor(person_id=person.id, name=person.name, roles=roles)


def person_by_email(session: Session, email: str) -> Person | None:
    """Return the person with that e-mail address, upper and lower case alike."""
    return session.scalars(select(Person).where(Person.email == email.strip().lower())).one_or_none()


def is_printed(session: Session, person: Person) -> bool:
    """Tell whether this is an account of a demo whose password it prints, which must stay."""
    info = installation_info(session)
    return info is not None and info.is_demo and person.email in ADDRESSES


def holders_at(
    session: Session, unit_ids: Sequence[int], kind: RoleKind, day: date
) -> dict[int, list[Person]]:
    """Return the enabled persons who hold a role at each of the units on a day."""
    rows = session.execute(
        select(HeldRole.unit_id, Person)
        .join(Person, Person.id == HeldRole.person_id)
        .where(HeldRole.unit_id.in_(unit_ids), HeldRole.kind == kind, HeldRole.since <= day)
        .where(or_(HeldRole.until.is_(None), HeldRole.until >= day), Person.disabled_at.is_(None))
        .order_by(HeldRole.since, Person.sort_key)
    )
    holders: dict[int, list[Person]] = {}
    for unit_id, person in rows:
        holders.setdefault(unit_id, []).append(person)
    return holders
