"""Thai digits and typed counts."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.thai.numerals import MAX_COUNT, CountError, parse_count, to_arabic_digits, to_thai_digits

modestly = settings(deadline=None, max_examples=150)


def test_digits_change_and_nothing_else_does() -> None:
    assert to_thai_digits("ปี 2569 (1,780)") == "ปี ๒๕๖๙ (๑,๗๘๐)"
    assert to_thai_digits(18) == "๑๘"
    assert to_arabic_digits("ปี ๒๕๖๙ (๑,๗๘๐)") == "ปี 2569 (1,780)"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0),
        ("007", 7),
        (" 1780 ", 1780),
        ("1,780", 1780),
        ("1 780", 1780),
        ("1\u00a0780", 1780),
        ("๑,๗๘๐", 1780),
        ("\u200b25\ufeff", 25),
        ("999,999,999", MAX_COUNT),
    ],
)
def test_a_count_is_read_in_every_usual_spelling(text: str, count: int) -> None:
    assert parse_count(text) == count


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \u00a0\u200b", "empty"),
        ("-5", "negative"),
        ("\u2212 5", "negative"),
        ("3.5", "fraction"),
        ("๓.๐", "fraction"),
        (".5", "fraction"),
        ("1,78", "unreadable"),
        ("1,7800", "unreadable"),
        ("1,780 000", "unreadable"),
        ("25 คน", "unreadable"),
        ("1e5", "unreadable"),
        ("٢٥", "unreadable"),
        ("1_000", "unreadable"),
        ("1000000000", "too_large"),
        ("9" * 6000, "too_large"),
    ],
)
def test_what_is_no_count_is_refused_with_a_reason(text: str, code: str) -> None:
    with pytest.raises(CountError) as refused:
        parse_count(text)
    assert refused.value.code == code
    assert isinstance(refused.value, ValueError)


@modestly
@given(st.integers(0, MAX_COUNT), st.booleans())
def test_a_written_count_can_be_read_back(count: int, thai: bool) -> None:
    for written in (f"{count}", f"{count:,}", f"{count:,}".replace(",", " ")):
        assert parse_count(to_thai_digits(written) if thai else written) == count


@modestly
@given(st.text(max_size=20))
def test_any_text_gives_a_count_or_a_count_error(text: str) -> None:
    with suppress(CountError):
        assert 0 <= parse_count(text) <= MAX_COUNT
