"""The language is switched in the middle of typing, and what was typed comes along."""

import pytest
from playwright.sync_api import Dialog
from sqlalchemy import select

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tracker.activities.models import Activity
from tracker.signin.models import KeptText

NEW = "/activities/new?unit=P001&stage=2&step=3"
TITLE, OUTCOME = "วง CoP ตรวจค้นเรือนนอน", "บรรทัดแรก\nบรรทัดที่สอง"


def switch(visitor: Visitor, code: str) -> None:
    with visitor.page.expect_navigation():
        visitor.page.locator(f".lang [lang={code}]").click()
    assert visitor.page.locator("html").get_attribute("lang") == code


def asked(visitor: Visitor) -> list[str]:
    """Give the list that hears of every question of the browser; each is answered by going on."""
    heard: list[str] = []

    def go_on(dialog: Dialog) -> None:
        heard.append(dialog.type)
        dialog.accept()

    visitor.page.on("dialog", go_on)
    return heard


@pytest.mark.parametrize("width", [390, 1280])
def test_typing_that_was_not_sent_comes_along_to_the_other_language_and_back(visit: Visit, session, width):
    visitor = visit("coordinator", width=width, height=844)
    page, questions = visitor.open(NEW), asked(visitor)
    page.fill("#title", TITLE)
    page.fill("#outcome", OUTCOME)
    page.locator(".kinds.k3 label", has_text="วง CoP").click()

    switch(visitor, "en")
    assert "Not saved yet" in page.locator("main").inner_text()
    assert (page.input_value("#title"), page.input_value("#outcome")) == (TITLE, OUTCOME)
    visitor.shoot(f"language-switched-{width}")
    page.fill("#title", f"{TITLE} 2")
    switch(visitor, "th")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    page.wait_for_url(lambda address: "/activities/new" not in address)

    assert questions == []
    assert session.scalars(select(Activity.title)).all() == [f"{TITLE} 2"]
    assert session.scalars(select(KeptText)).all() == []


def test_what_was_typed_since_a_form_was_refused_comes_along_too(visit: Visit):
    visitor = visit("coordinator")
    page, questions = visitor.open(NEW), asked(visitor)
    page.fill("#outcome", OUTCOME)
    page.get_by_role("button", name="บันทึก", exact=True).click()
    page.wait_for_selector(".errsum")
    page.fill("#title", TITLE)

    switch(visitor, "en")

    assert (page.input_value("#title"), page.input_value("#outcome"), questions) == (TITLE, OUTCOME, [])


def test_a_form_of_passwords_is_never_taken_along(visit: Visit, session):
    visitor = visit("coordinator")
    page, questions = visitor.open("/account/password"), asked(visitor)
    page.fill("[name=current]", "secret-one-two")
    page.locator("[data-reveal]").first.click()

    switch(visitor, "en")

    assert questions in ([], ["beforeunload"])
    assert page.input_value("[name=current]") == ""
    assert session.scalars(select(KeptText)).all() == []
