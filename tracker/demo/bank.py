"""Read the word banks and the unit file that ship with the demo."""

import csv
import io
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A line of the demo's unit file."""

    code: str
    level: str
    kind: str
    parent_code: str
    short_name: str
    name_th: str
    name_en: str

    @property
    def label(self) -> str:
        """Prefer the short name where there is one: titles stay readable."""
        return self.short_name or self.name_th

    @property
    def is_enrolled_in_stage_2(self) -> bool:
        """Tell whether it is a prison or division: those take part in stage 2."""
        return self.level in ("prison", "division")


@cache
def words(name: str) -> dict[str, Any]:
    """Load the word bank `data/<name>.toml`."""
    return tomllib.loads(files(__package__).joinpath("data", f"{name}.toml").read_text("utf-8"))


def unit_file() -> bytes:
    """Return the demo's file of units."""
    return files(__package__).joinpath("units.csv").read_bytes()


@cache
def demo_units() -> tuple[DemoUnit, ...]:
    """Read all units of the demo, in the file's order: parents before children."""
    text = unit_file().decode("utf-8-sig")
    return tuple(
        DemoUnit(
            code=row["code"],
            level=row["level"],
            kind=row["kind"],
            parent_code=row["parent_code"],
            short_name=row["short_name_th"],
            name_th=row["name_th"],
            name_en=row["name_en"],
        )
        for row in csv.DictReader(io.StringIO(text))
    )


def unit_by_code() -> dict[str, DemoUnit]:
    """Index the demo's units by code."""
    return {unit.code: unit for unit in demo_units()}
