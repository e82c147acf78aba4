"""Who took part in an event: the executives, each in their manner, and the facilitators who led."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select

from tracker.change import Change, RefusedError
from tracker.facilitators.models import Facilitator
from tracker.organisation.models import Manner
from tracker.organisation.posts import post_book
from tracker.sharing.models import Event, EventExecutive, EventFacilitator


@dataclass(frozen=True)
class People:
    """Executive posts with their manners, and ids of facilitators."""

    executives: dict[int, Manner]
    facilitator_ids: list[int]


def people_of(change: Change, event_id: int) -> People:
    """Return who took part in an event."""
    executives = change.session.execute(
        select(EventExecutive.post_id, EventExecutive.manner).where(EventExecutive.event_id == event_id)
    )
    led = change.session.scalars(
        select(EventFacilitator.facilitator_id).where(EventFacilitator.event_id == event_id)
    )
    return People(dict(sorted((row.post_id, row.manner) for row in executives)), sorted(led))


def _check(change: Change, people: People) -> None:
    if not people.executives.keys() <= post_book(change.session).by_id.keys():
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="executives")
    if not _are_known(change, people.facilitator_ids):
        raise RefusedError("ตัวเลือกนี้ใช้ไม่ได้ กรุณาเลือกใหม่", field="facilitators")


def _are_known(change: Change, ids: Collection[int]) -> bool:
    if not ids:
        return True
    found = select(func.count()).select_from(Facilitator).where(Facilitator.id.in_(ids))
    return change.session.scalar(found) == len(ids)


def write_people(
    change: Change,
    event: Event,
    executives: Mapping[int, Manner] | None,
    facilitator_ids: Iterable[int] | None,
) -> dict[str, Any]:
    """Write who took part if it differs, None: as it was; return what differed as {name: [old, new]}."""
    session = change.session
    session.flush()  # a new event gets its id
    old = people_of(change, event.id)
    new = People(
        old.executives if executives is None else dict(sorted(executives.items())),
        old.facilitator_ids if facilitator_ids is None else sorted(set(facilitator_ids)),
    )
    differing = {
        name: [getattr(old, name), getattr(new, name)]
        for name in ("executives", "facilitator_ids")
        if getattr(old, name) != getattr(new, name)
    }
    if differing:
        _check(change, new)
        for model in (EventExecutive, EventFacilitator):
            session.execute(delete(model).where(model.event_id == event.id))
        here = event.id
        session.add_all(
            EventExecutive(event_id=here, post_id=post, manner=how) for post, how in new.executives.items()
        )
        session.add_all(
            EventFacilitator(event_id=here, facilitator_id=person) for person in new.facilitator_ids
        )
    return differing
