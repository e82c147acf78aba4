"""What is kept to a unit, hidden or said inside it stands on no page, list, search or file of others.

The matrix looks for canaries in every answer; here are the addresses with filters, and that it does look.
"""

import pytest

from tests.permissions.trial import LINE, WHO, text_of

LISTS = (
    "/activities/?{}",
    "/activities/export.csv?{}",
    "/events/?{}",
    "/events/export.csv?{}",
    "/events/entries/?{}",
    "/events/entries/export.csv?{}",
    "/facilitators/?{}",
    "/facilitators.csv?{}",
    "/facilitators/trainings/?{}",
    "/facilitators/trainings.csv?{}",
    "/words/?{}",
)
FILTERS = ("q=CANARY", "unit=P002", "audience=unit", "state=hidden", "state=withdrawn")


@pytest.mark.parametrize("who", WHO)
def test_no_list_under_any_filter_shows_what_is_not_for_them(trial, who):
    leaks = {}
    for place in LISTS:
        for chosen in FILTERS:
            answer = trial.ask(who, "GET", place.format(chosen))
            assert answer.status_code < 500
            if found := trial.things.leaks(who, text_of(answer)):
                leaks[place.format(chosen)] = sorted(found)

    assert leaks == {}


def test_canaries_are_found_by_those_for_whom_they_are(trial):
    for who in ("coordinator", "office"):
        for place in ("/activities/export.csv", "/events/export.csv", "/events/entries/export.csv",
                      "/facilitators/trainings.csv"):  # fmt: skip
            text = text_of(trial.ask(who, "GET", place))
            kept = {word for word, readers in trial.things.canaries.items() if "administrator" not in readers}
            assert any(word in text for word in kept), (who, place)


def test_the_number_of_cases_is_what_it_is_said_to_be(trial):
    cases = [case for endpoint in LINE for case in trial.cases(endpoint)]

    assert len(cases) > 5000
    assert {who for _line, who, _method, _thing in cases} == set(WHO)
