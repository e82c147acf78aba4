"""Office phone numbers: whether a text is one, and how it is dialled."""

import re
from typing import Final

from tracker.thai.numerals import to_arabic_digits

PHONE_LENGTH: Final = 50
_MOST_DIGITS: Final = 15  # as many as a number has anywhere in the world (E.164)
_DASH: Final = r"\u2010-\u2015-"
_LABEL: Final = r"(?:(?:โทรศัพท์|โทร|ภายใน|ต่อ|tel|phone)[.:]? ?){0,2}"
_NUMBER: Final = rf"(\+?\(?[0-9](?:[ .(){_DASH}]{{0,4}}[0-9]){{2,}}\)?)"
_EXTENSION: Final = rf"(?: ?(?:ต่อ|ext(?:ension)?\.?|#) ?([0-9]{{1,6}})(?: ?[{_DASH}] ?[0-9]{{1,6}})?)?"
_PHONE: Final = re.compile(rf"{_LABEL}{_NUMBER}(?: ?ถึง ?[0-9]{{1,4}})?{_EXTENSION}", re.IGNORECASE)
_FURTHER: Final = re.compile(rf"[0-9]{{1,6}}(?: ?[{_DASH}] ?[0-9]{{1,6}})?")
_BETWEEN: Final = re.compile(r" ?(?:[,;/]|หรือ|และ) ?")


def _read(part: str) -> tuple[str, str] | None:
    """Return the digits of a number and of its extension; None where a text is no number."""
    found = _PHONE.fullmatch(part)
    digits = re.sub(r"[^0-9+]", "", found[1]) if found else ""
    return (digits, found[2] or "") if found and len(digits.lstrip("+")) <= _MOST_DIGITS else None


def is_phone(text: str) -> bool:
    """Tell whether a text is one office phone number or several, each with an extension if need be.

    `0 2000 0142 ต่อ 14`, `+66 2 000 0142 ext. 3`, `๐ ๒๐๐๐ ๐๑๔๒-๕`, `1111` and an exchange's `415` are; after
    the first of several, its last digits are enough: `0 2000 0142, 43`.
    """
    first, *more = _BETWEEN.split(to_arabic_digits(text.strip()))
    return _read(first) is not None and all(_FURTHER.fullmatch(part) or _read(part) for part in more)


def dialled(phone: str) -> str:
    """Return a phone's first number for a `tel:` address, 020000231;ext=14; nothing where it has none."""
    read = _read(_BETWEEN.split(to_arabic_digits(phone.strip()))[0])
    if read is None:
        return ""
    digits, extension = read
    if digits.startswith("0"):  # what follows is the end of a row of numbers: 0 2000 0142-5
        digits = digits[: 10 if digits[1] in "689" else 9]
    return f"{digits};ext={extension}" if extension else digits
