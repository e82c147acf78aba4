"""Reporting rounds: 6, 9 and 12 months of a stage's fiscal year, cumulative from its first day."""

from datetime import date

from tracker.programme.plan import StageInfo
from tracker.progress.figures import months_of

ROUNDS = (6, 9, 12)


def round_end(stage: StageInfo, months: int) -> date:
    """Return the last day of a round of so many months."""
    return months_of(stage)[months - 1][1]


def round_of(stage: StageInfo, since: date, until: date) -> int | None:
    """Return of how many months the round is that a period makes, None for any other period."""
    if since != stage.starts_on:
        return None
    return next((months for months in ROUNDS if round_end(stage, months) == until), None)
