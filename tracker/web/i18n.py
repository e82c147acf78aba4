"""The two languages: Thai is the source, English comes from the .po files of the slices."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, get_locale
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from tracker.change import RefusedError
from tracker.thai import dates

__all__ = ["LANGUAGES", "gettext", "language", "lazy", "named", "phone", "refusal_text", "unit_word"]

LANGUAGES = {"th": "ไทย", "en": "English"}
TRANSLATIONS = Path(__file__).parent.parent / "translations"
COUNTED = frozenset(("n", "days", "count"))  # fields by which English chooses between one and several


@cache
def catalogue(code: str) -> NullTranslations:
    """Return the translations into a language, from every .po file of it; Thai needs none."""
    merged: Translations | None = None
    for file in sorted((TRANSLATIONS / code / "LC_MESSAGES").glob("*.po")):
        compiled = BytesIO()
        with file.open("rb") as source:
            write_mo(compiled, read_po(source, locale=code))
        compiled.seek(0)
        part = Translations(compiled)
        merged = part if merged is None else merged.merge(part)
    return merged or NullTranslations()


class _PoDomain(Domain):
    """Flask-Babel's domain, reading the .po files themselves: nothing to compile, nothing to forget."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue of the request's language."""
        return catalogue(language())


def gettext(sentence: str, **values: object) -> str:
    """Return a Thai sentence in the request's language, its %(name)s fields filled in.

    English tells one from several by the field that counts (`COUNTED`), where its .po file has both forms.
    """
    said = _meant(language(), sentence, _is_one(values))
    return said % values if values else said


def _is_one(values: dict[str, Any]) -> bool:
    return any(str(values[name]) == "1" for name in COUNTED & values.keys())


def lazy(sentence: str, **values: object) -> LazyString:
    """Return a Thai sentence that becomes the one of a request's language when it is shown."""
    return LazyString(gettext, sentence, **values)


@lru_cache(8192)
def _meant(code: str, sentence: str, is_one: bool) -> str:
    words = catalogue(code)
    said = words.ngettext(sentence, sentence, 1 if is_one else 2)
    return said if said != sentence else words.gettext(sentence)


@lru_cache(8192)
def _marked(code: str, sentence: str, is_one: bool) -> Markup:
    return Markup(_meant(code, sentence, is_one))  # noqa: S704  # sentences of ours, not of people


@lru_cache(4096)
def _said(code: str, sentence: str) -> Markup:
    return _marked(code, sentence, is_one=False) % {}


def _say(sentence: str, /, **values: Any) -> Markup:
    """Return what `_` gives in templates: safe text, in which the values are escaped."""
    if not values:
        return _said(language(), sentence)
    return _marked(language(), sentence, _is_one(values)) % values


def language() -> str:
    """Return "th" or "en": the language of this request, Thai outside of one."""
    try:
        locale = g._flask_babel.babel_locale  # where Flask-Babel keeps what it once found
    except (AttributeError, RuntimeError):
        locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "th"


def _choose() -> str:
    if not has_request_context():
        return "th"
    chosen = g.get("language") or request.cookies.get("language")
    return chosen if chosen in LANGUAGES else "th"


def named(thing: Any, which: str = "name") -> str:
    """Return a name of something that has `<which>_th` and `<which>_en`, in the request's language."""
    if thing is None:
        return ""
    thai: str = getattr(thing, f"{which}_th", "")
    english: str = getattr(thing, f"{which}_en", "")
    return (english or thai) if language() == "en" else (thai or english)


def unit_word(stage: Any, number: int) -> str:
    """Return what a stage calls so many of its units, in the request's language."""
    one: str = stage.unit_word_one_en if number == 1 and language() == "en" else ""
    return one or named(stage, "unit_word")


def refusal_text(error: RefusedError) -> str:
    """Return the sentence of a refusal in the request's language, filled in."""
    said = _meant(language(), error.sentence, _is_one(error.values))
    return error.filled(said, language())


def _in_language(formatter: Callable[[Any, str], str]) -> Callable[[Any], str]:
    def shown(value: date | datetime | int | None) -> str:
        return "" if value is None else formatter(value, language())

    return shown


def number(value: int | None) -> str:
    """Return a count with thousands separated: 1,780."""
    return "" if value is None else f"{value:,}"


def phone(shown: str | None) -> str:
    """Return an office phone number in the request's language: its extension is ต่อ 12 or ext. 12."""
    return (shown or "").replace("ต่อ", "ext.") if language() == "en" else shown or ""


def init_i18n(app: Flask) -> None:
    """Set Flask-Babel up, and the filters and globals by which templates speak both languages."""
    app.config.update(BABEL_DEFAULT_LOCALE="th", BABEL_DEFAULT_TIMEZONE="Asia/Bangkok")
    babel = Babel(app, locale_selector=_choose)
    with app.app_context():
        babel.domain_instance = _PoDomain()
    app.jinja_env.globals.update(named=named, unit_word=unit_word, _=_say, gettext=_say)
    app.context_processor(lambda: {"lang": language()})
    app.jinja_env.filters.update(
        day=_in_language(dates.format_day),
        day_short=_in_language(dates.format_day_short),
        day_long=_in_language(dates.format_day_long),
        day_full=_in_language(dates.format_day_full),
        day_month=_in_language(dates.format_month),
        moment=_in_language(dates.format_moment),
        fiscal_year=_in_language(dates.format_fiscal_year),
        real_day=dates.real_day,
        number=number,
        phone=phone,
    )
