"""How tests send a workbook and go on from its dry run."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from webtest import TestApp, TestResponse, Upload


def workbook_of(title: str, head: Sequence[str], *rows: Sequence[Any]) -> bytes:
    """Return a workbook of one sheet, with its head and these rows."""
    book = openpyxl.Workbook()
    book.active.title = title
    for cells in (head, *rows):
        book.active.append(list(cells))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def send_file(
    browser: TestApp, page: str, data: bytes, name: str = "a.xlsx", status: int = 200, **fields: str
) -> TestResponse:
    """Send a file by the form of a page, with what else is typed there."""
    form = next(f for f in browser.get(page).forms.values() if "file" in f.fields)
    form["file"] = Upload(name, data)
    for field, value in fields.items():
        form[field] = value
    return form.submit(status=status)


def confirm(page: TestResponse) -> TestResponse:
    """Save what a dry run found right."""
    return next(f for f in page.forms.values() if "sealed" in f.fields).submit(status=303)


def problems(page: TestResponse) -> list[tuple[str, str]]:
    """Return (row, what is wrong) of a dry run."""
    return [(r.select_one("th").text, r.select("td")[2].text) for r in page.html.select("table tbody tr")]
