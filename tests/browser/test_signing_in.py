"""The shortest journey, in a real browser: sign in, see where one is, sign out."""

import pytest

from tests.browser.conftest import Visit
from tests.world import PEOPLE


@pytest.mark.smoke
def test_a_coordinator_signs_in_and_out(visit: Visit):
    visitor = visit("coordinator")
    name = visitor.page.get_by_text(PEOPLE["coordinator"].name).first

    assert name.is_visible() or name.count() == 1
    visitor.page.locator("form.sign-out button").first.evaluate("button => button.form.requestSubmit()")
    visitor.page.wait_for_url("**/sign-in*")
    visitor.open("/")
    assert "/sign-in" in visitor.page.url


@pytest.mark.smoke
def test_signing_in_needs_no_script(visit: Visit):
    visitor = visit("coordinator", scripts=False)

    assert "/sign-in" not in visitor.page.url


@pytest.mark.parametrize("width", [390, 1280])
def test_the_language_of_a_refused_form_is_switched_without_a_script_and_nothing_is_lost(
    visit: Visit, width: int
):
    visitor = visit("coordinator", width=width, scripts=False)
    page = visitor.open("/activities/new?unit=P001")
    page.locator("textarea[name=outcome]").fill("ได้แนวทางใหม่")
    page.locator("main .actionbar button[type=submit]").first.click()
    assert visitor.page.locator(".errsum").is_visible()
    page.locator("form.lang button:visible", has_text="EN").click()

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("textarea[name=outcome]").input_value() == "ได้แนวทางใหม่"
