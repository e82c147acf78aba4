"""Walks from each role's first page to every kind of page it reaches, as axe and narrow windows see them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.make import Make
from tracker.organisation.models import Manner

DOWNLOADS = (".csv", ".xlsx", ".docx", ".pdf", ".ics", ".toml")
ELSEWHERE = {"static", "signin.language"}  # the second would change the language of all that follows
NARROW = (320, 390, 768, 1000)


@pytest.fixture
def records(make: Make) -> None:
    """Put one record of each sort into the world, so that lists and profiles have something to show."""
    leader, post = make.facilitator("P001"), make.post("P001")
    make.training("P001", leader)
    make.activity(
        "P001", facilitators=(leader,), executives=((post, Manner.SHARED),), outcome="ได้แบบฟอร์มเดียว"
    )
    make.activity("P002", step=1)
    event = make.event("P001")
    make.entry(event, "P001", taken_up_by=("P002",))


def walk(app: Flask, visitor: Visitor, start: str = "/") -> Iterator[str]:
    """Open one page for each endpoint that links lead to, and give the address each time."""
    routes = app.url_map.bind("127.0.0.1")
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop(0)
        try:
            endpoint, _ = routes.match(urlsplit(path).path, method="GET")
        except (HTTPException, RequestRedirect):
            continue
        if endpoint in seen | ELSEWHERE or urlsplit(path).path.endswith(DOWNLOADS):
            continue
        seen.add(endpoint)
        visitor.open(path)
        yield path
        links: list[str] = visitor.page.eval_on_selector_all(
            "a[href]:not([download]):not([target])", "all => all.map(a => a.href)"
        )
        waiting += [link.removeprefix(visitor.server) for link in links if link.startswith(visitor.server)]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("who", ["coordinator", "head", "office", "executive", "administrator"])
@pytest.mark.usefixtures("records")
def test_every_page_is_accessible_and_fits_narrow_windows(app: Flask, visit: Visit, who: str, language: str):
    visitor = visit(who, language=language)
    faults: dict[str, list[str]] = {}

    for path in walk(app, visitor):
        found = visitor.grave_faults()
        if visitor.page.locator("h1").count() != 1:
            found.append("not exactly one h1")
        if visitor.page.locator("html").get_attribute("lang") != language:
            found.append(f"not in {language}")
        for width in NARROW:
            visitor.page.set_viewport_size({"width": width, "height": 800})
            if visitor.scrolls_sideways():
                found.append(f"wider than {width} px")
        visitor.page.set_viewport_size({"width": 1280, "height": 800})
        if found:
            faults[path] = found

    assert faults == {}


@pytest.mark.parametrize(
    "address",
    [
        "/activities/?audience=department",
        "/events/?from=1/1/2569",
        "/events/entries/?from=1/1/2569",
        "/facilitators/?",
    ],
)
@pytest.mark.usefixtures("records")
def test_all_filters_fit_narrow_windows(visit: Visit, address: str):
    visitor = visit("coordinator")

    visitor.open(f"{address}&filters=1")

    assert visitor.grave_faults() == []
    for width in NARROW:
        visitor.page.set_viewport_size({"width": width, "height": 800})
        assert not visitor.scrolls_sideways(), width


def test_the_sign_in_page_is_accessible(visit: Visit):
    visitor = visit()

    visitor.open("/sign-in")

    assert visitor.grave_faults() == []
