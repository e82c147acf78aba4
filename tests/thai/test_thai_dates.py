"""B.E. days and fiscal years: what is written for people can be read back, and nothing else is taken."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.thai import dates
from tracker.thai.dates import DateError, assemble, be_date, parse_day, parse_year
from tracker.thai.numerals import to_thai_digits

modestly = settings(deadline=None, max_examples=150)
DAY = date(2026, 6, 18)
days = st.dates(min_value=date(1857, 1, 1), max_value=date(2157, 12, 31))


def code_of(text: str) -> str:
    """Return the code a typed day is refused with."""
    with pytest.raises(DateError) as refused:
        parse_day(text)
    return refused.value.code


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2025, 9, 30), 2568),
        (date(2025, 10, 1), 2569),
        (date(2025, 12, 31), 2569),
        (date(2026, 1, 1), 2569),
        (date(2006, 9, 4), 2549),
    ],
)
def test_a_fiscal_year_is_named_by_its_later_year(day: date, year: int) -> None:
    assert dates.fiscal_year(day) == year


@modestly
@given(days)
def test_every_day_lies_within_its_fiscal_year_and_in_one_of_its_months(day: date) -> None:
    year = dates.fiscal_year(day)
    first, last = dates.fiscal_year_bounds(year)
    assert first <= day <= last
    months = dates.months_of_fiscal_year(year)
    assert sum(start <= day <= end for start, end in months) == 1


def test_the_months_of_a_fiscal_year_follow_each_other_without_a_gap() -> None:
    months = dates.months_of_fiscal_year(2567)
    assert len(months) == 12
    assert (months[0][0], months[-1][1]) == dates.fiscal_year_bounds(2567)
    assert months[4] == (date(2024, 2, 1), date(2024, 2, 29))
    one = timedelta(days=1)
    assert all(this[1] + one == following[0] for this, following in pairwise(months))


def test_the_twenty_ninth_of_february_2567_exists_and_that_of_2569_does_not() -> None:
    assert be_date(2567, 2, 29) == date(2024, 2, 29)
    assert parse_day("29 ก.พ. 2567") == parse_day("2567-02-29") == date(2024, 2, 29)
    with pytest.raises(DateError) as refused:
        be_date(2569, 2, 29)
    assert refused.value.code == "impossible"
    assert refused.value.values == {"day": 29, "month": 2, "year": 2569}


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-18",
        "2569-06-18",
        "2569/6/18",
        "18/6/2569",
        "18-06-2569",
        "18.6.2569",
        "18 6 2569",
        " 18 / 6 / 2569 ",
        "18/6/2026",
        "๑๘/๖/๒๕๖๙",
        "18 มิ.ย. 2569",
        "18 มิย 2569",
        "18มิ.ย.2569",
        "18-มิ.ย.-2569",
        "18\u00a0มิ.ย.\u200b 2569",
        "18 มิถุนายน 2569",
        "๑๘ มิถุนายน ๒๕๖๙",
        "18 มิถุนายน พ.ศ. 2569",
        "18 มิถุนายน ค.ศ. 2026",
        "วันที่ 18 เดือนมิถุนายน พ.ศ. 2569",
        "วันพฤหัสบดีที่ 18 มิถุนายน พ.ศ. 2569",
        "18 Jun 2026",
        "18-Jun-2026",
        "18 JUNE 2569",
        "Thu, 18 June 2026",
        "Thursday 18 June 2026",
        "18 June A.D. 2026",
    ],
)
def test_a_day_is_read_in_every_usual_spelling(text: str) -> None:
    assert parse_day(text) == DAY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \u200b\t", "empty"),
        ("30 ก.พ. 2569", "impossible"),
        ("31/4/2569", "impossible"),
        ("6/18/2026", "impossible"),
        ("0/6/2569", "impossible"),
        ("2569-13-01", "impossible"),
        ("18/6/69", "two_digit_year"),
        ("18 มิ.ย. 69", "two_digit_year"),
        ("18/6/2399", "year_out_of_range"),
        ("18/6/2701", "year_out_of_range"),
        ("18/6/1856", "year_out_of_range"),
        ("18/6/3112", "year_out_of_range"),
        ("18/6/25690", "year_out_of_range"),
        ("18/6/" + "9" * 6000, "year_out_of_range"),
        ("18 มิ.ย. ค.ศ. 2569", "year_out_of_range"),
        ("18 มิ.ย. พ.ศ. 2026", "year_out_of_range"),
        ("18/123/2569", "month_unreadable"),
        ("180 มิ.ย. 2569", "unreadable"),
        ("18 มิ.ย.", "unreadable"),
        ("18 มะเขือ 2569", "unreadable"),
        ("ก่อน 18 มิ.ย. 2569", "unreadable"),
        ("18 มิ.ย. 2569 ค่ำ", "unreadable"),
        ("-18/6/2569", "unreadable"),
        ("١٨/٦/٢٥٦٩", "unreadable"),
        ("เมื่อวาน", "unreadable"),
    ],
)
def test_what_is_no_day_is_refused_with_a_reason(text: str, code: str) -> None:
    assert code_of(text) == code


@modestly
@given(st.text(max_size=30))
def test_any_text_gives_a_day_or_a_date_error(text: str) -> None:
    with suppress(DateError):
        assert isinstance(parse_day(text), date)


@pytest.mark.parametrize("month", ["6", "06", "๖", "มิ.ย.", "มิถุนายน", "June", "jun"])
@pytest.mark.parametrize(
    ("day", "year"), [("18", "2569"), ("๑๘", "๒๕๖๙"), (" 18 ", "2026"), ("18", "พ.ศ. 2569")]
)
def test_a_day_is_assembled_from_three_typed_parts(day: str, month: str, year: str) -> None:
    assert assemble(day, month, year) == DAY


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (("", " ", ""), "empty"),
        (("18", "", "2569"), "incomplete"),
        (("30", "2", "2569"), "impossible"),
        (("x", "2", "2569"), "unreadable"),
        (("18", "x", "2569"), "month_unreadable"),
        (("18", "6", "69"), "two_digit_year"),
        (("18", "6", "x"), "unreadable"),
        (("18", "6", "2300"), "year_out_of_range"),
    ],
)
def test_parts_that_make_no_day_are_refused_with_a_reason(parts: tuple[str, str, str], code: str) -> None:
    with pytest.raises(DateError) as refused:
        assemble(*parts)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "year"),
    [("2569", 2026), ("๒๕๖๙", 2026), ("พ.ศ. 2569", 2026), ("2026", 2026), ("2400", 1857), ("2700", 2157)],
)
def test_a_typed_year_is_read_as_the_era_it_can_only_be(text: str, year: int) -> None:
    assert parse_year(text) == year


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("69", "two_digit_year"),
        ("569", "year_out_of_range"),
        ("2300", "year_out_of_range"),
        ("ปีนี้", "unreadable"),
    ],
)
def test_a_year_that_could_be_misread_is_refused(text: str, code: str) -> None:
    with pytest.raises(ValueError, match=code) as refused:
        parse_year(text)
    assert isinstance(refused.value, DateError)


def test_days_are_written_in_both_languages() -> None:
    assert dates.format_day(DAY, "th") == "18 มิ.ย. 2569"
    assert dates.format_day(DAY, "en") == "18 Jun 2026"
    assert dates.format_day_short(DAY, "th") == "18 มิ.ย. 69"
    assert dates.format_day_short(date(2005, 1, 2), "en") == "2 Jan 05"
    assert dates.format_day_long(DAY, "th") == "18 มิถุนายน 2569"
    assert dates.format_day_long(DAY, "en") == "18 June 2026"
    assert dates.format_day_full(DAY, "th") == "วันพฤหัสบดีที่ 18 มิถุนายน พ.ศ. 2569"
    assert dates.format_day_full(DAY, "en") == "Thursday 18 June 2026"
    assert dates.format_month_of(DAY) == "มิ.ย. 2569"
    assert dates.format_month_of(DAY, "en") == "Jun 2026"
    assert (dates.format_month(6), dates.format_month(6, "en")) == ("มิ.ย.", "Jun")
    assert dates.format_fiscal_year(2569, "th") == "2569"
    assert dates.format_fiscal_year(2569, "en") == "2569 (2025/26)"
    assert dates.format_fiscal_year(2543, "en") == "2543 (1999/00)"


@modestly
@given(days, st.sampled_from(["th", "en"]), st.booleans())
def test_what_is_written_can_be_read_back(day: date, lang: str, in_thai_digits: bool) -> None:
    for write in (dates.format_day, dates.format_day_long, dates.format_day_full):
        written = write(day, lang)
        assert parse_day(to_thai_digits(written) if in_thai_digits else written) == day
    assert parse_day(day.isoformat()) == day
    assert assemble(str(day.day), dates.format_month(day.month, lang), str(day.year + 543)) == day
    assert code_of(dates.format_day_short(day, lang)) == "two_digit_year"


def test_a_moment_is_told_by_the_clock_of_bangkok() -> None:
    moment = datetime(2026, 6, 17, 18, 5, tzinfo=UTC)
    assert dates.format_moment(moment, "th") == "18 มิ.ย. 2569 เวลา 01.05 น."
    assert dates.format_moment(moment, "en") == "18 Jun 2026, 01:05"
    assert dates.format_moment(datetime(2026, 9, 30, 16, 59, tzinfo=UTC)).startswith("30 ก.ย. 2569")
    assert dates.format_moment(datetime(2026, 9, 30, 17, 0, tzinfo=UTC)).startswith("1 ต.ค. 2569")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dates.format_moment(datetime(2026, 6, 18, 9, 12))


@modestly
@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(-12, 14))
def test_the_zone_a_moment_is_given_in_does_not_matter(naive: datetime, hours: int) -> None:
    moment = naive.replace(tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
    assert dates.format_moment(elsewhere) == dates.format_moment(moment)
    assert dates.format_moment(elsewhere).startswith(dates.format_day((naive + timedelta(hours=7)).date()))


def test_the_names_of_months_and_weekdays_are_those_of_the_locale_data() -> None:
    thai, english = Locale("th"), Locale("en")
    numbers = range(1, 13)
    assert [thai.months["format"]["wide"][n] for n in numbers] == list(dates.MONTHS_TH)
    assert [thai.months["format"]["abbreviated"][n] for n in numbers] == list(dates.MONTHS_TH_SHORT)
    assert [english.months["format"]["wide"][n] for n in numbers] == list(dates.MONTHS_EN)
    assert [english.months["format"]["abbreviated"][n] for n in numbers] == list(dates.MONTHS_EN_SHORT)
    assert [thai.days["format"]["wide"][n] for n in range(7)] == [f"วัน{name}" for name in dates.WEEKDAYS_TH]
    assert [english.days["format"]["wide"][n] for n in range(7)] == list(dates.WEEKDAYS_EN)
