"""Where the numbers lead: the addresses of the lists behind them, all in one place."""

from datetime import date
from typing import Any

from flask import url_for

from tracker.accounts.permissions import Permission
from tracker.following.headlines import Figure
from tracker.overview.lens import Lens
from tracker.progress.links import link
from tracker.web.clock import today
from tracker.web.guards import allowed
from tracker.web.reference import tree

ONLY = {
    Figure.EXECUTIVES: "executives",
    Figure.FIRST_FIVE: "first_five",
    Figure.TRAINED: "trained",
    Figure.TO_FOLLOW: "follow",
}


def headline_url(lens: Lens, figure: Figure) -> str | None:
    """Return the address of the list behind a headline figure."""
    if figure is Figure.TAKEN_UP:
        by = None if lens.as_now or not lens.is_over else lens.stage.ends_on.isoformat()
        return link("sharing.entries", **_counted(lens), taken_up=1, by=by)
    if figure is Figure.TO_FOLLOW and allowed(Permission.ATTENTION_READ) and lens.is_chased:
        return url_for("following.index", unit=lens.arguments["unit"])
    return lens.stage_url(ONLY[figure])


def _counted(lens: Lens) -> dict[str, Any]:
    """Return what a list needs to count for the same enrolments: it takes the stage's own day by itself."""
    within = lens.unit or tree().root
    as_at = lens.day.isoformat() if lens.day != lens.stage.last_day_by(today()) else None
    return {"stage": lens.stage.number, "counts": within.code if within else None, "as_at": as_at}


def activities_url(
    lens: Lens, since: date | None = None, until: date | None = None, step: int | None = None
) -> str | None:
    """Return the address of the activities that count for what is looked at."""
    days = {"from": since.isoformat() if since else None, "to": until.isoformat() if until else None}
    return link("activities.index", **_counted(lens), step=step, **days)
