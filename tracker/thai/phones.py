"""Office phone numbers as they are dialled."""

import re

from tracker.thai.numerals import to_arabic_digits

_EXTENSION = re.compile(r"(?:ต่อ|ext\.?|#)", re.IGNORECASE)


def dialled(phone: str) -> str:
    """Return the digits of a phone number for a `tel:` address: 020000231;ext=14."""
    number, _, extension = _EXTENSION.sub("#", to_arabic_digits(phone), count=1).partition("#")
    digits = re.sub(r"[^\d+]", "", number)
    more = re.sub(r"\D", "", extension)
    return f"{digits};ext={more}" if more and digits else digits
