"""Questions that a unit's home asks beyond the steps themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from tracker.activities.models import Activity, Draft
from tracker.programme.models import Step
from tracker.programme.reading import is_live
from tracker.progress.models import Claim, StepProgress
from tracker.progress.queries import StepState


@dataclass(frozen=True, slots=True)
class Latest:
    """The activity of a step that happened last."""

    title: str
    held_on: date


def next_step(states: Sequence[StepState]) -> StepState | None:
    """Return the step to go on with: the first that was begun, else the first of all; None when all are done.

    A step with records was begun, whatever is said of it.
    """
    left = [state for state in states if not state.is_done]
    begun = (state for state in left if state.claim is Claim.DOING or state.records)
    return next(begun, left[0] if left else None)


# Asked by every home, so built once.
_OTHER = aliased(Activity)
_LAST_OF_STEP = (
    select(_OTHER.id)
    .where(_OTHER.enrolment_id == bindparam("enrolment"), _OTHER.step_id == Step.id, is_live(_OTHER))
    .order_by(_OTHER.held_on.desc(), _OTHER.id.desc())
    .limit(1)
    .scalar_subquery()
)
_LATEST = (
    select(Step.id, Activity.title, Activity.held_on)
    .join(Activity, Activity.step_id == Step.id)
    .where(Activity.id == _LAST_OF_STEP)
)
_DRAFTS = (
    select(Draft, func.count().over())
    .where(Draft.unit_id == bindparam("unit"))
    .order_by(Draft.saved_at.desc(), Draft.id.desc())
    .limit(bindparam("most", type_=Integer))
)


def latest_activities(session: Session, enrolment_id: int) -> dict[int, Latest]:
    """Return {step id: the live activity that happened last} of an enrolment."""
    rows = session.connection().execute(_LATEST, {"enrolment": enrolment_id})
    return {step_id: Latest(title, held_on) for step_id, title, held_on in rows}


def drafts_of(session: Session, unit_id: int, limit: int) -> tuple[list[Draft], int]:
    """Return the latest drafts of a unit, the latest first, and how many it has in all."""
    rows = session.execute(_DRAFTS, {"unit": unit_id, "most": limit}).all()
    return [row[0] for row in rows], rows[0][1] if rows else 0


def own_activities(session: Session, unit_ids: Iterable[int], stage_id: int) -> dict[int | None, int]:
    """Return {step id (None: preparation): how many live activities units held for a stage}."""
    rows = session.execute(
        select(Activity.step_id, func.count())
        .where(Activity.unit_id.in_(list(unit_ids)), Activity.stage_id == stage_id, is_live(Activity))
        .group_by(Activity.step_id)
    )
    return {step_id: int(number) for step_id, number in rows}


def steps_done(session: Session, enrolment_ids: Iterable[int]) -> dict[int, int]:
    """Return {enrolment id: how many steps it claims done}."""
    rows = session.execute(
        select(StepProgress.enrolment_id, func.count())
        .where(StepProgress.enrolment_id.in_(list(enrolment_ids)), StepProgress.claim == Claim.DONE)
        .group_by(StepProgress.enrolment_id)
    )
    return {enrolment_id: int(number) for enrolment_id, number in rows}
