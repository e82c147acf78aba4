"""What every text goes through: cleaning before it is stored, keys to search and sort it by."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from tracker.thai.numerals import to_arabic_digits

SORT_KEY_LENGTH: Final = 300

# What is not seen but parts two texts that look the same, or turns the reading direction of a page:
# soft hyphen, grapheme joiner, zero-width and bidi controls, invisible operators, byte order mark, tags.
_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f"
)
_CONTROLS: Final = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_DROPPED: Final = re.compile(f"[{_INVISIBLE}{_CONTROLS}{_NONCHARACTERS}]")
_FORBIDDEN: Final = re.compile("[\x00\ud800-\udfff]")
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")

# Old Thai fonts kept shifted forms of marks in the private use area; text copied from a PDF still has them.
_PRESENTATION_FORMS: Final = {
    0xF700 + place: letter
    for place, letter in enumerate(
        "\u0e10\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
        "\u0e0d\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a"
    )
}
# The marks that Thai letters carry, and those of all other scripts that may stand among them.
_THAI_MARK: Final = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_ANY_MARK: Final = _THAI_MARK + (
    "".join(char for char in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(char))
)
# A run of marks, the า after it, and tones typed after that one: only where tones are all that follows,
# for a mark that belongs to another letter must not wander back. Possessive, so that it takes linear time.
# One mark alone is in order, save ํ before า.
_MARKS, _THAI_MARKS = (
    re.compile(f"([{mark}]{{2,}}+|ํ)(?:(า)(?:([่-๋]++)(?![{mark}]))?)?") for mark in (_ANY_MARK, _THAI_MARK)
)
# Looking for the marks of all scripts takes ten times as long as for those of Thai, and is rarely needed.
_THAI_AND_LATIN: Final = re.compile("[\x00-\u02ff\u0e00-\u0e7f\u2000-\u206f]*+")
# Unicode leaves the order of these to whoever types. Vowels above come first, the cancellation mark last,
# the other signs between the vowels below (class 103) and the tones (107): so the result stays NFC.
_MARK_RANK: Final = dict.fromkeys("ัิีึื", 0.0) | {"็": 106.1, "๎": 106.2, "ํ": 106.3, "์": 255.0}

_LEADING_VOWEL: Final = re.compile("([เ-ไ])([ก-ฮ])")
_NUMBER: Final = re.compile("[0-9]+")
_SECOND_LEVEL: Final = "็่้๊๋์ํ๎ฺ"
_ALPHABET: Final = (
    " 0123456789abcdefghijklmnopqrstuvwxyz\u0e2f\u0e46"
    + "".join(map(chr, range(0x0E01, 0x0E2F)))
    + "".join(map(chr, (*range(0x0E30, 0x0E3A), *range(0x0E40, 0x0E46))))
)


def normalise(text: str) -> str:
    """Return the one spelling a text is stored and searched in; never NFKC, which splits ำ.

    Thai marks are put into dictionary order, ํา becomes ำ and เเ becomes แ; invisible and control
    characters go, save new lines and tabs; line ends become LF, special blanks become spaces, and blanks
    at the end of lines go. Doing it twice changes nothing. Check `has_forbidden` first: NUL goes here too.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _DROPPED.sub("", text)
    text = _BLANKS.sub(" ", text)
    text = unicodedata.normalize("NFC", text.translate(_PRESENTATION_FORMS))
    marks = _THAI_MARKS if _THAI_AND_LATIN.fullmatch(text) else _MARKS
    text = marks.sub(_ordered_marks, text.replace("ำ", "ํา"))
    text = unicodedata.normalize("NFC", text.replace("เเ", "แ"))
    # Not by a pattern: one that looks for the end of every run of blanks takes quadratic time.
    return "\n".join(line.rstrip(" \t") for line in text.split("\n"))


def _ordered_marks(match: re.Match[str]) -> str:
    run, vowel, tones = match[1], match[2] or "", match[3] or ""
    if vowel and "ํ" in run:
        run, vowel, tones = run.replace("ํ", "", 1) + tones, "ำ", ""
    return _in_order(run) + vowel + tones


@lru_cache(4096)
def _in_order(run: str) -> str:
    return "".join(sorted(run, key=_rank))


def _rank(mark: str) -> float:
    return _MARK_RANK.get(mark, unicodedata.combining(mark))


def clean_line(text: str) -> str:
    """Normalise a text of one line: new lines and runs of blanks become one space, the ends are trimmed."""
    return " ".join(normalise(text).split())


def clean_block(text: str) -> str:
    """Normalise a text of several lines: no empty lines at the ends, never two together inside."""
    return _EMPTY_LINES.sub("\n\n", normalise(text)).strip("\n")


def has_forbidden(text: str) -> bool:
    """Tell whether a text holds what no database takes: NUL or half a surrogate pair."""
    return _FORBIDDEN.search(text) is not None


def search_text(text: str) -> str:
    """Return the form in which stored text and search terms are compared: one line, folded, Arabic digits."""
    cleaned = clean_line(text)
    folded = cleaned.casefold()
    return to_arabic_digits(cleaned if folded == cleaned else clean_line(folded))


def sort_key(name: str) -> str:
    """Return a key that puts names into Thai dictionary order; order by it, then by something unique.

    A leading vowel counts after its consonant; tone marks count only between names otherwise the same;
    numbers count as numbers (เขต 2 before เขต 10); capitals, accents and punctuation do not count. The key
    is of hexadecimal digits, which every database collation orders alike, at most `SORT_KEY_LENGTH`.
    """
    folded = _LEADING_VOWEL.sub("\\2\\1", search_text(name))
    counted = _NUMBER.sub(lambda number: _counted(number[0]), folded)
    letters: list[str] = []
    tones: list[str] = []
    for char in counted:
        if char in _SECOND_LEVEL:
            # The earlier mark decides, and a mark comes after none: so the place counts down.
            tones.append(f"{max(0, 255 - len(letters)):02x}{_SECOND_LEVEL.index(char):x}")
        else:
            letters.extend(_weights(char))
    return ("".join(letters) + "00" + "".join(tones))[:SORT_KEY_LENGTH]


def _counted(digits: str) -> str:
    """Write a number so that comparing digits compares numbers: its length in two digits first."""
    significant = digits.lstrip("0") or "0"
    return f"{min(len(significant), 99):02d}{significant}"


def _weights(char: str) -> list[str]:
    """Weigh one character at the first level: two hexadecimal digits, or six outside Thai and Latin."""
    place = _ALPHABET.find(char)
    if place >= 0:
        return [f"{place + 1:02x}"]
    bases = char if "\u0e00" <= char <= "\u0e7f" else unicodedata.normalize("NFKD", char)
    return [
        f"{_ALPHABET.find(base) + 1:02x}" if base in _ALPHABET else f"f{ord(base):05x}"
        for base in bases
        if base.isalnum()
    ]
