"""Who is here, and what a page asks of them: every view carries a guard, or the suite fails."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import abort, g

from tracker.accounts.permissions import Actor, Permission, Place, may

P = ParamSpec("P")
R = TypeVar("R")
NOBODY = Actor(person_id=None, name="")


def visitor() -> Actor:
    """Return who is here; somebody who is signed out holds nothing and has no person_id."""
    actor: Actor = g.get("actor", NOBODY)
    return actor


def actor() -> Actor:
    """Return who is signed in, or the command line; answer 401 when nobody is."""
    found = visitor()
    if not _is_somebody(found):
        abort(401)
    return found


def _is_somebody(found: Actor) -> bool:
    return found.person_id is not None or found.is_system


def allowed(permission: Permission, place: Place | None = None) -> bool:
    """Tell whether the visitor may do this, at a unit or anywhere."""
    return _is_somebody(visitor()) and may(visitor(), permission, place)


def requires(*permissions: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Guard a view: 401 when signed out, 403 unless one of the permissions is held somewhere."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            found = actor()
            if not any(may(found, permission) for permission in permissions):
                abort(403)
            return view(*args, **kwargs)

        guarded.guard = permissions  # type: ignore[attr-defined]  # a function takes any attribute
        return guarded

    return guard


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Say of a view that it is open to everybody, signed in or not."""
    view.guard = "public"  # type: ignore[attr-defined]  # a function takes any attribute
    return view


def guard_of(view: Callable[..., Any]) -> tuple[Permission, ...] | str | None:
    """Return what a view asks for: permissions, "public", or None for a view that has no guard."""
    return getattr(view, "guard", None)
