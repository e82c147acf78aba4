"""What a report is made of on paper: paragraphs and tables, written once for every kind of file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from tracker.web.tables import Cell, ColumnKind, Table
from tracker.web.tables import Column as TableColumn

Row = tuple[Cell, ...]
SHORT = 10


class Style(StrEnum):
    """How a paragraph stands on paper."""

    INDENT = "indent"
    NOTE = "note"
    METHOD = "method"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` is the name in bold that a method begins with."""

    text: str
    style: Style = Style.INDENT
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading (`over` stands above several), its kind, its share of the width in characters.

    `typed` text is what people wrote; `whole` text stands on one line.
    """

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 10
    over: str = ""
    typed: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table's head: where it begins, how many columns and rows it takes."""

    text: str
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class ReportTable:
    """A table: `name` for its sheet, `caption` for paper.

    Where paper shows only some rows, or puts columns together, `every` walks all rows of `sheet_columns`.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    every: Callable[[], Iterable[Row]] | None = None
    sheet_columns: tuple[Column, ...] = ()

    @property
    def is_short(self) -> bool:
        """Tell whether the table should stand on one page: few rows, none of them of long text."""
        return len(self.rows) <= SHORT and not any(column.typed for column in self.columns)

    @property
    def shares(self) -> list[int]:
        """Return the shares of the width in percent; none for a table of counts, which finds its own."""
        total = sum(column.width for column in self.columns)
        texts = sum(column.kind is ColumnKind.TEXT for column in self.columns)
        return [100 * column.width // total for column in self.columns] if texts > 2 else []

    @property
    def heads(self) -> list[list[HeadCell]]:
        """Return the one or two rows of the head."""
        if not any(column.over for column in self.columns):
            return [[HeadCell(column.heading, at) for at, column in enumerate(self.columns)]]
        upper: list[HeadCell] = []
        lower: list[HeadCell] = []
        for at, column in enumerate(self.columns):
            if not column.over:
                upper.append(HeadCell(column.heading, at, rows=2))
                continue
            lower.append(HeadCell(column.heading, at))
            if at and self.columns[at - 1].over == column.over:
                first = upper.pop()
                upper.append(HeadCell(column.over, first.column, first.columns + 1))
            else:
                upper.append(HeadCell(column.over, at))
        return [upper, lower]

    def sheet(self) -> Table:
        """Return the table as a sheet of a workbook, with every row."""
        columns = tuple(
            TableColumn(f"{c.over} {c.heading}".strip(), c.kind, max(c.width, 10))
            for c in self.sheet_columns or self.columns
        )
        return Table(self.name, columns, self.every() if self.every else self.rows)


Block = Paragraph | ReportTable


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a report."""

    heading: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> list[ReportTable]:
        """Return the tables in it."""
        return [block for block in self.blocks if isinstance(block, ReportTable)]


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on: who, which position, and as what."""

    name: str
    position: str
    role: str


@dataclass(frozen=True)
class Annex:
    """Units to follow, for internal use."""

    mark: str
    title: str
    lines: tuple[str, ...]
    table: ReportTable
    note: str


@dataclass(frozen=True)
class Paper:
    """A report as it stands on paper."""

    name: str
    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...]
    methods: Section
    origin: tuple[str, ...]
    annex: Annex | None
    footer: str

    @property
    def tables(self) -> list[ReportTable]:
        """Return every table of the report in its order."""
        found = [table for section in self.sections for table in section.tables]
        return [*found, self.annex.table] if self.annex else found
