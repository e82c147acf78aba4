"""What is kept of reference data: for every thread, and for a long load that changes them now and then."""

from collections.abc import Hashable
from typing import Any

from tracker.organisation.revision import (
    Keeping,
    cached_by_revision,
    renew_revision,
    revision_of,
    settle_revision,
)
from tracker.session import writing


class Emptied(dict[Hashable, Any]):
    """What another thread empties as soon as one has looked into it."""

    def __contains__(self, name: object) -> bool:
        found = super().__contains__(name)
        self.clear()
        return found


def test_what_another_thread_throws_away_is_made_again():
    book = Keeping()
    book.__dict__["_following"] = Emptied(name=1)

    assert book.kept("name", lambda: 1) == 1


def test_nothing_is_kept_as_well_as_something():
    book, asked = Keeping(), []

    for _ in range(2):
        assert book.kept("name", lambda: asked.append(1)) is None

    assert asked == [1]


def test_a_long_load_reads_reference_data_again_only_where_it_changed_them(app):
    loads: list[int] = []
    with app.app_context(), writing() as session:

        def read_twice() -> None:
            for _ in range(2):
                settle_revision(session)
                cached_by_revision(session, "tests", lambda _session: loads.append(1))

        read_twice()
        assert loads == [1]
        renew_revision(session)
        assert revision_of(session) is None
        read_twice()
        assert loads == [1, 1]
