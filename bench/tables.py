"""What was measured as Markdown: medians, 95th percentiles, and each gate with what was seen."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from bench.measuring import Measured

WORDS = {
    "empty": "signed-in page with the least on it",
    "overview": "overview",
    "after": "overview, first after a change",
    "listing": "list of a unit and stage",
    "record": "one record",
    "create": "create by the form (open, send, page after it)",
    "export": "CSV of everything",
}
OVERVIEW_GROWTH, SLOW_READER = 1.2, 1.0
GROWTH_MIB = 20.0


@dataclass(frozen=True)
class Gate:
    """A bound, and what was seen at one size."""

    words: str
    size: int
    limit: float
    seen: float
    unit: str = "×"

    @property
    def is_met(self) -> bool:
        """Tell whether the bound was kept."""
        return self.seen <= self.limit


def median(found: Measured, system: str, work: str) -> float:
    """Return the median in milliseconds."""
    return statistics.median(found.times[system, work]) * 1000


def _p95(found: Measured, system: str, work: str) -> float:
    ordered = sorted(found.times[system, work])
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))] * 1000


def gates(found: Measured) -> list[Gate]:
    """Return every gate with what was seen at one size."""

    def ratio(words: str, limit: float, over: tuple[str, str], under: tuple[str, str]) -> Gate:
        return Gate(words, found.size, limit, median(found, *over) / median(found, *under))

    empty, t, f = ("tracker", "empty"), "tracker", "floor"
    refused = float(found.writers[t][1])
    return [
        ratio("list ÷ own empty page", 2.0, (t, "listing"), empty),
        ratio("one record ÷ own empty page", 2.0, (t, "record"), empty),
        ratio("overview ÷ own empty page", 3.0, (t, "overview"), empty),
        ratio("empty page ÷ the floor's list", 2.5, empty, (f, "listing")),
        ratio("create ÷ the floor's", 3.0, (t, "create"), (f, "create")),
        Gate("refused of 8 writers at once", found.size, 0, refused, ""),
        ratio("CSV ÷ the floor's", 2.0, (t, "export"), (f, "export")),
        Gate("memory that a first CSV adds", found.size, GROWTH_MIB, found.export_growth[t], "MiB"),
        ratio("overview ÷ overview at 1,000 rows", OVERVIEW_GROWTH, (t, "overview"), ("small", "overview")),
        Gate("memory ÷ the floor's", found.size, 2.5, found.memory[t] / found.memory[f]),
        Gate("creating while a download is not read", found.size, SLOW_READER, found.slow_reader, "s"),
    ]


def _rows(header: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    lines = [" | ".join(header)]
    lines.append("|".join("---" for _ in lines[0].split(" | ")))
    return [f"| {line} |" if " | " in line else f"|{line}|" for line in [*lines, *map(" | ".join, rows)]]


def _times(all_found: list[Measured]) -> list[str]:
    rows = []
    for work, words in WORDS.items():
        for found in all_found:
            cells = [words, f"{found.size:,}"]
            for system in ("floor", "tracker"):
                seen = (system, work) in found.times
                cells.append(
                    f"{median(found, system, work):.1f} / {_p95(found, system, work):.1f}" if seen else "–"
                )
            both = ("floor", work) in found.times
            against = median(found, "tracker", work) / median(found, "floor", work) if both else 0
            rows.append([*cells, f"{against:.2f}" if both else "–"])
    for found in all_found:
        rates = [found.writers[system] for system in ("floor", "tracker")]
        cells = [
            f"{rate:.1f} a second, {refused} of {done + refused} refused" for done, refused, rate in rates
        ]
        rows.append(["8 writers at once", f"{found.size:,}", *cells, f"{rates[0][2] / rates[1][2]:.2f}"])
    for found in all_found:
        held = [found.memory[system] for system in ("floor", "tracker")]
        cells = [f"{mib:.0f} MiB" for mib in held]
        rows.append(["memory, all processes", f"{found.size:,}", *cells, f"{held[1] / held[0]:.2f}"])
    return _rows(("Work", "Rows", "Floor, ms (median / p95)", "Tracker, ms", "Tracker ÷ floor"), rows)


def _gates(all_found: list[Measured]) -> list[str]:
    by_size = [gates(found) for found in all_found]
    rows = []
    for same in zip(*by_size, strict=True):
        cells = [
            f"{'' if gate.is_met else '**missed** '}{gate.seen:.2f}{' ' + gate.unit if gate.unit else ''}"
            for gate in same
        ]
        limit = f"≤ {same[0].limit:g}{' ' + same[0].unit if same[0].unit else ''}"
        rows.append([same[0].words, limit, *cells])
    return _rows(("Gate", "Limit", *(f"{found.size:,}" for found in all_found)), rows)


def report(all_found: list[Measured]) -> str:
    """Return both tables as Markdown."""
    return "\n".join([*_gates(all_found), "", *_times(all_found)])
