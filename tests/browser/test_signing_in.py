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
