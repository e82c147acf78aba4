"""The day that a form says back in words follows what is chosen."""

import pytest


@pytest.mark.parametrize(
    ("language", "said"), [("th", "วันพุธที่ 10 มิถุนายน พ.ศ. 2569"), ("en", "Wednesday 10 June 2026")]
)
def test_the_words_under_a_day_follow_the_choice_and_go_where_there_is_no_such_day(visit, language, said):
    page = visit("coordinator", language=language).open("/events/new")
    echo = page.locator(".bedate + .echo").first

    page.locator("[name=held_on-day]").select_option("10")
    assert echo.inner_text() == said
    page.locator("[name=held_on-day]").select_option("31")
    assert echo.is_hidden()
