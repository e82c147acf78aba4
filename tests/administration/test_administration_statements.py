"""How much the pages of programme and administration ask of the database."""

import pytest

PAGES = {
    "administrator": (
        "/administration/",
        "/administration/people",
        "/administration/units",
        "/administration/units/P001",
        "/administration/audit",
        "/administration/settings",
        "/programme/template",
    ),
    "office": ("/programme/", "/programme/stages/2", "/programme/enrolments", "/programme/stages/2/enrol"),
}


@pytest.mark.parametrize(("who", "path"), [(who, path) for who, paths in PAGES.items() for path in paths])
def test_a_warm_page_needs_few_statements(browser_as, statements, who, path):
    browser = browser_as(who)
    browser.get(path)
    statements.clear()

    browser.get(path)

    assert len(statements) <= 12, statements
