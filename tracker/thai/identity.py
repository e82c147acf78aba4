"""National IDs, which this system refuses to hold."""

import re
from itertools import pairwise
from typing import Final

from tracker.thai.text import normalise

_SEPARATOR: Final = r"[ \t.\-_\u00b7\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]{0,3}"
# A lookahead, so that a number standing before the ID cannot swallow its first digits.
_CANDIDATE: Final = re.compile(rf"(?<![0-9])(?=([1-8](?:{_SEPARATOR}[0-9]){{12}})(?![0-9]))")
LENGTH: Final = 13
_DIGIT: Final = re.compile(r"\d")
_ADDRESS: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,15}://|www\.)\S+|(?<![a-z0-9.-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}/\S*",
    re.IGNORECASE,
)


def find_national_id(text: str) -> str | None:
    """Return the first Thai national ID in a text as 13 Arabic digits, or None.

    Any digits count, Thai ones too, also set apart by blanks, dots and dashes. It must have a valid check
    digit, begin with 1-8, not stand in a web address and not be part of a longer row of digits.
    """
    if len(_DIGIT.findall(text)) < LENGTH:
        return None
    plain = "".join(
        str(int(char)) if char.isdecimal() else char for char in _ADDRESS.sub(" / ", normalise(text))
    )
    for candidate in _CANDIDATE.finditer(plain):
        digits = re.sub("[^0-9]", "", candidate[1])
        if digits[12] == check_digit(digits) and not _counts_up(candidate[1]):
            return digits
    return None


def check_digit(digits: str) -> str:
    """Return the thirteenth digit that belongs to the first twelve of a national ID."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:12], range(13, 1, -1), strict=True))
    return str((11 - total % 11) % 10)


def _counts_up(written: str) -> bool:
    """Tell a list of rising numbers, such as 1 2 3 4 5 6 7 8 9 10 11 (whose check digit fits), from an ID."""
    numbers = [int(part) for part in re.findall("[0-9]+", written)]
    return len(numbers) > 5 and all(low < high for low, high in pairwise(numbers))
