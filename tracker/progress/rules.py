"""What is met, what is missing and what a claim asks for: pure functions on plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.programme.plan import RuleInfo
from tracker.progress.models import Claim

ORDER = (Claim.NONE, Claim.DOING, Claim.DONE)


@dataclass(frozen=True, slots=True)
class Span:
    """From when on something was known, and since when it is withdrawn."""

    known_on: date
    gone_on: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether it counted as it was known at the end of a day."""
        return self.known_on <= day and (self.gone_on is None or day < self.gone_on)


@dataclass(frozen=True, slots=True)
class RuleState:
    """An evidence rule and how many records were found for it."""

    rule: RuleInfo
    count: int

    @property
    def is_met(self) -> bool:
        """Tell whether there are at least as many as the template asks for."""
        return self.count >= self.rule.at_least


def rule_states(rules: Iterable[RuleInfo], evidence: Mapping[str, int]) -> list[RuleState]:
    """Return each rule with its count of {rule code: count}, in the template's order."""
    return [RuleState(rule, int(evidence.get(rule.code, 0))) for rule in rules]


def met(states: Iterable[RuleState]) -> int:
    """Count the rules that are met."""
    return sum(state.is_met for state in states)


def level_of(claim: Claim) -> int:
    """Return 0 for not begun, 1 for under way, 2 for done."""
    return ORDER.index(claim)


def goes_back(before: Claim, after: Claim) -> bool:
    """Tell whether a claim takes back something that was said before."""
    return level_of(after) < level_of(before)
