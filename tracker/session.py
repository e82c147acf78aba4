"""The database session of a request or command, and the only place that commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from flask import current_app, g, has_request_context
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor
from tracker.change import Change
from tracker.organisation.installation import installation_info
from tracker.organisation.revision import wait_for_turn
from tracker.thai.dates import BANGKOK

Follower = Callable[[Change], None]
_FOLLOWERS: list[Follower] = []


def follow_changes(follower: Follower) -> None:
    """Have a function called with every change just before its commit; the same one only once."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def engine() -> Engine:
    """Return the application's engine."""
    found: Engine = current_app.extensions["tracker_engine"]
    return found


def db() -> Session:
    """Return the session of this request or command; it reads, and `begin_change` writes."""
    if "session" not in g:
        g.session = Session(engine(), expire_on_commit=False)
    session: Session = g.session
    return session


def close_session(_error: BaseException | None = None) -> None:
    """Close the session at the end of a request or command."""
    session: Session | None = g.pop("session", None)
    if session is not None:
        session.close()


def rehearsed_day() -> date | None:
    """Return the day that the programme is made to believe: the setting TODAY, else the demo's own."""
    setting: date | None = current_app.config["TODAY"]
    if setting is not None:
        return setting
    info = installation_info(db())
    return info.demo_day if info else None


def today() -> date:
    """Return the programme's day: a rehearsed one, else the calendar day in Bangkok."""
    if "today" not in g:
        g.today = rehearsed_day() or datetime.now(BANGKOK).date()
    day: date = g.today
    return day


@contextmanager
def writing(session: Session | None = None) -> Iterator[Session]:
    """Open a transaction that writes without being a change of content: sessions, throttles, kept texts.

    Committed when the block ends well, undone when it does not.
    """
    with Session(engine(), expire_on_commit=False) if session is None else _kept(session) as writer:
        writer.connection(execution_options={"writes": True})
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise


@contextmanager
def _kept(session: Session) -> Iterator[Session]:
    session.rollback()  # end the reading transaction, so that the writing one begins as such
    yield session


@contextmanager
def begin_change(actor: Actor | None = None) -> Iterator[Change]:
    """Open a change by the visitor (or a given actor): committed when the block ends well, else undone.

    It waits for the change that is open, so it never decides on what that one is about to change.
    """
    if actor is None:
        actor = g.actor
    reference = g.get("reference", "") if has_request_context() else ""
    with writing(db()) as session:
        wait_for_turn(session)
        change = Change(session, actor, datetime.now(UTC), today(), reference)
        yield change
        for follower in _FOLLOWERS:
            follower(change)
