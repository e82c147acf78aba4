"""Everything the application says has its English."""

import re
from collections import defaultdict
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from tests.source import PACKAGE, TEMPLATES, python_files, shown

ENGLISH = PACKAGE / "translations" / "en" / "LC_MESSAGES"
SAYING = ("_", "gettext", "lazy", "lazy_gettext", "RefusedError", "msgid")
WORDS = dict.fromkeys(SAYING) | {"ngettext": (1, 2)}
FIELDS = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w+)[^{}]*\}(?!\})")
THAI = re.compile(r"[ก-๛]")


@cache
def messages() -> dict[str, list[str]]:
    """Return every sentence in the source, with the places it stands at."""
    found: dict[str, list[str]] = defaultdict(list)
    sources = [("python", file) for file in python_files()]
    sources += [
        ("jinja2.ext:babel_extract", f) for f in TEMPLATES.rglob("*") if f.suffix in {".html", ".txt"}
    ]
    for method, file in sources:
        with file.open("rb") as opened:
            for line, said, *_ in extract(
                method, opened, WORDS, options={"encoding": "utf-8", "silent": "false"}
            ):
                for sentence in filter(None, forms(said)):
                    found[sentence].append(f"{shown(file)}:{line}")
    return found


@cache
def english() -> dict[str, dict[str, str]]:
    """Return the English of every sentence, by file."""
    return {
        file.name: {
            forms(entry.id)[0]: forms(entry.string)[-1]
            for entry in read_po(BytesIO(file.read_bytes()), locale="en")
            if entry.id
        }
        for file in sorted(ENGLISH.glob("*.po"))
    }


def forms(text: Any) -> list[str]:
    """Return the forms of a sentence that has one for each number, or its only one."""
    return [text] if isinstance(text, str) else list(text or [""])


def together() -> dict[str, str]:
    return {said: meant for words in english().values() for said, meant in words.items() if meant}


def test_every_sentence_has_its_english():
    missing = {
        said: places[0] for said, places in messages().items() if said not in together() and THAI.search(said)
    }

    assert missing == {}


def test_the_source_language_is_thai():
    foreign = {
        said: places[0]
        for said, places in messages().items()
        if re.search("[A-Za-z]{3} [a-z]{2}", said) and not THAI.search(said)
    }

    assert foreign == {}


def test_a_translation_keeps_the_fields_of_its_sentence():
    torn = {
        said: meant
        for said, meant in together().items()
        if {"".join(pair) for pair in FIELDS.findall(said)}
        != {"".join(pair) for pair in FIELDS.findall(meant)}
    }

    assert torn == {}


def test_english_has_no_thai_left_in_it():
    # Names of things that keep their Thai name in English are written in brackets or quotation marks.
    left = {
        said: meant
        for said, meant in together().items()
        if THAI.search(re.sub(r"[(“\"][^)”\"]*[)”\"]", "", meant))
    }

    assert left == {}


def test_a_sentence_means_the_same_in_every_file():
    meanings: dict[str, set[str]] = defaultdict(set)
    for words in english().values():
        for said, meant in words.items():
            meanings[said].add(meant)

    assert {said: meant for said, meant in meanings.items() if len(meant) > 1} == {}


@pytest.mark.parametrize("name", sorted(file.name for file in ENGLISH.glob("*.po")))
def test_no_translation_is_left_over(name):
    unused = [said for said in english()[name] if said not in messages()]

    assert unused == []
