"""Fields that offer known answers: a foreign one is refused with a sentence."""

from collections.abc import Callable, Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from wtforms import SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from tracker.web.i18n import gettext as _

_GROUP = attrgetter("optgroup")


class ChoiceField(SelectField):
    """One of some known answers, ids or words; a foreign one is refused with a sentence."""

    widget_kind = "choices"

    def __init__(self, label: Any = None, *, required: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("validate_choice", False)
        super().__init__(label, **kwargs)
        self.flags.required = required

    def accepted(self) -> set[str]:
        """Return the values that may be chosen, as they are posted."""
        return {str(choice.value) for choice in self.iter_choices()}

    def pre_validate(self, form: object) -> None:
        """Refuse a foreign answer, and a missing one where one is needed."""
        if self.data in (None, ""):
            if self.flags.required:
                raise ValidationError(_("กรุณาเลือก%(label)s", label=self.label.text))
        elif str(self.data) not in self.accepted():
            raise ValidationError(_("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่"))

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the posted answer; what is no id is kept as text and refused by the checks."""
        if not valuelist:
            self.data = None
            return
        try:
            self.data = self.coerce(valuelist[0])
        except (ValueError, TypeError, OverflowError):
            self.data = valuelist[0]


class SelectChoiceField(ChoiceField):
    """One of many known answers: always a list to unfold."""

    widget_kind = "select"


class ChoicesField(SelectMultipleField):
    """Some of several known answers."""

    widget_kind = "choices"
    multiple = True

    def __init__(self, label: Any = None, *, required: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("validate_choice", False)
        super().__init__(label, **kwargs)
        self.flags.required = required

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the posted answers; what is no id is kept as text and refused by the checks."""
        self.data = []
        for value in valuelist:
            try:
                self.data.append(self.coerce(value))
            except (ValueError, TypeError, OverflowError):
                self.data.append(value)

    def pre_validate(self, form: object) -> None:
        """Refuse foreign answers, and none where one is needed."""
        accepted = {str(choice.value) for choice in self.iter_choices()} if self.data else ()
        if any(str(value) not in accepted for value in self.data or ()):
            raise ValidationError(_("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่"))
        if self.flags.required and not self.data:
            raise ValidationError(_("กรุณาเลือก%(label)s", label=self.label.text))


class ManyField(ChoicesField):
    """Some of very many answers: ticks folded by group, the chosen ones first; a script adds a search."""

    widget_kind = "many"

    def folded(self) -> tuple[list[SelectChoice], list[tuple[str, list[SelectChoice]]]]:
        """Return the chosen answers, and the others by group."""
        ticked = {str(value) for value in self.data or ()}
        offered: list[SelectChoice] = self.choices or []
        others = [answer for answer in offered if str(answer.value) not in ticked] if ticked else offered
        chosen = [answer for answer in offered if str(answer.value) in ticked] if ticked else []
        return chosen, [(group or "", list(members)) for group, members in groupby(others, _GROUP)]


def optional_id(text: Any) -> int | None:
    """Coerce a posted id: empty is None."""
    return None if text in (None, "", "None") else int(text)


def numbered(things: Iterable[Any], label: Callable[[Any], str]) -> list[SelectChoice]:
    """Return one choice for each thing: its id, and what `label` calls it."""
    return [SelectChoice(value=thing.id, label=label(thing)) for thing in things]


def worded(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Return choices from pairs (value, label)."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]
