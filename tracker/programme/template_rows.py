"""A template as the columns of rows, and what of it is structure."""

from typing import Any

from tracker.programme.template import KindSpec, Template
from tracker.thai.dates import fiscal_year_bounds

Columns = dict[str, Any]


def level_rows(template: Template) -> list[Columns]:
    """Return the columns of the levels."""
    return [
        {
            "code": level.code,
            "position": position,
            "name_th": level.name_th,
            "name_en": level.name_en,
            "is_pilot": level.is_pilot,
            "is_member": level.is_member,
            "is_top": level.is_top,
        }
        for position, level in enumerate(template.levels)
    ]


def unit_kind_rows(template: Template) -> list[Columns]:
    """Return the columns of the kinds of unit."""
    return [
        {
            "code": kind.code,
            "name_th": kind.name_th,
            "name_en": kind.name_en,
            "head_th": kind.head_th,
            "head_en": kind.head_en,
        }
        for kind in template.unit_kinds
    ]


def stage_rows(template: Template, first_fiscal_year: int) -> list[Columns]:
    """Return the columns of the stages: the first one is that of the fiscal year given (B.E.)."""
    rows = []
    for stage in template.stages:
        year = first_fiscal_year + stage.number - 1
        starts_on, ends_on = fiscal_year_bounds(year)
        rows.append(
            {
                "number": stage.number,
                "name_th": stage.name_th,
                "name_en": stage.name_en,
                "short_name_th": stage.short_th,
                "short_name_en": stage.short_en,
                "fiscal_year": year,
                "starts_on": starts_on,
                "ends_on": ends_on,
                "levels": list(stage.levels),
                "unit_word_th": stage.unit_word_th,
                "unit_word_en": stage.unit_word_en,
                "unit_word_one_en": stage.unit_word_one_en,
            }
        )
    return rows


def step_rows(template: Template) -> list[Columns]:
    """Return the columns of the steps."""
    return [
        {
            "number": step.number,
            "name_th": step.name_th,
            "name_en": step.name_en,
            "short_name_th": step.short_th,
            "short_name_en": step.short_en,
            "purpose_th": step.purpose_th,
            "purpose_en": step.purpose_en,
            "help_th": step.help_th,
            "help_en": step.help_en,
            "is_state": step.is_state,
            "claim_words": step.claim_words,
        }
        for step in template.steps
    ]


def activity_kinds(template: Template, step_ids: dict[int, int]) -> list[Columns]:
    """Return the columns of the kinds of activity; `step_ids` are ids by the steps' numbers."""
    listed: list[tuple[int | None, KindSpec]] = [
        (step_ids.get(step.number), kind) for step in template.steps for kind in step.kinds
    ]
    listed += [(None, kind) for kind in template.general_kinds]
    return [
        {
            "code": kind.code,
            "step_id": step_id,
            "is_everywhere": kind.is_everywhere,
            "position": position,
            "name_th": kind.name_th,
            "name_en": kind.name_en,
        }
        for position, (step_id, kind) in enumerate(listed)
    ]


def activity_rules(template: Template, step_ids: dict[int, int]) -> list[Columns]:
    """Return the columns of the evidence rules; `step_ids` are ids by the steps' numbers."""
    listed = [(step_ids.get(step.number), rule) for step in template.steps for rule in step.rules]
    return [
        {
            "code": rule.code,
            "step_id": step_id,
            "position": position,
            "source": rule.source,
            "kinds": list(rule.kinds),
            "at_least": rule.at_least,
            "name_th": rule.name_th,
            "name_en": rule.name_en,
        }
        for position, (step_id, rule) in enumerate(listed)
    ]


def structure_of(template: Template) -> tuple[Any, ...]:
    """Return everything of a template that is not wording, to compare two of them."""
    return (
        tuple((level.code, level.is_pilot, level.is_member, level.is_top) for level in template.levels),
        tuple(sorted(kind.code for kind in template.unit_kinds)),
        tuple((stage.number, stage.levels) for stage in template.stages),
        tuple(
            (
                step.number,
                step.is_state,
                tuple(kind.code for kind in step.kinds),
                tuple((rule.code, rule.source, rule.kinds, rule.at_least) for rule in step.rules),
            )
            for step in template.steps
        ),
        tuple((kind.code, kind.is_everywhere) for kind in template.general_kinds),
    )
