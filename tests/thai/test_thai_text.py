"""Cleaning, searching and sorting Thai text."""

import unicodedata
from itertools import pairwise
from random import Random
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.thai.text import (
    SORT_KEY_LENGTH,
    clean_block,
    clean_line,
    has_forbidden,
    normalise,
    search_text,
    sort_key,
)

modestly = settings(deadline=None, max_examples=250)
MARKS = "".join(map(chr, [0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F)]))
tangled = st.text(st.sampled_from("กนเแาำ \n\t\r\u200b\u0301\u0323\u05b0๑2" + MARKS), max_size=14)
any_text = st.one_of(tangled, st.text(max_size=30), st.text(st.characters(), max_size=30))

# Provinces in the order of the Royal Society's list.
PROVINCE_LIST = """
กระบี่ กาญจนบุรี กาฬสินธุ์ กำแพงเพชร ขอนแก่น จันทบุรี ฉะเชิงเทรา ชลบุรี ชัยนาท ชัยภูมิ ชุมพร เชียงราย เชียงใหม่
ตรัง ตราด ตาก นครนายก นครปฐม นครพนม นครราชสีมา นครศรีธรรมราช นครสวรรค์ นนทบุรี นราธิวาส น่าน บึงกาฬ บุรีรัมย์
ปทุมธานี ประจวบคีรีขันธ์ ปราจีนบุรี ปัตตานี พระนครศรีอยุธยา พะเยา พังงา พัทลุง พิจิตร พิษณุโลก เพชรบุรี เพชรบูรณ์
แพร่ ภูเก็ต มหาสารคาม มุกดาหาร แม่ฮ่องสอน ยโสธร ยะลา ร้อยเอ็ด ระนอง ระยอง ราชบุรี ลพบุรี ลำปาง ลำพูน เลย ศรีสะเกษ
สกลนคร สงขลา สตูล สมุทรปราการ สมุทรสงคราม สมุทรสาคร สระแก้ว สระบุรี สิงห์บุรี สุโขทัย สุพรรณบุรี สุราษฎร์ธานี
สุรินทร์ หนองคาย หนองบัวลำภู อ่างทอง อำนาจเจริญ อุดรธานี อุตรดิตถ์ อุทัยธานี อุบลราชธานี
"""
PROVINCES = PROVINCE_LIST.split()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ด\u0e4d\u0e32เนิน", "ดำเนิน"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("เเดน", "แดน"),
        ("เ\u200bเดน", "แดน"),
        ("ท\u0e48\u0e35", "ที่"),
        ("ผ\u0e49\u0e39ต้องขัง", "ผู้ต้องขัง"),
        ("สิทธ\u0e4c\u0e34", "สิทธิ์"),
        ("ผู้\u200bต้อง\u200d\u2060ขัง\ufeff", "ผู้ต้องขัง"),
        ("ชื่อ\u202eลวง\u2066\u200f", "ชื่อลวง"),
        ("ก\x00ข\x07ค\x9f\x7f", "กขค"),
        ("ก\r\nข\rค\u2028ง\x0bจ", "ก\nข\nค\nง\nจ"),
        ("ก\u00a0ข\u202fค\u3000ง", "ก ข ค ง"),
        ("ก  \t\nข \u00a0", "ก\nข"),
        ("ก\tข", "ก\tข"),
        ("cafe\u0301", "café"),
        ("ท\uf713\uf702", "ที่"),
        ("ญ\uf718 ฐ\uf719", "ญุ ฐู"),
        ("ป\uf70b\uf70c\uf71a", "ป\u0e3a\u0e49\u0e4a"),
        ("ก\ufffe\U0001ffffข", "กข"),
    ],
)
def test_one_spelling_is_stored(typed: str, stored: str) -> None:
    assert normalise(typed) == stored


@pytest.mark.parametrize(
    "text", ["①", "ﬁ", "ｶ", "１", "²", "ำ", "น้ำ", "๑๘ มิ.ย. ๒๕๖๙", "เก็บ ก็ ๆ ฯลฯ", "👍🏽 ❤️"]
)
def test_what_compatibility_forms_would_change_stays(text: str) -> None:
    assert normalise(text) == text


def test_real_thai_text_is_untouched() -> None:
    assert normalise(PROVINCE_LIST) == PROVINCE_LIST
    for name in PROVINCES:
        assert normalise(name) == clean_line(name) == name


@modestly
@given(any_text)
@example("\u0e39\u0e4c\u0e3a")
@example("\u0e48\u0e34\u05b0")
@example("\u0e48\u0e31\u05b0\u0e47")
@example("\u0e33\u0e4d\u0e4b\u0e32\u0e48")
@example("\u0e38\u0e32\u0e4d\u0e4e\u0e4d\u0e47\u0e32")
@example("\u0e4c\u0e33\u0e49")
@example("\u0e33\u0e49\u0e4d\u0e49\u0e32")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (normalise, clean_line, clean_block):
        once = clean(text)
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)


@modestly
@given(any_text)
def test_clean_text_holds_nothing_unseen(text: str) -> None:
    for char in clean_block(text):
        assert char in "\n\t" or unicodedata.category(char) != "Cc"
        assert char not in "\u200b\u200d\u202e\u2066\ufeff\u00a0\r"


def test_a_line_holds_no_new_lines_and_no_double_blanks() -> None:
    assert clean_line("  เรือนจำ \n\t กลาง\u00a0\u200b ") == "เรือนจำ กลาง"
    assert clean_line("\u200b \n") == ""


def test_a_block_keeps_its_paragraphs() -> None:
    assert clean_block("\n\n ข้อ 1\r\n\r\n\r\n\r\nข้อ 2\t\n  ย่อย  \n\n") == " ข้อ 1\n\nข้อ 2\n  ย่อย"


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [("ปกติ\n\t", False), ("😀", False), ("ก\x00", True), ("\ud800", True), ("ก\udfffข", True), ("", False)],
)
def test_nul_and_half_pairs_are_forbidden(text: str, forbidden: bool) -> None:
    assert has_forbidden(text) is forbidden


def test_search_finds_what_looks_the_same() -> None:
    assert search_text(" การจ\u0e4d\u0e32แนก  KM\nปี ๒๕๖๙ ") == "การจำแนก km ปี 2569"
    assert search_text("เเดน") in search_text("ตรวจแดน ๑")


@modestly
@given(tangled)
def test_a_search_form_is_its_own_search_form(text: str) -> None:
    assert search_text(search_text(text)) == search_text(text)


def test_provinces_sort_as_in_the_official_list() -> None:
    shuffled = PROVINCES.copy()
    Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == PROVINCES


@pytest.mark.parametrize(
    "names",
    [
        ["กก", "กฎ", "กระ", "กะ", "กัน", "กา", "การ", "กำ", "กิน", "เก", "เกม", "แก", "แก้ว", "ไก่", "ขา"],
        ["ขา", "ข่า", "ข้า", "ข๊า", "ข๋า", "ขาก"],
        ["กาขา", "กาข่า", "ก่าขา", "ก้าขา"],
        ["เขต 1", "เขต ๒", "เขต 2 ก", "เขต 9", "เขต 10", "เขต ๑๑", "เขต 100"],
        ["รร", "ฤดู", "ลา", "ฦๅ", "วา"],
        ["เด็ก", "เด็กๆ", "เด็กชาย"],
        ["1 ก", "Bangkok", "chiang Mai", "Élan", "elbow", "กอง", "ฮ"],
        ["กลุ่ม ก", "กลุ่มกอง"],
        ["", "ก"],
    ],
)
def test_names_sort_as_in_a_dictionary(names: list[str]) -> None:
    assert sorted(set(names), key=sort_key) == names
    assert all(sort_key(low) < sort_key(high) for low, high in pairwise(names))


def test_capitals_punctuation_and_spelling_of_marks_do_not_sort_apart() -> None:
    assert sort_key("รจ.ก.ชลบุรี") == sort_key("รจกชลบุรี")
    assert sort_key("KM Day") == sort_key("km day")
    assert sort_key("น\u0e4d\u0e49\u0e32") == sort_key("น้ำ")
    assert sort_key("เขต ๒") == sort_key("เขต 2")


@modestly
@given(any_text)
def test_every_text_has_a_key_that_fits_and_sorts_alike_everywhere(text: str) -> None:
    key = sort_key(text)
    assert len(key) <= SORT_KEY_LENGTH
    assert set(key) <= set("0123456789abcdef")
    assert sort_key(clean_line(text)) == key


@modestly
@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_numbers_sort_as_numbers(one: int, other: int) -> None:
    assert (sort_key(f"เขต {one}") < sort_key(f"เขต {other}")) == (one < other)


def test_a_very_long_name_still_has_a_key() -> None:
    assert len(sort_key("ก่" * 5000 + "9" * 5000)) == SORT_KEY_LENGTH


@pytest.mark.parametrize(
    "text",
    [
        " " * 200_000 + "ก",
        "\u0e4d" * 200_000,
        "\u0e48\u0e34\u05b0" * 60_000,
        "\u0e33" + "\u0e48" * 200_000 + "\u0e34",
    ],
    ids=["blanks", "one mark", "three marks", "tones"],
)
def test_no_text_takes_long_to_clean(text: str) -> None:
    started = process_time()
    clean_block(text)
    sort_key(text)
    assert process_time() - started < 3
