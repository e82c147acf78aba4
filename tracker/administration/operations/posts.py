"""Executive posts of units, and who holds them."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from tracker.accounts.permissions import Permission
from tracker.administration.limits import NAME_LENGTH
from tracker.administration.rows import add_head_post, locked_row, node_of, open_node
from tracker.change import (
    Change,
    RefusedError,
    apply_values,
    check_version,
    checked_phone,
    checked_text,
    msgid,
)
from tracker.organisation.models import ExecutivePost, PostHolder, Unit, UnitKind
from tracker.organisation.revision import renew_revision
from tracker.organisation.tree import unit_tree

_DAY = timedelta(days=1)


def add_post(
    change: Change,
    *,
    unit_id: int,
    title_th: str,
    title_en: str = "",
    office_phone: str = "",
    is_head: bool = False,
    position: int = 0,
) -> ExecutivePost:
    """Add an executive post to a unit; a unit has one head at most."""
    change.require(Permission.POSTS_MANAGE, open_node(change, unit_id))
    if is_head:
        _refuse_second_head(change, unit_id)
    post = ExecutivePost(
        unit_id=unit_id, is_head=is_head, position=position, **_named(title_th, title_en, office_phone)
    )
    change.session.add(post)
    change.record("added", post, unit_id=unit_id, title=post.title_th)
    renew_revision(change.session)
    return post


def edit_post(
    change: Change,
    *,
    post_id: int,
    title_th: str,
    title_en: str = "",
    office_phone: str = "",
    is_head: bool = False,
    version: int | None = None,
) -> ExecutivePost:
    """Change what a post is called and its office phone; StaleError for an old version."""
    post = locked_row(change, ExecutivePost, post_id)
    change.require(Permission.POSTS_MANAGE, node_of(change, post.unit_id))
    check_version(post, version)
    if is_head and not post.is_head:
        _refuse_second_head(change, post.unit_id)
    values = _named(title_th, title_en, office_phone)
    if changed := apply_values(post, {**values, "is_head": is_head}):
        change.record("edited", post, unit_id=post.unit_id, changed=changed)
        renew_revision(change.session)
    return post


def close_post(change: Change, *, post_id: int, closed_on: date) -> ExecutivePost:
    """Close a post that is no longer there; its holder's time ends with it."""
    post = locked_row(change, ExecutivePost, post_id)
    change.require(Permission.POSTS_MANAGE, node_of(change, post.unit_id))
    if closed_on > change.today:
        raise RefusedError("วันที่ต้องไม่อยู่ในอนาคต", field="closed_on")
    holder = _holder_now(change, post_id)
    if holder is not None and holder.since > closed_on:
        raise RefusedError("วันที่ปิดต้องไม่ก่อนวันที่ผู้ดำรงตำแหน่งเริ่มดำรงตำแหน่ง", field="closed_on")
    if holder is not None:
        holder.until = closed_on
    post.closed_on = closed_on
    post.version += 1
    change.record("closed", post, unit_id=post.unit_id, closed_on=closed_on)
    renew_revision(change.session)
    return post


def set_holder(
    change: Change, *, post_id: int, name: str, since: date, until: date | None = None
) -> PostHolder:
    """Say who holds a post from a day; the former holder's time ends the day before."""
    post = locked_row(change, ExecutivePost, post_id)
    change.require(Permission.POSTS_MANAGE, node_of(change, post.unit_id))
    if post.closed_on is not None:
        raise RefusedError("ตำแหน่งนี้ปิดไปแล้ว")
    if until is not None and until < since:
        raise RefusedError("วันสุดท้ายต้องไม่ก่อนวันแรก", field="until")
    former = _last_holder(change, post_id)
    if former is not None and since <= former.since:
        raise RefusedError("วันที่เริ่มต้องอยู่หลังวันที่ผู้ดำรงตำแหน่งคนก่อนเริ่ม", field="since")
    if former is not None and (former.until is None or former.until >= since):
        former.until = since - _DAY
    name = checked_text(name, "name", limit=NAME_LENGTH, required=msgid("กรุณาใส่ชื่อผู้ดำรงตำแหน่ง"))
    holder = PostHolder(post_id=post_id, name=name, since=since, until=until)
    change.session.add(holder)
    change.record("set_holder", post, unit_id=post.unit_id, holder=holder.name, since=since)
    return holder


def end_holder(change: Change, *, post_id: int, until: date) -> PostHolder:
    """End the time of a post's holder; the post stays vacant from the day after."""
    post = locked_row(change, ExecutivePost, post_id)
    change.require(Permission.POSTS_MANAGE, node_of(change, post.unit_id))
    holder = _holder_now(change, post_id)
    if holder is None:
        raise RefusedError("ตำแหน่งนี้ว่างอยู่แล้ว")
    if until < holder.since:
        raise RefusedError("วันสุดท้ายต้องไม่ก่อนวันแรก", field="until")
    holder.until = until
    change.record("ended_holder", post, unit_id=post.unit_id, holder=holder.name, until=until)
    return holder


def ensure_head_posts(change: Change, *, unit_ids: Sequence[int] | None = None) -> list[ExecutivePost]:
    """Give each of the units (all open ones when none are named) the post of its head, where it has none."""
    change.require(Permission.POSTS_MANAGE)
    kinds = {kind.code: kind for kind in change.session.scalars(select(UnitKind))}
    query = select(Unit).where(Unit.closed_on.is_(None))
    if unit_ids is not None:
        query = query.where(Unit.id.in_(unit_ids))
    have = set(change.session.scalars(select(ExecutivePost.unit_id).where(ExecutivePost.is_head)))
    tree = unit_tree(change.session)
    made = []
    for unit in change.session.scalars(query.order_by(Unit.id)):
        if unit.id in have or unit.kind not in kinds:
            continue
        change.require(Permission.POSTS_MANAGE, tree[unit.id])
        made.append(add_head_post(change, unit, kinds[unit.kind]))
    if made:
        renew_revision(change.session)
    return made


def _named(title_th: str, title_en: str, office_phone: str) -> dict[str, str]:
    return {
        "title_th": checked_text(title_th, "title_th", limit=NAME_LENGTH, required=msgid("กรุณาใส่ชื่อตำแหน่ง")),
        "title_en": checked_text(title_en, "title_en", limit=NAME_LENGTH),
        "office_phone": checked_phone(office_phone, "office_phone"),
    }


def _refuse_second_head(change: Change, unit_id: int) -> None:
    head = change.session.scalars(
        select(ExecutivePost).where(
            ExecutivePost.unit_id == unit_id, ExecutivePost.is_head, ExecutivePost.closed_on.is_(None)
        )
    ).first()
    if head is not None:
        raise RefusedError("หน่วยงานนี้มีตำแหน่งหัวหน้าอยู่แล้ว: {title}", field="is_head", title=head.title_th)


def _last_holder(change: Change, post_id: int) -> PostHolder | None:
    return change.session.scalars(
        select(PostHolder).where(PostHolder.post_id == post_id).order_by(PostHolder.since.desc())
    ).first()


def _holder_now(change: Change, post_id: int) -> PostHolder | None:
    holder = _last_holder(change, post_id)
    return holder if holder is not None and (holder.until is None or holder.until >= change.today) else None
