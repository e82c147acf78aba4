"""The pages of figures answer, for everybody who may read them, in both languages."""

import pytest

PAGES = (
    "/overview", "/overview?stage=1", "/overview?stage=1&at=now", "/overview?stage=3", "/overview?unit=PG01",
    "/overview?unit=P001&stage=3", "/stages/2", "/stages/2?only=late", "/stages/2?only=done-3",
    "/stages/2?sort=urgency", "/stages/2?sort=step-3", "/stages/2?sort=name", "/stages/2?sort=last",
    "/stages/1", "/stages/1?at=now", "/stages/3", "/stages/2/steps/3", "/stages/3/steps/3",
    "/stages/3/members?step=3", "/stages/2?unit=PG02&only=no_facilitator", "/units/",
)  # fmt: skip


@pytest.mark.parametrize("who", ["office", "executive", "coordinator", "head"])
@pytest.mark.parametrize("english", [False, True])
def test_the_pages_of_figures_open(browser_as, make, who, english):
    make.activity("P001", step=3)
    make.activity("P002", step=3, stage=3)
    browser = browser_as(who).in_english() if english else browser_as(who)

    for page in PAGES:
        assert browser.get(page).status_int == 200, page


@pytest.mark.parametrize("who", ["office", "executive", "coordinator", "head", "group_coordinator"])
def test_the_page_of_a_unit_opens(browser_as, make, who):
    make.activity("P001", step=3)
    browser = browser_as(who)

    for page in ("/units/P001", "/units/P001?stage=3", "/units/P001?stage=1", "/units/P001-G1?stage=1"):
        assert browser.get(page).status_int == 200, page


def test_the_page_of_another_unit_is_not_found_for_a_coordinator(browser_as):
    browser_as("coordinator").get("/units/P002", status=404)


def test_an_administrator_reads_no_figures(browser_as):
    for page in ("/overview", "/stages/2", "/units/P001", "/units/NOWHERE", "/follow/"):
        browser_as("administrator").get(page, status=403)
