"""What the pages of figures ask of the database: few statements, as many at any number of records."""

import pytest

from tracker.audit.kept import forget, kept
from tracker.following.operations_words import ask_unit

PAGES = ("/overview", "/stages/2", "/units/P001", "/stages/2/steps/3", "/stages/2?only=late")


def warm(browser, statements, page):
    browser.get(page)
    statements.clear()
    browser.get(page)
    return len(statements)


@pytest.mark.parametrize("who", ["executive", "office", "coordinator"])
def test_a_warm_page_of_figures_asks_little(browser_as, make, change_as, statements, who):
    make.activity("P001", step=3)
    with change_as("executive") as change:
        ask_unit(change, unit_id=make.node("P001").id, text="เมื่อใดจะประชุม")
    browser = browser_as(who)

    asked = {page: warm(browser, statements, page) for page in PAGES}

    assert {page: number for page, number in asked.items() if number > 16} == {}
    assert asked["/overview"] <= 8


def test_figures_are_computed_by_as_many_statements_for_many_records(browser_as, make, statements):
    browser = browser_as("executive")
    counts = []
    for _round in range(2):
        for _number in range(8):
            make.activity("P002", step=3)
        browser.get("/overview")
        forget()
        statements.clear()
        browser.get("/overview")
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 32


def test_the_list_to_follow_asks_as_much_for_all_as_for_one(browser_as, statements):
    office = browser_as("office")

    assert warm(office, statements, "/follow/?unit=P001") == warm(office, statements, "/follow/")


def test_a_change_by_another_process_is_seen_at_once(browser_as, make, session):
    """What another process commits does not forget what this one kept; its audit entry tells."""
    browser = browser_as("executive")
    browser.get("/overview")
    first = kept(session, "probe", object)
    assert kept(session, "probe", object) is first
    session.rollback()

    with_audit(session)

    assert kept(session, "probe", object) is not first


def with_audit(session):
    from datetime import UTC, datetime

    from tests.world import TODAY
    from tracker.audit.models import AuditEntry

    session.add(
        AuditEntry(at=datetime.now(UTC), day=TODAY, person_name="อื่น", verb="edited", subject_type="units",
                   details={})
    )  # fmt: skip
    session.commit()
