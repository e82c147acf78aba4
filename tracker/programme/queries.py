"""Questions about who takes part: lists for pages and exports, and what an enrolment would add."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.organisation.tree import UnitNode, UnitTree
from tracker.programme.enrolments import EnrolmentBook, EnrolmentInfo
from tracker.programme.plan import Plan, StageInfo
from tracker.thai.text import search_text


@dataclass(frozen=True, slots=True)
class EnrolmentFilter:
    """Which enrolments: every part may be left out, `nothing` finds nothing.

    `standing` asks for those that are counted, withdrawn, or for all.
    """

    q: str = ""
    stage_id: int | None = None
    unit_ids: frozenset[int] | None = None
    standing: str = "counted"
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class EnrolmentLine:
    """An enrolment with its unit and stage."""

    enrolment: EnrolmentInfo
    node: UnitNode
    stage: StageInfo


def enrolment_lines(
    book: EnrolmentBook, units: UnitTree, plan: Plan, wanted: EnrolmentFilter, today: date
) -> list[EnrolmentLine]:
    """Return the enrolments, by stage and in tree order; who counts is told as at each stage's day."""
    words = search_text(wanted.q).split()

    def suits(e: EnrolmentInfo) -> bool:
        day = plan.stage_by_id[e.stage_id].last_day_by(today)
        states = {"counted": e.counts_on(day), "withdrawn": not e.takes_records_of(day), "all": True}
        return states[wanted.standing]

    lines = [
        EnrolmentLine(e, units[e.unit_id], plan.stage_by_id[e.stage_id])
        for e in book.enrolments
        if not wanted.nothing and wanted.stage_id in (None, e.stage_id) and suits(e)
    ]
    return sorted(
        (
            line
            for line in lines
            if (wanted.unit_ids is None or line.node.id in wanted.unit_ids)
            and all(word in line.node.search_text for word in words)
        ),
        key=lambda line: (line.stage.number, line.node.order),
    )


def count_enrolled(book: EnrolmentBook, stage: StageInfo, day: date) -> int:
    """Count the enrolments of a stage that count on a day: N."""
    return sum(e.stage_id == stage.id and e.counts_on(day) for e in book.enrolments)


def can_enrol(
    book: EnrolmentBook, stage: StageInfo, nodes: Iterable[UnitNode]
) -> tuple[list[UnitNode], list[UnitNode]]:
    """Split the open units at a stage's levels: who would be enrolled, and who was before."""
    suiting = [node for node in nodes if node.level in stage.levels and node.closed_on is None]
    new = [node for node in suiting if book.of(stage.id, node.id) is None]
    return new, [node for node in suiting if book.of(stage.id, node.id) is not None]


def due_month(stage: StageInfo, step_id: int) -> int | None:
    """Return the month of the fiscal year in which a step is due: 1 is October; None is never."""
    due_on = stage.due.get(step_id)
    return (due_on.month - 10) % 12 + 1 if due_on else None


def would_count_for(
    book: EnrolmentBook, units: UnitTree, enrolment: EnrolmentInfo, day: date
) -> EnrolmentInfo | None:
    """Return the enrolment above for which a unit's records would count without its own."""
    for node in reversed(units.ancestors(enrolment.unit_id)):
        found = book.of(enrolment.stage_id, node.id)
        if found is not None and found.takes_records_of(day):
            return found
    return None


def by_codes(units: UnitTree, text: str) -> tuple[Sequence[UnitNode], list[str]]:
    """Return the units whose codes a text lists, and the words that are no code."""
    words = list(dict.fromkeys(text.replace(",", " ").split()))
    by_code = {code.casefold(): node for code, node in units.by_code.items()}
    known = [by_code[word.casefold()] for word in words if word.casefold() in by_code]
    return known, [word for word in words if word.casefold() not in by_code]
