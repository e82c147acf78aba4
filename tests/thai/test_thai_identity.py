"""National IDs are found however they are written, and other numbers are left alone."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracker.thai.identity import check_digit, find_national_id
from tracker.thai.numerals import to_thai_digits

modestly = settings(deadline=None, max_examples=200)
ID = "1103702071811"[:12] + check_digit("110370207181")
bodies = st.from_regex("[1-8][0-9]{11}", fullmatch=True)
separators = st.lists(
    st.sampled_from(["", "", "", "-", " ", ".", " - ", "\u2013", "\u2011", "\u00a0", "\u200b"]),
    min_size=12,
    max_size=12,
)


def spread(digits: str, gaps: list[str]) -> str:
    """Write thirteen digits with a gap after each of the first twelve."""
    return "".join(digit + gap for digit, gap in zip(digits, [*gaps, ""], strict=True))


def test_the_check_digit_is_that_of_a_published_example() -> None:
    assert check_digit("123456789012") == "1"
    assert find_national_id("1234567890121") == "1234567890121"


@pytest.mark.parametrize(
    "form",
    [
        "{0}",
        "{0[0]}-{0[1]}{0[2]}{0[3]}{0[4]}-{0[5]}{0[6]}{0[7]}{0[8]}{0[9]}-{0[10]}{0[11]}-{0[12]}",
        "{0[0]} {0[1]}{0[2]}{0[3]}{0[4]} {0[5]}{0[6]}{0[7]}{0[8]}{0[9]} {0[10]}{0[11]} {0[12]}",
        "เลขประจำตัว{0}นะ",
        "https://kmi.or.th/ข่าว {0}",
        "ห้อง 12 {0} และ 5",
        "โทร 0 2356 0485 บัตร {0}",
    ],
)
def test_an_id_is_found_as_people_write_it(form: str) -> None:
    assert find_national_id(form.format(ID)) == ID
    assert find_national_id(to_thai_digits(form.format(ID))) == ID


@modestly
@given(
    bodies,
    separators,
    st.booleans(),
    st.sampled_from(["", "นาย ", "เลข: ", "ก\n"]),
    st.sampled_from(["", " ค่ะ"]),
)
def test_every_id_is_found_whatever_stands_between_its_digits(
    body: str, gaps: list[str], thai: bool, before: str, after: str
) -> None:
    digits = body + check_digit(body)
    written = spread(digits, gaps)
    assert find_national_id(before + (to_thai_digits(written) if thai else written) + after) == digits


@modestly
@given(bodies, st.integers(1, 9), st.integers(0, 12))
def test_one_digit_off_is_no_id(body: str, change: int, place: int) -> None:
    digits = body + check_digit(body)
    wrong = digits[:place] + str((int(digits[place]) + change) % 10) + digits[place + 1 :]
    # The remainders 0 and 10 share the check digit 1, so that a change may hide.
    assume(check_digit(wrong) != wrong[12])
    assert find_national_id(wrong) is None


@modestly
@given(bodies, st.integers(0, 9))
def test_part_of_a_longer_row_of_digits_is_no_id(body: str, more: int) -> None:
    digits = body + check_digit(body)
    assert find_national_id(f"{digits}{more}") is None
    assert find_national_id(f"{more}{digits}") is None


@modestly
@given(st.sampled_from("09"), st.from_regex("[0-9]{11}", fullmatch=True))
def test_no_id_begins_with_0_or_9(first: str, rest: str) -> None:
    assert find_national_id(first + rest + check_digit(first + rest)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"https://kmi.or.th/{ID}",
        f"ดู HTTPS://drive.example.com/d/{ID}/view?x={ID}#a",
        f"www.example.go.th/?id={ID}",
        f"example.go.th/doc/{ID}.pdf",
        f"https://ตัวอย่าง.ไทย/ข่าว/{ID}",
        "ข้อ 1 2 3 4 5 6 7 8 9 10 11 ครบ",
        f"{ID[:6]}\n{ID[6:]}",
        f"{ID[:6]}, {ID[6:]}",
        f"{ID[:6]} ต่อ {ID[6:]}",
        "18/6/2569 - 30/9/2569 จำนวน 1,780 คน โทร 0 2356 0485",
        "4111 1111 1111 1111",
    ],
)
def test_other_numbers_and_addresses_are_left_alone(text: str) -> None:
    assert find_national_id(text) is None


def test_a_long_text_is_read_in_time() -> None:
    assert find_national_id("1 1.1-" * 20_000 + "a." * 20_000 + "www" * 20_000) is None


@modestly
@given(st.text(max_size=60))
def test_any_text_can_be_looked_through(text: str) -> None:
    found = find_national_id(text)
    assert found is None or len(found) == 13
