"""Days that do not exist, lie outside, or are written in another way, in every field of a day."""

import pytest

from tests.bad_input.pages import first_of

IMPOSSIBLE = {
    "30 February": ("30", "2", "2569", "ไม่มีในปฏิทิน"),
    "29 February of no leap year": ("29", "2", "2569", "ไม่มีในปฏิทิน"),
    "no such month": ("1", "13", "2569", "วันที่"),
    "nothing of a day": ("0", "1", "2569", "วันที่"),
    "a year of two digits": ("1", "1", "69", "4 หลัก"),
    "a year far off": ("1", "1", "9999", "ปีที่ใส่อยู่นอกช่วง"),
    "a year of many digits": ("1", "1", "9" * 5000, "ปี"),
    "no number": ("<b>", "'", "\u0e00", "อ่านวันที่ไม่ได้"),
    "half a day": ("1", "", "2569", "ให้ครบ"),
    "a superscript": ("²", "2", "2569", "อ่านวันที่ไม่ได้"),
    "a negative day": ("-1", "2", "2569", "อ่านวันที่ไม่ได้"),
}


def day_fields(siege):
    return [(form, name) for form in siege.forms for name in form.days]


@pytest.mark.parametrize(
    ("day", "month", "year", "said"), first_of(list(IMPOSSIBLE.values()), list(IMPOSSIBLE))
)
def test_an_impossible_day_is_told_and_nothing_is_saved(siege, day, month, year, said):
    faults = []
    for form, name in day_fields(siege):
        typed = {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
        status, page = siege.attempt(form, **typed)
        if status != 422 or siege.written or said not in page:
            faults.append(f"{form} {name}: {status} {siege.written} {page[:200] if status == 500 else ''}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "parts", [("1", "10", "2400"), ("31", "12", "2700"), ("1", "1", "1857"), ("๑", "๖", "๒๕๖๙")]
)
def test_a_day_far_off_never_breaks_a_form(siege, parts):
    faults = []
    for form, name in day_fields(siege):
        typed = dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), parts, strict=True))
        status, page = siege.attempt(form, **typed)
        if status not in (303, 422):
            faults.append(f"{form} {name}: {status} {page[:200] if status == 500 else ''}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "count", ["-1", "1.5", "99999999999999999999", "1e9", "๑๒๐", "๑๒ คน", "NaN", "9" * 5000, "0x10"]
)
def test_a_count_is_a_count(siege, count):
    faults = []
    for form in siege.forms:
        for each in form.of("typed"):
            if each.name in ("participants", "attendance"):
                status, page = siege.attempt(form, **{each.name: count})
                told = "ต้องเป็นจำนวนเต็ม" in page
                if told == (count == "๑๒๐") or status not in (303, 422):
                    faults.append(f"{form} {each.name}: {status} {page[:200]}")
    assert not faults, "\n".join(faults)
