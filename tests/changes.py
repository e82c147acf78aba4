"""A change that a test makes by hand, over the test's own session."""

from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session

from tests.world import TODAY
from tracker import session as sessions
from tracker.accounts.permissions import Actor
from tracker.change import Change


class TriedChange(Change):
    """A `Change` to call operations with.

    Used as it is, nothing is recounted or committed until `finish()` or the next request of a test browser.
    Used by `with`, the block's end finishes it as the application would, or undoes it on an exception.
    """

    def finish(self) -> None:
        """Recount what was touched and commit."""
        for follower in sessions._FOLLOWERS:
            follower(self)
        self.touched.clear()
        self.session.commit()

    def __enter__(self) -> Self:
        """Begin the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish, or undo."""
        if error is None:
            self.finish()
        else:
            self.session.rollback()


def try_change(session: Session, actor: Actor) -> TriedChange:
    """Return a change by an actor on the world's day, at the real moment."""
    return TriedChange(session=session, actor=actor, at=datetime.now(UTC), today=TODAY, reference="TEST")
