"""What a page of figures looks at: a stage, all units or those under one, as at its end or as now."""

from dataclasses import dataclass
from typing import Any

from flask import abort, request, url_for

from tracker.accounts.permissions import Permission
from tracker.following.stage_view import StageView, stage_view
from tracker.organisation.tree import UnitNode
from tracker.programme.plan import Plan, StageInfo, programme_plan
from tracker.session import db
from tracker.web.clock import today
from tracker.web.guards import allowed
from tracker.web.reference import unit_or_404


def plan() -> Plan:
    """Return the programme."""
    return programme_plan(db())


@dataclass(frozen=True, slots=True)
class Lens:
    """A stage, a unit whose subtree is meant (None: all), and whether a past stage is shown as of today."""

    stage: StageInfo
    unit: UnitNode | None = None
    as_now: bool = False

    @property
    def is_over(self) -> bool:
        """Tell whether the stage is past."""
        return today() > self.stage.ends_on

    @property
    def is_ahead(self) -> bool:
        """Tell whether the stage has not begun."""
        return today() < self.stage.starts_on

    @property
    def arguments(self) -> dict[str, Any]:
        """Return the part of an address that keeps the unit and the day."""
        return {
            "unit": self.unit.code if self.unit else None,
            "at": "now" if self.as_now and self.is_over else None,
        }

    def within(self, group: UnitNode) -> str:
        """Return the code of what lies both in a group and in what is looked at."""
        return self.unit.code if self.unit and self.unit.is_within(group.id) else group.code

    @property
    def view(self) -> StageView:
        """Return the figures."""
        return stage_view(db(), plan(), self.stage, today(), self.unit, as_now=self.as_now)

    def stage_url(self, only: str | None = None, **more: Any) -> str:
        """Return the address of the stage page with a filter."""
        return url_for("overview.stage", number=self.stage.number, only=only, **{**self.arguments, **more})


def asked_unit() -> UnitNode | None:
    """Return the unit whose subtree the address asks for, None for all.

    Answer 404 for a single unit whose own figures the visitor may not see: totals would tell them.
    """
    code = request.args.get("unit", "")
    if not code:
        return None
    unit = unit_or_404(code)
    if (unit.is_member or unit.is_pilot) and not may_see(unit):
        abort(404)
    return unit


def may_see(unit: UnitNode) -> bool:
    """Tell whether the visitor may see a unit's own figures, not only totals."""
    return allowed(Permission.ATTENTION_READ) or allowed(Permission.UNIT_READ, unit)


def asked_stage(number: int | None = None) -> StageInfo:
    """Return the stage of the address, else the current one; answer 404 for one that does not exist."""
    if number is None:
        text = request.args.get("stage", "")
        if not text:
            return plan().current_stage(today()) or abort(404)
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return plan().stage(number) or abort(404)


def lens(number: int | None = None) -> Lens:
    """Return what the address looks at."""
    return Lens(asked_stage(number), asked_unit(), request.args.get("at") == "now")
