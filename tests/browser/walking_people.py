"""How people of the main journey use pages: by links and buttons in sight, counting what they touch."""

from playwright.sync_api import Locator, Page

from tests.browser.visitor import Visitor

PRIMARY = "main button.btn-primary:visible"
CONTROLS_BEFORE_MORE = """() => {
  const form = document.querySelector('main form');
  return [...form.querySelectorAll('.field, button')].filter(field =>
    !field.closest('details.more, .actionbar') && field.getClientRects().length).length;
}"""


class Person:
    """Somebody at a page: every step looks whether the page fits its window."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page, self.taps = visitor, visitor.page, 0

    def go(self, path: str) -> Page:
        """Type an address."""
        self.visitor.open(path)
        return self._look()

    def follow(self, link: str) -> Page:
        """Follow the first link in sight that a selector finds."""
        found = self.page.locator(f"{link} >> visible=true").first
        address = found.get_attribute("href")
        self.touch(found)
        self.page.wait_for_url(
            lambda now: address is None or now.split("#")[0].endswith(address.split("#")[0])
        )
        return self._look()

    def touch(self, what: str | Locator) -> None:
        """Tap on a phone, click at a desk, and count it."""
        found = self.page.locator(what).first if isinstance(what, str) else what
        if self.page.viewport_size and self.page.viewport_size["width"] < 600:
            found.tap()
        else:
            found.click()
        self.taps += 1

    def fill(self, **typed: str) -> None:
        """Type into fields or choose from lists, by their names."""
        for name, value in typed.items():
            field = self.page.locator(f'main [name="{name}"]').first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def send(self, button: str = PRIMARY) -> Page:
        """Send the form and wait for the page that answers."""
        with self.page.expect_navigation():
            self.touch(button)
        assert self.page.locator(".errsum").all_inner_texts() == []
        return self._look()

    def choose_day(self, name: str, day: int, month: int, year: int) -> None:
        """Choose a day as the visitor's language writes years (`year` is B.E.)."""
        for part, number in (("day", day), ("month", month)):
            self.page.locator(f'main [name="{name}-{part}"]').select_option(str(number))
        english = self.page.locator("html").get_attribute("lang") == "en"
        self.page.locator(f'main [name="{name}-year"]').select_option(
            label=str(year - 543 if english else year)
        )

    def figure(self, link: str) -> int:
        """Read the number that a link shows."""
        return int(
            self.page.locator(f"{link} >> visible=true").first.inner_text().split()[0].replace(",", "")
        )

    def _look(self) -> Page:
        self.page.wait_for_load_state()
        assert not self.visitor.scrolls_sideways(), self.page.url
        assert self.page.locator("h1").count() == 1, self.page.url
        return self.page
