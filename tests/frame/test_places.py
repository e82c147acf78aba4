"""The menu: the place under which a page stands is marked, also for pages that have none of their own."""

import pytest


def marked(page):
    return [link.text.strip() for link in page.html.select('.rail a[aria-current="page"]')]


@pytest.mark.parametrize(
    ("who", "path", "place"),
    [
        ("coordinator", "/words/", "งานของหน่วยงาน"),
        ("coordinator", "/units/P001/stages/2/steps/1/status", "งานของหน่วยงาน"),
        ("executive", "/words/", "ภาพรวม"),
        ("executive", "/units/P001/stages/2/steps/1", "ภาพรวม"),
        ("office", "/words/", "ติดตามหน่วยงาน"),
        ("administrator", "/programme/template", "ผู้ดูแลระบบ"),
    ],
)
def test_every_page_stands_under_a_place(browser_as, who, path, place):
    assert marked(browser_as(who).get(path)) == [place]


@pytest.mark.parametrize("path", ["/words/", "/words/?unit=P001", "/units/P001/stages/2/steps/1/status"])
def test_pages_of_words_and_states_say_where_they_stand(browser_as, path):
    assert len(browser_as("coordinator").get(path).html.select(".crumbs li")) > 1


def test_a_menu_of_one_place_is_not_set_apart(browser_as):
    assert not browser_as("administrator").get("/administration/").html.select(".rail ul.apart")
    assert browser_as("office").get("/overview").html.select(".rail ul.apart")


def test_units_that_may_not_be_opened_lead_to_their_activities(browser_as):
    page = browser_as("coordinator").get("/units/").html

    assert page.select('a[href="/units/P001"]')
    assert not page.select('a[href="/units/P002"]')
    assert page.select('a[href="/activities/?unit=P002"]')
