"""The story of the demo as operations of its people, each on its day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from tracker.accounts.permissions import Actor
from tracker.activities.operations import log_activity
from tracker.change import Change
from tracker.demo.ground import Cast
from tracker.demo.plan import (
    DemoPlan,
    PlannedActivity,
    PlannedAnnouncement,
    PlannedCall,
    PlannedClaim,
    PlannedFacilitator,
    PlannedPause,
    PlannedQuestion,
    PlannedTraining,
)
from tracker.facilitators.models import KmRole, Posting
from tracker.facilitators.operations import add_facilitator, end_posting, hold_training, post_facilitator
from tracker.following.announcements import announce
from tracker.following.operations import note_call, pause_following
from tracker.following.operations_words import answer_word, ask_unit, encourage_unit
from tracker.organisation.models import Audience, Manner
from tracker.organisation.tree import unit_tree
from tracker.programme.enrolments import enrolment_book
from tracker.programme.plan import programme_plan
from tracker.progress.models import Claim
from tracker.progress.operations import claim_step

AUDIENCES = {"open": Audience.PUBLIC, "department": Audience.DEPARTMENT, "unit": Audience.UNIT}
KM_ROLES = {"coordinator": KmRole.NETWORKER}


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody does on a day; `rank` orders the deeds of a day."""

    day: date
    rank: int
    actor: Actor
    do: Callable[[Change], object]


def _open_posting(change: Change, facilitator_id: int) -> int:
    query = select(Posting.id).where(Posting.facilitator_id == facilitator_id, Posting.until.is_(None))
    return change.session.scalars(query).one()


class Story:
    """What is known while the story is told: ids by the plan's keys."""

    def __init__(self, change: Change, plan: DemoPlan, cast: Cast) -> None:
        session = change.session
        programme = programme_plan(session)
        self.plan, self.cast = plan, cast
        self.units = {node.code: node.id for node in unit_tree(session)}
        self.stages = {stage.number: stage.id for stage in programme.stages}
        self.steps = {step.number: step.id for step in programme.steps}
        self.kinds = {kind.code: kind.id for kind in programme.kinds}
        self.enrolments = {(e.stage_id, e.unit_id): e.id for e in enrolment_book(session).enrolments}
        self.people: dict[str, int] = {}

    def enrolment(self, stage: int, unit_code: str) -> int:
        """Return the enrolment of a unit in a stage."""
        return self.enrolments[self.stages[stage], self.units[unit_code]]

    def executives(self, unit_code: str, manner: str | None) -> dict[int, Manner]:
        """Return who of the unit's executives took part, and how."""
        return {self.cast.head_of(unit_code): Manner(manner)} if manner else {}

    def deeds(self) -> Iterator[Deed]:
        """Return everything but the events, in no order."""
        plan = self.plan
        for one in plan.facilitators:
            yield from self._facilitator(one)
        yield from (self._training(one) for one in plan.trainings)
        yield from (self._activity(one) for one in plan.activities)
        yield from (self._claim(one) for one in plan.claims)
        for question in plan.questions:
            yield from self._question(question)
        yield from (self._call(one) for one in plan.calls)
        yield from (self._pause(one) for one in plan.pauses)
        yield from (self._announcement(line) for line in plan.announcements)

    def _announcement(self, line: PlannedAnnouncement) -> Deed:
        def say(change: Change) -> None:
            announce(change, text_th=line.text_th, text_en=line.text_en, since=line.since, until=line.until)

        return Deed(line.since, 9, self.cast.office, say)

    def _facilitator(self, one: PlannedFacilitator) -> Iterator[Deed]:
        first = one.postings[0]

        def add(change: Change) -> None:
            self.people[one.key] = add_facilitator(
                change,
                unit_id=self.units[first.unit_code],
                name=one.full_name,
                position_title=one.position,
                roles=[KM_ROLES.get(role) or KmRole(role) for role in one.roles],
                appointed_by=one.appointed_by,
                appointed_on=one.appointed_on,
                since=first.since,
                namesake_confirmed=True,
            ).id

        yield Deed(one.entered_on, 0, self.cast.coordinator_of(first.unit_code), add)
        yield from self._moves(one)

    def _moves(self, one: PlannedFacilitator) -> Iterator[Deed]:
        for before, posting in zip(one.postings, one.postings[1:], strict=False):

            def move(change: Change, unit: str = posting.unit_code, since: date = posting.since) -> None:
                post_facilitator(
                    change,
                    facilitator_id=self.people[one.key],
                    unit_id=self.units[unit],
                    since=since,
                    reason="ย้าย",
                )

            yield Deed(posting.since, 0, self.cast.coordinator_of(before.unit_code), move)
        last = one.postings[-1]
        if (until := last.until) is not None:

            def end(change: Change) -> None:
                end_posting(change, posting_id=_open_posting(change, self.people[one.key]), until=until)

            yield Deed(until + timedelta(days=1), 0, self.cast.coordinator_of(last.unit_code), end)

    def _training(self, one: PlannedTraining) -> Deed:
        def hold(change: Change) -> None:
            hold_training(
                change,
                unit_id=self.units[one.holding_unit],
                stage_id=self.stages[one.stage],
                course=one.course,
                starts_on=one.first_day,
                ends_on=one.last_day,
                hours=one.hours,
                attendances={self.people[a.facilitator_key]: a.passed for a in one.attendances},
            )

        return Deed(one.last_day, 1, self.cast.coordinator_of(one.holding_unit), hold)

    def _activity(self, one: PlannedActivity) -> Deed:
        def log(change: Change) -> None:
            log_activity(
                change,
                unit_id=self.units[one.unit_code],
                stage_id=self.stages[one.stage],
                step_id=self.steps[one.step] if one.step else None,
                kind_id=self.kinds[one.kind],
                held_on=one.held_on,
                title=one.title,
                outcome=one.outcome,
                participants=one.participants,
                facilitator_ids=[self.people[key] for key in one.led_by],
                executives=self.executives(one.unit_code, one.executive_manner),
                joined_unit_ids=[self.units[code] for code in one.joined],
                link=one.link or "",
                secrecy_read=bool(one.link),
                audience=AUDIENCES[one.audience],
            )

        return Deed(one.entered_on, 4, self.cast.coordinator_of(one.unit_code), log)

    def _claim(self, one: PlannedClaim) -> Deed:
        def claim(change: Change) -> None:
            claim_step(
                change,
                enrolment_id=self.enrolment(one.stage, one.unit_code),
                step_id=self.steps[one.step],
                claim=Claim(one.claim),
                claimed_on=one.on,
                note=one.note,
            )

        return Deed(one.on, 5, self.cast.coordinator_of(one.unit_code), claim)

    def _question(self, one: PlannedQuestion) -> Iterator[Deed]:
        said: list[int] = []

        def say(change: Change) -> None:
            verb = ask_unit if one.kind == "question" else encourage_unit
            word = verb(
                change, unit_id=self.units[one.unit_code], text=one.text, stage_id=self.stages[one.stage]
            )
            said.append(word.id)

        yield Deed(one.on, 7, self.cast.executive if one.by == "executive" else self.cast.office, say)
        answer = one.answer
        if answer and one.answered_on:
            actor = self.cast.coordinator_of(one.unit_code)
            yield Deed(
                one.answered_on, 8, actor, lambda change: answer_word(change, word_id=said[0], answer=answer)
            )

    def _call(self, one: PlannedCall) -> Deed:
        def call(change: Change) -> None:
            note_call(
                change,
                enrolment_id=self.enrolment(one.stage, one.unit_code),
                note=one.note,
                called_on=one.on,
                next_on=one.next_on,
            )

        return Deed(one.on, 8, self.cast.office, call)

    def _pause(self, one: PlannedPause) -> Deed:
        def pause(change: Change) -> None:
            pause_following(
                change,
                enrolment_id=self.enrolment(one.stage, one.unit_code),
                until=one.until,
                reason=one.reason,
            )

        return Deed(one.on, 8, self.cast.office, pause)
