"""Figures that were computed once and are given again until somebody changes something.

Every change writes an audit entry in its own transaction, so the last entries tell whether what was computed
still holds. Counting the last thousand besides asking for the last one notices an entry that another
connection numbered earlier and committed later.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session, SessionTransaction

from tracker.audit.models import AuditEntry
from tracker.organisation.revision import revision_of

T = TypeVar("T")
WINDOW = 1000
LIMIT = 256
_LAST_ENTRIES = select(func.max(AuditEntry.id), func.count()).where(
    AuditEntry.id > select(func.coalesce(func.max(AuditEntry.id), 0)).scalar_subquery() - WINDOW
)
_kept: dict[Hashable, Any] = {}
_of: list[Hashable] = [None]
_lock = Lock()


def _mark(session: Session) -> Hashable:
    """Return what changes with every change, or None inside a transaction that writes."""
    connection = session.connection()
    revision = revision_of(session)
    if revision is None or connection.get_execution_options().get("writes"):
        return None
    if "audit_mark" not in session.info:
        row = session.execute(_LAST_ENTRIES).one()
        session.info["audit_mark"] = (row[0], row[1])
    return (connection.engine.pool, revision, session.info["audit_mark"])


def kept(session: Session, name: Hashable, compute: Callable[[], T]) -> T:
    """Return what `compute` returns for a name, computed again only after a change."""
    mark = _mark(session)
    if mark is None:
        return compute()
    with _lock:
        if _of[0] == mark and name in _kept:
            return cast("T", _kept[name])
    value = compute()
    with _lock:
        if _of[0] != mark or len(_kept) >= LIMIT:
            _kept.clear()
        _of[0] = mark
        _kept[name] = value
    return value


def forget(_change: object = None) -> None:
    """Forget everything: a follower of changes, for what is changed by this process."""
    with _lock:
        _kept.clear()
        _of[0] = None


@event.listens_for(Session, "after_transaction_end")
def _forget_mark(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("audit_mark", None)
