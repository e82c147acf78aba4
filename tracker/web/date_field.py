"""The field of a day: chosen as day, Thai month and B.E. year, and echoed in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from tracker.change import msgid
from tracker.thai.dates import BE_AHEAD, MONTHS_EN, MONTHS_TH, DateError, assemble, format_day_full, parse_day
from tracker.web.clock import today
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language

DATE_SENTENCES = {
    "empty": msgid("กรุณาเลือกวันที่"),
    "incomplete": msgid("กรุณาเลือกวัน เดือน และปีให้ครบ"),
    "unreadable": msgid("อ่านวันที่ไม่ได้ กรุณาเลือกใหม่"),
    "month_unreadable": msgid("อ่านเดือนไม่ได้ กรุณาเลือกใหม่"),
    "two_digit_year": msgid("กรุณาใส่ปีให้ครบ 4 หลัก เช่น 2569"),
    "year_out_of_range": msgid("ปีที่ใส่อยู่นอกช่วงที่ใช้ได้"),
    "impossible": msgid("วันที่ %(day)s %(month)s %(year)s ไม่มีในปฏิทิน"),
}


def date_sentence(error: DateError) -> str:
    """Return what is wrong with a typed date, in the request's language."""
    if error.code != "impossible":
        return str(_(DATE_SENTENCES[error.code]))
    month = int(error.values["month"])
    names = MONTHS_EN if language() == "en" else MONTHS_TH
    name = names[month - 1] if 1 <= month <= len(names) else str(month)
    return str(
        _(DATE_SENTENCES["impossible"], day=error.values["day"], month=name, year=error.values["year"])
    )


class BeDateField(Field):
    """A day chosen as day, Thai month and B.E. year; the year is A.D. in English.

    The posted names are `<name>-day`, `<name>-month`, `<name>-year`; years in B.E., A.D. and Thai
    digits are read alike. `data` is a date or None.
    """

    widget_kind = "date"

    def __init__(
        self,
        label: Any = None,
        *,
        required: bool = True,
        years: Sequence[int] | None = None,
        past: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.flags.required = required
        self.years = years
        self.past = past
        self.parts: tuple[str, str, str] | None = None
        self.problem: DateError | None = None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the three parts from what was posted, else the date that is given."""
        super().process(None, *(() if data is None else (data,)))
        if formdata is None or not any(
            f"{self.name}-{part}" in formdata for part in ("day", "month", "year")
        ):
            if formdata is not None and self.name in formdata:
                self._read_whole(formdata.get(self.name))
            elif formdata is not None and len(formdata):
                self.data, self.parts = None, ("", "", "")
            return
        day, month, year = (
            str(formdata.get(f"{self.name}-{part}", ""))[:40] for part in ("day", "month", "year")
        )
        self.parts = (day, month, year)
        self.data = None
        if any(part.strip() for part in self.parts):
            try:
                self.data = assemble(day, month, year)
            except DateError as error:
                self.problem = error

    def _read_whole(self, text: str) -> None:
        self.data = None
        try:
            self.data = parse_day(text) if text.strip() else None
        except DateError as error:
            self.problem = error

    def pre_validate(self, form: object) -> None:
        """Refuse an impossible or missing day, and the future where the past is meant."""
        if self.problem is not None:
            raise ValidationError(date_sentence(self.problem))
        if self.flags.required and self.data is None:
            raise ValidationError(_(DATE_SENTENCES["empty"]))
        if self.past and self.data is not None and self.data > today():
            raise ValidationError(_("วันที่อยู่ในอนาคต ใส่ได้ไม่เกินวันนี้"))

    @property
    def _shift(self) -> int:
        return 0 if language() == "en" else BE_AHEAD

    @property
    def day_choices(self) -> list[int]:
        """Return the days of a month."""
        return list(range(1, 32))

    @property
    def month_choices(self) -> list[tuple[int, str]]:
        """Return (number, name) of the months."""
        names = MONTHS_EN if language() == "en" else MONTHS_TH
        return list(enumerate(names, start=1))

    @property
    def year_choices(self) -> list[str]:
        """Return the years offered, in the era of the language, with whatever was typed."""
        now = today().year
        years = set(self.years or range(now - 6, now + 2))
        if isinstance(self.data, date):
            years.add(self.data.year)
        shown = [str(year + self._shift) for year in sorted(years, reverse=True)]
        typed = self.year_value
        return shown if not typed or typed in shown else [typed, *shown]

    @property
    def year_label(self) -> str:
        """Return what the year is called."""
        return str(_("ปี พ.ศ."))

    @property
    def day_value(self) -> str:
        """Return the day as it was typed or is."""
        return self._part(0, lambda d: d.day)

    @property
    def month_value(self) -> str:
        """Return the month as it was typed or is."""
        return self._part(1, lambda d: d.month)

    @property
    def year_value(self) -> str:
        """Return the year as it was typed or is, in the era of the language."""
        return self._part(2, lambda d: d.year + self._shift)

    def _part(self, index: int, take: Any) -> str:
        if isinstance(self.data, date):
            return str(take(self.data))
        return self.parts[index].strip() if self.parts else ""

    @property
    def echo(self) -> str | None:
        """Return the day in words, so that a slip is seen."""
        if not isinstance(self.data, date):
            return None
        words = format_day_full(self.data, language())
        return f"{words} ({_('วันนี้')})" if self.data == today() else words
