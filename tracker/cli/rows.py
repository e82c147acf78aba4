"""Rows of any table as lines of JSON and back: one form for every database."""

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Table,
    Text,
    column,
    select,
    table,
)
from sqlalchemy.types import TypeEngine

from tracker.database import Moment

Shape = list[tuple[str, str]]  # (column, what it holds), in the order of the lines

# What a column may hold: its type, how a value is written, how it is read.
_HOLDS: dict[str, tuple[Callable[[], TypeEngine[Any]], Callable[[Any], Any], Callable[[Any], Any]]] = {
    "whole": (Integer, int, int),
    "yes": (Boolean, bool, bool),
    "day": (Date, date.isoformat, date.fromisoformat),
    "moment": (Moment, datetime.isoformat, datetime.fromisoformat),
    "json": (JSON, lambda value: value, lambda value: value),
    "bytes": (LargeBinary, lambda value: base64.b64encode(value).decode("ascii"), base64.b64decode),
    "text": (Text, str, str),
}
_BY_TYPE: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Moment, "moment"),
    (Date, "day"),
    (Boolean, "yes"),
    (Integer, "whole"),
    (JSON, "json"),
    (LargeBinary, "bytes"),
)


def _holds(of: Column[Any]) -> str:
    return next((name for kind, name in _BY_TYPE if isinstance(of.type, kind)), "text")


def shape_of(of: Table) -> Shape:
    """Return the columns of a table, by name, and what each holds."""
    return [(one.name, _holds(one)) for one in sorted(of.columns, key=lambda one: one.name)]


def _plain_table(name: str, shape: Shape) -> Any:
    return table(name, *(column(own, _HOLDS[holds][0]()) for own, holds in shape))


def lines_of(connection: Connection, name: str, shape: Shape) -> Iterator[bytes]:
    """Return every row as a line of JSON, in the order of the ids."""
    own = _plain_table(name, shape)
    writers = [_HOLDS[holds][1] for _, holds in shape]
    found = connection.execution_options(yield_per=1000).execute(select(own).order_by(own.c.id))
    for row in found:
        values = [None if value is None else write(value) for write, value in zip(writers, row, strict=True)]
        yield json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def insert_lines(connection: Connection, name: str, shape: Shape, lines: Sequence[bytes]) -> None:
    """Insert rows that `lines_of` wrote."""
    readers = [(own, _HOLDS[holds][2]) for own, holds in shape]
    rows = [
        {
            own: None if value is None else read(value)
            for (own, read), value in zip(readers, json.loads(line), strict=True)
        }
        for line in lines
    ]
    if rows:
        connection.execute(_plain_table(name, shape).insert(), rows)
