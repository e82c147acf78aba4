"""How a report writes: Thai digits and long dates in Thai letters, plain ones in English."""

import re
from datetime import date, datetime

from tracker.following.headlines import Figure
from tracker.reporting.blocks import Signature
from tracker.thai.dates import format_day, format_day_long, format_moment
from tracker.thai.numerals import to_thai_digits
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, lazy
from tracker.web.tables import Cell

FIGURES = {
    Figure.EXECUTIVES: lazy("ผู้บริหารเข้าร่วมด้วยตนเอง"),
    Figure.FIRST_FIVE: lazy("ทำขั้นตอนที่ 1-5 ครบ"),
    Figure.TRAINED: lazy("มีคุณอำนวยผ่านการฝึก"),
    Figure.TAKEN_UP: lazy("นวัตกรรมที่หน่วยงานอื่นนำไปใช้"),
    Figure.TO_FOLLOW: lazy("หน่วยงานที่ควรติดตาม"),
}

# A number that belongs to no address, code or Latin name: ครั้งที่ 54, but not ISO 9001, COVID-19 or /12.
_PLAIN_NUMBER = re.compile(r"(?<![A-Za-z][ -])(?<![A-Za-z0-9./:_#-])[0-9]+(?:[.,][0-9]+)*(?![A-Za-z0-9/_-])")


def digits(text: object) -> str:
    """Return words of ours with the digits of letters: Thai ones in Thai."""
    return str(text) if language() == "en" else to_thai_digits(str(text))


def count(number: int) -> str:
    """Write a count."""
    return digits(f"{number:,}")


def counted(name: str, number: int) -> str:
    """Write how many there are of something: เรือนจำ ๑๔๓, 143 prisons, 1 group of prisons."""
    if language() != "en":
        return f"{name} {count(number)}"
    noun, of, what = name.lower().partition(" of ")
    if number != 1:
        noun = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count(number)} {noun}{of}{what}"


def day(value: date) -> str:
    """Write a day in full: ๑๘ มิถุนายน ๒๕๖๙ or 18 June 2026."""
    return digits(format_day_long(value, language()))


def moment(value: datetime) -> str:
    """Write a moment by Bangkok's clock."""
    return digits(format_moment(value, language()))


def typed_digits(text: str) -> str:
    """Return what people typed with the digits of letters, save those of addresses and of Latin names."""
    if language() == "en":
        return text
    return _PLAIN_NUMBER.sub(lambda found: to_thai_digits(found[0]), text)


def shown(cell: Cell, *, typed: bool = False) -> str:
    """Write a cell of a table; `typed` is what people wrote."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return digits(format_day(cell, language()))
    if isinstance(cell, int):
        return count(cell)
    return typed_digits(cell) if typed else digits(cell)


def signature_lines(signature: Signature) -> tuple[str, ...]:
    """Return the lines of a place to sign on."""
    return (
        _("(ลงชื่อ)") + " " + "." * 36,
        f"({signature.name})",
        _("ตำแหน่ง %(position)s", position=signature.position),
        signature.role,
        _("วันที่") + " ........ / ........................ / ............",
    )
