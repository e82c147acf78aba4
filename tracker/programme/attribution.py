"""Telling the records' slices that what counts where has changed."""

from collections.abc import Callable, Iterable, Sequence

from tracker.change import Change
from tracker.organisation.tree import UnitNode
from tracker.programme.enrolments import EnrolmentBook
from tracker.programme.plan import programme_plan

Mover = Callable[[Change, int], None]
_MOVERS: list[Mover] = []


def follow_enrolments(mover: Mover) -> None:
    """Have a function called with (change, stage id) when records of a stage may count elsewhere; once.

    It sets the enrolment of the stage's records anew.
    """
    if mover not in _MOVERS:
        _MOVERS.append(mover)


def reattribute(change: Change, stage_id: int) -> None:
    """Tell the followers; the cells on both sides are touched by `touch_enrolments`."""
    for mover in _MOVERS:
        mover(change, stage_id)


def touch_enrolments(change: Change, enrolment_ids: Iterable[int]) -> None:
    """Have all counts of enrolments made again: as a whole and for each step."""
    steps = [step.id for step in programme_plan(change.session).steps]
    for enrolment_id in enrolment_ids:
        change.touch(enrolment_id, None)
        for step_id in steps:
            change.touch(enrolment_id, step_id)


def counting_above(book: EnrolmentBook, stage_id: int, nodes: Sequence[UnitNode]) -> set[int]:
    """Return the enrolments of a stage that lie above units, withdrawn ones too."""
    found = set()
    for node in nodes:
        for unit_id in node.path[:-1]:
            enrolment = book.of(stage_id, unit_id)
            if enrolment is not None:
                found.add(enrolment.id)
    return found
