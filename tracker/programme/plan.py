"""The programme as plain values: stages, steps, kinds and rules, read once and kept until they change."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.organisation.revision import cached_by_revision
from tracker.programme.models import ActivityKind, EvidenceRule, Programme, Stage, StageStep, Step


@dataclass(frozen=True, slots=True)
class StageInfo:
    """A stage; `due` holds {step id: last day or None}."""

    id: int
    number: int
    name_th: str
    name_en: str
    short_th: str
    short_en: str
    fiscal_year: int
    starts_on: date
    ends_on: date
    levels: tuple[str, ...]
    unit_word_th: str
    unit_word_en: str
    unit_word_one_en: str
    closed_on: date | None
    due: dict[int, date | None]

    @property
    def is_closed(self) -> bool:
        """Tell whether the office closed the stage."""
        return self.closed_on is not None

    def covers(self, day: date) -> bool:
        """Tell whether a day lies in the stage's fiscal year."""
        return self.starts_on <= day <= self.ends_on

    def last_day_by(self, today: date) -> date:
        """Return the day as of which the stage's figures stand: today, or its last day once over."""
        return min(today, self.ends_on)


@dataclass(frozen=True, slots=True)
class StepInfo:
    """A step; `claim_words` holds {claim: {"th": …, "en": …}}."""

    id: int
    number: int
    name_th: str
    name_en: str
    short_th: str
    short_en: str
    purpose_th: str
    purpose_en: str
    help_th: str
    help_en: str
    is_state: bool
    claim_words: dict[str, dict[str, str]]

    def claim_word(self, claim: str, language: str) -> str:
        """Return the template's word for a claim."""
        words = self.claim_words[str(claim)]
        return words.get(language) or words["th"]

    def level_needed(self, language: str) -> str:
        """Return which level a state must reach to be done, in words; "" for an ordinary step."""
        words = self.claim_words["done"]
        return words.get(f"level_{language}") or words.get("level_th", "")


@dataclass(frozen=True, slots=True)
class KindOfActivity:
    """A kind of activity."""

    id: int
    code: str
    step_id: int | None
    is_everywhere: bool
    name_th: str
    name_en: str

    def suits(self, step_id: int | None) -> bool:
        """Tell whether an activity of this kind may be logged for a step (None: preparation)."""
        return self.is_everywhere or self.step_id == step_id


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What counts as evidence of a step: at least so many records of a source, of some kinds."""

    id: int
    step_id: int
    code: str
    source: str
    kinds: tuple[str, ...]
    at_least: int
    name_th: str
    name_en: str


@dataclass(frozen=True)
class Plan:
    """The whole programme."""

    name_th: str
    name_en: str
    chosen_stage_id: int | None
    stages: tuple[StageInfo, ...]
    steps: tuple[StepInfo, ...]
    kinds: tuple[KindOfActivity, ...]
    rules: tuple[RuleInfo, ...]

    @cached_property
    def stage_by_id(self) -> dict[int, StageInfo]:
        """Index the stages by id."""
        return {stage.id: stage for stage in self.stages}

    @cached_property
    def step_by_id(self) -> dict[int, StepInfo]:
        """Index the steps by id."""
        return {step.id: step for step in self.steps}

    @cached_property
    def kind_by_id(self) -> dict[int, KindOfActivity]:
        """Index the kinds of activity by id."""
        return {kind.id: kind for kind in self.kinds}

    @cached_property
    def kind_by_code(self) -> dict[str, KindOfActivity]:
        """Index the kinds of activity by code."""
        return {kind.code: kind for kind in self.kinds}

    def stage(self, number: int) -> StageInfo | None:
        """Return a stage by its number."""
        return next((stage for stage in self.stages if stage.number == number), None)

    def step(self, number: int) -> StepInfo | None:
        """Return a step by its number."""
        return next((step for step in self.steps if step.number == number), None)

    def stage_on(self, day: date) -> StageInfo | None:
        """Return the stage in whose fiscal year a day lies."""
        return next((stage for stage in self.stages if stage.covers(day)), None)

    def current_stage(self, today: date) -> StageInfo | None:
        """Return today's stage; outside the years the one that the office chose, else the nearest."""
        found = self.stage_on(today) or self.stage_by_id.get(self.chosen_stage_id or 0)
        if found or not self.stages:
            return found
        return self.stages[0] if today < self.stages[0].starts_on else self.stages[-1]

    def kinds_of(self, step_id: int | None) -> tuple[KindOfActivity, ...]:
        """Return the kinds that may be chosen for a step (None: preparation), the step's own first."""
        suiting = [kind for kind in self.kinds if kind.suits(step_id)]
        return tuple(sorted(suiting, key=lambda kind: kind.is_everywhere))

    def rules_of(self, step_id: int) -> tuple[RuleInfo, ...]:
        """Return the evidence rules of a step."""
        return tuple(rule for rule in self.rules if rule.step_id == step_id)


def _stages(session: Session) -> tuple[StageInfo, ...]:
    due: dict[int, dict[int, date | None]] = {}
    for row in session.scalars(select(StageStep)):
        due.setdefault(row.stage_id, {})[row.step_id] = row.due_on
    return tuple(
        StageInfo(
            id=s.id,
            number=s.number,
            name_th=s.name_th,
            name_en=s.name_en,
            short_th=s.short_name_th,
            short_en=s.short_name_en,
            fiscal_year=s.fiscal_year,
            starts_on=s.starts_on,
            ends_on=s.ends_on,
            levels=tuple(s.levels),
            unit_word_th=s.unit_word_th,
            unit_word_en=s.unit_word_en,
            unit_word_one_en=s.unit_word_one_en,
            closed_on=s.closed_on,
            due=due.get(s.id, {}),
        )
        for s in session.scalars(select(Stage).order_by(Stage.number))
    )


def _steps(session: Session) -> tuple[StepInfo, ...]:
    return tuple(
        StepInfo(
            id=s.id,
            number=s.number,
            name_th=s.name_th,
            name_en=s.name_en,
            short_th=s.short_name_th,
            short_en=s.short_name_en,
            purpose_th=s.purpose_th,
            purpose_en=s.purpose_en,
            help_th=s.help_th,
            help_en=s.help_en,
            is_state=s.is_state,
            claim_words=s.claim_words,
        )
        for s in session.scalars(select(Step).order_by(Step.number))
    )


def _load(session: Session) -> Plan:
    programme = session.get(Programme, 1)
    kinds = session.scalars(select(ActivityKind).order_by(ActivityKind.position, ActivityKind.id))
    rules = session.scalars(select(EvidenceRule).order_by(EvidenceRule.position, EvidenceRule.id))
    return Plan(
        name_th=programme.name_th if programme else "",
        name_en=programme.name_en if programme else "",
        chosen_stage_id=programme.chosen_stage_id if programme else None,
        stages=_stages(session),
        steps=_steps(session),
        kinds=tuple(
            KindOfActivity(k.id, k.code, k.step_id, k.is_everywhere, k.name_th, k.name_en) for k in kinds
        ),
        rules=tuple(
            RuleInfo(r.id, r.step_id, r.code, r.source, tuple(r.kinds), r.at_least, r.name_th, r.name_en)
            for r in rules
        ),
    )


def programme_plan(session: Session) -> Plan:
    """Return the whole programme; usually without asking the database."""
    return cached_by_revision(session, "programme_plan", _load)
