"""What one cell of a file says: text, a day, a count, or nothing that can be taken."""

from datetime import date
from typing import Any

from tracker.thai.dates import FIRST_BE_YEAR, LAST_BE_YEAR, DateError, parse_day
from tracker.thai.numerals import CountError, parse_count
from tracker.thai.text import clean_line
from tracker.web.date_field import date_sentence
from tracker.web.i18n import gettext as _


class NotReadable:
    """A cell that cannot be taken: a formula or an error of the spreadsheet."""

    def __init__(self, text: str, sentence: str, remedy: str) -> None:
        self.text, self.sentence, self.remedy = text, sentence, remedy

    def __str__(self) -> str:
        return self.text


def as_words(value: Any) -> str:
    """Return a cell as text, as a spreadsheet shows it: 0.3, not the nearest number that can be stored."""
    if value is None or isinstance(value, NotReadable):
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def as_text(value: Any) -> str:
    """Return a cell as one line of text."""
    return clean_line(as_words(value))


def as_day(value: Any) -> date | None:
    """Return a cell as a day; raise ValueError with a sentence.

    A real date whose year is a B.E. one was typed as such into a sheet that took it for A.D.
    """
    if value is None or isinstance(value, NotReadable) or str(value).strip() == "":
        return None
    if isinstance(value, date):
        if not FIRST_BE_YEAR <= value.year <= LAST_BE_YEAR:
            return value
        value = f"{value.day}/{value.month}/{value.year}"
    try:
        return parse_day(str(value))
    except DateError as error:
        raise ValueError(date_sentence(error)) from error


def as_count(value: Any) -> int | None:
    """Return a cell as a count; raise ValueError with a sentence."""
    if value is None or isinstance(value, NotReadable) or str(value).strip() == "":
        return None
    try:
        return parse_count(str(value))
    except CountError as error:
        raise ValueError(_("ต้องเป็นจำนวนเต็มตั้งแต่ 0")) from error
