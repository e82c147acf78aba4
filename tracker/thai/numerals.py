"""Thai digits, and counts as people type them."""

import re
import unicodedata
from typing import Final, Literal

MAX_COUNT: Final = 999_999_999

_THAI_DIGITS: Final = "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI: Final = str.maketrans("0123456789", _THAI_DIGITS)
_TO_ARABIC: Final = str.maketrans(_THAI_DIGITS, "0123456789")
_PLAIN: Final = re.compile(r"[0-9]+")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+")
_FRACTION: Final = re.compile(r"[0-9][0-9, ]*\.[0-9]*|\.[0-9]+")

CountCode = Literal["empty", "unreadable", "negative", "fraction", "too_large"]


class CountError(ValueError):
    """A typed count cannot be used; `code` says why.

    Codes: empty, unreadable, negative, fraction, too_large (more than `MAX_COUNT`).
    """

    def __init__(self, code: CountCode) -> None:
        """Keep the code for the page to word."""
        super().__init__(code)
        self.code: Final = code


def to_thai_digits(text: str | int) -> str:
    """Write Arabic digits as Thai ones: 18 as ๑๘. Everything else stays."""
    return str(text).translate(_TO_THAI)


def to_arabic_digits(text: str) -> str:
    """Write Thai digits as Arabic ones: ๑๘ as 18. Everything else stays."""
    return text.translate(_TO_ARABIC)


def parse_count(text: str) -> int:
    """Read a whole number of 0 or more, with Thai digits and thousands set off by commas or blanks.

    Groups must be of three digits: 1,78 may mean 1.78, so it is refused.
    Raise `CountError` when it cannot be read.
    """
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    typed = " ".join(to_arabic_digits(visible).split())
    if not typed:
        raise CountError("empty")
    if typed[0] in "-\u2212\u2013" and re.fullmatch(r"[0-9][0-9,. ]*", typed[1:].strip()):
        raise CountError("negative")
    if _FRACTION.fullmatch(typed):
        raise CountError("fraction")
    if not (_PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed)):
        raise CountError("unreadable")
    digits = typed.replace(",", "").replace(" ", "").lstrip("0") or "0"
    if len(digits) > len(str(MAX_COUNT)):
        raise CountError("too_large")
    return int(digits)
