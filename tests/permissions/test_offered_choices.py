"""Answers that a form does not offer are refused with 422; lists offer nothing of others."""

import pytest

from tests.permissions.choices import foreign_units, read_form, unrefused

FORMS = (
    ("coordinator", "/activities/new", None),
    ("coordinator", "/activities/{activity_id}/edit", "activity"),
    ("coordinator", "/facilitators/new", None),
    ("coordinator", "/facilitators/{facilitator_id}/edit", "facilitator"),
    ("coordinator", "/facilitators/{facilitator_id}/move", "facilitator"),
    ("coordinator", "/facilitators/trainings/new", None),
    ("coordinator", "/facilitators/trainings/{training_id}/edit", "training"),
    ("coordinator", "/events/new", None),
    ("coordinator", "/events/{event_id}/edit", "event"),
    ("coordinator", "/events/{event_id}/entries/new", "event"),
    ("coordinator", "/events/{event_id}/entries/{entry_id}/taken-up", "entry"),
    ("coordinator", "/units/P001/stages/2/steps/3/status", None),
    ("office", "/programme/stages/2/enrol", None),
    ("office", "/programme/pilot-groups/new", None),
    ("office", "/programme/choose", None),
    ("office", "/administration/people/new", None),
    ("office", "/administration/people/{person_id}/roles/new", "person"),
    ("administrator", "/administration/units/new", None),
    ("administrator", "/administration/units/P001/edit", None),
    ("administrator", "/account/edit", None),
)


def of_others(trial):
    """Return by the name of a control what exists and is not for a coordinator of P001."""
    things = trial.things
    return {
        "unit": str(things.make.node("P002").id),
        "facilitators": str(things.values("facilitator", "P002")["facilitator_id"]),
        "attended": str(things.values("facilitator", "P002")["facilitator_id"]),
        "training": str(things.values("training", "P002")["training_id"]),
        "executives": str(things.values("post", "P002")["post_id"]),
        "kind": "administrator",
    }


@pytest.mark.parametrize(("who", "address", "about"), FORMS)
def test_what_is_not_offered_cannot_be_chosen(trial, who, address, about):
    values = trial.things.values(about, "plain" if about == "person" else "P001") if about else {}
    address = address.format(**values)

    assert read_form(trial, who, address).offers, "nothing to choose"
    taken = unrefused(trial, who, address, of_others(trial))
    assert not taken, "\n".join(taken)


@pytest.mark.parametrize(
    "address", ["/facilitators/new", "/facilitators/trainings/new", "/events/new", "/reports/"]
)
def test_a_coordinator_is_offered_only_own_units(trial, address):
    assert foreign_units(trial, "coordinator", address) == set()


def test_the_office_gives_no_role_of_administrators(trial):
    person = trial.things.values("person", "plain")
    form = read_form(trial, "office", "/administration/people/{person_id}/roles/new".format(**person))

    assert not {"office", "administrator"} & form.offers["kind"]
