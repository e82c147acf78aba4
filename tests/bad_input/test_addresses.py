"""Odd addresses: ids that no row has, queries that mean nothing, other methods, hosts and lengths."""

from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.test import Client

from tests.permissions.trial import LINE
from tracker.app import create_app

ODD_VALUES = (
    "",
    "9" * 5000,
    "2147483648",
    "9223372036854775808",
    "-1",
    "0",
    "²",
    "๒",
    "ก" * 700,
    "' OR 1=1 --%_\\",
    "%",
    "30/2/2569",
    "9999-12-31",
    "2700-12-31",
    "2400-01-01",
    "2569-13",
    "step-" + "9" * 4400,
    "step-0",
    "done-99",
    "\ufffd",
    "<xss17>",
)
ODD_IDS = (
    "0",
    "2147483648",
    "9223372036854775808",
    "9" * 400,
    "-1",
    "1.5",
    "abc",
    "²",
    "1%0A",
    "%ED%A0%80",
    "..%2F..",
)


class Noticing(ImmutableMultiDict[str, str]):
    """A query that notices which of its names are asked for."""

    asked: set[str] = set()

    def get(self, key: Any, *rest: Any, **named: Any) -> Any:
        Noticing.asked.add(key)
        return super().get(key, *rest, **named)

    def getlist(self, key: Any, *rest: Any, **named: Any) -> Any:
        Noticing.asked.add(key)
        return super().getlist(key, *rest, **named)

    def __contains__(self, key: object) -> bool:
        Noticing.asked.add(str(key))
        return super().__contains__(key)

    def __getitem__(self, key: Any) -> Any:
        Noticing.asked.add(key)
        return super().__getitem__(key)


@pytest.fixture
def asked_names(siege, monkeypatch):
    """Give, for one page of each endpoint, the names that it looks for in the query."""
    monkeypatch.setattr("tracker.web.security.ImmutableMultiDict", Noticing)
    found = {}
    for who in ("coordinator", "office", "administrator"):
        for (walker, address), answer in siege.pages.items():
            endpoint = siege.endpoint_of_get(address)
            if walker == who and answer.status_code == 200 and (endpoint not in found or who == "office"):
                Noticing.asked = set()
                siege.trial.ask(who, "GET", address)
                found[endpoint] = (who, address, sorted(Noticing.asked))
    assert sum(len(names) for _who, _address, names in found.values()) > 150
    return found


@pytest.mark.slow
def test_no_query_breaks_a_page(siege, asked_names):
    faults = []
    for who, address, names in asked_names.values():
        path, _mark, query = address.partition("?")
        kept = dict(part.split("=", 1) for part in query.split("&") if part)
        for name in names:
            for value in ODD_VALUES:
                arguments = "&".join(f"{n}={v}" for n, v in {**kept, name: quote(value)}.items())
                status, text = siege.ask(who, "GET", f"{path}?{arguments}")
                if status not in (200, 303, 404, 422) or "<xss17" in text:
                    faults.append(f"{who} {path} {name}={value[:20]}: {status} {text[:200]}")
    assert not faults, "\n".join(faults)


def test_nul_in_an_address_is_a_bad_request(siege):
    for address in ("/activities/?q=%00", "/activities/%00", "/units/P0%0001", "/activities/?q=a&q=%00"):
        answer = siege.trial.ask("office", "GET", address)
        assert answer.status_code in (400, 404), address


def test_an_odd_id_is_not_found_anywhere(siege):
    faults = []
    for rule in siege.app.url_map.iter_rules():
        if not rule.arguments or rule.endpoint == "static":
            continue
        line = LINE.get(rule.endpoint)
        who = next(
            (w for w in ("office", "administrator", "coordinator") if line and w in line.held_by), "office"
        )
        for odd in ODD_IDS:
            path = rule.rule
            for argument in rule.arguments:
                for shape in (f"<id:{argument}>", f"<int:{argument}>", f"<{argument}>"):
                    path = path.replace(shape, odd)
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                status, text = siege.ask(who, method, path)
                if status not in (303, 404, 405):
                    faults.append(f"{who} {method} {path[:80]}: {status} {text[:200]}")
    assert not faults, "\n".join(faults)


def test_another_method_is_told(siege):
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "XYZZY"):
        answer = siege.trial.ask("office", method, "/activities/")
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]
        assert "เปิดหน้านี้ด้วยวิธีนี้ไม่ได้" in answer.text


def test_an_endless_address_is_refused(siege):
    assert siege.trial.ask("office", "GET", "/activities/?q=" + "a" * 9000).status_code == 414
    assert siege.trial.ask("office", "GET", "/" + "a" * 9000).status_code in (404, 414)


def test_pages_count_from_one_whatever_is_asked(siege):
    for page in ("9" * 5000, "99999999", "-1", "abc", "²", "๒", ""):
        answer = siege.trial.ask("office", "GET", f"/activities/?page={quote(page)}")
        assert answer.status_code == 200, page[:10]


@pytest.mark.parametrize(
    "host", ["evil.example", "tracker.example.evil.example", "a b", "tracker.example:99999", "ก.example", ""]
)
def test_a_foreign_host_is_refused_on_every_address(app, databases, tmp_path, host):
    from tests.conftest import engine_of, settings

    guarded = create_app(engine_of(app), **settings(databases.url, tmp_path), TRUSTED_HOSTS="tracker.example")
    for path in ("/", "/sign-in", "/static/site.css", "/nowhere", "/health"):
        answer = Client(guarded).get(path, headers={"Host": host.encode().decode("latin-1")})
        assert answer.status_code == 400, path
        assert "Traceback" not in answer.text
        assert "เปิดระบบด้วยชื่อเว็บนี้ไม่ได้" in answer.text
        assert "ขัดข้อง" not in answer.text
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Client(guarded).get("/sign-in", headers={"Host": "tracker.example"}).status_code == 200
