"""A real browser before a real server, with the small world of `tests/world.py` behind it."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from waitress.server import create_server

from tests.browser.chromium import chromium_path, open_chromium
from tests.browser.visitor import Visitor
from tests.surroundings import BROWSER_REQUIRED
from tests.world import PASSWORD, PEOPLE

Visit = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys in this folder, and leave them out, saying so, where there is no Chromium."""
    absent = chromium_path() is None and not BROWSER_REQUIRED
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if absent:
                item.add_marker(pytest.mark.skip(reason="left out: there is no Chromium on this machine"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give the browser that all journeys of a worker share."""
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def server(application: Flask) -> Iterator[str]:
    """Serve the application on a free loopback port and give its address."""
    listening: Any = create_server(application, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=listening.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.effective_port}"
    listening.close()
    thread.join(timeout=5)


@pytest.fixture
def visit(app: Flask, server: str, chromium: Browser) -> Iterator[Visit]:
    """Give a function that seats somebody at a browser.

    `visit("coordinator")` has signed in by the form; `visit()` is nobody yet. Say `width=390` for a phone,
    `language="en"` for English, `scripts=False` for a browser without JavaScript.
    """
    visitors = []

    def seat(
        who: str | None = None,
        *,
        width: int = 1280,
        height: int = 800,
        language: str = "th",
        scripts: bool = True,
    ) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="en-GB" if language == "en" else "th-TH",
            timezone_id="Asia/Bangkok",
            java_script_enabled=scripts,
            has_touch=width < 600,
        )
        context.set_default_timeout(10_000)
        visitor = Visitor(context, context.new_page(), server)
        visitors.append(visitor)
        if who is not None:
            sign_in(visitor, PEOPLE[who].email)
        if language != "th":
            visitor.open(f"/language/{language}")
        return visitor

    yield seat
    problems = [problem for visitor in visitors for problem in visitor.problems]
    for visitor in visitors:
        visitor.context.close()
    assert problems == []


def sign_in(visitor: Visitor, email: str) -> None:
    """Sign in by the form."""
    visitor.open("/sign-in")
    visitor.page.fill('input[name="email"]', email)
    visitor.page.fill('input[name="password"]', PASSWORD)
    visitor.page.press('input[name="password"]', "Enter")
    visitor.page.wait_for_url(lambda address: "/sign-in" not in address)
