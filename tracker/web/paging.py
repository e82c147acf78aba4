"""Pages of a list, the whole of it to print, and addresses that keep the filter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import quote, quote_plus, urlencode

from flask import request, url_for

T = TypeVar("T")
PER_PAGE = 25
TO_PRINT = 500  # rows that one page shows at most


def per_page() -> int:
    """Return how many rows a page shows: more where the whole list is asked for, to print it."""
    return TO_PRINT if request.args.get("rows") == "all" else PER_PAGE


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list: its rows, its number from 1, and how many rows there are in all."""

    rows: Sequence[T]
    number: int
    total: int
    per_page: int = field(default_factory=per_page)

    @property
    def first(self) -> int:
        """Return the number of the first row shown, from 1; 0 when there is none."""
        return (self.number - 1) * self.per_page + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Return the number of the last row shown."""
        return min(self.number * self.per_page, self.total)

    @property
    def previous_url(self) -> str | None:
        """Return the address of the page before this one."""
        return here_with(page=self.number - 1) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        """Return the address of the page after this one."""
        return here_with(page=self.number + 1) if self.last < self.total else None

    @property
    def fits_one(self) -> bool:
        """Tell whether the whole list stands on the page that is printed."""
        return self.total <= TO_PRINT

    @property
    def print_url(self) -> str | None:
        """Return the address of the list on one page, where it has more rows than this one shows."""
        return here_with(rows="all", page=None) if self.per_page == PER_PAGE < self.total else None

    @property
    def paged_url(self) -> str | None:
        """Return the address of the list by pages, where it is shown whole."""
        return here_with(rows=None, page=None) if self.per_page > PER_PAGE else None


def page_number(total: int | None = None) -> int:
    """Return the page that is asked for: 1 for anything odd, and the last one of `total` rows at most."""
    text = request.args.get("page", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
    most = 100_000 if total is None else -(-total // per_page())
    return max(min(number, most), 1)


def here_with(**changes: Any) -> str:
    """Return this address with some of its query changed; None takes an argument off."""
    return _with_query(request.root_path + request.path, {**request.args.to_dict(), **changes})


def with_each(endpoint: str, name: str, arguments: dict[str, Any]) -> Callable[[Any], str]:
    """Return what gives the address of an endpoint with one argument set: for a menu of many values."""
    base = _with_query(url_for(endpoint), {**arguments, name: None})
    begin = f"{base}{'&' if '?' in base else '?'}{name}="
    return lambda value: base if value in (None, "") else begin + quote_plus(str(value))


def export_url(endpoint: str, extension: str) -> str:
    """Return the address of the same rows as a file: this address's query, without the page."""
    return _with_query(
        url_for(endpoint, extension=extension), {**request.args.to_dict(), "page": None, "rows": None}
    )


def _with_query(path: str, arguments: dict[str, Any]) -> str:
    kept = {name: value for name, value in arguments.items() if value not in (None, "")}
    return f"{quote(path)}?{urlencode(kept)}" if kept else quote(path)
