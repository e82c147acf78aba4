"""What opens stays on the screen, and words that have room are not cut."""

import pytest


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_menu_of_units_stays_on_a_narrow_screen(visit, language):
    visitor = visit("office", width=320, language=language)
    page = visitor.open("/overview")
    page.locator(".unit-menu summary").click()

    box = page.locator(".unit-menu .menu-sheet").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert not visitor.scrolls_sideways()


@pytest.mark.parametrize("width", [1024, 1280])
def test_the_search_gives_way_before_the_unit_does(visit, width):
    page = visit("office", width=width, language="en").open("/overview")

    label = page.locator(".unit-menu > summary > span")
    assert label.evaluate("el => el.scrollWidth <= el.clientWidth")


def test_a_filter_is_as_wide_as_the_words_chosen(visit):
    page = visit("office", language="en").open("/events/entries/")
    select = page.locator("#filter-taken_up")
    before = select.bounding_box()["width"]
    select.select_option("0")

    assert select.bounding_box()["width"] > before
