"""Roles: given and ended, and handed over from one who leaves to the successor."""

from datetime import date, timedelta

from sqlalchemy import or_, select

from tracker.accounts.models import HeldRole, Person, RoleKind
from tracker.accounts.permissions import Permission
from tracker.administration.ranks import require_rank
from tracker.administration.rows import locked_row, open_node, tell_handover, the_installation
from tracker.change import Change, RefusedError

_DAY = timedelta(days=1)


def give_role(
    change: Change, *, person_id: int, kind: RoleKind, unit_id: int, since: date, until: date | None = None
) -> HeldRole:
    """Give somebody a role at a unit from a day to a day, the last one included."""
    change.require(Permission.PEOPLE_MANAGE)
    person = locked_row(change, Person, person_id)
    require_rank(change, person, kind)
    node = open_node(change, unit_id)
    if person.disabled_at is not None:
        raise RefusedError("บัญชีของ {name} ปิดอยู่ เปิดบัญชีก่อน", name=person.name)
    if until is not None and until < since:
        raise RefusedError("วันสุดท้ายต้องไม่ก่อนวันแรก", field="until")
    if any(held.overlaps(kind, unit_id, since, until) for held in _roles(change, person_id)):
        raise RefusedError("{name} ถือบทบาทนี้ที่ {unit} ในช่วงนั้นอยู่แล้ว", name=person.name, unit=node.name_th)
    role = HeldRole(person_id=person_id, kind=kind, unit_id=unit_id, since=since, until=until)
    change.session.add(role)
    change.record("gave_role", person, unit_id=unit_id, role=kind, since=since, until=until)
    return role


def end_role(change: Change, *, role_id: int, on: date) -> HeldRole:
    """End a role: `on` is its last day. One that would end before it began is taken away altogether."""
    change.require(Permission.PEOPLE_MANAGE)
    role = locked_row(change, HeldRole, role_id)
    person = locked_row(change, Person, role.person_id)
    require_rank(change, person, role.kind)
    _refuse_own_last_administrator(change, role, on)
    if role.kind is RoleKind.ADMINISTRATOR:
        keep_an_administrator(change, role.person_id, role.id, on)
    if role.until is not None and role.until < on:
        raise RefusedError("บทบาทนี้สิ้นสุดก่อนวันนั้นแล้ว", field="on")
    if on < role.since:
        change.session.delete(role)
    else:
        role.until = on
    change.record("ended_role", person, unit_id=role.unit_id, role=role.kind, since=role.since, until=on)
    return role


def hand_over(change: Change, *, from_person_id: int, to_person_id: int, on: date) -> list[HeldRole]:
    """Hand a leaver's roles and drafts to the successor, who begins on a day; return the new roles."""
    change.require(Permission.PEOPLE_MANAGE)
    leaver, successor = locked_row(change, Person, from_person_id), locked_row(change, Person, to_person_id)
    require_rank(change, leaver)
    require_rank(change, successor)
    if leaver.id == successor.id:
        raise RefusedError("เลือกผู้รับช่วงที่เป็นคนอื่น", field="to_person_id")
    if successor.disabled_at is not None:
        raise RefusedError("บัญชีของ {name} ปิดอยู่ เปิดบัญชีก่อน", field="to_person_id", name=successor.name)
    handed = [role for role in _roles(change, leaver.id) if role.until is None or role.until >= on]
    theirs = _roles(change, successor.id)
    given = []
    for role in handed:
        kind, unit_id, since, until = role.kind, role.unit_id, max(on, role.since), role.until
        end_role(change, role_id=role.id, on=on - _DAY)
        if not any(held.overlaps(kind, unit_id, since, until) for held in theirs):
            given.append(
                give_role(
                    change, person_id=successor.id, kind=kind, unit_id=unit_id, since=since, until=until
                )
            )
    tell_handover(change, leaver.id, successor.id)
    change.record("handed_over", leaver, to=successor.id, on=on, roles=len(handed))
    return given


def _roles(change: Change, person_id: int) -> list[HeldRole]:
    query = select(HeldRole).where(HeldRole.person_id == person_id).order_by(HeldRole.id)
    return list(change.session.scalars(query))


def _refuse_own_last_administrator(change: Change, role: HeldRole, on: date) -> None:
    if role.kind is not RoleKind.ADMINISTRATOR or role.person_id != change.actor.person_id:
        return
    others = [
        held
        for held in _roles(change, role.person_id)
        if held.id != role.id
        and held.kind is RoleKind.ADMINISTRATOR
        and held.since <= on + _DAY
        and (held.until is None or held.until > on)
    ]
    if not others:
        raise RefusedError("สิ้นสุดบทบาทผู้ดูแลระบบสุดท้ายของตนเองไม่ได้ ให้ผู้ดูแลระบบคนอื่นเป็นผู้ทำ")


def keep_an_administrator(change: Change, person_id: int, role_id: int | None, on: date) -> None:
    """Refuse to end a role, or else to disable a person, after whom nobody would be an administrator.

    Who acts was one when the request began; two of them may put each other out in the same moment, so
    the others are asked for here, one change at a time.
    """
    if change.actor.is_system:
        return
    the_installation(change)
    first = max(on + _DAY, change.today)
    others = select(HeldRole.id).join(Person, Person.id == HeldRole.person_id)
    others = others.where(
        HeldRole.kind == RoleKind.ADMINISTRATOR,
        HeldRole.since <= first,
        or_(HeldRole.until.is_(None), HeldRole.until >= first),
        Person.disabled_at.is_(None),
        HeldRole.person_id != person_id if role_id is None else HeldRole.id != role_id,
    )
    if change.session.scalars(others.limit(1)).first() is None:
        raise RefusedError("ต้องมีผู้ดูแลระบบอย่างน้อยหนึ่งคน ให้บทบาทแก่คนอื่นก่อน")
