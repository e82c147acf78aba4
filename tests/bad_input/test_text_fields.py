"""What people type or paste into any text field of any form."""

import html

import pytest

from tests.bad_input.pages import first_of

NATIONAL_ID = "1-2345-67890-12-1"
NEVER_KEPT = {"find", "password", "current", "again"}
ODD_TEXTS = {
    "control characters": "ก\x01\x08\x1b[31m\x7f\x9fข",
    "zero width and bidi": "ก\u200b\u200d\u202e\u2066\ufeffข\u00ad",
    "half a surrogate, as browsers send it": "ก\ufffdข",
    "noncharacters": "ก\ufffe\uffff\U0010ffffข",
    "marks without end": "ก" + "\u0e34\u0e48" * 3000,
    "blanks without end": "ก" + " \u00a0\u3000" * 5000 + "ข",
    "a template": "{{ 7*7 }}{% raise %}${7*7}%(name)s {name} %s",
    "SQL": "' OR 1=1; DROP TABLE activities; -- %_\\",
    "only zero width": "\u200b\u200b",
    "an emoji of many parts": "👩‍👩‍👧‍👦" * 20,
}


def text_fields(siege):
    return [(form, each) for form in siege.forms for each in form.of("typed") if each.name not in NEVER_KEPT]


def test_the_walk_finds_the_forms(siege):
    assert len(siege.forms) > 55
    assert len(text_fields(siege)) > 90


def test_a_national_id_is_refused_in_every_text_field(siege):
    faults = []
    for form, each in text_fields(siege):
        status, page = siege.attempt(form, **{each.name: f"ผู้ต้องขัง {NATIONAL_ID} สมมติ"})
        if status != 422 or siege.written or not ("ลบเลข 13 หลักออก" in page or "ต้องเป็นจำนวนเต็ม" in page):
            faults.append(
                f"{form} {each.name}: {status} {siege.written} {page[:200] if status == 500 else ''}"
            )
    assert not faults, "\n".join(faults)


def test_ten_thousand_characters_are_told_and_stay_in_the_field(siege):
    faults = []
    long = "ก" * 450_001
    for form, each in text_fields(siege):
        text = long[:110_000] if form.is_multipart else long[:10_001]
        status, page = siege.attempt(form, **{each.name: text})
        if status == 303 and each.name == "outcome":
            continue
        if status != 422 or siege.written:
            faults.append(
                f"{form} {each.name}: {status} {siege.written} {page[:200] if status == 500 else ''}"
            )
        elif "ต้องเป็นจำนวนเต็ม" not in page and text not in page:
            faults.append(f"{form} {each.name}: what was typed is lost")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("text", first_of(list(ODD_TEXTS.values()), list(ODD_TEXTS)))
def test_odd_characters_never_break_a_form(siege, text):
    faults = []
    for form, each in text_fields(siege):
        status, page = siege.attempt(form, **{each.name: text})
        if status not in (200, 303, 422):
            faults.append(f"{form} {each.name}: {status} {page[:200] if status == 500 else ''}")
    assert not faults, "\n".join(faults)


def test_nul_is_refused_in_every_text_field(siege):
    faults = []
    for form, each in text_fields(siege):
        status, page = siege.attempt(form, **{each.name: "ก\0ข"})
        if status not in (400, 422) or siege.written:
            faults.append(
                f"{form} {each.name}: {status} {siege.written} {page[:200] if status == 500 else ''}"
            )
    assert not faults, "\n".join(faults)


def test_markup_in_a_refused_form_comes_back_as_text(siege):
    faults = []
    markup = "</textarea></option></title>\"'><xss17 onfocus=a(1) autofocus><script>x17()</script>"
    for form, each in text_fields(siege):
        status, page = siege.attempt(form, **{each.name: markup + "ก" * 10_000})
        if status == 500 or "<xss17" in page or "<script>x17" in page:
            faults.append(f"{form} {each.name}: {status}")
        elif status == 422 and each.name in page and html.escape(markup, quote=False)[:20] not in page:
            faults.append(f"{form} {each.name}: what was typed is lost")
    assert not faults, "\n".join(faults)


def test_a_draft_takes_no_national_id(siege):
    forms = [form for form in siege.forms if ("save_draft", "1") in form.buttons]
    assert forms
    for form in forms:
        for each in form.of("typed"):
            status, _page = siege.attempt(form, save_draft="1", **{each.name: f"เลข {NATIONAL_ID}"})
            assert (status, "drafts" in siege.written) == (422, False), f"{form} {each.name}"
