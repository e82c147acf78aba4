"""What the trail keeps of the programme, its stages and enrolments, in words."""

from typing import Any

from tracker.programme.reference import plan
from tracker.thai.dates import format_fiscal_year
from tracker.web.history import Field, offer, say_day
from tracker.web.i18n import language, lazy, named


def say_stage(value: Any) -> str:
    """Return the number of a stage, by its id."""
    stage = plan().stage_by_id.get(value)
    return str(stage.number) if stage else ""


def say_step(value: Any) -> str:
    """Return a step, by its id."""
    return _named_step(plan().step_by_id.get(value))


def _say_step_number(value: Any) -> str:
    return _named_step(plan().step(value)) or str(value)


def _named_step(step: Any) -> str:
    return f"{step.number} {named(step, 'short')}" if step else ""


def _say_year(value: Any) -> str:
    return format_fiscal_year(value, language())


offer("enrolments", {"stage": Field(lazy("ระยะ"), str)})
offer(
    "stages",
    {
        "step": Field(lazy("ขั้นตอน"), _say_step_number),
        "due_on": Field(lazy("วันครบกำหนด"), say_day, is_pair=True, empty=lazy("ไม่มีกำหนด")),
    },
)
offer(
    "programmes",
    {
        "code": Field(lazy("รหัส"), str),
        "first_fiscal_year": Field(lazy("ปีงบประมาณแรก"), _say_year),
        "stage_id": Field(lazy("ระยะ"), say_stage, is_pair=True, empty=lazy("ระยะที่ใกล้ที่สุด")),
    },
)
