"""The demo as it was known on an earlier day."""

from dataclasses import replace
from datetime import date

from tracker.demo.plan import DemoPlan, PlannedEvent, PlannedQuestion


def known_by(plan: DemoPlan, today: date) -> DemoPlan:
    """Leave out what was entered after `today`; an event that lay ahead is scheduled again."""
    activities = tuple(activity for activity in plan.activities if activity.entered_on <= today)
    people = tuple(person for person in plan.facilitators if person.entered_on <= today)
    known = {person.key for person in people}
    trainings = tuple(
        replace(training, attendances=tuple(a for a in training.attendances if a.facilitator_key in known))
        for training in plan.trainings
        if training.last_day <= today
    )
    return replace(
        plan,
        facilitators=people,
        trainings=trainings,
        activities=activities,
        claims=tuple(claim for claim in plan.claims if claim.on <= today),
        events=tuple(_event(event, today) for event in plan.events if event.entered_on <= today),
        calls=tuple(call for call in plan.calls if call.on <= today),
        pauses=tuple(pause for pause in plan.pauses if pause.on <= today),
        questions=tuple(_question(question, today) for question in plan.questions if question.on <= today),
        announcements=tuple(line for line in plan.announcements if line.since <= today),
    )


def _event(event: PlannedEvent, today: date) -> PlannedEvent:
    if event.held_on > today:
        return replace(
            event, state="scheduled", attendance=None, executive_manner=None, outcome="", entries=()
        )
    entries = tuple(
        replace(entry, adoptions=tuple(adoption for adoption in entry.adoptions if adoption.on <= today))
        for entry in event.entries
    )
    return replace(event, entries=entries)


def _question(question: PlannedQuestion, today: date) -> PlannedQuestion:
    late = question.answered_on is not None and question.answered_on > today
    return replace(question, answer=None, answered_on=None) if late else question
