"""The programme template: a TOML file with levels, kinds of unit, stages, steps, kinds of activity and rules.

Reading it tells every problem at once; nothing here knows the database.
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.change import RefusedError
from tracker.programme.template_check import TemplateProblem, check_template

__all__ = [
    "DEFAULT_TEMPLATE",
    "KindSpec",
    "LevelSpec",
    "RuleSpec",
    "StageSpec",
    "StepSpec",
    "Template",
    "TemplateError",
    "TemplateProblem",
    "UnitKindSpec",
    "parse_template",
    "read_template",
]

DEFAULT_TEMPLATE = Path(__file__).parent / "default.toml"
MAX_TEMPLATE_BYTES = 500_000
CLAIM_WORDS = {
    "none": ("ยังไม่ดำเนินการ", "Not started"),
    "doing": ("กำลังดำเนินการ", "In progress"),
    "done": ("แล้วเสร็จ", "Done"),
}
STATE_WORDS = {
    "none": ("ยังไม่เริ่ม", "Not started"),
    "doing": ("กำลังพัฒนา", "Developing"),
    "done": ("ถึงระดับที่กำหนด", "Level reached"),
}


class TemplateError(Exception):
    """A template cannot be used; `problems` names all that is wrong with it."""

    def __init__(self, problems: list[TemplateProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class LevelSpec:
    """A level of the unit tree."""

    code: str
    name_th: str
    name_en: str
    is_pilot: bool
    is_member: bool
    is_top: bool


@dataclass(frozen=True, slots=True)
class UnitKindSpec:
    """A kind of unit and what its head is called."""

    code: str
    name_th: str
    name_en: str
    head_th: str
    head_en: str


@dataclass(frozen=True, slots=True)
class StageSpec:
    """A stage; `levels` are codes of levels, `unit_word_one_en` the English for one unit where it differs."""

    number: int
    name_th: str
    name_en: str
    short_th: str
    short_en: str
    levels: tuple[str, ...]
    unit_word_th: str
    unit_word_en: str
    unit_word_one_en: str


@dataclass(frozen=True, slots=True)
class KindSpec:
    """A kind of activity."""

    code: str
    name_th: str
    name_en: str
    is_everywhere: bool = False


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """What counts as evidence: at least so many records of a source."""

    code: str
    source: str
    kinds: tuple[str, ...]
    at_least: int
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class StepSpec:
    """A step; `due_month` counts from October (1-12), None is never; `claim_words` as the plan keeps them."""

    number: int
    name_th: str
    name_en: str
    short_th: str
    short_en: str
    due_month: int | None
    is_state: bool
    purpose_th: str
    purpose_en: str
    help_th: str
    help_en: str
    claim_words: dict[str, dict[str, str]]
    kinds: tuple[KindSpec, ...]
    rules: tuple[RuleSpec, ...]


@dataclass(frozen=True)
class Template:
    """A whole template, checked; `source` is the file's text."""

    code: str
    name_th: str
    name_en: str
    first_fiscal_year: int
    levels: tuple[LevelSpec, ...]
    unit_kinds: tuple[UnitKindSpec, ...]
    stages: tuple[StageSpec, ...]
    steps: tuple[StepSpec, ...]
    general_kinds: tuple[KindSpec, ...]
    source: str = field(repr=False)


def _claim_words(step: dict[str, Any]) -> dict[str, dict[str, str]]:
    words = {
        claim: {"th": thai, "en": english}
        for claim, (thai, english) in (STATE_WORDS if step.get("is_state") else CLAIM_WORDS).items()
    }
    for claim, given in step.get("claim_words", {}).items():
        words[claim] = {"th": given["th"], "en": given["en"]}
    if level := step.get("level_th"):
        words["done"]["level_th"] = level
        words["done"]["level_en"] = step.get("level_en", "")
    return words


def _step(step: dict[str, Any]) -> StepSpec:
    return StepSpec(
        number=step["number"],
        name_th=step["name_th"],
        name_en=step["name_en"],
        short_th=step.get("short_th", step["name_th"]),
        short_en=step.get("short_en", step["name_en"]),
        due_month=step.get("due_month"),
        is_state=step.get("is_state", False),
        purpose_th=step.get("purpose_th", ""),
        purpose_en=step.get("purpose_en", ""),
        help_th=step.get("help_th", ""),
        help_en=step.get("help_en", ""),
        claim_words=_claim_words(step),
        kinds=tuple(_kind(kind) for kind in step.get("kinds", ())),
        rules=tuple(
            RuleSpec(
                r["code"], r["source"], tuple(r.get("kinds", ())), r["at_least"], r["name_th"], r["name_en"]
            )
            for r in step.get("rules", ())
        ),
    )


def _stage(stage: dict[str, Any]) -> StageSpec:
    return StageSpec(
        number=stage["number"],
        name_th=stage["name_th"],
        name_en=stage["name_en"],
        short_th=stage.get("short_th", stage["name_th"]),
        short_en=stage.get("short_en", stage["name_en"]),
        levels=tuple(stage["levels"]),
        unit_word_th=stage.get("unit_word_th", "หน่วยงาน"),
        unit_word_en=stage.get("unit_word_en", "units"),
        unit_word_one_en=stage.get("unit_word_one_en", "" if "unit_word_en" in stage else "unit"),
    )


def _kind(kind: dict[str, Any]) -> KindSpec:
    return KindSpec(kind["code"], kind["name_th"], kind["name_en"], kind.get("everywhere", False))


def _level(level: dict[str, Any]) -> LevelSpec:
    return LevelSpec(
        code=level["code"],
        name_th=level["name_th"],
        name_en=level["name_en"],
        is_pilot=level.get("pilot", False),
        is_member=level.get("member", False),
        is_top=level.get("top", False),
    )


def _unit_kind(kind: dict[str, Any]) -> UnitKindSpec:
    return UnitKindSpec(kind["code"], kind["name_th"], kind["name_en"], kind["head_th"], kind["head_en"])


def _unreadable(source: str, reason: str) -> TemplateProblem:
    """Return where a text is no TOML: the parser names the place at the end of its words, if it does."""
    words, _, place = reason.rpartition(" (at ")
    if found := re.fullmatch(r"line (\d+), column (\d+)\)", place):
        said = RefusedError(
            "บรรทัดที่ {line} ตัวอักษรที่ {column} ไม่ถูกรูปแบบ TOML ตรวจเครื่องหมาย = อัญประกาศ และวงเล็บตรงนั้น",
            line=int(found[1]),
            column=int(found[2]),
        )
    elif place == "end of document)":
        said = RefusedError(
            "ไฟล์จบที่บรรทัดที่ {line} ทั้งที่ยังเขียนไม่ครบ ตรวจอัญประกาศและวงเล็บที่เปิดไว้แล้วไม่ได้ปิด",
            line=len(source.splitlines()) or 1,
        )
    else:
        words, said = reason, RefusedError("ไฟล์นี้ไม่ใช่ TOML ที่อ่านได้")
    return TemplateProblem("", said, words[:200])


def parse_template(source: str) -> Template:
    """Return the template that a TOML text says; raise TemplateError with everything that is wrong."""
    try:
        data = tomllib.loads(source)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is no error of TOML
        raise TemplateError([_unreadable(source, str(error))]) from None
    if problems := check_template(data):
        raise TemplateError(problems)
    return Template(
        code=data["code"],
        name_th=data["name_th"],
        name_en=data["name_en"],
        first_fiscal_year=data["first_fiscal_year"],
        levels=tuple(_level(level) for level in data["levels"]),
        unit_kinds=tuple(_unit_kind(kind) for kind in data["unit_kinds"]),
        stages=tuple(sorted((_stage(stage) for stage in data["stages"]), key=lambda stage: stage.number)),
        steps=tuple(sorted((_step(step) for step in data["steps"]), key=lambda step: step.number)),
        general_kinds=tuple(_kind(kind) for kind in data.get("general_kinds", ())),
        source=source,
    )


def decode_template(data: bytes) -> str:
    """Return the text of an uploaded template; raise TemplateError when it is too large or not UTF-8."""
    if len(data) > MAX_TEMPLATE_BYTES:
        raise TemplateError([TemplateProblem("", RefusedError("ไฟล์แม่แบบใหญ่เกิน 500 KB"))])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TemplateError(
            [TemplateProblem("", RefusedError("ไฟล์แม่แบบต้องเป็น UTF-8 กรุณาบันทึกใหม่แล้วลองอีกครั้ง"))]
        ) from None


def read_template(path: Path | None = None) -> Template:
    """Return the template in a file, the one that ships with the tracker when none is given.

    Raise TemplateError with everything that is wrong, OSError when the file cannot be read.
    """
    return parse_template(decode_template((path or DEFAULT_TEMPLATE).read_bytes()))
