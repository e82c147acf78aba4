"""The manual is whole: each role in both languages, no picture missing, the words of the pages."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.source import PACKAGE, ROOT
from tracker.accounts.models import RoleKind
from tracker.web.shell import PLACES, ROLE_NAMES

MANUAL = ROOT / "docs" / "manual"
PICTURES = ROOT / "docs" / "pictures"
LANGUAGES = ("th", "en")
ROLES = {
    RoleKind.COORDINATOR: "coordinator",
    RoleKind.UNIT_HEAD: "head",
    RoleKind.OFFICE: "office",
    RoleKind.EXECUTIVE: "executive",
    RoleKind.ADMINISTRATOR: "administrator",
}
SHARED = ("account", "figures", "questions")
PAGES = [f"{language}/{name}.md" for language in LANGUAGES for name in (*ROLES.values(), *SHARED)]
LINK = re.compile(r"\]\(([^)#:]+)\)")
LABEL = re.compile(r"\*\*([^*]+)\*\*")
LARGEST = 6_000_000


def text(page: str) -> str:
    return (MANUAL / page).read_text(encoding="utf-8")


def words(language: str) -> dict[str, str]:
    """Return what the pages say in a language, by the Thai of it."""
    said = {}
    for file in (PACKAGE / "translations" / "en" / "LC_MESSAGES").glob("*.po"):
        with file.open("rb") as opened:
            for entry in read_po(opened, locale="en"):
                if isinstance(entry.id, str) and isinstance(entry.string, str) and entry.id:
                    said[entry.id] = entry.id if language == "th" else entry.string
    return said


def test_every_role_has_its_page_in_both_languages():
    assert set(ROLES) == set(RoleKind) == set(ROLE_NAMES)
    assert {file.relative_to(MANUAL).as_posix() for file in MANUAL.glob("*/*.md")} == set(PAGES)


@pytest.mark.parametrize("page", ["README.md", *PAGES])
def test_everything_that_a_page_links_to_is_there(page):
    missing = [
        link for link in LINK.findall(text(page)) if not (MANUAL / page).parent.joinpath(link).is_file()
    ]

    assert missing == []


def test_the_index_leads_to_every_page():
    assert set(PAGES) <= set(LINK.findall(text("README.md")))


def test_every_picture_is_used_and_in_both_languages():
    readers = [ROOT / "README.md", *MANUAL.rglob("*.md")]
    used = {Path(link).name for file in readers for link in LINK.findall(file.read_text(encoding="utf-8"))}
    taken = {file.name for file in PICTURES.glob("*.png")}
    twins = {name.replace("-th-", "-en-") for name in taken if "-th-" in name}

    assert "overview-th-1280.png" in taken
    assert twins == {name for name in taken if "-en-" in name}
    assert taken - used == set()


def test_the_pictures_are_small():
    assert sum(file.stat().st_size for file in PICTURES.iterdir()) < LARGEST


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_of_the_navigation_is_told(language):
    said = words(language)
    told = {label for page in PAGES if page.startswith(language) for label in LABEL.findall(text(page))}

    assert {said[str(place.label)] for place in PLACES} - told == set()


@pytest.mark.parametrize("page", PAGES)
def test_what_stands_in_bold_is_what_the_pages_say(page):
    said = set(words(page[:2]).values())

    assert [label for label in LABEL.findall(text(page)) if label not in said] == []
