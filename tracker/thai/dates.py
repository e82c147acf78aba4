"""Days, moments and fiscal years of the Buddhist calendar: written for people, and read from what they type.

Days are plain `date` values (A.D.); B.E. years exist only in what people see and type. A language is
"th" or "en"; any other is treated as Thai. Reading raises `DateError`, never another error.
"""

import re
from calendar import monthrange
from datetime import date, datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from tracker.thai.numerals import to_arabic_digits
from tracker.thai.text import clean_line

BANGKOK: Final = ZoneInfo("Asia/Bangkok")
FIRST_BE_YEAR: Final = 2400
LAST_BE_YEAR: Final = 2700
MONTHS_TH: Final = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
MONTHS_TH_SHORT: Final = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
MONTHS_EN: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS_EN_SHORT: Final = tuple(name[:3] for name in MONTHS_EN)
WEEKDAYS_TH: Final = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
WEEKDAYS_EN: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

BE_AHEAD: Final = 543
_NUMBERS: Final = re.compile(r"([0-9]+) ?[-/. ] ?([0-9]+) ?[-/. ] ?([0-9]+)")
_WORDS: Final = re.compile(r"([^0-9]*)([0-9]+)([^0-9]+)([0-9]+)")
_YEAR: Final = re.compile(r"([^0-9]*)([0-9]+)")
_ERAS: Final = {"": "", "ปี": "", "พศ": "BE", "ปีพศ": "BE", "be": "BE", "คศ": "AD", "ปีคศ": "AD", "ad": "AD"}
_MONTH_NUMBERS: Final = {
    name.casefold().replace(".", ""): number
    for names in (MONTHS_TH, MONTHS_TH_SHORT, MONTHS_EN, MONTHS_EN_SHORT)
    for number, name in enumerate(names, start=1)
} | {"sept": 9}
_LEADS: Final = (
    {"", "วันที่", "ที่", "วัน"}
    | {f"{before}{name}{after}" for name in WEEKDAYS_TH for before in ("", "วัน") for after in ("", "ที่")}
    | {name.casefold()[:length] for name in WEEKDAYS_EN for length in (3, 9)}
)

DateCode = Literal[
    "empty",
    "incomplete",
    "unreadable",
    "month_unreadable",
    "two_digit_year",
    "year_out_of_range",
    "impossible",
]


class DateError(ValueError):
    """A typed date cannot be used: `code` says why, `values` what was typed.

    empty; incomplete (some of day, month and year are missing); unreadable (text); month_unreadable (month);
    two_digit_year (year); year_out_of_range (year); impossible (day, month, year: numbers as typed).
    """

    def __init__(self, code: DateCode, **values: str | int) -> None:
        """Keep the code and the values for the page to word."""
        super().__init__(f"{code} {values}")
        self.code: Final = code
        self.values: Final = values


def fiscal_year(day: date) -> int:
    """Return the B.E. fiscal year of a day: 1 October to 30 September, named by the later year."""
    return day.year + BE_AHEAD + (day.month >= 10)


def fiscal_year_bounds(be_year: int) -> tuple[date, date]:
    """Return the first and last day of a B.E. fiscal year."""
    year = be_year - BE_AHEAD
    return date(year - 1, 10, 1), date(year, 9, 30)


def months_of_fiscal_year(be_year: int) -> list[tuple[date, date]]:
    """Return the first and last day of each of the twelve months, October first."""
    year = be_year - BE_AHEAD
    months = [(year - 1, month) for month in (10, 11, 12)] + [(year, month) for month in range(1, 10)]
    return [(date(y, m, 1), date(y, m, monthrange(y, m)[1])) for y, m in months]


def _in_bangkok(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(BANGKOK)


def be_date(year: int, month: int, day: int) -> date:
    """Build a day from a B.E. year of 2400-2700. Raise `DateError`: year_out_of_range, impossible."""
    # Subtract first: 29 February 2567 exists, but date(2567, 2, 29) does not.
    return _build(day, month, year, _checked(year, "BE"))


def parse_year(text: str) -> int:
    """Return the Gregorian year of a typed year: B.E. 2400-2700 or the same years A.D., Thai digits too."""
    return _read_year(_typed(text))[1]


def parse_day(text: str) -> date:
    """Read a day: 2026-06-18, 2569-06-18, 18/6/2569, 18 มิ.ย. 2569, ๑๘ มิถุนายน ๒๕๖๙, 18 Jun 2026.

    A name of the weekday before it and an era before the year may stand; the day comes before the month.
    """
    typed = _typed(text)
    if not typed:
        raise DateError("empty")
    if numbers := _NUMBERS.fullmatch(typed):
        first, month, last = numbers.groups()
        day, year = (last, first) if len(first) > 2 else (first, last)
        return assemble(day, month, year)
    words = _WORDS.fullmatch(typed)
    if not words or _squeezed(words[1]) not in _LEADS:
        raise DateError("unreadable", text=text)
    named = _squeezed(words[3].strip(" -/")).removeprefix("เดือน")
    for era in _ERAS:
        if named.endswith(era) and (month := named.removesuffix(era)) in _MONTH_NUMBERS:
            return assemble(words[2], month, era + words[4])
    raise DateError("unreadable", text=text)


def assemble(day: str, month: str, year: str) -> date:
    """Build a day from three typed parts; the month is a number or a name in either language."""
    parts = [_typed(part) for part in (day, month, year)]
    if not any(parts):
        raise DateError("empty")
    if not all(parts):
        raise DateError("incomplete")
    number = re.fullmatch("[0-9]{1,2}", parts[0])
    if not number:
        raise DateError("unreadable", text=day)
    name = _squeezed(parts[1])
    month_number = int(name) if re.fullmatch("[0-9]{1,2}", name) else _MONTH_NUMBERS.get(name)
    if month_number is None:
        raise DateError("month_unreadable", month=month)
    return _build(int(number[0]), month_number, *_read_year(parts[2]))


def _typed(text: str) -> str:
    return to_arabic_digits(clean_line(text)).casefold()


def _squeezed(words: str) -> str:
    return re.sub("[ .,]", "", words)


def _read_year(typed: str) -> tuple[int, int]:
    """Return the year as typed and as it is A.D."""
    if not typed:
        raise DateError("empty")
    parts = _YEAR.fullmatch(typed)
    if not parts or (era := _ERAS.get(_squeezed(parts[1]))) is None:
        raise DateError("unreadable", text=typed)
    if len(parts[2]) <= 2:
        raise DateError("two_digit_year", year=parts[2])
    if len(parts[2]) != 4:
        raise DateError("year_out_of_range", year=parts[2][:20])
    return int(parts[2]), _checked(int(parts[2]), era)


def _checked(year: int, era: str) -> int:
    if era != "AD" and FIRST_BE_YEAR <= year <= LAST_BE_YEAR:
        return year - BE_AHEAD
    if era != "BE" and FIRST_BE_YEAR <= year + BE_AHEAD <= LAST_BE_YEAR:
        return year
    raise DateError("year_out_of_range", year=year)


def _build(day: int, month: int, typed_year: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError("impossible", day=day, month=month, year=typed_year) from None


def format_day(day: date, lang: str = "th") -> str:
    """Write 18 มิ.ย. 2569 or 18 Jun 2026."""
    return f"{day.day} {format_month(day.month, lang)} {_year(day, lang)}"


def format_day_short(day: date, lang: str = "th") -> str:
    """Write 18 มิ.ย. 69 or 18 Jun 26, where there is no room."""
    return f"{day.day} {format_month(day.month, lang)} {_year(day, lang) % 100:02d}"


def real_day(moment: datetime) -> date:
    """Return the calendar day of a moment by Bangkok's clock; refuse a naive moment."""
    return _in_bangkok(moment).date()


def format_day_long(day: date, lang: str = "th") -> str:
    """Write 18 มิถุนายน 2569 or 18 June 2026."""
    names = MONTHS_EN if lang == "en" else MONTHS_TH
    return f"{day.day} {names[day.month - 1]} {_year(day, lang)}"


def format_day_full(day: date, lang: str = "th") -> str:
    """Write วันพฤหัสบดีที่ 18 มิถุนายน พ.ศ. 2569 or Thursday 18 June 2026."""
    if lang == "en":
        return f"{WEEKDAYS_EN[day.weekday()]} {format_day_long(day, lang)}"
    month = MONTHS_TH[day.month - 1]
    return f"วัน{WEEKDAYS_TH[day.weekday()]}ที่ {day.day} {month} พ.ศ. {_year(day, lang)}"


def format_month(month: int, lang: str = "th") -> str:
    """Write the short name of a month of 1-12: มิ.ย. or Jun."""
    return (MONTHS_EN_SHORT if lang == "en" else MONTHS_TH_SHORT)[month - 1]


def format_month_of(day: date, lang: str = "th") -> str:
    """Write the month and year of a day: มิ.ย. 2569 or Jun 2026."""
    return f"{format_month(day.month, lang)} {_year(day, lang)}"


def format_moment(moment: datetime, lang: str = "th") -> str:
    """Write 18 มิ.ย. 2569 เวลา 09.12 น. or 18 Jun 2026, 09:12, by Bangkok's clock; refuse a naive moment."""
    local = _in_bangkok(moment)
    day = format_day(local.date(), lang)
    return f"{day}, {local:%H:%M}" if lang == "en" else f"{day} เวลา {local:%H.%M} น."


def format_fiscal_year(be_year: int, lang: str = "th") -> str:
    """Write 2569, or for English readers 2569 (2025/26)."""
    year = be_year - BE_AHEAD
    return f"{be_year} ({year - 1}/{year % 100:02d})" if lang == "en" else str(be_year)


def _year(day: date, lang: str) -> int:
    return day.year if lang == "en" else day.year + BE_AHEAD
