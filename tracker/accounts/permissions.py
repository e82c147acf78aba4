"""Who may do what, where: the one function behind pages, operations, choice lists, searches and exports."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from tracker.accounts.models import RoleKind


class Permission(StrEnum):
    """Something that a person may be allowed to do: `subject:verb`."""

    ACCOUNT_OWN = "account:own"
    # reading
    TOTALS_READ = "totals:read"
    RECORDS_READ = "records:read"
    UNIT_READ = "unit:read"
    ATTENTION_READ = "attention:read"
    REPORT_MAKE = "report:make"
    # a unit's own work
    RECORDS_WRITE = "records:write"
    PROGRESS_CLAIM = "progress:claim"
    QUESTION_ANSWER = "question:answer"
    POSTS_MANAGE = "posts:manage"
    REPORT_WRITE = "report:write"
    # the programme office
    RECORDS_HIDE = "records:hide"
    ENROLMENTS_MANAGE = "enrolments:manage"
    STAGES_MANAGE = "stages:manage"
    FOLLOWING_MANAGE = "following:manage"
    ANNOUNCEMENTS_MANAGE = "announcements:manage"
    # executives and the office
    UNITS_ASK = "units:ask"
    # administration
    PEOPLE_MANAGE = "people:manage"
    ADMINISTRATORS_MANAGE = "administrators:manage"
    UNITS_MANAGE = "units:manage"
    SETTINGS_MANAGE = "settings:manage"
    AUDIT_READ = "audit:read"


class Reach(StrEnum):
    """How far a permission of a role reaches from the unit where the role is held."""

    OWN = "own"  # the unit itself and pilot groups below it
    BELOW = "below"  # the unit and everything below it
    ALL = "all"  # every unit


class Place(Protocol):
    """A unit as permissions see it; `tracker.organisation.tree.UnitNode` is one."""

    @property
    def id(self) -> int:
        """Return its id."""
        ...

    @property
    def inherits_from(self) -> tuple[int, ...]:
        """Return the ids of the units whose roles reach down to it: those above, never a national node."""
        ...

    @property
    def is_pilot(self) -> bool:
        """Return whether it is a pilot group."""
        ...


AnyPlace = TypeVar("AnyPlace", bound=Place)
P = Permission
GRANTS: dict[RoleKind, dict[Permission, Reach]] = {
    RoleKind.COORDINATOR: {
        P.TOTALS_READ: Reach.ALL,
        P.RECORDS_READ: Reach.ALL,
        P.UNIT_READ: Reach.BELOW,
        P.REPORT_MAKE: Reach.BELOW,
        P.RECORDS_WRITE: Reach.OWN,
        P.PROGRESS_CLAIM: Reach.OWN,
        P.QUESTION_ANSWER: Reach.OWN,
        P.POSTS_MANAGE: Reach.OWN,
        P.REPORT_WRITE: Reach.OWN,
    },
    RoleKind.UNIT_HEAD: {
        P.TOTALS_READ: Reach.ALL,
        P.RECORDS_READ: Reach.ALL,
        P.UNIT_READ: Reach.BELOW,
        P.REPORT_MAKE: Reach.BELOW,
    },
    RoleKind.OFFICE: {
        P.TOTALS_READ: Reach.ALL,
        P.RECORDS_READ: Reach.ALL,
        P.UNIT_READ: Reach.ALL,
        P.ATTENTION_READ: Reach.ALL,
        P.REPORT_MAKE: Reach.ALL,
        P.RECORDS_WRITE: Reach.ALL,
        P.PROGRESS_CLAIM: Reach.ALL,
        P.RECORDS_HIDE: Reach.ALL,
        P.ENROLMENTS_MANAGE: Reach.ALL,
        P.STAGES_MANAGE: Reach.ALL,
        P.FOLLOWING_MANAGE: Reach.ALL,
        P.ANNOUNCEMENTS_MANAGE: Reach.ALL,
        P.UNITS_ASK: Reach.ALL,
        P.POSTS_MANAGE: Reach.ALL,
        P.REPORT_WRITE: Reach.ALL,
        P.PEOPLE_MANAGE: Reach.ALL,
    },
    RoleKind.EXECUTIVE: {
        P.TOTALS_READ: Reach.ALL,
        P.RECORDS_READ: Reach.ALL,
        P.UNIT_READ: Reach.ALL,
        P.ATTENTION_READ: Reach.ALL,
        P.REPORT_MAKE: Reach.ALL,
        P.UNITS_ASK: Reach.ALL,
    },
    RoleKind.ADMINISTRATOR: {
        P.PEOPLE_MANAGE: Reach.ALL,
        P.ADMINISTRATORS_MANAGE: Reach.ALL,
        P.UNITS_MANAGE: Reach.ALL,
        P.POSTS_MANAGE: Reach.ALL,
        P.SETTINGS_MANAGE: Reach.ALL,
        P.AUDIT_READ: Reach.ALL,
    },
}
EVERYBODY = frozenset({P.ACCOUNT_OWN})


@dataclass(frozen=True, slots=True)
class ActiveRole:
    """A role on the day it was resolved for."""

    kind: RoleKind
    unit_id: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a person with the roles of the day, or the system itself."""

    person_id: int | None
    name: str
    roles: tuple[ActiveRole, ...] = ()
    is_system: bool = False

    def holds(self, kind: RoleKind) -> bool:
        """Tell whether the actor holds a role of that kind anywhere."""
        return any(role.kind is kind for role in self.roles)

    def units_of(self, kind: RoleKind) -> tuple[int, ...]:
        """Return the ids of the units at which the actor holds that role, in the order given."""
        return tuple(role.unit_id for role in self.roles if role.kind is kind)


def system_actor(name: str) -> Actor:
    """Return the actor of the command line and of jobs, who may do everything."""
    return Actor(person_id=None, name=name, is_system=True)


def _reaches(role: ActiveRole, reach: Reach, place: Place) -> bool:
    if reach is Reach.ALL or place.id == role.unit_id:
        return True
    if role.unit_id not in place.inherits_from:
        return False
    return reach is Reach.BELOW or place.is_pilot


def may(actor: Actor, permission: Permission, place: Place | None = None) -> bool:
    """Tell whether the actor may do this, at a unit, or anywhere at all when none is given."""
    if actor.is_system or permission in EVERYBODY:
        return True
    for role in actor.roles:
        reach = GRANTS[role.kind].get(permission)
        if reach is not None and (place is None or _reaches(role, reach, place)):
            return True
    return False


def places_open_to(actor: Actor, permission: Permission, places: Iterable[AnyPlace]) -> list[AnyPlace]:
    """Return those of the units at which the actor may do this, in the order given."""
    return [place for place in places if may(actor, permission, place)]


def writes_on_behalf(actor: Actor, place: Place) -> bool:
    """Tell whether the actor may write for the unit only as the programme office, with a reason."""
    own = any(
        _reaches(role, reach, place)
        for role in actor.roles
        if role.kind is not RoleKind.OFFICE
        and (reach := GRANTS[role.kind].get(Permission.RECORDS_WRITE)) is not None
    )
    return not own and not actor.is_system and may(actor, Permission.RECORDS_WRITE, place)
