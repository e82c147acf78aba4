"""Whose account is whose to manage: those of administrators and of the office are for administrators only."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.accounts.models import HeldRole, Person, RoleKind
from tracker.accounts.permissions import Actor, Permission, may
from tracker.administration.queries import PersonOutcome
from tracker.administration.unit_file import FileProblem
from tracker.change import Change, NotPermittedError, RefusedError

PRIVILEGED = (RoleKind.ADMINISTRATOR, RoleKind.OFFICE)


def may_give(actor: Actor, kind: RoleKind) -> bool:
    """Tell whether somebody may give and take such a role."""
    return kind not in PRIVILEGED or may(actor, Permission.ADMINISTRATORS_MANAGE)


def may_manage(session: Session, actor: Actor, person_id: int, day: date) -> bool:
    """Tell whether an account with its roles is somebody's to change; one's own is no exception."""
    if may(actor, Permission.ADMINISTRATORS_MANAGE):
        return True
    held = select(HeldRole.id).where(HeldRole.person_id == person_id, HeldRole.kind.in_(PRIVILEGED))
    held = held.where(or_(HeldRole.until.is_(None), HeldRole.until >= day))
    return may(actor, Permission.PEOPLE_MANAGE) and session.scalars(held.limit(1)).first() is None


def require_rank(change: Change, person: Person, kind: RoleKind | None = None) -> None:
    """Stop here unless the account is the actor's to change, and the kind of role theirs to give and take."""
    managed = may_manage(change.session, change.actor, person.id, change.today)
    if not managed or (kind is not None and not may_give(change.actor, kind)):
        raise NotPermittedError(Permission.ADMINISTRATORS_MANAGE)


def check_accounts(
    session: Session, actor: Actor, outcomes: Iterable[PersonOutcome], day: date
) -> list[FileProblem]:
    """Return the rows that would give a role to an account that cannot have it from the actor."""
    problems = []
    for outcome in outcomes:
        person, row = outcome.person, outcome.row
        if person is None or not outcome.gets_role:
            continue
        if not may_manage(session, actor, person.id, day):
            said = RefusedError("บัญชีนี้เป็นของผู้ดูแลระบบหรือฝ่ายเลขานุการ ผู้ดูแลระบบเท่านั้นที่แก้ไขได้")
            remedy = RefusedError("ลบแถวนี้ แล้วขอให้ผู้ดูแลระบบให้บทบาท")
            problems.append(FileProblem(row.line, "email", row.email, said, remedy))
        elif person.disabled_at is not None:
            said = RefusedError("บัญชีของ {name} ปิดอยู่ เปิดบัญชีก่อน", name=person.name)
            remedy = RefusedError("ลบแถวนี้ หรือเปิดบัญชีก่อนแล้วนำเข้าอีกครั้ง")
            problems.append(FileProblem(row.line, "email", row.email, said, remedy))
    return problems
