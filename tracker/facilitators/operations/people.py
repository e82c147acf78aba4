"""What can be done to facilitators: add, edit, withdraw, restore, hide."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from sqlalchemy import delete

from tracker.accounts.permissions import Permission, writes_on_behalf
from tracker.change import Change, RefusedError, apply_values, check_version, checked_text, msgid
from tracker.facilitators.checks import (
    check_past,
    closed_reason,
    held_with_postings,
    home_of,
    open_unit,
    reason_for,
    refuse_withdrawn,
    touch_facilitator,
)
from tracker.facilitators.models import Facilitator, FacilitatorRole, KmRole, Posting
from tracker.facilitators.queries import closed_stages_of, namesake, roles_of
from tracker.organisation.tree import UnitNode
from tracker.programme.asides import hide_record, restore_record, show_record, withdraw_record
from tracker.programme.entries import entered, required_reason, writing_reason
from tracker.thai.text import search_text, sort_key

NAME_LENGTH = 200
REMARKS_LENGTH = 2000


def _columns(
    change: Change, name: str, position_title: str, appointed_by: str, appointed_on: date | None, remarks: str
) -> dict[str, Any]:
    name = checked_text(name, "name", limit=NAME_LENGTH, required=msgid("กรุณาใส่ชื่อและนามสกุล"))
    position_title = checked_text(position_title, "position_title", limit=NAME_LENGTH)
    check_past(change, appointed_on, "appointed_on")
    return {
        "name": name,
        "position_title": position_title,
        "sort_key": sort_key(name),
        "search_text": search_text(f"{name} {position_title}"),
        "appointed_by": checked_text(appointed_by, "appointed_by", limit=NAME_LENGTH),
        "appointed_on": appointed_on,
        "remarks": checked_text(remarks, "remarks", limit=REMARKS_LENGTH, block=True),
    }


def _check_namesake(change: Change, unit_id: int, name: str, *, confirmed: bool, besides: int = 0) -> None:
    if not confirmed and namesake(change.session, unit_id, name, change.today, besides):
        raise RefusedError(
            "หน่วยงานนี้มีคุณอำนวยชื่อ {name} แล้ว ถ้าเป็นคนละคนกัน ทำเครื่องหมายยืนยันแล้วบันทึกอีกครั้ง",
            field="namesake_confirmed",
            name=name,
        )


def _give_roles(change: Change, facilitator: Facilitator, roles: Collection[KmRole]) -> list[KmRole]:
    """Write roles of somebody who has none; return them in the order of the programme."""
    given = [role for role in KmRole if role in roles]
    if not given:
        raise RefusedError("กรุณาเลือกบทบาท KM อย่างน้อย 1 บทบาท", field="roles")
    change.session.add_all(FacilitatorRole(facilitator_id=facilitator.id, kind=role) for role in given)
    return given


def _set_roles(change: Change, facilitator: Facilitator, roles: Collection[KmRole]) -> list[list[KmRole]]:
    """Write the roles anew if they differ; return [[old, new]] or nothing."""
    old = roles_of(change.session, [facilitator.id]).get(facilitator.id, [])
    if set(old) == set(roles) and roles:
        return []
    change.session.execute(delete(FacilitatorRole).where(FacilitatorRole.facilitator_id == facilitator.id))
    return [old, _give_roles(change, facilitator, roles)]


def add_facilitator(
    change: Change,
    *,
    unit_id: int,
    name: str,
    position_title: str = "",
    roles: Collection[KmRole] = (KmRole.FACILITATOR,),
    appointed_by: str = "",
    appointed_on: date | None = None,
    since: date | None = None,
    remarks: str = "",
    on_behalf_reason: str = "",
    namesake_confirmed: bool = False,
) -> Facilitator:
    """Put somebody who serves at a unit since a day (today) into the register; raise RefusedError."""
    node = open_unit(change, unit_id)
    reason = writing_reason(change, node, on_behalf_reason, field="on_behalf_reason")
    columns = _columns(change, name, position_title, appointed_by, appointed_on, remarks)
    since = since or change.today
    check_past(change, since, "since")
    _check_namesake(change, unit_id, columns["name"], confirmed=namesake_confirmed)
    kept = reason if writes_on_behalf(change.actor, node) else ""
    facilitator = Facilitator(**columns, **entered(change, kept))
    change.session.add(facilitator)
    change.session.flush()
    _give_roles(change, facilitator, roles)
    change.session.add(
        Posting(facilitator_id=facilitator.id, unit_id=unit_id, since=since, entered_on=change.today)
    )
    change.record(
        "added",
        facilitator,
        unit_id=unit_id,
        name=columns["name"],
        since=since,
        roles=list(roles),
        reason=kept,
    )
    return facilitator


def edit_facilitator(
    change: Change,
    *,
    facilitator_id: int,
    name: str,
    position_title: str,
    roles: Collection[KmRole],
    appointed_by: str,
    appointed_on: date | None,
    remarks: str,
    reason: str = "",
    namesake_confirmed: bool = False,
    opened_with: int | None,
) -> Facilitator:
    """Change what is said about a facilitator; raise RefusedError, or StaleError when stale."""
    facilitator, postings = held_with_postings(change, facilitator_id)
    node = home_of(change, postings, Permission.RECORDS_WRITE)
    check_version(facilitator, opened_with)
    refuse_withdrawn(facilitator)
    reason = writing_reason(change, node, reason, field="reason")
    columns = _columns(change, name, position_title, appointed_by, appointed_on, remarks)
    if columns["name"] != facilitator.name:
        _check_namesake(
            change, node.id, columns["name"], confirmed=namesake_confirmed, besides=facilitator.id
        )
    changed: dict[str, Any] = {**apply_values(facilitator, columns)}
    if roles_changed := _set_roles(change, facilitator, roles):
        facilitator.version += not changed
        changed["roles"] = roles_changed
    shown = {key: pair for key, pair in changed.items() if key not in ("sort_key", "search_text")}
    if shown:
        change.record("edited", facilitator, unit_id=node.id, changes=shown, reason=reason)
    return facilitator


def _looked_after(
    change: Change, facilitator_id: int, permission: Permission
) -> tuple[Facilitator, UnitNode, Callable[[], None]]:
    """Return a facilitator, the actor's unit that looks after them, and what has the cells recounted."""
    facilitator, postings = held_with_postings(change, facilitator_id)
    node = home_of(change, postings, permission)
    return facilitator, node, lambda: touch_facilitator(change, facilitator)


def withdraw_facilitator(change: Change, *, facilitator_id: int, reason: str) -> Facilitator:
    """Take a facilitator out of the register and every count, with a reason; twice changes nothing."""
    facilitator, node, touch = _looked_after(change, facilitator_id, Permission.RECORDS_WRITE)
    closed = closed_stages_of(change.session, facilitator_id)
    reason = reason_for(change, node, required_reason(reason), closed)
    withdraw_record(change, facilitator, node, reason, touch)
    return facilitator


def restore_facilitator(change: Change, *, facilitator_id: int, reason: str = "") -> Facilitator:
    """Count a withdrawn facilitator again; twice changes nothing."""
    facilitator, node, touch = _looked_after(change, facilitator_id, Permission.RECORDS_WRITE)
    reason = reason_for(change, node, reason, closed_stages_of(change.session, facilitator_id))
    restore_record(change, facilitator, node, touch, reason)
    return facilitator


def hide_facilitator(change: Change, *, facilitator_id: int, reason: str) -> Facilitator:
    """Hide a facilitator at once from all but the unit and the office; hidden ones count nowhere."""
    facilitator, node, touch = _looked_after(change, facilitator_id, Permission.RECORDS_HIDE)
    hide_record(change, facilitator, node, reason, touch)
    return facilitator


def unhide_facilitator(change: Change, *, facilitator_id: int, reason: str = "") -> Facilitator:
    """Show a hidden facilitator again; where that changes a closed stage, with a reason."""
    facilitator, node, touch = _looked_after(change, facilitator_id, Permission.RECORDS_HIDE)
    reason = closed_reason(change, node, reason, closed_stages_of(change.session, facilitator_id))
    show_record(change, facilitator, node, touch, reason)
    return facilitator
