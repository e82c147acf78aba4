"""What the forms that add something offer, and a facilitator with a training added in one change."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import request, url_for

from tracker.change import Change
from tracker.database import MAX_ID
from tracker.facilitators.forms import EditTrainingForm, NewFacilitatorForm, NewTrainingForm
from tracker.facilitators.models import Facilitator, Training
from tracker.facilitators.operations import add_facilitator, hold_training, set_attendance
from tracker.facilitators.queries import facilitators_at, facilitators_named
from tracker.organisation.tree import UnitNode
from tracker.programme.plan import programme_plan
from tracker.programme.reference import plan
from tracker.register.blueprint import parent_name, units_to_write
from tracker.register.queries import facilitators_found
from tracker.register.queries_trainings import trainings_at, units_on
from tracker.session import db
from tracker.thai.dates import format_day
from tracker.web.clock import today
from tracker.web.fields import TextField, numbered
from tracker.web.guards import actor
from tracker.web.i18n import language, named
from tracker.web.reference import tree
from tracker.web.unit_field import UnitField


def _asked_unit(nodes: list[UnitNode]) -> UnitNode | None:
    """Return the unit that the address names, if it may be written for, else the only or first own one."""
    asked = tree().by_code.get(request.args.get("unit", ""))
    if asked in nodes:
        return asked
    return nodes[0] if nodes and len(nodes) <= 40 else None


def _offer_units(field: UnitField) -> list[UnitNode]:
    nodes = units_to_write()
    if not request.form and (asked := _asked_unit(nodes)) is not None:
        field.data = asked.id
    field.offer(nodes, parent_name())
    return nodes


def _training_label(training: Training) -> str:
    return f"{training.course} ({format_day(training.ends_on, language())})"


def offer_choices(form: NewFacilitatorForm) -> None:
    """Give the form its units and the trainings that may be marked as passed; begin with today."""
    nodes = _offer_units(form.unit)
    if not request.form:
        form.since.data = today()
    ids = [node.id for node in nodes]
    form.training.look_up = lambda: numbered(trainings_at(db(), ids, limit=50), _training_label)


@dataclass(frozen=True, slots=True)
class Added:
    """A new facilitator, and the training that was entered along, if one was."""

    facilitator: Facilitator
    training: Training | None

    @property
    def undo_url(self) -> str:
        """Return where both are taken back."""
        training_id = self.training.id if self.training else None
        return url_for("register.undo", facilitator_id=self.facilitator.id, training=training_id)


def add_person(change: Change, form: NewFacilitatorForm) -> Added:
    """Add a facilitator, and say that this person passed a known training or one entered here."""
    reason = form.on_behalf_reason.data
    person = add_facilitator(
        change,
        unit_id=int(form.unit.data or 0),
        since=form.since.data,
        on_behalf_reason=reason,
        **form.person_values(),
    )
    if form.training.data:
        set_attendance(
            change, training_id=form.training.data, facilitator_id=person.id, passed=True, reason=reason
        )
    if not form.has_course:
        return Added(person, None)
    programme = programme_plan(change.session)
    stage = programme.stage_on(form.starts_on.data or change.today) or programme.current_stage(change.today)
    training = hold_training(
        change,
        unit_id=int(form.unit.data or 0),
        stage_id=stage.id if stage else 0,
        attendances={person.id: True},
        on_behalf_reason=reason,
        **form.course_values(),
    )
    return Added(person, training)


def offer_stages(field: object) -> None:
    """Give a choice of stages its answers, today's first chosen."""
    stages = plan().stages
    field.choices = numbered(  # type: ignore[attr-defined]  # a ChoiceField
        stages, lambda stage: f"{stage.number} {named(stage, 'short')}"
    )


def offer_training(form: NewTrainingForm) -> None:
    """Give the form its units, stages and people; begin with today's stage."""
    _offer_units(form.unit)
    offer_stages(form.stage)
    current = plan().current_stage(today())
    if not request.form and current is not None:
        form.stage.data = current.id
    person = request.args.get("person", 0, type=int)
    if not request.form and 0 < person <= MAX_ID:
        form.attended.data = {person: True}
    offer_people(form, form.unit.data)


def is_search(find: TextField) -> bool:
    """Tell whether people are searched for: by the button, or by Enter when something to find was typed."""
    return "look" in request.form or bool("enter" in request.form and request.form.get(find.name, "").strip())


def offer_people(
    form: NewTrainingForm | EditTrainingForm, unit_id: object, attended: Collection[int] = ()
) -> None:
    """Put people into the table: those who serve at the unit or below, who attended, who was found.

    Who was chosen from elsewhere is there again while the register lists them.
    """
    session, field, find = db(), form.attended, form.find
    near = facilitators_at(session, tree().subtree_ids(unit_id), today()) if isinstance(unit_id, int) else []
    others = {*field.seen, *field.data, *attended} - {person.id for person in near}
    named_already = [
        person
        for person in facilitators_named(session, others, actor(), tree())
        if person.id in attended or (person.withdrawn_on is None and person.hidden_at is None)
    ]
    found = []
    if find.data and is_search(find):
        found = facilitators_found(session, find.data)
        field.found = len(found)
    if found:
        find.data = ""  # so that the next Enter saves
    people = {person.id: person for person in (*near, *named_already, *found)}
    field.offer(list(people.values()))
    if (last_day := form.ends_on.data or form.starts_on.data) and field.data:
        field.unposted = frozenset(set(field.data) - units_on(session, field.data, last_day).keys())
