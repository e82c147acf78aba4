"""What Enter does in a form with several buttons: browsers press the first one, shown or not."""

from bs4 import BeautifulSoup, Tag

from tests.bad_input.pages import TYPED


def typed_forms(page: str) -> list[Tag]:
    """Return the posted forms of a page that Enter in a field sends by one of several buttons."""
    return [
        form
        for form in BeautifulSoup(page, "lxml").find_all("form", method="post")
        if len(buttons(form)) > 1
        and any(str(field.get("type") or "") in TYPED for field in form.find_all("input"))
    ]


def buttons(form: Tag) -> list[Tag]:
    return form.find_all("button", type="submit")


def test_enter_does_what_the_primary_button_does(siege):
    seen, faults = set(), set()
    for (_who, address), answer in siege.pages.items():
        if answer.mimetype != "text/html":
            continue
        for form in typed_forms(answer.text):
            endpoint = siege.endpoint_of_get(address)
            primary = form.select_one("button.btn-primary, button.btn-danger")
            first = buttons(form)[0]
            seen.add(endpoint)
            if primary is None or first.text.strip() != primary.text.strip():
                faults.add(f"{endpoint}: Enter presses “{first.text.strip()}”")

    assert not faults
    assert {"activities.new", "register.new_training", "sharing.new_entry"} <= seen
