"""Answers that a form does not offer, ids that no row has, and fields that it never asked for."""

import pytest

from tests.bad_input.pages import first_of
from tracker.database import Base

ODD_IDS = (
    "2147483647",
    "2147483648",
    "9223372036854775808",
    "-1",
    "0",
    "1e3",
    "²",
    "ก" * 300,
    "1;2",
    "9" * 5000,
    "P009",
    "<b>",
    "\0",
)


def choice_fields(siege):
    return [(form, each) for form in siege.forms for each in form.of("choice", "tick")]


@pytest.mark.parametrize("value", first_of(ODD_IDS))
def test_no_answer_breaks_a_form(siege, value):
    faults = []
    for form, each in choice_fields(siege):
        status, page = siege.attempt(form, **{each.name: value})
        foreign = each.kind == "choice" and value not in each.offered
        if status not in ((400, 403, 422) if foreign else (200, 303, 400, 403, 404, 422)):
            faults.append(f"{form} {each.name}: {status} {page[:200] if status == 500 else ''}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("value", first_of([*ODD_IDS, ""]))
def test_no_hidden_value_breaks_a_form(siege, value):
    faults = []
    for form in siege.forms:
        for each in form.of("hidden"):
            if each.name != "csrf_token":
                status, page = siege.attempt(form, **{each.name: value})
                if status not in (200, 303, 400, 409, 422):
                    faults.append(f"{form} {each.name}: {status} {page[:200] if status == 500 else ''}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("value", first_of(["2147483648", "abc", "-1", ""]))
def test_a_form_of_another_version_changes_nothing(siege, value):
    faults = []
    for form in siege.forms:
        if "version" in form.fields and not form.address.endswith("/texts"):  # there is no text yet
            status, _page = siege.attempt(form, version=value)
            if status not in (409, 422) or siege.written:
                faults.append(f"{form}: {status} {siege.written}")
    assert not faults, "\n".join(faults)


def test_fields_that_a_form_does_not_have_are_not_taken(siege):
    """Every column of every table is posted along; nothing of it may reach the database."""
    names = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    names |= {"role", "roles_granted", "is_admin", "must_change_password", "unit", "unit_id", "state"}
    faults = []
    for form in siege.forms:
        plain = siege.attempt(form)
        # a reason may be given where it need not be
        extra = dict.fromkeys(names - form.fields.keys() - {"reason"}, "987651")
        status, page = siege.attempt(form, **extra)
        if status != plain[0]:
            faults.append(f"{form}: {plain[0]} became {status} {page[:200] if status == 500 else ''}")
        elif leaked := [said for said in siege.statements() if "987651" in said]:
            faults.append(f"{form}: {leaked}")
    assert not faults, "\n".join(faults)


def test_many_answers_of_one_name_break_nothing(siege):
    faults = []
    for form in siege.forms:
        for each in form.of("typed", "choice", "tick", "hidden"):
            if each.name != "csrf_token":
                status, page = siege.attempt(form, **{each.name: ["1", "x"] * 40})
                if status == 500:
                    faults.append(f"{form} {each.name}: {page[:200]}")
    assert not faults, "\n".join(faults)


def test_an_empty_form_is_told_what_it_lacks(siege):
    faults = []
    for form in siege.forms:
        names: dict[str, list[str]] = {name: [] for name in form.fields if name != "csrf_token"}
        status, page = siege.attempt(form, **names)
        if status not in (200, 303, 400, 409, 422):
            faults.append(f"{form}: {status} {page[:200] if status == 500 else ''}")
    assert not faults, "\n".join(faults)
