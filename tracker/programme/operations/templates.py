"""The programme's template: installed whole while nothing is enrolled, reworded always."""

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from tracker.accounts.permissions import Permission
from tracker.change import Change, RefusedError
from tracker.database import Base
from tracker.organisation.models import Level, Unit, UnitKind
from tracker.organisation.revision import renew_revision
from tracker.programme.models import (
    ActivityKind,
    Enrolment,
    EvidenceRule,
    Programme,
    Stage,
    StageStep,
    Step,
)
from tracker.programme.template import Template, parse_template
from tracker.programme.template_rows import (
    Columns,
    activity_kinds,
    activity_rules,
    level_rows,
    stage_rows,
    step_rows,
    structure_of,
    unit_kind_rows,
)
from tracker.programme.template_words import is_wording
from tracker.thai.dates import months_of_fiscal_year


def install_template(
    change: Change, *, template: Template, first_fiscal_year: int | None = None
) -> Programme:
    """Make the template the programme: structure and wording; refuse once anything is enrolled.

    The first stage is that of `first_fiscal_year` (B.E.), of the template's own when none is given.
    """
    change.require(Permission.SETTINGS_MANAGE)
    if change.session.scalar(select(func.count()).select_from(Enrolment)):
        raise RefusedError("มีหน่วยงานเข้าร่วมแล้ว เปลี่ยนได้เฉพาะถ้อยคำ ไม่ใช่โครงสร้าง")
    first = first_fiscal_year if first_fiscal_year is not None else template.first_fiscal_year
    if not 2400 <= first <= 2690:
        raise RefusedError("ปีงบประมาณแรกต้องเป็น พ.ศ. 2400 ถึง 2690", field="first_fiscal_year")
    _refuse_orphans(change, template)
    try:
        with change.session.begin_nested():
            _clear(change)
    except IntegrityError:
        raise RefusedError("มีบันทึกที่อ้างถึงโครงสร้างเดิมอยู่ จึงเปลี่ยนโครงสร้างไม่ได้") from None
    _fill_units(change, template)
    _fill_stages(change, template, first)
    programme = _head(change, template, first)
    change.record("installed_template", programme, code=template.code, first_fiscal_year=first)
    renew_revision(change.session)
    return programme


def replace_wording(change: Change, *, template: Template) -> Programme:
    """Take over names, purposes, help and claim words of a template with the same structure.

    Due months stay as they are: the office moves them for each stage.
    """
    change.require(Permission.SETTINGS_MANAGE)
    programme = change.session.get(Programme, 1, with_for_update=True)
    if programme is None:
        raise RefusedError("ยังไม่มีโครงการ ติดตั้งแม่แบบก่อน")
    if structure_of(template) != structure_of(parse_template(programme.template["source"])):
        raise RefusedError("โครงสร้างของแม่แบบนี้ต่างจากที่ใช้อยู่ เปลี่ยนได้เฉพาะถ้อยคำ")
    _reword(change, template)
    _head(change, template, programme.template["first_fiscal_year"])
    change.record("replaced_wording", programme, code=template.code)
    renew_revision(change.session)
    return programme


def _refuse_orphans(change: Change, template: Template) -> None:
    """Refuse a template without a level or kind that a unit has."""
    used = set(change.session.scalars(select(Unit.level).distinct()))
    if gone := sorted(used - {level.code for level in template.levels}):
        raise RefusedError("แม่แบบนี้ไม่มีระดับที่หน่วยงานใช้อยู่: {codes}", codes=", ".join(gone))
    used = set(change.session.scalars(select(Unit.kind).distinct()))
    if gone := sorted(used - {kind.code for kind in template.unit_kinds}):
        raise RefusedError("แม่แบบนี้ไม่มีประเภทที่หน่วยงานใช้อยู่: {codes}", codes=", ".join(gone))


def _clear(change: Change) -> None:
    for model in (EvidenceRule, ActivityKind, StageStep, Stage, Step):
        change.session.execute(delete(model))


def _fill_units(change: Change, template: Template) -> None:
    levels = {row.code: row for row in change.session.scalars(select(Level))}
    for new in level_rows(template):
        _put(change, levels.pop(new["code"], None), Level, new)
    kinds = {row.code: row for row in change.session.scalars(select(UnitKind))}
    for new in unit_kind_rows(template):
        _put(change, kinds.pop(new["code"], None), UnitKind, new)
    for gone in (*levels.values(), *kinds.values()):
        change.session.delete(gone)
    change.session.flush()


def _put(change: Change, row: Base | None, model: type[Base], values: Columns) -> None:
    if row is None:
        change.session.add(model(**values))
        return
    for name, value in values.items():
        setattr(row, name, value)


def _fill_stages(change: Change, template: Template, first: int) -> None:
    stages = [Stage(**values) for values in stage_rows(template, first)]
    steps = [Step(**values) for values in step_rows(template)]
    change.session.add_all([*stages, *steps])
    change.session.flush()
    months = {spec.number: spec.due_month for spec in template.steps}
    for stage in stages:
        days = months_of_fiscal_year(stage.fiscal_year)
        for step in steps:
            month = months[step.number]
            due_on = days[month - 1][1] if month else None
            change.session.add(StageStep(stage_id=stage.id, step_id=step.id, due_on=due_on))
    ids = {step.number: step.id for step in steps}
    change.session.add_all(ActivityKind(**values) for values in activity_kinds(template, ids))
    change.session.add_all(EvidenceRule(**values) for values in activity_rules(template, ids))
    change.session.flush()


def _reword(change: Change, template: Template) -> None:
    every: list[tuple[type[Base], str, list[Columns]]] = [
        (Level, "code", level_rows(template)),
        (UnitKind, "code", unit_kind_rows(template)),
        (ActivityKind, "code", activity_kinds(template, {})),
        (EvidenceRule, "code", activity_rules(template, {})),
        (Stage, "number", stage_rows(template, template.first_fiscal_year)),
        (Step, "number", step_rows(template)),
    ]
    for model, key, listed in every:
        found = {getattr(row, key): row for row in change.session.scalars(select(model))}
        for values in listed:
            _reword_row(found[values[key]], values)


def _reword_row(row: Base, values: Columns) -> None:
    for name, value in values.items():
        if is_wording(name):
            setattr(row, name, value)


def _head(change: Change, template: Template, first: int) -> Programme:
    programme = change.session.get(Programme, 1)
    kept = {"source": template.source, "first_fiscal_year": first}
    if programme is None:
        programme = Programme(
            id=1, code=template.code, name_th=template.name_th, name_en=template.name_en, template=kept
        )
        change.session.add(programme)
    else:
        programme.code, programme.template = template.code, kept
        programme.name_th, programme.name_en = template.name_th, template.name_en
        programme.version += 1
    change.session.flush()
    return programme
