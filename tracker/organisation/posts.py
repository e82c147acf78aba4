"""The executive posts as plain values, read once and kept until somebody changes one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.organisation.models import ExecutivePost
from tracker.organisation.revision import Keeping, cached_by_revision


@dataclass(frozen=True, slots=True)
class PostInfo:
    """An executive post at a unit."""

    id: int
    unit_id: int
    title_th: str
    title_en: str
    closed_on: date | None


@dataclass(frozen=True)
class PostBook(Keeping):
    """All executive posts, in the order in which a unit names them."""

    by_id: dict[int, PostInfo]

    @cached_property
    def _of_unit(self) -> dict[int, list[PostInfo]]:
        found: dict[int, list[PostInfo]] = {}
        for post in self.by_id.values():
            found.setdefault(post.unit_id, []).append(post)
        return found

    def at(self, unit_ids: Iterable[int], day: date) -> list[PostInfo]:
        """Return the posts at some units that are not closed on a day, the units in the order given."""
        posts = (post for unit_id in unit_ids for post in self._of_unit.get(unit_id, ()))
        return [post for post in posts if post.closed_on is None or post.closed_on > day]

    def named(self, ids: Collection[int]) -> list[PostInfo]:
        """Return posts by their ids, closed or not, in the order in which units name them."""
        return [post for post in self.by_id.values() if post.id in ids] if ids else []


def _load(session: Session) -> PostBook:
    rows = session.execute(
        select(
            ExecutivePost.id, ExecutivePost.unit_id, ExecutivePost.title_th, ExecutivePost.title_en,
            ExecutivePost.closed_on,
        ).order_by(ExecutivePost.position, ExecutivePost.id)
    )  # fmt: skip
    return PostBook({row.id: PostInfo(*row) for row in rows})


def post_book(session: Session) -> PostBook:
    """Return all executive posts; usually without asking the database."""
    return cached_by_revision(session, "post_book", _load)
