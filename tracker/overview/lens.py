"""What a page of figures looks at: a stage, all units or those under one, as at its end or as now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, request, url_for

from tracker.accounts.permissions import Permission
from tracker.following.stage_view import StageView, stage_view
from tracker.organisation.tree import UnitNode
from tracker.programme.enrolments import EnrolmentInfo, enrolment_book
from tracker.programme.list_filters import small_number
from tracker.programme.plan import StageInfo
from tracker.programme.reference import plan
from tracker.session import db
from tracker.web.clock import today
from tracker.web.guards import allowed, visitor
from tracker.web.reference import tree, unit_or_404


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
    def is_chased(self) -> bool:
        """Tell whether this is the stage whose units are called: the current one."""
        return plan().current_stage(today()) is self.stage

    @property
    def day(self) -> date:
        """Return the day as of which the stage is shown."""
        return today() if self.as_now else self.stage.last_day_by(today())

    @property
    def arguments(self) -> dict[str, Any]:
        """Return the part of an address that keeps the unit and the day."""
        return {
            "unit": self.unit.code if self.unit else None,
            "at": "now" if self.as_now and self.is_over else None,
        }

    def shows(self, unit: UnitNode) -> bool:
        """Tell whether the visitor may look at a unit's subtree in this stage."""
        return not tells_of_one(unit, self.stage)

    def within(self, group: UnitNode | None, enrolments: Iterable[EnrolmentInfo]) -> str | None:
        """Return the code of the unit under which just these of a group are shown, None without one."""
        if group is None:
            return None
        inside = {e.id for e in self.view.enrolments if tree()[e.unit_id].is_within(group.id)}
        if inside != {e.id for e in enrolments}:
            return None
        return self.unit.code if self.unit and self.unit.is_within(group.id) else group.code

    @property
    def view(self) -> StageView:
        """Return the figures."""
        return stage_view(db(), plan(), self.stage, today(), self.unit, as_now=self.as_now)

    def stage_url(self, only: str | None = None, **more: Any) -> str:
        """Return the address of the stage page with a filter."""
        return url_for("overview.stage", number=self.stage.number, only=only, **{**self.arguments, **more})


def asked_unit(stage: StageInfo) -> UnitNode | None:
    """Return the unit whose subtree the address asks for, None for all.

    Answer 404 for a single unit whose own figures the visitor may not see: totals would tell them.
    """
    code = request.args.get("unit", "")
    if not code:
        return None
    unit = unit_or_404(code)
    if tells_of_one(unit, stage):
        abort(404)
    return unit


def tells_of_one(unit: UnitNode, stage: StageInfo) -> bool:
    """Tell whether a stage's totals under a unit are its own figures, and those are not for the visitor.

    Those of the department, and of all, are for everybody; those of a group for its members, whose records
    count there.
    """
    if may_see(unit) or unit in (tree().root, tree().department):
        return False
    if unit.is_member or unit.is_pilot:
        return True
    is_enrolled = enrolment_book(db()).of(stage.id, unit.id) is not None
    return is_enrolled and not any(tree()[role.unit_id].is_within(unit.id) for role in visitor().roles)


def may_see(unit: UnitNode) -> bool:
    """Tell whether the visitor may see a unit's own figures, not only totals."""
    return allowed(Permission.ATTENTION_READ) or allowed(Permission.UNIT_READ, unit)


def asked_stage(number: int | None = None) -> StageInfo:
    """Return the stage of the address, else the current one; answer 404 for one that does not exist."""
    if number is None:
        text = request.args.get("stage", "")
        if not text:
            return plan().current_stage(today()) or abort(404)
        number = small_number(text)
    return plan().stage(number) or abort(404)


def lens(number: int | None = None) -> Lens:
    """Return what the address looks at."""
    stage = asked_stage(number)
    return Lens(stage, asked_unit(stage), request.args.get("at") == "now")
