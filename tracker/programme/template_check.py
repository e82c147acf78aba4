"""What must be true of a programme template; every problem is named with its place in the file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tracker.change import RefusedError
from tracker.thai.text import has_forbidden

SOURCES = ("activities", "passed_trainings", "event_entries")
CLAIMS = ("none", "doing", "done")
MOST = 9
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_NAMES = {"name_th": 200, "name_en": 200}
_TOP = {
    "code",
    "name_th",
    "name_en",
    "first_fiscal_year",
    "levels",
    "unit_kinds",
    "stages",
    "steps",
    "general_kinds",
}
_TEXTS = {
    "stages": {
        "short_th": 100, "short_en": 100, "unit_word_th": 60, "unit_word_en": 60, "unit_word_one_en": 60,
    },
    "steps": {
        "short_th": 100, "short_en": 100, "purpose_th": 2000, "purpose_en": 2000, "help_th": 2000,
        "help_en": 2000, "level_th": 500, "level_en": 500,
    },
}  # fmt: skip


@dataclass(frozen=True)
class TemplateProblem:
    """One thing that is wrong: `where` in the file, and the sentence that says what and how to mend it.

    `reason` are the parser's own words, in English, where it had any.
    """

    where: str
    said: RefusedError
    reason: str = ""

    def __str__(self) -> str:
        """Return place and sentence in Thai."""
        said = f"{self.said} ({self.reason})" if self.reason else str(self.said)
        return f"{self.where}: {said}" if self.where else said


class _Checker:
    def __init__(self) -> None:
        self.problems: list[TemplateProblem] = []

    def say(self, where: str, said: RefusedError) -> None:
        self.problems.append(TemplateProblem(where, said))

    def known(self, where: str, thing: dict[str, Any], names: Iterable[str]) -> None:
        allowed = set(names)
        for name in thing:
            if name not in allowed:
                self.say(where, RefusedError("ไม่รู้จักคำว่า {name} ลบออกหรือแก้ให้ถูก", name=name[:60]))

    def text(self, where: str, thing: dict[str, Any], name: str, limit: int, *, needed: bool) -> None:
        value = thing.get(name)
        if value is None or value == "":
            if needed:
                self.say(where, RefusedError("ขาด {name} ต้องมีทั้งภาษาไทยและอังกฤษ", name=name))
        elif not isinstance(value, str) or has_forbidden(value):
            self.say(where, RefusedError("{name} ต้องเป็นข้อความ", name=name))
        elif len(value) > limit:
            self.say(where, RefusedError("{name} ยาวเกิน {limit} ตัวอักษร", name=name, limit=limit))

    def flag(self, where: str, thing: dict[str, Any], name: str) -> None:
        if not isinstance(thing.get(name, False), bool):
            self.say(where, RefusedError("{name} ต้องเป็น true หรือ false", name=name))

    def whole(self, where: str, thing: dict[str, Any], name: str, least: int, most: int) -> bool:
        value = thing.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return True
        said = RefusedError("{name} ต้องเป็นจำนวนเต็ม {least} ถึง {most}", name=name, least=least, most=most)
        self.say(where, said)
        return False

    def code(self, where: str, thing: dict[str, Any], seen: set[str]) -> None:
        code = thing.get("code")
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            self.say(where, RefusedError("code ต้องเป็นอักษรละติน ตัวเลข - หรือ _ ไม่เกิน 40 ตัว"))
        elif code in seen:
            self.say(where, RefusedError("{name} ซ้ำ", name=code))
        else:
            seen.add(code)

    def names(self, where: str, thing: dict[str, Any]) -> None:
        for name, limit in _NAMES.items():
            self.text(where, thing, name, limit, needed=True)

    def tables(
        self, where: str, thing: dict[str, Any], name: str, *, needed: bool
    ) -> list[tuple[str, dict[str, Any]]]:
        """Return (place, table) for each table of a list; say so when it is none."""
        value = thing.get(name, [])
        place = f"{where}.{name}" if where else name
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.say(place, RefusedError("{name} ต้องเป็นรายการ", name=name))
            return []
        if needed and not value:
            self.say(place, RefusedError("{name} ต้องมีอย่างน้อยหนึ่งรายการ", name=name))
        return [(f"{place}[{number}]", item) for number, item in enumerate(value, 1)]

    def codes(self, where: str, thing: dict[str, Any], name: str, known: set[str]) -> None:
        value = thing.get(name, [])
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            self.say(where, RefusedError("{name} ต้องเป็นรายการ", name=name))
            return
        for code in value:
            if code not in known:
                self.say(where, RefusedError("{name}: ไม่รู้จัก {value}", name=name, value=code[:60]))
        if len(set(value)) < len(value):
            self.say(where, RefusedError("{name} ซ้ำ", name=name))


def _head(check: _Checker, data: dict[str, Any]) -> None:
    check.known("", data, _TOP)
    check.code("code", data, set())
    check.text("", data, "name_th", 300, needed=True)
    check.text("", data, "name_en", 300, needed=True)
    check.whole("", data, "first_fiscal_year", 2400, 2690)


def _levels(check: _Checker, data: dict[str, Any]) -> set[str]:
    codes: set[str] = set()
    for where, level in check.tables("", data, "levels", needed=True):
        check.known(where, level, {"code", *_NAMES, "pilot", "member", "top"})
        check.code(where, level, codes)
        check.names(where, level)
        for flag in ("pilot", "member", "top"):
            check.flag(where, level, flag)
    return codes


def _unit_kinds(check: _Checker, data: dict[str, Any]) -> None:
    codes: set[str] = set()
    for where, kind in check.tables("", data, "unit_kinds", needed=True):
        check.known(where, kind, {"code", *_NAMES, "head_th", "head_en"})
        check.code(where, kind, codes)
        check.names(where, kind)
        check.text(where, kind, "head_th", 200, needed=True)
        check.text(where, kind, "head_en", 200, needed=True)


def _numbers(check: _Checker, name: str, things: list[tuple[str, dict[str, Any]]]) -> None:
    if len(things) > MOST:
        check.say(name, RefusedError("{name} มีได้ 1 ถึง {most} รายการ", name=name, most=MOST))
    numbers = [thing["number"] for where, thing in things if check.whole(where, thing, "number", 1, MOST)]
    if len(numbers) == len(things) and sorted(numbers) != list(range(1, len(things) + 1)):
        check.say(name, RefusedError("{name}: number ต้องเรียงจาก 1 ไม่ซ้ำและไม่ข้าม", name=name))


def _stages(check: _Checker, data: dict[str, Any], levels: set[str]) -> None:
    stages = check.tables("", data, "stages", needed=True)
    _numbers(check, "stages", stages)
    for where, stage in stages:
        check.known(where, stage, {"number", "levels", *_NAMES, *_TEXTS["stages"]})
        check.names(where, stage)
        for name, limit in _TEXTS["stages"].items():
            check.text(where, stage, name, limit, needed=False)
        check.codes(where, stage, "levels", levels)
        if not stage.get("levels"):
            check.say(where, RefusedError("{name} ต้องมีอย่างน้อยหนึ่งรายการ", name="levels"))


def _claim_words(check: _Checker, where: str, step: dict[str, Any]) -> None:
    words = step.get("claim_words", {})
    if not isinstance(words, dict):
        check.say(where, RefusedError("{name} ต้องเป็นตาราง", name="claim_words"))
        return
    check.known(f"{where}.claim_words", words, CLAIMS)
    for claim, given in words.items():
        if not isinstance(given, dict):
            check.say(where, RefusedError("{name} ต้องเป็นตาราง", name=f"claim_words.{claim}"[:60]))
            continue
        check.known(f"{where}.claim_words", given, ("th", "en"))
        check.text(f"{where}.claim_words.{claim}", given, "th", 60, needed=True)
        check.text(f"{where}.claim_words.{claim}", given, "en", 60, needed=True)


def _step(check: _Checker, where: str, step: dict[str, Any]) -> None:
    check.known(
        where, step,
        {"number", "due_month", "is_state", "kinds", "rules", "claim_words", *_NAMES, *_TEXTS["steps"]},
    )  # fmt: skip
    check.names(where, step)
    for name, limit in _TEXTS["steps"].items():
        check.text(where, step, name, limit, needed=False)
    check.flag(where, step, "is_state")
    if step.get("is_state") is True:
        check.text(where, step, "level_th", 500, needed=True)
        check.text(where, step, "level_en", 500, needed=True)
    if "due_month" in step:
        check.whole(where, step, "due_month", 1, 12)
    _claim_words(check, where, step)


def _kinds(check: _Checker, data: dict[str, Any], steps: list[tuple[str, dict[str, Any]]]) -> set[str]:
    codes: set[str] = set()
    listed = [kind for where, step in steps for kind in check.tables(where, step, "kinds", needed=False)]
    for where, kind in listed:
        check.known(where, kind, {"code", *_NAMES})
        check.code(where, kind, codes)
        check.names(where, kind)
    for where, kind in check.tables("", data, "general_kinds", needed=False):
        check.known(where, kind, {"code", "everywhere", *_NAMES})
        check.code(where, kind, codes)
        check.names(where, kind)
        check.flag(where, kind, "everywhere")
    return codes


def _rules(check: _Checker, steps: list[tuple[str, dict[str, Any]]], kinds: set[str]) -> None:
    codes: set[str] = set()
    listed = [rule for where, step in steps for rule in check.tables(where, step, "rules", needed=False)]
    for where, rule in listed:
        check.known(where, rule, {"code", "source", "kinds", "at_least", *_NAMES})
        check.code(where, rule, codes)
        check.names(where, rule)
        check.whole(where, rule, "at_least", 1, 1000)
        if rule.get("source") not in SOURCES:
            said = RefusedError(
                "ไม่รู้จักแหล่งหลักฐาน {value} ใช้ได้: {known}",
                value=str(rule.get("source"))[:60],
                known=", ".join(SOURCES),
            )
            check.say(where, said)
        check.codes(where, rule, "kinds", kinds)


def check_template(data: dict[str, Any]) -> list[TemplateProblem]:
    """Return everything that is wrong with a template; nothing when it can be used."""
    check = _Checker()
    _head(check, data)
    levels = _levels(check, data)
    _unit_kinds(check, data)
    _stages(check, data, levels)
    steps = check.tables("", data, "steps", needed=True)
    _numbers(check, "steps", steps)
    for where, step in steps:
        _step(check, where, step)
    _rules(check, steps, _kinds(check, data, steps))
    return check.problems
