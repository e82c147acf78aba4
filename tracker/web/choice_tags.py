"""What forms ask of every field, and its answers as HTML, each written once: a form may offer hundreds."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

Attributes = tuple[tuple[str, Any], ...]
FEW = 8  # so many answers stand side by side instead of in a list


def kind_of(field: Any) -> str:
    """Return how a field is drawn, see the macro `field`: what its class says, else "hidden" or "text"."""
    kind: str | None = getattr(field, "widget_kind", None)
    if kind is None:
        kind = "hidden" if getattr(field.widget, "input_type", "") == "hidden" else "text"
    return kind


def stands_open(field: Any) -> bool:
    """Tell whether the answers of a field stand side by side instead of in a list."""
    if kind_of(field) != "choices":
        return False
    return getattr(field, "multiple", False) or field.has_groups() or len(list(field.iter_choices())) <= FEW


def described(field: Any) -> Markup:
    """Return the attributes by which a control says that its help, error and unit are its own."""
    parts = (
        ("help", field.description),
        ("error", field.errors),
        ("unit", getattr(field, "unit_label", None)),
    )
    return _described(field.id, tuple(name for name, there in parts if there), bool(field.errors))


@lru_cache(4096)
def _described(ident: str, parts: tuple[str, ...], is_wrong: bool) -> Markup:
    ids = " ".join(f"{ident}-{part}" for part in parts)
    wrong = Markup(' aria-invalid="true"') if is_wrong else Markup()
    return (Markup(' aria-describedby="{}"').format(ids) if parts else Markup()) + wrong


def attributes(given: dict[str, Any] | None) -> Attributes:
    """Return attributes given in Python (render_kw) as they may be written: no style, nothing that runs."""
    return tuple(
        (name, value if value is True else str(value))
        for name, value in (given or {}).items()
        if name not in ("class", "style")
        and not name.startswith("on")
        and value is not None
        and value is not False
    )


def _written(given: Attributes) -> Markup:
    """Return attributes as HTML; True writes the bare name."""
    bare, full = Markup(" {}"), Markup(' {}="{}"')
    return Markup().join(
        bare.format(name.replace("_", "-")) if value is True else full.format(name.replace("_", "-"), value)
        for name, value in given
    )


@lru_cache(8192)
def _option(value: str, label: str, is_chosen: bool, more: Attributes) -> Markup:
    chosen = Markup(" selected") if is_chosen else ""
    return Markup('\n<option value="{}"{}{}>{}</option>').format(value, chosen, _written(more), label)


def option(value: Any, label: Any, is_chosen: bool = False, more: dict[str, Any] | None = None) -> Markup:
    """Return one answer of a select; a value of None is written as nothing."""
    text = "" if value is None else str(value)
    return _option(text, str(label), bool(is_chosen), attributes(more) if more else ())


def options(choices: Iterable[Any]) -> Markup:
    """Return the answers of a select, from WTForms' choices."""
    return _joined(option(c.value, c.label, c.selected, c.render_kw) for c in choices)


def answers(pairs: Iterable[Any], chosen: Any) -> Markup:
    """Return the answers of a select from pairs (value, words), or words that are their own value."""
    return _answers(tuple(pairs), str(chosen))


@lru_cache(1024)
def _answers(pairs: tuple[Any, ...], wanted: str) -> Markup:
    both = (pair if isinstance(pair, tuple) else (pair, pair) for pair in pairs)
    return _joined(option(value, words, str(value) == wanted) for value, words in both)


def blank(field: Any, words: str) -> Markup:
    """Return the blank first line of a select without an answer yet: its first must not be taken for one."""
    several = getattr(field, "multiple", False)
    if several or any(answer.selected or answer.value in ("", None) for answer in field.iter_choices()):
        return Markup()
    return _option("", words, is_chosen=True, more=())


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("".join(parts))  # noqa: S704  # Markup().join would look at each part again


def _choice(
    begin: tuple[str, str, str, str], label: str, is_chosen: bool, more: Attributes, described: str
) -> Markup:
    kind, ident, name, value = begin
    number = next((text for key, text in more if key == "data-no" and text != "0"), None)
    return Markup(
        '<label class="choice"><input type="{}" id="{}" name="{}" value="{}"{}{}{}><span>{}{}</span></label>'
    ).format(
        kind,
        ident,
        name,
        value,
        Markup(" checked") if is_chosen else "",
        _written(more),
        described,
        Markup("<b>{}</b> ").format(number) if number is not None else "",
        label,
    )


def choices(field: Any, answers: Iterable[Any], first: int = 0, described: str = "") -> Markup:
    """Return several answers side by side; `first` is the number of the first among all of the field.

    `data-no` puts a number (a step) before an answer. `described` is what the macros write of help and
    errors: it belongs to the field's first answer.
    """
    kind = "checkbox" if getattr(field, "multiple", False) else "radio"
    told = tuple(
        (
            answer.value,
            str(answer.label),
            answer.selected,
            attributes(answer.render_kw) if answer.render_kw else (),
        )
        for answer in answers
    )
    return _choices((kind, field.id, field.name), told, first, described)


@lru_cache(2048)
def _choices(
    begin: tuple[str, str, str],
    told: tuple[tuple[Any, str, bool, Attributes], ...],
    first: int,
    described: str,
) -> Markup:
    kind, ident, name = begin
    return _joined(
        _choice(
            (kind, f"{ident}-{at}", name, "" if value is None else str(value)),
            label,
            is_chosen,
            more,
            "" if at else described,
        )
        for at, (value, label, is_chosen, more) in enumerate(told, start=first)
    )


def ticks(field: Any, answers: Iterable[Any], first: int, described: str, *, ticked: bool) -> Markup:
    """Return some of very many answers, all of them ticked or none; otherwise as `choices`."""
    told = tuple((answer.value, answer.label, *answer.render_kw.items()) for answer in answers)
    return _ticks((field.id, field.name), told, first, described, ticked)


@lru_cache(1024)
def _ticks(
    begin: tuple[str, str], told: tuple[tuple[Any, ...], ...], first: int, described: str, ticked: bool
) -> Markup:
    full = tuple((value, str(label), ticked, attributes(dict(more))) for value, label, *more in told)
    return _choices(("checkbox", *begin), full, first, described)


def init_choice_tags(env: Environment) -> None:
    """Give the answers to templates."""
    env.globals.update(
        option_tag=option, option_tags=options, answer_tags=answers, choice_tags=choices, tick_tags=ticks,
        blank_tag=blank, kind_of=kind_of, stands_open=stands_open, described=described,
    )  # fmt: skip
    env.filters["attributes"] = lambda given: _written(attributes(given))
