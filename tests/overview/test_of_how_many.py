"""Of how many a list shows some: the records that its figure is counted of, in words and as a link."""

import re
from datetime import date

import pytest


@pytest.mark.parametrize("unit", ["", "PG01", "P004"])
def test_the_fourth_figure_and_its_list_say_alike_of_how_many(browser_as, make, unit):
    held = make.event("P001")
    make.entry(held, "P001", taken_up_by=("P004",))
    make.entry(held, "P004", taken_up_by=("P001", "D01"))
    make.entry(held, "P002")
    earlier = make.event("P001-G1", stage=1, held_on=date(2025, 5, 1), entered_on=date(2025, 5, 1))
    make.entry(earlier, "P001-G1")
    make.entry(held, "P004")
    browser = browser_as("executive")

    figure = browser.get(f"/overview?unit={unit}").html.select_one("a.headline[href*=taken_up]")
    listed = browser.get(figure["href"])

    number = re.findall(r"\d+", figure.select_one(".headline-of").text)[0]
    line = listed.html.select_one(".count span")
    assert re.findall(r"\d+", line.text)[-1] == number
    assert browser.get(line.select_one("a")["href"]).html.select_one(".count b").text == number


def test_a_search_among_enrolments_says_of_how_many_and_nonsense_finds_nothing(browser_as):
    office = browser_as("office")

    said = [
        " ".join(office.get(f"/programme/enrolments?{asked}").html.select_one(".count span").text.split())
        for asked in ("stage=2&unit=PG01&q=P002", "stage=2&unit=PG01", "stage=9", "state=odd")
    ]

    assert said == ["1 รายการ จาก 3", "3 รายการ", "0 รายการ จาก 13", "0 รายการ จาก 13"]
    assert "9 (ไม่รู้จัก)" in office.get("/programme/enrolments?stage=9").html.select_one(".applied").text
