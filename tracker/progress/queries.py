"""Questions about the steps of one enrolment: how far they are, what is missing, what was said when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from tracker.audit.kept import kept
from tracker.organisation.tree import unit_tree
from tracker.programme.enrolments import EnrolmentInfo, enrolment_book
from tracker.programme.plan import Plan, StageInfo, StepInfo, programme_plan
from tracker.progress.counting import count
from tracker.progress.models import Claim, ClaimChange, EnrolmentProgress, StepProgress
from tracker.progress.rules import RuleState, level_of, met, rule_states
from tracker.progress.sources import Extent


@dataclass(frozen=True, slots=True)
class StepState:
    """How far an enrolment is in a step: what it says, and what was found."""

    step: StepInfo
    claim: Claim
    claimed_on: date | None
    note: str
    version: int
    rules: tuple[RuleState, ...]
    evidence_records: int
    activities: int
    last_record_on: date | None

    @property
    def met(self) -> int:
        """Count the evidence rules that are met."""
        return met(self.rules)

    @property
    def missing(self) -> list[RuleState]:
        """Return the rules that are not met yet."""
        return [state for state in self.rules if not state.is_met]

    @property
    def level(self) -> int:
        """Return 0 for not begun, 1 for under way, 2 for done."""
        return level_of(self.claim)

    @property
    def is_done(self) -> bool:
        """Tell whether the unit claims it done."""
        return self.claim is Claim.DONE

    @property
    def records(self) -> int:
        """Count what was recorded in the step, be it evidence or not."""
        return max(self.activities, self.evidence_records)

    def late_days(self, stage: StageInfo, today: date) -> int:
        """Return for how many days the step is late by the stage's plan, 0 when it is not."""
        due = stage.due.get(self.step.id)
        if due is None or self.is_done or today > stage.ends_on:
            return 0
        return max(0, (today - due).days)

    @property
    def is_unseen(self) -> bool:
        """Tell whether it is claimed done while no record was found (ยังไม่พบหลักฐานในระบบ).

        A step that counts nothing as evidence lacks none.
        """
        return bool(self.rules) and self.is_done and self.evidence_records == 0


def _state(plan: Plan, step: StepInfo, values: Mapping[str, Any]) -> StepState:
    return StepState(
        step=step,
        claim=values.get("claim", Claim.NONE),
        claimed_on=values.get("claimed_on"),
        note=values.get("claim_note", ""),
        version=values.get("version", 1),
        rules=tuple(rule_states(plan.rules_of(step.id), values.get("evidence") or {})),
        evidence_records=values.get("evidence_records", 0),
        activities=values.get("activities", 0),
        last_record_on=values.get("last_record_on"),
    )


# Asked by every page of a unit, so built once.
_ENROLMENT: Any = bindparam("enrolment")
_CELLS = select(*StepProgress.__table__.columns).where(StepProgress.enrolment_id == _ENROLMENT)
_WHOLE = select(EnrolmentProgress).where(EnrolmentProgress.enrolment_id == _ENROLMENT)


def step_states(session: Session, enrolment_id: int, step_id: int | None = None) -> list[StepState]:
    """Return how far an enrolment is in each step (or in one), as it stands now; one statement."""
    plan = programme_plan(session)
    stored = {row["step_id"]: row for row in session.execute(_CELLS, {"enrolment": enrolment_id}).mappings()}
    return [
        _state(plan, step, dict(stored.get(step.id, {}))) for step in plan.steps if step_id in (None, step.id)
    ]


def step_states_known(session: Session, enrolment: EnrolmentInfo, day: date) -> list[StepState]:
    """Return how far an enrolment was in each step as it was known at the end of a day."""
    return kept(
        session, ("steps known", enrolment.id, day), lambda: _step_states_known(session, enrolment, day)
    )


def _step_states_known(session: Session, enrolment: EnrolmentInfo, day: date) -> list[StepState]:
    plan = programme_plan(session)
    extent = Extent(
        session, unit_tree(session), plan, enrolment_book(session), frozenset([enrolment.id]), as_at=day
    )
    counted = count(extent, {(enrolment.id, step.id) for step in plan.steps})
    claims: dict[int, dict[str, Any]] = {}
    for change in claim_changes(session, enrolment.id, known_on=day):
        claims.setdefault(
            change.step_id,
            {"claim": change.after, "claimed_on": change.claimed_on, "claim_note": change.note},
        )
    return [
        _state(plan, step, counted.cells[enrolment.id, step.id] | claims.get(step.id, {}))
        for step in plan.steps
    ]


def whole(session: Session, enrolment_id: int) -> EnrolmentProgress | None:
    """Return what is stored for an enrolment as a whole, None before anything was counted."""
    return session.scalars(_WHOLE, {"enrolment": enrolment_id}).one_or_none()


def claim_changes(
    session: Session, enrolment_id: int, step_id: int | None = None, known_on: date | None = None
) -> Sequence[ClaimChange]:
    """Return all that was said of an enrolment's steps (or of one), newest first.

    `known_on`: what stood at the end of that day, so without what was taken back.
    """
    query = select(ClaimChange).where(ClaimChange.enrolment_id == enrolment_id)
    if step_id is not None:
        query = query.where(ClaimChange.step_id == step_id)
    if known_on is not None:
        query = query.where(ClaimChange.entered_on <= known_on, ~ClaimChange.is_undone)
    return session.scalars(query.order_by(ClaimChange.id.desc())).all()
