"""Somebody at a browser, and everything that goes wrong while they use it."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

VENDOR = Path(__file__).parent / "vendor"
SHOTS = Path(__file__).parent / "shots"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = {"serious", "critical"}
LOCAL_SCHEMES = {"blob", "about", "data"}


@cache
def _axe() -> str:
    return (VENDOR / "axe.min.js").read_text(encoding="utf-8")


@dataclass
class Visitor:
    """A page in a browser of its own, with a record of what must not happen.

    `problems` collects broken security policies, script errors, requests that leave the server,
    and answers that nobody expected; the fixture that made the visitor fails the test for any.
    A test that provokes an answer on purpose says so: `visitor.expected.add(422)`.
    """

    context: BrowserContext
    page: Page
    server: str
    problems: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=lambda: {422})

    def __post_init__(self) -> None:
        """Begin to watch."""
        self.context.on("request", self._saw_request)
        self.context.on("response", self._saw_response)
        self.context.on("console", self._saw_message)
        self.context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))

    def open(self, path: str) -> Page:
        """Go to a page of the tracker."""
        self.page.goto(self.server + path)
        return self.page

    def grave_faults(self) -> list[str]:
        """Return what axe finds serious or critical on the page as it stands."""
        self.page.evaluate(_axe())
        found: dict[str, Any] = self.page.evaluate(
            "rules => axe.run(document, {preload: false, runOnly: rules, resultTypes: ['violations']})", RULES
        )
        return [
            f"{fault['id']}: {fault['help']}: {len(fault['nodes'])} × {fault['nodes'][0]['html'][:160]}"
            for fault in found["violations"]
            if fault["impact"] in GRAVE
        ]

    def scrolls_sideways(self) -> bool:
        """Tell whether the page is wider than its window."""
        return bool(
            self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        )

    def shoot(self, name: str) -> Path:
        """Take a picture of the whole page into tests/browser/shots/, which git ignores."""
        SHOTS.mkdir(exist_ok=True)
        path = SHOTS / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def _saw_request(self, request: Request) -> None:
        there = urlsplit(request.url)
        if there.scheme not in LOCAL_SCHEMES and f"{there.scheme}://{there.netloc}" != self.server:
            self.problems.append(f"left the server: {request.url}")

    def _saw_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.problems.append(f"{response.status} for {response.request.method} {response.url}")

    def _saw_message(self, message: ConsoleMessage) -> None:
        refused = "Content Security Policy" in message.text or "Content-Security-Policy" in message.text
        ours = message.type == "error" and not message.text.startswith("Failed to load resource")
        if refused or ours:  # an answer of 400 and more is judged as a response, not by its message
            self.problems.append(f"console: {message.text}")
