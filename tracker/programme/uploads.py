"""Taking back at once what one file wrote, and putting it back: one way for records of every kind."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import select

from tracker.audit.models import AuditEntry
from tracker.change import Change, RefusedError
from tracker.database import Base
from tracker.organisation.tree import unit_tree
from tracker.programme.asides import restore_record, withdraw_record

R = TypeVar("R", bound=Any)  # a record with `EntryDay`, `version` and `import_key`


def sent_with(change: Change, row: R, verb: str, subject: Base, name: str) -> list[R]:
    """Return what the actor wrote today by the same file as a row, locked; refuse anybody else's.

    The trail tells it under the verb for the subject, the ids under `name`.
    """
    told = select(AuditEntry.details).where(
        AuditEntry.subject_type == subject.__tablename__,
        AuditEntry.subject_id == subject.id,
        AuditEntry.verb == verb,
        AuditEntry.person_id == change.actor.person_id,
        AuditEntry.day == change.today,
    )
    model = type(row)
    for details in change.session.scalars(told):
        if row.id in details[name]:
            rows = select(model).where(model.id.in_(details[name])).order_by(model.id).with_for_update()
            return list(change.session.scalars(rows.execution_options(populate_existing=True)))
    raise RefusedError("ยกเลิกหรือกู้คืนทั้งหมดได้เฉพาะผู้ที่บันทึก ภายในวันที่บันทึก จากนั้นทำทีละรายการ")


def withdraw_sent(change: Change, sent: Iterable[R], reason: str, touch: Callable[[R], None]) -> list[R]:
    """Withdraw what one file wrote, save what was changed since; return those withdrawn.

    The file is known no more: corrected, it may be sent again.
    """
    tree = unit_tree(change.session)
    untouched = [row for row in sent if row.version == 1]
    for row in untouched:
        withdraw_record(change, row, tree[row.unit_id], reason, partial(touch, row))
        row.import_key = None
    return untouched


def restore_sent(change: Change, sent: Iterable[R], reason: str, touch: Callable[[R], None]) -> list[R]:
    """Count again what `withdraw_sent` took back; return those restored."""
    tree = unit_tree(change.session)
    taken_back = [row for row in sent if row.withdrawn_on is not None and row.import_key is None]
    for row in taken_back:
        restore_record(change, row, tree[row.unit_id], partial(touch, row), reason)
    return taken_back
