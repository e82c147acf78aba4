"""The filter of a list of records in its address: read, said back in words, each part with its way off."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Generic, TypeVar

from flask import request
from markupsafe import Markup

from tracker.organisation.tree import UnitTree
from tracker.programme.enrolments import EnrolmentBook
from tracker.programme.plan import Plan
from tracker.thai.dates import DateError, format_day, parse_day
from tracker.web.choice_tags import answers
from tracker.web.clock import today
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.paging import here_with

Tag = tuple[str, str, str]
Said = tuple[str, dict[str, Any]] | None
F = TypeVar("F")
# What says which records a list is about; every other part of a filter is asked of these.
WHOLE = frozenset(("stage_id", "unit_ids", "enrolment_ids", "known_by", "aside", "standing"))


@dataclass
class Asked(Generic[F]):
    """What an address asks for: the filters, the tags in force, the answers of the bar.

    `whole` are the filters of the records that it is asked of: those of a stage and a unit, as at a day.
    """

    filters: F
    tags: list[Tag] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    whole: F = field(init=False)
    questions: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with all records."""
        self.whole = self.filters

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything is asked of the whole."""
        return bool(self.questions)

    @property
    def whole_url(self) -> str:
        """Return the address of the whole: this one without its questions."""
        return here_with(**dict.fromkeys((*self.questions, "page")))

    @property
    def is_searched(self) -> bool:
        """Tell whether something is looked for, beyond the records of a known unit or stage."""
        places = sum(bool(self.values.get(name)) for name in ("unit", "stage"))
        return len(self.tags) > places or bool(getattr(self.filters, "nothing", False))


class FilterReader(Generic[F]):
    """Reads one argument after the other; what means nothing finds nothing and says so.

    The filters are a dataclass with `stage_id`, `unit_ids`, `enrolment_ids` and `nothing`; see `WHOLE`.
    """

    def __init__(self, asked: Asked[F], tree: UnitTree, plan: Plan, book: EnrolmentBook) -> None:
        self.asked, self.tree, self.plan, self.book = asked, tree, plan, book

    def narrow(self, name: str, label: str, said: str, changes: Mapping[str, Any]) -> None:
        """Narrow the filters, and put the tag that takes it off."""
        self.asked.filters = replace(self.asked.filters, **changes)  # type: ignore[type-var]  # a dataclass
        if WHOLE.issuperset(changes):
            self.asked.whole = replace(self.asked.whole, **changes)  # type: ignore[type-var]  # a dataclass
        else:
            self.asked.questions.append(name)
        extra = {"only": None} if name == "unit" else {"as_at": None} if name == "counts" else {}
        self.asked.tags.append((label, said, here_with(**{name: None, "page": None, **extra})))

    def read(self, name: str, label: str, use: Callable[[str], Said]) -> None:
        """Read one argument by `use`, which gives its words and what it narrows, or None for nonsense."""
        text = request.args.get(name, "").strip()[:200]
        self.asked.values[name] = text
        if text:
            said, changes = use(text) or (_("%(text)s (ไม่รู้จัก)", text=text), {"nothing": True})
            self.narrow(name, label, said, changes)

    def read_common(self) -> None:
        """Read words, stage and unit."""
        self.read("q", _("คำค้น"), lambda text: (text, {"q": text}))
        self.read("stage", _("ระยะ"), self.stage)
        self.read("unit", _("หน่วยงาน"), self.unit)

    def stage(self, text: str) -> Said:
        """Read the number of a stage."""
        stage = self.plan.stage(small_number(text))
        return (f"{stage.number} {named(stage, 'short')}", {"stage_id": stage.id}) if stage else None

    def unit(self, text: str) -> Said:
        """Read the code of a unit: its subtree, or with `only=own` itself."""
        node = self.tree.by_code.get(text)
        if node is None:
            return None
        if request.args.get("only") == "own":
            return _("%(name)s เท่านั้น", name=named(node)), {"unit_ids": frozenset({node.id})}
        return named(node), {"unit_ids": self.tree.subtree_ids(node.id)}

    def day(self, name: str) -> Callable[[str], Said]:
        """Return what reads a day into one part of the filters."""

        def use(text: str) -> Said:
            try:
                day = parse_day(text)
            except DateError:
                return None
            return format_day(day, language()), {name: day}

        return use

    def counts(self, text: str) -> Said:
        """Read the code of a unit: what counts for those below it that take part (in the stage asked for).

        They are those of the day of the figure that led here (`as_at`), else of each stage's day.
        """
        node, typed = self.tree.by_code.get(text), request.args.get("as_at", "")
        try:
            day = parse_day(typed) if typed else None
        except DateError:
            return None
        if node is None:
            return None
        wanted, now = getattr(self.asked.filters, "stage_id", None), today()
        stages = [stage for stage in self.plan.stages if wanted in (None, stage.id)]
        ids = frozenset(
            e.id
            for stage in stages
            for e in self.book.in_stage(stage.id, day or stage.last_day_by(now), self.tree, node.id)
        )
        return named(node), {"enrolment_ids": ids}


def small_number(text: str) -> int:
    """Return a small number that was typed; 0 for anything odd."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def stage_options(plan: Plan) -> list[tuple[Any, str]]:
    """Return the stages for a filter bar."""
    return [("", _("ทุกระยะ")), *((s.number, f"{s.number} {named(s, 'short')}") for s in plan.stages)]


class FilterOptions(list[tuple[Any, str]]):
    """Many answers of a filter bar, the same on every list: they are written as HTML once."""

    @cached_property
    def _written(self) -> Markup:
        return answers(self, None)

    def html(self, chosen: str) -> Markup:
        """Return the options with one of them selected."""
        begin = Markup('<option value="{}"').format(chosen)
        return self._written.replace(begin + Markup(">"), begin + Markup(" selected>"), 1)


def unit_options(tree: UnitTree) -> FilterOptions:
    """Return the units for a filter bar, those below another one indented."""
    indent = "\u2003"

    def units() -> FilterOptions:
        below = ((n.code, f"{indent * (len(n.path) - 1)}{named(n, 'short')}") for n in tree)
        return FilterOptions([("", _("ทุกหน่วยงาน")), *below])

    return tree.kept(("options", language()), units)
