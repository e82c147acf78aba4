"""Reference data (units, stages, steps, kinds) kept in the process until their revision changes.

The installation's row carries a random revision that every change of reference data renews. A
transaction reads it once; what was built for the same revision is given again. Inside a transaction
that itself changed reference data nothing is kept, because it may yet be undone.
"""

from collections.abc import Callable, Hashable
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar, cast
from uuid import uuid4

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session, SessionTransaction

from tracker.organisation.models import Installation

_REVISION = select(Installation.revision).where(Installation.id == 1)
_kept: dict[tuple[str, str], Any] = {}
_lock = Lock()
_LIMIT = 32
_MOST_FOLLOWING = 512
_MISSING = object()  # what is kept may be None, and another thread may take it away at any moment
T = TypeVar("T")


class Keeping:
    """Reference data that also keep what follows from them alone, as long as they are kept themselves."""

    @cached_property
    def _following(self) -> dict[Hashable, Any]:
        return {}

    def kept(self, name: Hashable, compute: Callable[[], T]) -> T:
        """Return what `compute` makes of this, once for each name; the name says all that it depends on."""
        found = self._following.get(name, _MISSING)
        if found is not _MISSING:
            return cast("T", found)
        if len(self._following) >= _MOST_FOLLOWING:
            self._following.clear()
        value = self._following[name] = compute()
        return value


def new_revision() -> str:
    """Return a revision that never was before."""
    return uuid4().hex


def revision_of(session: Session) -> str | None:
    """Return the revision that this transaction sees, or None when it must not be relied on."""
    if session.info.get("reference_changed"):
        return None
    if "reference_revision" not in session.info:
        session.info["reference_revision"] = session.connection().scalar(_REVISION)
    return cast("str | None", session.info["reference_revision"])


def wait_for_turn(session: Session) -> None:
    """Let changes come one after the other: wait until no other is open, then see what it did.

    A record counts for what reference data say, so both must not change at once. SQLite lets one writer in
    anyway. On PostgreSQL every change locks the installation's row before it reads or locks anything else:
    nobody who holds another row waits for this one, so no circle can close. The lock is not shared, although
    most changes only read reference data: two that found later that they change them would each wait for
    the other's share for ever.
    """
    session.info["reference_revision"] = session.connection().scalar(_REVISION.with_for_update())


def renew_revision(session: Session) -> None:
    """Say that units, stages, steps or kinds are changed by this transaction."""
    session.flush()
    session.execute(update(Installation).where(Installation.id == 1).values(revision=new_revision()))
    session.info["reference_changed"] = True


def settle_revision(session: Session) -> None:
    """Have this transaction rely on its own new revision: it changes no reference data any more.

    For a long load. What is kept under a revision that is undone after all is never asked for again.
    """
    if session.info.pop("reference_changed", False):
        session.flush()
        session.info.pop("reference_revision", None)


def cached_by_revision(session: Session, name: str, load: Callable[[Session], T]) -> T:
    """Return what `load` builds, once per revision and process.

    What a transaction that writes had to build itself is its own: it may hold what is undone yet.
    """
    revision = revision_of(session)
    if revision is None:
        return load(session)
    key = (revision, name)
    found = _kept.get(key, _MISSING)
    if found is not _MISSING:
        return cast("T", found)
    if _is_writing(session):
        own = session.info.setdefault("reference_kept", {})
        if key not in own:
            own[key] = load(session)
        return cast("T", own[key])
    value = load(session)
    with _lock:
        while len(_kept) >= _LIMIT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = value
    return value


def _is_writing(session: Session) -> bool:
    return bool(session.connection().get_execution_options().get("writes"))


def kept_before(session: Session, name: str) -> Any | None:
    """Return what was kept under a name before this transaction changed reference data, None if unknown."""
    return _kept.get((session.info.get("reference_revision", ""), name))


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("reference_kept", None)
        session.info.pop("reference_changed", None)
        session.info.pop("reference_revision", None)
