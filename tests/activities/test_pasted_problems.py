"""What is wrong in rows that were pasted, and where it is said."""

import pytest

PAGE = "/activities/upload?unit=P001"


def test_what_is_wrong_in_pasted_rows_stands_before_the_box_and_speaks_of_no_file(browser_as):
    page = browser_as("coordinator").get(PAGE)
    assert "first" in page.html.select_one(".duo > .side")["class"]
    form = next(f for f in page.forms.values() if "pasted" in f.fields)
    form["pasted"] = "2/5/2569\t99\tวง CoP\tขั้นตอนผิด"

    page = form.submit(status=422).html

    problems = page.select_one("main .errsum").text + page.select_one("table.ledger").text
    assert "แถวที่วาง" in problems and "ไฟล์" not in problems
    assert page.select_one("textarea[name=pasted]").text.strip().endswith("ขั้นตอนผิด")
    assert "first" not in page.select_one(".duo > .side")["class"]


@pytest.mark.parametrize("text", ["2/5/2569\t3\tวง CoP\tก\x00ข", "2/5/2569\t3\tวง CoP\tเรื่อง\n" * 501])
def test_pasted_rows_that_cannot_be_taken_are_not_called_a_file(browser_as, text):
    form = next(f for f in browser_as("coordinator").get(PAGE).forms.values() if "pasted" in f.fields)
    form["pasted"] = text

    page = form.submit(status=422).html

    assert "ไฟล์" not in page.select_one("main .errsum").text
