"""Pasted rows: what a spreadsheet copies comes back, and what people type loses no row and no mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.web.grids import pasted_grid

LINE_ENDS = ("\n", "\r\n", "\r")
# Whatever a cell may hold: marks and line breaks often, a tab never.
CELLS = st.text(st.sampled_from('"" \n กข,12-'), max_size=12)
LINES = st.text(st.sampled_from('"" กข,12-'), max_size=12)
DAYS = st.text(st.sampled_from("12/ "), max_size=4)


def copied(cell: str, *, marks: bool) -> str:
    """Return a cell as a spreadsheet copies it: quoted for a line break, by some also for a mark."""
    if "\n" in cell or (marks and '"' in cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def filled(rows: list[list[str]]) -> list[list[str]]:
    return [cells for cells in rows if any(cells)]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), max_size=6), st.sampled_from(LINE_ENDS))
def test_what_is_quoted_for_breaks_and_marks_comes_back(rows, line_end):
    text = line_end.join("\t".join(copied(cell, marks=True) for cell in cells) for cells in rows)

    assert [cells for _number, cells in pasted_grid(text)] == filled(rows)


@given(
    st.lists(st.tuples(DAYS, st.lists(LINES, min_size=1, max_size=4)), max_size=6), st.sampled_from(LINE_ENDS)
)
def test_no_typed_row_that_begins_with_a_day_is_lost_or_joined_to_another(typed, line_end):
    rows = [[day, *cells] for day, cells in typed]
    text = line_end.join("\t".join(cells) for cells in rows)

    read = list(pasted_grid(text))
    assert [len(cells) for _number, cells in read] == [len(cells) for cells in filled(rows)]
    assert [number for number, _cells in read] == [at for at, cells in enumerate(rows, 1) if any(cells)]


@given(st.text(st.sampled_from('"\t\r\n ก'), max_size=40))
def test_any_text_is_read(text):
    assert all(any(cells) for _number, cells in pasted_grid(text))


@pytest.mark.parametrize(
    "title", ['"คิดใหม่" ทำใหม่', '"คิดใหม่', '"คิดใหม่"', 'เรื่อง "คิดใหม่"', '"', '""', 'ยาว 3" กว้าง 2"']
)
def test_marks_that_somebody_typed_stay(title):
    rows = [["1/5/2569", "หนึ่ง"], ["2/5/2569", title], ["3/5/2569", "สาม"], ["4/5/2569", 'จบ"']]

    assert [cells for _n, cells in pasted_grid("\r\n".join("\t".join(cells) for cells in rows))] == rows


def test_a_cell_with_a_line_break_stays_one_cell():
    text = '2/5/2569\t"บรรทัด ""หนึ่ง""\nบรรทัดสอง"\t9\r\n3/5/2569\tอีกแถว\t'

    assert [cells for _number, cells in pasted_grid(text)] == [
        ["2/5/2569", 'บรรทัด "หนึ่ง"\nบรรทัดสอง', "9"],
        ["3/5/2569", "อีกแถว", ""],
    ]
