"""The events of the story: planned, held, summed up, and what became of what was shown."""

from collections.abc import Iterator
from datetime import date, timedelta

from tracker.change import Change
from tracker.demo.plan import PlannedEntry, PlannedEvent
from tracker.demo.story import Deed, Story
from tracker.sharing.models import Event, EventType
from tracker.sharing.operations import edit_event, schedule_event
from tracker.sharing.operations_adoptions import note_adoption
from tracker.sharing.operations_entries import show_entry
from tracker.sharing.operations_life import cancel_event, mark_held, summarise_event

TYPES = {"knowledge_market": EventType.MARKET}
SUMMED_UP_AFTER = timedelta(days=7)


def event_deeds(story: Story) -> Iterator[Deed]:
    """Return what is done about the events, in no order."""
    for event in story.plan.events:
        yield from _Life(story, event).deeds()


class _Life:
    """The life of one event."""

    def __init__(self, story: Story, planned: PlannedEvent) -> None:
        self.story, self.planned = story, planned
        self.host = story.cast.coordinator_of(planned.host_unit)
        self.id = 0

    def deeds(self) -> Iterator[Deed]:
        planned, today = self.planned, self.story.plan.today
        yield Deed(planned.entered_on, 2, self.host, self._schedule)
        if planned.state == "cancelled":
            yield Deed(min(planned.held_on - timedelta(days=3), today), 3, self.host, self._cancel)
        if planned.state in ("held", "concluded"):
            yield Deed(planned.held_on, 3, self.host, self._hold)
            for entry in planned.entries:
                yield from self._entry(entry)
        if planned.state == "concluded":
            yield Deed(min(planned.held_on + SUMMED_UP_AFTER, today), 6, self.host, self._sum_up)

    def _schedule(self, change: Change) -> None:
        planned = self.planned
        self.id = schedule_event(
            change,
            unit_id=self.story.units[planned.host_unit],
            stage_id=self.story.stages[planned.stage],
            type=TYPES.get(planned.event_type) or EventType(planned.event_type),
            title=planned.title,
            held_on=planned.held_on,
            venue=planned.venue,
        ).id

    def _cancel(self, change: Change) -> None:
        cancel_event(change, event_id=self.id, reason=self.planned.outcome)

    def _hold(self, change: Change) -> None:
        event = change.session.get_one(Event, self.id)
        if self.planned.entered_on < self.planned.held_on:
            mark_held(change, event_id=self.id, attendance=self.planned.attendance)
        executives = self.story.executives(self.planned.host_unit, self.planned.executive_manner)
        edit_event(change, event_id=self.id, opened_with=event.version, executives=executives)

    def _entry(self, entry: PlannedEntry) -> Iterator[Deed]:
        shown: list[int] = []

        def show(change: Change) -> None:
            shown.append(
                show_entry(
                    change,
                    event_id=self.id,
                    name=entry.title,
                    unit_id=self.story.units[entry.unit_code],
                    presenter=entry.presenter,
                    change_made=entry.what_changes,
                    award=entry.award or "",
                ).id
            )

        yield Deed(self.planned.held_on, 4, self.host, show)
        for adoption in entry.adoptions:

            def adopt(
                change: Change,
                by: str = adoption.unit_code,
                on: date = adoption.on,
                note: str = adoption.note,
            ) -> None:
                note_adoption(
                    change, entry_id=shown[0], unit_id=self.story.units[by], adopted_on=on, note=note
                )

            yield Deed(adoption.on, 7, self.story.cast.coordinator_of(adoption.unit_code), adopt)

    def _sum_up(self, change: Change) -> None:
        planned = self.planned
        summarise_event(change, event_id=self.id, summary=planned.outcome, attendance=planned.attendance)
