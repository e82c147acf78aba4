"""Texts that somebody got into the database somehow: every page shows them as text, every file as a cell."""

import csv
import io
import re

import openpyxl
import pytest
from bs4 import BeautifulSoup
from sqlalchemy import Enum, String, Text, update
from sqlalchemy.orm import Session

from tests.bad_input.pages import Siege
from tests.permissions.everything import one_of_everything
from tracker.database import Base
from tracker.organisation.revision import renew_revision

ENDS = "'\"></a></textarea></title></option>"
MARKUP = ENDS + "<xss17 onfocus=x17() style=x17><script>x17()</script>xss{{17*17}}xss%(x)s"
FORMULA = '=HYPERLINK("http://evil.example","17")'
SCRIPT = "javascript:alert('xss17')"
# what code decides on, or what belongs to signing in
NOT_TEXT = re.compile(
    r"code|level|kind|email|hash|token|fs_|language|sort_key|search|key$|source|verb|subject_type|format|address|path|revision"
)
ROWS = (
    "programme",
    "browser_sessions",
    "logins",
    "kept_texts",
    "failed_attempts",
    "form_answers",
    "alembic_version",
)


def poison(session: Session, text: str) -> int:
    """Write a text, as far as it fits, into every column that people fill in; return how many columns."""
    columns = 0
    for table in Base.metadata.sorted_tables:
        if table.name in ROWS:
            continue
        texts = {
            column.name: text[: column.type.length]
            for column in table.columns
            if isinstance(column.type, (String, Text))
            and not isinstance(column.type, Enum)
            and not NOT_TEXT.search(column.name)
            and not column.foreign_keys
        }
        if texts:
            session.execute(update(table).values(texts))
            columns += len(texts)
    renew_revision(session)
    session.commit()
    return columns


@pytest.fixture(params=[MARKUP, FORMULA, SCRIPT], ids=["markup", "formula", "script"])
def poisoned(request, application, databases, tmp_path):
    """Give a siege whose database holds nothing but a dangerous text."""
    with one_of_everything(databases, "poisoned", tmp_path) as (trial, session):
        assert poison(session, request.param) > 50
        trial.keep_nothing()
        yield Siege(trial)


def table_rows(answer):
    if "csv" in answer.mimetype:
        return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    return []


@pytest.mark.slow
def test_a_dangerous_text_is_only_text(poisoned):
    faults, shown, files = [], 0, 0
    for (who, address), answer in poisoned.pages.items():
        if answer.status_code >= 400:
            faults.append(f"{who} {address}: {answer.status_code}")
        elif answer.mimetype == "text/html":
            soup = BeautifulSoup(answer.text, "lxml")
            shown += "xss17" in answer.text or "HYPERLINK" in answer.text
            odd = [tag.name for tag in soup.find_all(["xss17", "style"])]
            odd += [
                tag.get_text()
                for tag in soup.find_all("script")
                if not tag.get("src") and tag.get("type") != "application/json"
            ]
            odd += [
                name
                for tag in soup.find_all()
                for name in tag.attrs
                if name.startswith("on") or name == "style"
            ]
            odd += [
                str(tag["href"])
                for tag in soup.find_all(href=re.compile(r"^\s*(javascript|data|vbscript):", re.IGNORECASE))
            ]
            if odd or "xss289xss" in answer.text:
                faults.append(f"{who} {address}: {odd[:3]}")
        elif "csv" in answer.mimetype or "sheet" in answer.mimetype:
            files += 1
            for row in table_rows(answer):
                faults.extend(f"{who} {address}: {cell[:30]}" for cell in row if cell.startswith("="))
        disposition = answer.headers.get("Content-Disposition", "")
        if "\n" in disposition or ("xss17" in disposition and "<" in disposition):
            faults.append(f"{who} {address}: {disposition}")
    assert shown > 100
    assert files > 20
    assert not faults, "\n".join(faults[:40])
