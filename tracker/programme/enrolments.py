"""Who takes part in which stage, as plain values: read once and kept until an enrolment changes."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.organisation.revision import Keeping, cached_by_revision
from tracker.organisation.tree import UnitNode, UnitTree
from tracker.programme.models import Enrolment, Stage


@dataclass(frozen=True, slots=True)
class EnrolmentInfo:
    """A unit takes part in a stage, from a day until the day before it was withdrawn.

    `counts_from` is the day on which it joined N; None for one that was there when the stage began.
    """

    id: int
    stage_id: int
    unit_id: int
    enrolled_on: date
    withdrawn_on: date | None
    withdrawn_reason: str
    counts_from: date | None

    def takes_records_of(self, day: date) -> bool:
        """Tell whether what happened on a day counts for it: before the unit was enrolled, too."""
        return self.withdrawn_on is None or day < self.withdrawn_on

    def counts_on(self, day: date) -> bool:
        """Tell whether the enrolment is one of N on a day."""
        return (self.counts_from is None or self.counts_from <= day) and self.takes_records_of(day)


@dataclass(frozen=True)
class EnrolmentBook(Keeping):
    """All enrolments of all stages."""

    enrolments: tuple[EnrolmentInfo, ...]

    @cached_property
    def by_id(self) -> dict[int, EnrolmentInfo]:
        """Index the enrolments by id."""
        return {enrolment.id: enrolment for enrolment in self.enrolments}

    @cached_property
    def _by_place(self) -> dict[tuple[int, int], EnrolmentInfo]:
        return {(e.stage_id, e.unit_id): e for e in self.enrolments}

    def of(self, stage_id: int, unit_id: int) -> EnrolmentInfo | None:
        """Return the unit's own enrolment in a stage, withdrawn or not."""
        return self._by_place.get((stage_id, unit_id))

    def in_stage(
        self, stage_id: int, day: date, tree: UnitTree, within: int | None = None
    ) -> list[EnrolmentInfo]:
        """Return the enrolments of a stage that count on a day, in tree order, under a unit if given."""
        return [e for e in self.ever_in_stage(stage_id, tree, within) if e.counts_on(day)]

    def ever_in_stage(self, stage_id: int, tree: UnitTree, within: int | None = None) -> list[EnrolmentInfo]:
        """Return all enrolments of a stage, withdrawn ones too, in tree order, under a unit if given."""
        nodes = tree.nodes
        found = [
            e
            for e in self.enrolments
            if e.stage_id == stage_id and (within is None or nodes[e.unit_id].is_within(within))
        ]
        return sorted(found, key=lambda e: nodes[e.unit_id].order)

    def counting_for(self, stage_id: int, unit: UnitNode, day: date) -> EnrolmentInfo | None:
        """Return the enrolment that a unit's record counts for: its own, else the nearest ancestor's."""
        for unit_id in reversed(unit.path):
            found = self.of(stage_id, unit_id)
            if found is not None and found.takes_records_of(day):
                return found
        return None

    def of_unit(self, unit_id: int) -> list[EnrolmentInfo]:
        """Return the unit's own enrolments in all stages."""
        return [e for e in self.enrolments if e.unit_id == unit_id]


def _load(session: Session) -> EnrolmentBook:
    rows = session.execute(
        select(Enrolment, Stage.starts_on).join(Stage, Stage.id == Enrolment.stage_id).order_by(Enrolment.id)
    )
    return EnrolmentBook(
        tuple(
            EnrolmentInfo(
                id=e.id,
                stage_id=e.stage_id,
                unit_id=e.unit_id,
                enrolled_on=e.enrolled_on,
                withdrawn_on=e.withdrawn_on,
                withdrawn_reason=e.withdrawn_reason,
                counts_from=e.enrolled_on if e.enrolled_on > starts_on else None,
            )
            for e, starts_on in rows
        )
    )


def enrolment_book(session: Session) -> EnrolmentBook:
    """Return all enrolments; usually without asking the database."""
    return cached_by_revision(session, "enrolment_book", _load)
