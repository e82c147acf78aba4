"""What stands round the two lists: choices of the filter bar, heads that sort."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.facilitators.forms import ROLE_WORDS
from tracker.programme.list_filters import stage_options, unit_options
from tracker.programme.reference import plan
from tracker.register.filters import ACTIVE, TRAINED
from tracker.web.i18n import gettext as _
from tracker.web.paging import here_with
from tracker.web.reference import tree
from tracker.web.words import AUDIENCES

Choices = list[tuple[Any, str]]


@dataclass(frozen=True, slots=True)
class Head:
    """A head that sorts: where a click leads, and how the list is sorted by it now."""

    url: str
    state: str | None


def heads(keys: tuple[str, ...], order: str, downward: tuple[str, ...] = ()) -> dict[str, Head]:
    """Return the heads of a list by key; `downward` ones begin with the largest."""
    found = {}
    for key in keys:
        state = "ascending" if order == key else "descending" if order == f"-{key}" else None
        turned = f"-{key}" if state == "ascending" or (state is None and key in downward) else key
        found[key] = Head(here_with(sort=turned, page=None), state)
    return found


def _yes_or_no(answers: Mapping[str, tuple[Any, bool]]) -> Choices:
    return [("", _("ทั้งหมด")), *((answer, str(words)) for answer, (words, _value) in answers.items())]


def people_options() -> dict[str, Choices]:
    """Return by what the register may be narrowed."""
    return {
        "trained": _yes_or_no(TRAINED),
        "active": _yes_or_no(ACTIVE),
        "role": [("", _("ทุกบทบาท")), *((role.value, str(words)) for role, words in ROLE_WORDS.items())],
        "unit": unit_options(tree()),
    }


def training_options() -> dict[str, Choices]:
    """Return by what the trainings may be narrowed."""
    return {
        "stage": stage_options(plan()),
        "unit": unit_options(tree()),
        "audience": [("", _("ทุกระดับ")), *((one.value, str(words)) for one, words in AUDIENCES.items())],
    }
