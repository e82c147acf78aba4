"""How tests read pages and fill in forms."""

from typing import Any

from webtest import Form, TestResponse


def names(page: TestResponse) -> list[str]:
    """Return the names that a list's rows link."""
    return [link.text.strip() for link in page.html.select("tbody th a")]


def fill_day(form: Form, name: str, day: int, month: int, year: int) -> None:
    """Choose a day in a form; the year is B.E."""
    form[f"{name}-day"], form[f"{name}-month"], form[f"{name}-year"] = str(day), str(month), str(year)


def data_form(page: TestResponse) -> Any:
    """Return the form of the page itself: the one that asks before typed text is left behind."""
    return next(form for form in page.forms.values() if "data-guard" in form.text[:300])
