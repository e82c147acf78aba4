"""What was typed into some form, in words: under the labels of the form that has those fields."""

import sys
from collections.abc import Iterable, Iterator

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.fields.choices import SelectFieldBase

from tracker.web.conflicts import word_of
from tracker.web.forms import TrackerForm
from tracker.web.i18n import named
from tracker.web.reference import tree
from tracker.web.unit_field import UnitField

Pair = tuple[str, str]


def _below(kind: type[TrackerForm]) -> Iterator[type[TrackerForm]]:
    for form in kind.__subclasses__():
        yield form
        yield from _below(form)


def _fields_of(form: type[TrackerForm]) -> frozenset[str]:
    return frozenset(name for name in dir(form) if hasattr(getattr(form, name), "_formfield"))


def forms() -> set[type[TrackerForm]]:
    """Return the forms as they are written, without those that were made for one page."""
    return {form for form in _below(TrackerForm) if _is_written_out(form)}


def form_with(names: set[str]) -> type[TrackerForm] | None:
    """Return the form that has most of the fields; of those with as many, the one with the fewest others."""
    found = [form for form in forms() if _fields_of(form) & names]
    return max(found, key=lambda form: _fit(form, names), default=None)


def _is_written_out(form: type[TrackerForm]) -> bool:
    return getattr(sys.modules.get(form.__module__), form.__name__, None) is form


def _fit(form: type[TrackerForm], names: set[str]) -> tuple[int, int, str]:
    known = _fields_of(form)
    return len(known & names), -len(known - names), form.__qualname__


def typed_words(pairs: Iterable[Pair]) -> tuple[list[Pair], set[str]]:
    """Return (label, words) of what was typed and chosen, and the names that a field of the form stands for.

    What can only be told with the choices that a page offers (an id of one of them) is left out.
    """
    data = MultiDict(pairs)
    kind = form_with({name.partition("-")[0] for name in data})
    if kind is None:
        return [], set()
    told, known = [], set()
    for field in kind(formdata=data, meta={"csrf": False}):
        sent = {name for name in data if name.partition("-")[0] == field.short_name}
        known |= sent
        if sent and (words := _words(field)):
            told.append((str(field.label.text), words))
    return told, known


def _words(field: Field) -> str:
    """Return what was typed or chosen in a field, nothing where that is not known here."""
    kind = getattr(field, "widget_kind", "hidden")
    if kind in ("hidden", "password", "file") or isinstance(field.data, dict):
        return ""
    if isinstance(field, UnitField):
        text = str(field.data or "")
        return named(tree().get(int(text))) if text.isascii() and text.isdigit() else text
    if isinstance(field, SelectFieldBase) and not _is_offered(field):
        return ""
    return word_of(field, field.data)


def _is_offered(field: SelectFieldBase) -> bool:
    offered = {str(choice.value) for choice in field.iter_choices()}
    values = field.data if isinstance(field.data, list) else [field.data]
    return all(str(value) in offered for value in values if value not in (None, ""))
