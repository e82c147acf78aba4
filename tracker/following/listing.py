"""The list of units to follow, as the page and its export show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.accounts.models import Person, RoleKind
from tracker.accounts.queries import holders_at
from tracker.following.attention import ReasonKind, ToFollow
from tracker.following.models import Call, Pause
from tracker.following.queries import Head, heads_of, last_call_notes, running_pauses
from tracker.following.stage_view import StageView
from tracker.organisation.tree import UnitNode, UnitTree


@dataclass(frozen=True, slots=True)
class FollowRow:
    """A unit to follow with whom to call; coordinators only for those who may know them."""

    unit: UnitNode
    group: UnitNode | None
    follow: ToFollow
    head: Head | None
    coordinators: tuple[Person, ...] = ()
    call: Call | None = None


@dataclass(frozen=True, slots=True)
class PausedRow:
    """A unit that is not followed for a while."""

    unit: UnitNode
    pause: Pause


def group_of(tree: UnitTree, unit: UnitNode) -> UnitNode | None:
    """Return the unit under which one is listed: the nearest above that is neither member nor pilot group."""
    for above in reversed(tree.ancestors(unit.id)):
        if not above.is_member and not above.is_pilot:
            return above
    return None


def groups_of(tree: UnitTree) -> list[UnitNode]:
    """Return the units under which members stand."""
    wanted = {node.parent_id for node in tree if node.is_member}
    return [node for node in tree if node.id in wanted]


def follow_rows(
    session: Session,
    view: StageView,
    *,
    reason: ReasonKind | None = None,
    coordinators: bool = False,
    first: int | None = None,
    after: int = 0,
) -> list[FollowRow]:
    """Return the units to follow (or a few of them), most urgent first; with coordinators if asked."""
    tree, day = view.scope.tree, view.scope.today
    chosen = [f for f in view.follow if reason is None or any(r.kind is reason for r in f.reasons)]
    chosen = chosen[after : None if first is None else after + first]
    unit_ids = [f.enrolment.unit_id for f in chosen]
    heads = heads_of(session, tree, unit_ids)
    calls = last_call_notes(session, [f.enrolment.id for f in chosen])
    people: Mapping[int, list[Person]] = {}
    if coordinators:
        people = holders_at(session, unit_ids, RoleKind.COORDINATOR, day)
    return [
        FollowRow(
            unit=tree[f.enrolment.unit_id],
            group=group_of(tree, tree[f.enrolment.unit_id]),
            follow=f,
            head=heads.get(f.enrolment.unit_id),
            coordinators=tuple(people.get(f.enrolment.unit_id, ())),
            call=calls.get(f.enrolment.id),
        )
        for f in chosen
    ]


def paused_rows(session: Session, view: StageView) -> list[PausedRow]:
    """Return the units whose following is paused today."""
    units = {e.id: e.unit_id for e in view.enrolments}
    pauses = running_pauses(session, units, view.scope.today)
    return [PausedRow(view.scope.tree[units[i]], pauses[i]) for i in units if i in pauses]


def reason_counts(view: StageView) -> dict[ReasonKind, int]:
    """Return how many of the units to follow have each kind of reason."""
    return {
        kind: sum(1 for f in view.follow if any(r.kind is kind for r in f.reasons)) for kind in ReasonKind
    }
