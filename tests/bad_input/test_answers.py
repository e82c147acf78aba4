"""What every answer has: its headers, cookies that scripts cannot read, and errors without a trace."""

import re
from dataclasses import replace
from urllib.parse import quote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import Client

from tests.conftest import engine_of, settings
from tests.permissions.trial import LINE
from tests.world import PASSWORD, PEOPLE
from tracker.app import create_app

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FOREIGN = (
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "///evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "http:evil.example",
    " //evil.example",
    "data:text/html,x",
    "/\n//evil.example",
    "evil.example",
    "%2F%2Fevil.example",
    "/.//evil.example",
    "/..//evil.example",
    "//\u3002evil",
    "https:/evil.example",
    "/sign-in//evil.example",
    "/x\u2028//evil.example",
    "\u00a0//evil.example",
    "/\x7f/evil.example",
)


def test_every_page_keeps_itself_safe(siege):
    faults = []
    for (who, address), answer in siege.pages.items():
        policy = answer.headers.get("Content-Security-Policy", "")
        if "default-src 'none'" not in policy or "unsafe" in policy:
            faults.append(f"{who} {address}: {policy}")
        for name, value in HEADERS.items():
            if answer.headers.get(name) != value:
                faults.append(f"{who} {address}: {name}")
        if answer.headers.get("Cache-Control") != "no-store":
            faults.append(f"{who} {address}: {answer.headers.get('Cache-Control')}")
    assert len(siege.pages) > 300
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/nowhere"),
        ("GET", "/programme/"),
        ("PUT", "/activities/"),
        ("POST", "/activities/new"),
        ("GET", "/activities/?q=%00"),
        ("GET", "/activities/?q=" + "a" * 9000),
        ("GET", "/health"),
        ("OPTIONS", "/activities/"),
        ("HEAD", "/overview"),
        ("GET", "/activities"),
        ("GET", "/language/xx"),
        ("GET", "/language/en"),
    ],
)
def test_every_other_answer_keeps_itself_safe_too(siege, method, address):
    answer = siege.trial.client.open(
        address, method=method, headers={"Cookie": siege.trial.askers["coordinator"].cookie}
    )

    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value, name
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Traceback" not in answer.text


def test_a_page_is_never_framed_and_static_files_are_safe(siege):
    answer = siege.trial.client.get("/static/css/site.css")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert siege.trial.client.get("/static/../../config.py").status_code in (400, 404)
    assert siege.trial.client.get("/static/%2e%2e/app.py").status_code in (400, 404)
    assert siege.trial.client.get("/static/..%5c..%5cconfig.py").status_code in (400, 404)


def test_no_cookie_can_be_read_by_scripts_or_sent_from_elsewhere(app):
    secure = create_app(
        engine_of(app),
        **{
            **settings(str(engine_of(app).url.render_as_string(False)), app.config["DATA_DIR"]),
            "SECURE_COOKIES": True,
        },
    )
    browser = Client(secure)
    page = browser.get("/sign-in", base_url="https://localhost")
    found = re.search('name="?csrf_token"?[^>]*value="([^"]+)"', page.text)
    assert found
    token = found[1]
    answers = [page, browser.get("/language/en", base_url="https://localhost")]
    form = {"email": PEOPLE["coordinator"].email, "password": PASSWORD, "csrf_token": token}
    answers.append(
        browser.post(
            "/sign-in",
            data=form,
            base_url="https://localhost",
            headers={"Referer": "https://localhost/sign-in"},
        )
    )
    assert answers[-1].status_code == 303
    answers.append(browser.get("/account", base_url="https://localhost"))
    cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
    assert len(cookies) >= 3
    for cookie in cookies:
        assert "HttpOnly" in cookie, cookie
        assert "SameSite=Lax" in cookie, cookie
        assert "Secure" in cookie, cookie


def leads_away(answer):
    """Tell whether an answer sends the browser to another site."""
    location = answer.headers.get("Location", "")
    return location.startswith("//") or urlsplit(urljoin("http://localhost/", location)).netloc != "localhost"


@pytest.mark.parametrize("target", FOREIGN)
def test_nothing_leads_to_another_site(siege, target):
    asked = quote(target, safe="")
    for who, address in (
        ("coordinator", f"/sign-in?next={asked}"),
        ("coordinator", f"/language/th?next={asked}"),
        ("signed out", f"/language/en?next={asked}"),
    ):
        assert not leads_away(siege.trial.ask(who, "GET", address)), address
    form = next(form for form in siege.forms if form.address == "/activities/new")
    for page in ("/activities/new?unit=P001&back=", "/activities/upload?unit=P001&back="):
        text = siege.trial.ask("coordinator", "GET", page + asked).text
        links = BeautifulSoup(text, "lxml").find_all(href=True)
        led = [urljoin("http://localhost/", str(link["href"])) for link in links]
        away = [link for link in led if urlsplit(link).netloc != "localhost"]
        assert [link for link in away if not link.startswith("tel:")] == []
    kind = next(value for value in form.fields["kind"].offered if value.startswith("3-"))
    answer = siege.send(replace(form, action=f"{form.action}&back={asked}"), title="วง", step="3", kind=kind)
    assert answer.status_code == 303
    assert not leads_away(answer)


def test_no_form_leads_to_another_site(siege):
    faults = []
    for form in siege.forms:
        if form.who != "signed out":
            joint = "&" if "?" in form.action else "?"
            foreign = "&".join(f"{name}=//evil.example/" for name in ("next", "back", "url", "to", "return"))
            tried = replace(form, action=f"{form.action}{joint}{foreign}")
            if leads_away(siege.send(tried)):
                faults.append(tried.action)
    assert not faults, "\n".join(faults)


@pytest.mark.slow
def test_pages_that_are_read_write_nothing(siege):
    faults = []
    for who, endpoint, address in siege.open_pages():
        siege.trial.ask(who, "GET", address)
        allowed = {"audit_entries"} if "export" in endpoint or "download" in endpoint else set()
        if siege.written - allowed:
            faults.append(f"{who} {address}: {siege.written}")
        assert endpoint in LINE
    assert not faults, "\n".join(faults)
