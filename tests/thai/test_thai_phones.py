"""Phone numbers: what is one, and how it is dialled."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.thai.numerals import to_thai_digits
from tracker.thai.phones import dialled, is_phone

modestly = settings(deadline=None, max_examples=150)
EXTENSIONS = st.one_of(
    st.just(""),
    st.builds("{}{}".format, st.sampled_from((" ต่อ ", " ext. ", "#", " Ext ")), st.integers(1, 9999)),
)
BETWEEN = st.sampled_from((", ", ",", " / ", "; ", " หรือ ", " และ "))
DIGITS = st.text("0123456789", min_size=3, max_size=15)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Write 3 to 15 digits as people do: in groups set apart, in brackets, as one abroad does."""
    digits = draw(DIGITS)
    cut = draw(st.integers(1, len(digits)))
    apart = draw(st.sampled_from(("", " ", "-", " - ", ".")))
    written = draw(st.sampled_from(("{}{}{}", "({}){}{}", "+{}{}{}"))).format(
        digits[:cut], apart if cut < len(digits) else "", digits[cut:]
    )
    return draw(st.sampled_from((written, to_thai_digits(written)))) + draw(EXTENSIONS)


@pytest.mark.parametrize(
    ("shown", "digits"),
    [
        ("0 2000 0142", "020000142"),
        ("0 2000 0231 ต่อ 14", "020000231;ext=14"),
        ("๐ ๒๐๐๐ ๐๑๔๒", "020000142"),
        ("+66 2 000 0142 ext. 3", "+6620000142;ext=3"),
        ("0 2000 0142-5", "020000142"),
        ("0 2000 0142 ถึง 45 ต่อ 7", "020000142;ext=7"),
        ("0 2000 0142, 0 2000 0143", "020000142"),
        ("0 2000 0142 ต่อ 11, 12", "020000142;ext=11"),
        ("08 0000 0142-3", "0800000142"),
        ("โทร. 0 2000 0142", "020000142"),
        ("1111", "1111"),
        ("1111 กด 2 คุณสมมติ", ""),
        ("abc", ""),
        ("", ""),
    ],
)
def test_a_phone_is_dialled_by_the_digits_of_its_first_number(shown, digits):
    assert dialled(shown) == digits


@pytest.mark.parametrize(
    "text",
    [
        "1111", "415", "ภายใน 415", "02-000-0142", "(02) 000 0142", "0 2000 0142 หรือ 0 2000 0143",
        "0 2000 0142, 43, 44", "0 2000 0142 ต่อ 11-14", "โทรศัพท์ 0 2000 0142; โทร 0 2000 0143", "0–2000–0142",
        "020000142",
    ],
)  # fmt: skip
def test_the_numbers_that_offices_have_are_phones(text):
    assert is_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "abc", "02", "-", "ไม่มี", "โทรหาฝ่ายบริหาร", "ถามที่ 0 2000 0142", "0 2000 0142 คุณสมมติ", "ต่อ 14",
        "km@p001.example", "0 2000 0142 ต่อ", "0 2000 0142,", "1234567890123456", "18/6/2569 ช่วงเช้า", "²²²²",
    ],
)  # fmt: skip
def test_text_that_is_no_number_is_no_phone(text):
    assert not is_phone(text)


@modestly
@given(st.lists(numbers(), min_size=1, max_size=4), BETWEEN)
def test_several_numbers_however_written_are_phones_that_can_be_dialled(written, between):
    phone = between.join(written)

    assert is_phone(phone)
    assert re.fullmatch(r"\+?[0-9]{3,15}(;ext=[0-9]{1,6})?", dialled(phone))


@modestly
@given(st.text(max_size=60), st.text("0123456789 ๐๑๒ต่อext.,-/()#+", max_size=60))
def test_whatever_is_typed_is_answered_and_a_phone_has_three_digits_at_least(anything, nearly):
    for text in (anything, nearly):
        assert not is_phone(text) or len(re.findall("[0-9๐-๙]", text)) >= 3
        assert re.fullmatch(r"(\+?[0-9]{3,15}(;ext=[0-9]{1,6})?)?", dialled(text))
