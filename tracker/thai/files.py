"""Cells of CSV files and names of downloads."""

import re
import unicodedata
from typing import Final

from tracker.thai.text import clean_line

_UNSEEN: Final = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_FORMULA: Final = re.compile(rf"[\s\x00-\x1f{_UNSEEN}]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[ \u00a0{_UNSEEN}]*[\t\r\n]")
_NOT_IN_NAMES: Final = re.compile(r'[<>:"/\\|?*\ud800-\udfff]+')
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_MAX_NAME_BYTES: Final = 200


def guard_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    Such a text begins with = + - @, also in their wide and small forms, also after blanks and what
    is not seen; or with a tab or a new line. Numbers are written as numbers and do not come here.
    """
    if text[:1].isalnum():  # what nearly every text is
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def safe_download_name(thai_name: str, ext: str) -> str:
    """Return a file name that every system takes and that keeps its Thai letters.

    At most 200 bytes of UTF-8 before the extension, cut between letters, not between a letter and its marks;
    เอกสาร when nothing is left. The extension keeps only Latin letters and digits, and is not doubled.
    """
    suffix = re.sub("[^a-z0-9]", "", ext.lower())[:10]
    name = clean_line(_NOT_IN_NAMES.sub("-", thai_name))
    if suffix and name.lower().endswith(f".{suffix}"):
        name = name[: -len(suffix) - 1]
    name = _shortened(name.strip(" .-~")).strip(" .-~")
    if _DEVICES.match(name):
        name = f"_{name}"
    name = name or "เอกสาร"
    return f"{name}.{suffix}" if suffix else name


def _shortened(name: str) -> str:
    kept = name.encode()[:_MAX_NAME_BYTES].decode(errors="ignore")
    if kept == name:
        return name
    cut = len(kept)
    while cut and (unicodedata.combining(name[cut]) or unicodedata.category(name[cut]) == "Mn"):
        cut -= 1
    return name[:cut]
