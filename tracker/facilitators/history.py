"""How the trail's facilitators are named: those whose names the reader may read."""

from collections.abc import Mapping
from typing import Any

from tracker.facilitators.queries import facilitators_named
from tracker.session import db
from tracker.web.guards import actor
from tracker.web.history import Names, Naming
from tracker.web.i18n import gettext as _
from tracker.web.reference import tree


def _ids(value: Any) -> list[int]:
    return [int(one) for one in (value if isinstance(value, (list, tuple, dict)) else [value])]


def _names(ids: set[int]) -> Names:
    return {person.id: person.name for person in facilitators_named(db(), ids, actor(), tree())}


def say_passed(mark: bool) -> str:
    """Return how somebody did who attended a training."""
    return _("ผ่าน") if mark else _("เข้าอบรม")


def _say(value: Any, names: Names) -> str:
    return ", ".join(name for person, name in names.items() if person in _ids(value))


def _say_marks(marks: Mapping[str, bool], names: Names) -> str:
    return ", ".join(
        f"{name} ({say_passed(marks[str(person)])})" for person, name in names.items() if str(person) in marks
    )


NAMES = Naming(_ids, _names, _say)
MARKS = Naming(_ids, _names, _say_marks)
