"""A browser without a screen: one kept connection, cookies, and forms filled in as a person would."""

import http.client
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit


class WrongAnswerError(Exception):
    """A server answered something else than what was asked for."""


@dataclass
class Form:
    """A form of a page: where it goes, and its fields as they would be sent."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    options: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    """Collects the forms of a page, in the simplest way that real forms need."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = ""
        self._several = False
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a form, or a field of the one that is open."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(values.get("action", ""), values.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None:
            self._field(self._open, tag, values)

    def _field(self, form: Form, tag: str, values: dict[str, str]) -> None:
        name, value = values.get("name", ""), values.get("value", "")
        if name:
            form.names.add(name)
        if tag == "input" and name:
            if values.get("type") in {"radio", "checkbox"}:
                form.options.setdefault(name, []).append(value)
                if "checked" in values:
                    form.fields[name] = value
            elif values.get("type") not in {"file", "submit"}:
                form.fields[name] = value
        elif tag == "textarea":
            self._area = name
            form.fields[name] = ""
        elif tag == "select":
            self._select, self._several = name, "multiple" in values
        elif tag == "option" and self._select:
            form.options.setdefault(self._select, []).append(value)
            if "selected" in values or not (self._several or self._select in form.fields):
                form.fields[self._select] = value

    def handle_data(self, data: str) -> None:
        """Take the text of a text area."""
        if self._area and self._open is not None:
            self._open.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """Close a form or a field."""
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def form_with(page: bytes, name: str) -> Form:
    """Return the form of a page that has a field of this name."""
    parser = _Forms()
    parser.feed(page.decode())
    for form in parser.forms:
        if name in form.names:
            return form
    raise WrongAnswerError(f"no form with a field {name}")


class Client:
    """A browser on one server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.waited = 0.0  # seconds between asking and having read the answer, in all
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def cookie_header(self) -> str:
        """Return the cookies as a request carries them."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _once(
        self, method: str, path: str, body: bytes | None, referrer: str
    ) -> tuple[int, str | None, bytes]:
        headers = {"Cookie": self.cookie_header(), "Accept": "text/html,*/*"}
        if body is not None:
            origin = f"http://127.0.0.1:{self.port}"
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": origin + referrer}
        begun = time.perf_counter()
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()
            if method != "GET":
                raise
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        data = answer.read()
        self.waited += time.perf_counter() - begun
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = cookie.partition("=")
            self.cookies[name.strip()] = rest.partition(";")[0]
        return answer.status, answer.headers["Location"], data

    def _fetch(self, method: str, path: str, body: bytes | None, expect: str) -> bytes:
        referrer = path
        status, location, data = self._once(method, path, body, referrer)
        for _ in range(5):
            if status not in {301, 302, 303, 307}:
                break
            parts = urlsplit(urljoin(path, location or "/"))
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            status, location, data = self._once("GET", path, None, referrer)
        if status != 200 or expect.encode() not in data:
            raise WrongAnswerError(f"{status} at {path}, wanted {expect!r}: {data[:400]!r}")
        return data

    def get(self, path: str, expect: str) -> bytes:
        """Return a page, redirects followed; raise unless it is a 200 that holds the text."""
        return self._fetch("GET", path, None, expect)

    def send(self, path: str, form: Form, expect: str) -> bytes:
        """Send a form of the page at `path`; return the page that it leads to, as `get`."""
        target = urljoin(path, form.action) if form.action else path
        return self._fetch("POST", target, urlencode(form.fields).encode(), expect)
