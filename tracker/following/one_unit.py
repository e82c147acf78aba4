"""One unit as the list of units to follow sees it: why, whether that is paused, the last call."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.audit.kept import kept
from tracker.following.attention import Reason, reasons_now
from tracker.following.queries import last_call_notes, running_pauses
from tracker.organisation.tree import UnitTree
from tracker.programme.enrolments import EnrolmentInfo
from tracker.programme.plan import StageInfo
from tracker.progress.figures import scope_of
from tracker.progress.figures_people import trained_postings


@dataclass(frozen=True, slots=True)
class PausedUntil:
    """Following is paused until a day (included)."""

    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class LastCall:
    """The last call, and when the office will look again."""

    called_on: date
    next_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Following:
    """Why a unit is to be followed; the pause and the last call for those who may know them."""

    enrolment_id: int
    reasons: tuple[Reason, ...]
    pause: PausedUntil | None = None
    call: LastCall | None = None


def following_of(
    session: Session, tree: UnitTree, stage: StageInfo, enrolment: EnrolmentInfo, today: date, *, noted: bool
) -> Following | None:
    """Return how an enrolled unit is followed; what the office noted too if `noted`.

    None where nobody is chased: in another stage than the current one, at a closed unit, and, for those who
    do not know of the pause, while it is paused.
    """
    if not stage.covers(today) or stage.is_closed or tree[enrolment.unit_id].is_closed_on(today):
        return None
    found = kept(
        session, ("following", enrolment.id, today), lambda: _find(session, tree, stage, enrolment, today)
    )
    if noted:
        return found
    return None if found.pause else replace(found, call=None)


def _find(
    session: Session, tree: UnitTree, stage: StageInfo, enrolment: EnrolmentInfo, today: date
) -> Following:
    scope = scope_of(session, stage, tree, today, tree[enrolment.unit_id])
    pause = running_pauses(session, [enrolment.id], today).get(enrolment.id)
    call = last_call_notes(session, [enrolment.id]).get(enrolment.id)
    return Following(
        enrolment.id,
        reasons_now(session, scope, trained_postings(session)).get(enrolment.id, ()),
        PausedUntil(pause.until, pause.reason) if pause else None,
        LastCall(call.called_on, call.next_on, call.note) if call else None,
    )
