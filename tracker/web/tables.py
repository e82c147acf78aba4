"""A table that can be shown, and written as CSV or XLSX: title, columns and rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Cell = str | int | date | None


class ColumnKind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    COUNT = "count"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it holds, and its width in characters."""

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 18


@dataclass(frozen=True)
class Table:
    """A named table; `rows` may be a generator, so that a long export needs little memory.

    `about` are lines for the head of the file: which filter, as of when, by whom.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
    about: tuple[str, ...] = ()
