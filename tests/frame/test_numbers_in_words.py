"""English tells one from several; Thai does not need to."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from flask import Flask, g

from tracker.change import RefusedError
from tracker.web import i18n
from tracker.web.i18n import gettext as say
from tracker.web.i18n import refusal_text, unit_word

# How a number meets what it counts: "%(n)s rows", "{count} open units".
SEVERAL = re.compile(r"(?:%\((\w+)\)s|\{(\w+)\}) (?:(?:more|open|other|new|trained) )?([a-z]{3,}s)\b")
NO_NOUN = {"characters", "was", "has", "does", "takes", "works", "holds", "stands"}
NAMES = {"day", "name", "unit", "code", "group", "above", "year", "month", "value", "course"}
NEVER_ONE = {"most", "limit"}  # as are the characters of a password


@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("en", 1, "Late by 1 day"),
        ("en", "1", "Late by 1 day"),
        ("en", 0, "Late by 0 days"),
        ("en", "1,180", "Late by 1,180 days"),
        ("th", 1, "เกินกำหนดตามแผน 1 วัน"),
    ],
)
def test_a_sentence_agrees_with_its_number(application: Flask, language, days, said):
    with application.test_request_context("/"):
        g.language = language

        assert say("เกินกำหนดตามแผน %(days)s วัน", days=days) == said
        template = application.jinja_env.from_string("{{ _('เกินกำหนดตามแผน %(days)s วัน', days=days) }}")
        assert template.render(days=days) == said


def test_a_sentence_without_a_form_for_one_stays_as_it_is(application: Flask):
    with application.test_request_context("/"):
        g.language = "en"

        assert say("ขั้นตอนที่ %(number)s", number=1) == "Step 1"
        assert say("ระยะที่ %(n)s (ปีที่ %(n)s)", n=1) == "Stage 1 (year 1)"


def test_a_refusal_agrees_with_its_number(application: Flask):
    def said(count):
        sentence = "ยังมีหน่วยงานที่เปิดอยู่ข้างใต้ {count} แห่ง ปิดหรือย้ายก่อน"
        return refusal_text(RefusedError(sentence, count=count))

    with application.test_request_context("/"):
        g.language = "en"

        assert said(1) == "1 open unit lies below it; close or move it first"
        assert said(2) == "2 open units lie below it; close or move them first"


def test_every_english_sentence_that_counts_has_a_form_for_one():
    missing = []
    for file in sorted(Path(i18n.TRANSLATIONS, "en", "LC_MESSAGES").glob("*.po")):
        for entry in read_po(BytesIO(file.read_bytes()), locale="en"):
            forms: Any = entry.string if isinstance(entry.id, tuple) else ("", entry.string)
            for one, other, noun in SEVERAL.findall(forms[1]):
                field = one or other
                counts = noun not in NO_NOUN and field not in NAMES | NEVER_ONE
                if counts and (not forms[0] or field not in i18n.COUNTED):
                    missing.append(forms[1])

    assert missing == []


# What pages write where a number meets its word; "1 is", "1 was" and "1 has" are no such place.
ONE_OF_SEVERAL = re.compile(
    r"(?<![\d.,/:-])1 (?:(?:more|open|other|new) )?(?!was\b|has\b|is\b|this\b)[a-z]{2,}s\b"
)


STAGES = range(1, 6)
PAGES = {
    "executive": [
        "/overview", "/follow/", "/units/", "/units/P001", "/units/P001?stage=1", "/stages/1?only=silent",
        "/stages/3?unit=PG02", "/stages/3/members?step=3", "/stages/1/steps/3", "/stages/3/steps/3",
        *(f"/{page}{n}" for n in STAGES for page in ("overview?stage=", "stages/", "reports/stage/")),
    ],
    "coordinator": [
        "/home/P001", "/activities/", "/activities/{activity}", "/facilitators/", "/facilitators/{person}",
        "/facilitators/trainings/", "/events/", "/events/{event}", "/events/entries/", "/reports/", "/words/",
    ],
    "group_coordinator": ["/home/PG01"],
    "office": ["/programme/", "/administration/people", *(f"/programme/stages/{n}" for n in STAGES)],
    "administrator": ["/administration/", "/administration/units"],
}  # fmt: skip


@pytest.fixture
def single(make):
    """Return the ids of one of everything."""
    person, event = make.facilitator("P001", name="Malee"), make.event("P001", attendance=1)
    make.training("P001", person)
    make.entry(event, "P002")
    make.activity("P001-G1", stage=1)
    activity = make.activity("P001", facilitators=(person,), participants=1)
    return {"activity": activity.id, "person": person.id, "event": event.id}


@pytest.mark.parametrize("who", PAGES)
def test_pages_speak_of_one_as_of_one(browser_as, single, who):
    browser, said = browser_as(who).in_english(), []
    for address in PAGES[who]:
        page = browser.get(address.format(**single), status=200)
        text = " ".join(page.html.select_one("main").get_text(" ").split())
        said += [f"{address}: {found[0]}" for found in ONE_OF_SEVERAL.finditer(text)]

    assert said == []


def test_a_stage_calls_one_of_its_units_by_the_word_of_its_template(application: Flask, make):
    stage, whole = make.stage(2), make.stage(4)
    with application.test_request_context("/"):
        g.language = "en"

        assert (unit_word(stage, 1), unit_word(stage, 2)) == ("unit", "units")
        assert (unit_word(whole, 1), unit_word(whole, 2)) == ("department", "department")
    with application.test_request_context("/"):
        assert unit_word(stage, 1) == "หน่วยงาน"
