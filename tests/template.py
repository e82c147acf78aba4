"""Puts the programme template that the tracker ships with into an empty database, row by row."""

import calendar
import tomllib
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tests.source import PACKAGE
from tracker.organisation.models import Level, UnitKind
from tracker.programme.models import ActivityKind, EvidenceRule, Programme, Stage, StageStep, Step

CLAIMS = ("none", "doing", "done")
WORDS = (("ยังไม่ดำเนินการ", "Not begun"), ("กำลังดำเนินการ", "Under way"), ("แล้วเสร็จ", "Done"))
STATE_WORDS = (("ยังไม่เริ่ม", "Not begun"), ("กำลังพัฒนา", "Developing"), ("ถึงระดับที่กำหนด", "Level reached"))


def load_template(session: Session, first_fiscal_year: int) -> None:
    """Load levels, stages, steps, kinds and rules; the first stage is that of a B.E. fiscal year."""
    template = tomllib.loads((PACKAGE / "programme" / "default.toml").read_text(encoding="utf-8"))
    session.add(
        Programme(
            id=1,
            code=template["code"],
            name_th=template["name_th"],
            name_en=template["name_en"],
            template=template,
        )
    )
    for position, level in enumerate(template["levels"]):
        flags = {f"is_{flag}": level.pop(flag, False) for flag in ("pilot", "member", "top")}
        session.add(Level(position=position, **level, **flags))
    session.add_all(UnitKind(**kind) for kind in template["unit_kinds"])
    stages = [_stage(stage, first_fiscal_year) for stage in template["stages"]]
    session.add_all(stages)
    for step in template["steps"]:
        _add_step(session, step, stages)
    for position, kind in enumerate(template["general_kinds"], 900):
        everywhere = kind.pop("everywhere", False)
        session.add(ActivityKind(position=position, is_everywhere=everywhere, **kind))
    session.flush()


def _stage(stage: dict[str, Any], first_fiscal_year: int) -> Stage:
    year = first_fiscal_year + stage["number"] - 1
    return Stage(
        number=stage["number"], name_th=stage["name_th"], name_en=stage["name_en"],
        short_name_th=stage["short_th"], short_name_en=stage["short_en"], levels=stage["levels"],
        unit_word_th=stage["unit_word_th"], unit_word_en=stage["unit_word_en"],
        fiscal_year=year, starts_on=date(year - 544, 10, 1), ends_on=date(year - 543, 9, 30),
    )  # fmt: skip


def _add_step(session: Session, step: dict[str, Any], stages: list[Stage]) -> None:
    words = STATE_WORDS if step.get("is_state") else WORDS
    row = Step(
        number=step["number"], name_th=step["name_th"], name_en=step["name_en"],
        short_name_th=step["short_th"], short_name_en=step["short_en"],
        purpose_th=step["purpose_th"], purpose_en=step["purpose_en"],
        help_th=step["help_th"], help_en=step["help_en"], is_state=step.get("is_state", False),
        claim_words={claim: {"th": th, "en": en} for claim, (th, en) in zip(CLAIMS, words, strict=True)},
    )  # fmt: skip
    session.add(row)
    session.flush()
    for position, kind in enumerate(step["kinds"], row.number * 10):
        session.add(ActivityKind(step_id=row.id, position=position, **kind))
    for position, rule in enumerate(step["rules"], row.number * 10):
        session.add(EvidenceRule(step_id=row.id, position=position, **rule))
    for stage in stages:
        session.add(StageStep(stage_id=stage.id, step_id=row.id, due_on=_due(stage, step["due_month"])))


def _due(stage: Stage, month_of_stage: int) -> date:
    """Return the last day of the n-th month of a fiscal year; its first month is October."""
    month = (month_of_stage + 8) % 12 + 1
    year = stage.starts_on.year if month >= 10 else stage.ends_on.year
    return date(year, month, calendar.monthrange(year, month)[1])
