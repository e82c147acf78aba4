"""What people may enter about an activity."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms.fields import SelectChoice

from tracker.activities.rules import (
    LINK_LENGTH,
    MOST_PARTICIPANTS,
    OUTCOME_LENGTH,
    TITLE_LENGTH,
    ActivityValues,
)
from tracker.facilitators.models import Facilitator
from tracker.organisation.models import Audience
from tracker.organisation.posts import PostInfo
from tracker.organisation.tree import UnitNode, UnitTree
from tracker.programme.plan import Plan, StageInfo
from tracker.web.clock import today
from tracker.web.executives import executive_fields, executives_chosen
from tracker.web.fields import (
    BeDateField,
    ChoiceField,
    ChoicesField,
    CountField,
    LongTextField,
    ManyField,
    SelectChoiceField,
    TextField,
    numbered,
    optional_id,
    worded,
)
from tracker.web.forms import CreateForm, EditForm, TrackerForm
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, lazy, named
from tracker.web.more_fields import CheckField
from tracker.web.uploads import SendForm
from tracker.web.words import AUDIENCES, SECRECY

READY = "ready"


class ActivityFields(TrackerForm):
    """The fields that logging and editing share; `offer` fills in what may be chosen."""

    title = TextField(lazy("ชื่อเรื่อง"), limit=TITLE_LENGTH, description=SECRECY)
    step = ChoiceField(lazy("ขั้นตอน"))
    kind = ChoiceField(lazy("ประเภท"))
    held_on = BeDateField(lazy("วันที่จัด"), past=True)
    outcome = LongTextField(
        lazy("ผลที่ได้"), limit=OUTCOME_LENGTH, required=False, description=lazy("ได้ความรู้อะไร นำไปปรับงานใด"),
        render_kw={"rows": 2},
    )  # fmt: skip
    participants = CountField(lazy("จำนวนผู้เข้าร่วม"), most=MOST_PARTICIPANTS, unit=lazy("คน"))
    facilitators = ChoicesField(lazy("คุณอำนวยที่นำวง"), coerce=optional_id)
    stage = SelectChoiceField(lazy("ระยะ"), coerce=optional_id, required=False)
    joined = ManyField(
        lazy("หน่วยงานที่ร่วม"), coerce=optional_id, description=lazy("หน่วยงานอื่นที่มาร่วม เลือกได้หลายแห่ง")
    )
    link = TextField(
        lazy("ลิงก์หรือเลขที่หนังสือ"), limit=LINK_LENGTH, required=False,
        description=lazy("ห้ามแนบเอกสารชั้นความลับ “ลับ” ขึ้นไป"),
    )  # fmt: skip
    secrecy_read = CheckField(lazy("อ่านข้อห้ามแล้ว ลิงก์หรือหนังสือนี้ไม่มีข้อมูลลับ"))
    audience = ChoiceField(lazy("ผู้มีสิทธิ์อ่าน"), default=Audience.DEPARTMENT.value)
    outside_stage_reason = TextField(
        lazy("เหตุผลที่วันจัดอยู่นอกระยะ"),
        limit=500,
        required=False,
        description=lazy("ใส่เฉพาะเมื่อวันที่จัดอยู่นอกปีงบประมาณของระยะ"),
    )

    @property
    def executive_fields(self) -> list[Any]:
        """Return one field for each executive post that may have taken part."""
        return executive_fields(self)

    @property
    def is_more_open(self) -> bool:
        """Tell whether something in the folded part is filled in or wrong."""
        rare = [self.joined, self.link, self.outside_stage_reason, *self.executive_fields]
        wrong = [*rare, self.stage, self.secrecy_read, self.audience]
        unusual = self.audience.data not in (None, "", Audience.DEPARTMENT.value)
        return unusual or any(field.data for field in rare) or any(field.errors for field in wrong)

    def offer(self, offered: "Offered", *, any_stage: bool) -> None:
        """Fill in the answers that may be chosen."""
        plan, tree = offered.plan, offered.tree
        self.step.choices, self.kind.choices, stages, self.audience.choices = tree.kept(
            ("log choices", language()),
            lambda: (
                step_choices(plan),
                kind_choices(plan),
                numbered(plan.stages, stage_label),
                _audiences(),
            ),
        )
        self.facilitators.choices = numbered(offered.facilitators, lambda person: str(person.name))
        by_day = [SelectChoice(value="", label=_("ตามวันที่จัด"))] if any_stage else []
        self.stage.choices = [*by_day, *stages]
        self.joined.choices = [
            choice
            for node, choice in tree.kept(("choices", language()), lambda: _unit_choices(tree))
            if node.id != offered.node.id and (node.closed_on is None or node.id in offered.kept_units)
        ]

    def values(self, offered: "Offered") -> ActivityValues:
        """Return what was entered; call it after the form validated."""
        held_on: Any = self.held_on.data
        number: Any = self.step.data
        stage = offered.plan.stage_by_id.get(self.stage.data or 0) or offered.plan.stage_on(held_on)
        stage = stage or offered.stage
        step = None if number == READY else offered.plan.step(int(number))
        return ActivityValues(
            unit_id=offered.node.id,
            stage_id=stage.id,
            step_id=step.id if step else None,
            kind_id=int(str(self.kind.data).partition("-")[2]),
            held_on=held_on,
            title=self.title.data,
            outcome=self.outcome.data,
            participants=self.participants.data,
            facilitator_ids=(*self.facilitators.data, *offered.unnamed_ids),
            executives=executives_chosen(self),
            joined_unit_ids=tuple(self.joined.data),
            link=self.link.data,
            secrecy_read=self.secrecy_read.data,
            audience=Audience(self.audience.data or Audience.DEPARTMENT.value),
            outside_stage_reason=self.outside_stage_reason.data,
        )


def _audiences() -> list[SelectChoice]:
    return worded((value.value, str(label)) for value, label in AUDIENCES.items())


def _unit_choices(tree: UnitTree) -> list[tuple[UnitNode, SelectChoice]]:
    """Return every unit as a choice, under the group below the department that it belongs to."""
    groups: dict[str, list[tuple[UnitNode, SelectChoice]]] = {}
    for node in tree:
        heading = named(_group_of(tree, node), "short")
        choice = SelectChoice(
            value=node.id, label=named(node), optgroup=heading, render_kw={"data-code": node.code}
        )
        groups.setdefault(heading, []).append((node, choice))
    return [pair for pairs in groups.values() for pair in pairs]


def _group_of(tree: UnitTree, node: UnitNode) -> UnitNode | None:
    """Return the unit right below the department over a unit, the department where that has nothing below."""
    top = tree.department
    if top is None or not node.is_within(top.id) or node.id == top.id:
        return top
    below = tree[node.path[len(top.path)]]
    return below if tree.children(below.id) else top


@dataclass(frozen=True)
class Offered:
    """What the form of a unit offers, and where its record will stand.

    `unnamed_ids` are facilitators of the record whose names the visitor may not read: they stay in it.
    """

    node: UnitNode
    stage: StageInfo
    plan: Plan
    tree: UnitTree
    facilitators: Sequence[Facilitator]
    posts: Sequence[PostInfo]
    kept_units: frozenset[int] = frozenset()
    unnamed_ids: tuple[int, ...] = ()


def stage_label(stage: StageInfo) -> str:
    """Return a stage with its number, name and fiscal year."""
    return _(
        "ระยะที่ %(n)s %(name)s (ปีงบประมาณ %(year)s)",
        n=stage.number,
        name=named(stage, "short"),
        year=stage.fiscal_year,
    )


def step_choices(plan: Plan) -> list[SelectChoice]:
    """Return the steps as chips with their numbers, preparation last."""
    steps = [
        SelectChoice(
            value=str(step.number),
            label=named(step, "short"),
            render_kw={"data-no": step.number, "title": named(step)},
        )
        for step in plan.steps
    ]
    return [*steps, SelectChoice(value=READY, label=_("เตรียมความพร้อม"), render_kw={"data-no": "0"})]


def kind_value(step_number: int, kind_id: int) -> str:
    """Return the value of a kind under a step: 0 for preparation."""
    return f"{step_number}-{kind_id}"


def kind_choices(plan: Plan) -> list[SelectChoice]:
    """Return the kinds of each step as a group of its own; forms.css shows the chosen step's."""
    places = [(step.number, step.id, f"{step.number} {named(step, 'short')}") for step in plan.steps]
    return [
        SelectChoice(
            value=kind_value(number, kind.id),
            label=named(kind),
            optgroup=group,
            render_kw={"data-step": number},
        )
        for number, step_id, group in [*places, (0, None, _("เตรียมความพร้อม"))]
        for kind in plan.kinds_of(step_id)
    ]


class LogForm(ActivityFields, CreateForm):
    """Log an activity."""

    on_behalf_reason = TextField(lazy("เหตุผลที่บันทึกแทนหน่วยงาน"), limit=500)
    is_unfinished = False

    def validate(self, extra_validators: Any = None) -> bool:
        """Check as usual; what is only kept as a draft may lack anything."""
        return self.is_unfinished or super().validate(extra_validators)


class DraftForm(LogForm, EditForm):
    """Log an activity from a draft: with the version of it that was opened."""


class ActivityEditForm(ActivityFields, EditForm):
    """Change an activity."""

    reason = TextField(lazy("เหตุผลที่แก้ไข"), limit=500)


class ActivitiesForm(SendForm):
    """Send a file of activities, or paste rows of it."""

    secrecy_read = CheckField(lazy("อ่านข้อห้ามแล้ว ไม่มีข้อมูลลับในไฟล์หรือลิงก์"))


def fresh_values(
    offered: Offered, step: str | None, stage: StageInfo | None, kind: str = ""
) -> dict[str, Any]:
    """Return what a new form begins with: today, and where it was opened from (a kind by its code)."""
    chosen = next((s for s in offered.plan.steps if str(s.number) == step), None)
    is_known = chosen is not None or step == READY
    number, step_id = (chosen.number, chosen.id) if chosen else (0, None)
    kinds = offered.plan.kinds_of(step_id) if is_known else ()
    return {
        "held_on": today(),
        "step": step if is_known else None,
        "kind": next((kind_value(number, k.id) for k in kinds if k.code == kind), None),
        "stage": stage.id if stage else None,
    }
