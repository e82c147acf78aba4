"""Evidence rules and the order of claims, on plain values."""

import pytest

from tracker.programme.plan import RuleInfo
from tracker.progress.models import Claim
from tracker.progress.rules import goes_back, level_of, met, rule_states


def rule(code, at_least):
    return RuleInfo(1, 1, code, "activities", (), at_least, code, code)


def test_a_rule_is_met_from_its_number_on():
    states = rule_states([rule("a", 1), rule("b", 2), rule("c", 3)], {"a": 1, "b": 1, "c": 4})

    assert [state.is_met for state in states] == [True, False, True]
    assert met(states) == 2


def test_a_rule_without_records_counts_none():
    assert [state.count for state in rule_states([rule("a", 1)], {})] == [0]


@pytest.mark.parametrize(("before", "after"), [("done", "doing"), ("done", "none"), ("doing", "none")])
def test_a_claim_goes_back(before, after):
    assert goes_back(Claim(before), Claim(after))
    assert not goes_back(Claim(after), Claim(before))
    assert not goes_back(Claim(after), Claim(after))


def test_claims_have_an_order():
    assert [level_of(claim) for claim in Claim] == [0, 1, 2]
