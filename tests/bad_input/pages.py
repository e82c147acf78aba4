"""Every page of the tracker and every form on it, found by walking; and forms sent with fields changed."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import event
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse, encode_multipart

from tests.permissions.trial import ALWAYS_WRITTEN, LINE, WHO, WRITING, Trial, expected

TYPED = ("text", "search", "tel", "email", "url", "")
DATE_PARTS = ("-day", "-month", "-year")
PLAIN = "ข้อความสมมติ"
# the tries of several people at the same page show little more
WALKERS = ("coordinator", "group_coordinator", "head", "office", "executive", "administrator", "signed out")


def first_of(values: Sequence[Any], names: Sequence[str] = (), quick: int = 2) -> list[Any]:
    """Return parameters of a test over all forms: all but the first few are slow ones."""
    names = names or [ascii(value)[1:15] for value in values]
    return [
        pytest.param(
            *(value if isinstance(value, tuple) else (value,)),
            id=name,
            marks=[pytest.mark.slow] * (at >= quick),
        )
        for at, (value, name) in enumerate(zip(values, names, strict=True))
    ]


@dataclass(frozen=True)
class Field:
    """A field as a browser would send it: its values, those offered, and what kind it is."""

    name: str
    kind: str  # typed, choice, hidden, tick, file, password
    values: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    required: bool = False


@dataclass
class PostForm:
    """A form that is posted, on a page that somebody opened."""

    who: str
    page: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    is_multipart: bool = False

    @property
    def sort(self) -> frozenset[str]:
        """Return what tells this form from others at its kind of address: its names, without ids."""
        return frozenset(re.sub("[0-9]+", "n", name) for name in self.fields)

    @property
    def address(self) -> str:
        return urlsplit(self.action).path

    def of(self, *kinds: str) -> list[Field]:
        """Return the fields of some kinds, those of days left out."""
        return [f for f in self.fields.values() if f.kind in kinds and not f.name.endswith(DATE_PARTS)]

    @property
    def days(self) -> list[str]:
        """Return the names of the fields that are days."""
        return [name[:-4] for name in self.fields if name.endswith("-day")]

    def filled(self, **changes: object) -> MultiDict[str, str]:
        """Return what a browser would send, what must be typed filled in, and some fields changed."""
        sent: MultiDict[str, str] = MultiDict()
        for each in self.fields.values():
            if each.kind == "file" or each.name in changes:
                continue
            values = each.values
            if not any(values) and each.required and each.kind == "typed":
                values = (PLAIN,)
            if not any(values) and each.required and each.kind == "choice":
                values = tuple(value for value in each.offered if value)[:1]
            for value in values:
                sent.add(each.name, value)
        for name, changed in changes.items():
            for one in changed if isinstance(changed, (list, tuple)) else (changed,):
                sent.add(name, str(one))
        return sent

    def __str__(self) -> str:
        return f"{self.who} {self.page} → {self.address}"


class Siege:
    """The application with one of everything in it; whatever is committed is undone."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.app = trial.app
        self.said: list[tuple[str, object]] = []
        event.listen(trial.app.extensions["tracker_engine"], "before_cursor_execute", self._listen)

    def _listen(self, _connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if WRITING.match(statement):
            self.said.append((statement, values))

    def open_pages(self) -> Iterator[tuple[str, str, str]]:
        """Give (who, endpoint, address) of every GET that the product lets somebody do."""
        readable = {rule.endpoint for rule in self.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
        for endpoint in sorted(readable & LINE.keys() - {"static"}):
            line = LINE[endpoint]
            for who in WALKERS:
                for thing in self.trial.things.of(line.takes, who):
                    if thing.is_missing or 200 not in expected(line, who, "GET", thing):
                        continue
                    with self.app.test_request_context():
                        yield who, endpoint, self.app.url_for(endpoint, **line.fixed, **thing.values)

    @cached_property
    def pages(self) -> dict[tuple[str, str], TestResponse]:
        """Return the answers of every page that somebody may open, by who and address."""
        found = {}
        for who, _endpoint, address in self.open_pages():
            found[who, address] = self.trial.ask(who, "GET", address)
        return found

    @cached_property
    def forms(self) -> list[PostForm]:
        """Return every posted form, those that ask the same at the same kind of address once."""
        seen: dict[tuple[str, frozenset[str]], PostForm] = {}
        for (who, address), answer in self.pages.items():
            if answer.mimetype != "text/html" or answer.status_code != 200:
                continue
            for form in forms_of(who, address, answer.text):
                seen.setdefault((self.endpoint(form.address), form.sort), form)
        return list(seen.values())

    def endpoint(self, path: str) -> str:
        """Return what answers a POST to a path."""
        return str(self.app.url_map.bind("localhost").match(path, method="POST")[0])

    def endpoint_of_get(self, address: str) -> str:
        """Return what answers a GET of an address."""
        return str(self.app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")[0])

    def send(self, form: PostForm, **changes: object) -> TestResponse:
        """Post a form as its person, with a valid token."""
        return self.send_data(form, form.filled(**changes))

    def send_data(
        self, form: PostForm, data: Mapping[str, object], headers: Mapping[str, str] | None = None
    ) -> TestResponse:
        """Post data to where a form goes, as its person."""
        asker = self.trial.askers[form.who]
        if "csrf_token" in form.fields and isinstance(data, MultiDict) and "csrf_token" in data:
            data["csrf_token"] = asker.token
        self.trial.pending.clear()
        self.trial.committed.clear()
        self.said.clear()
        body: Any = data
        kind = None
        if form.is_multipart:
            boundary, body = encode_multipart(data)
            kind = f"multipart/form-data; boundary={boundary}"
        cookie = {"Cookie": asker.cookie, **(headers or {})}
        return self.trial.client.post(
            form.action, data=body, headers=cookie, content_type=kind, buffered=True
        )

    def attempt(self, form: PostForm, **changes: object) -> tuple[int, str]:
        """Post a form; return the status and the page, or 500 and what was raised."""
        return told(lambda: self.send(form, **changes))

    def attempt_data(self, form: PostForm, data: Mapping[str, object]) -> tuple[int, str]:
        """Post data to where a form goes; return the status and the page, or 500 and what was raised."""
        return told(lambda: self.send_data(form, data))

    def ask(self, who: str, method: str, address: str) -> tuple[int, str]:
        """Ask an address; return the status and the page, or 500 and what was raised."""
        return told(lambda: self.trial.ask(who, method, address))

    def statements(self) -> list[str]:
        """Return what the last request wrote, in words: each statement with its values."""
        return [str(said) for said in self.said]

    @property
    def written(self) -> set[str]:
        """Return the tables that the last request would have written to, sessions and throttles aside."""
        return set(self.trial.committed) - ALWAYS_WRITTEN


def forms_of(who: str, address: str, page: str) -> Iterator[PostForm]:
    """Give the posted forms of a page."""
    soup = BeautifulSoup(page, "lxml")
    for tag in soup.find_all("form"):
        if str(tag.get("method", "get")).lower() != "post":
            continue
        action = urljoin(address, str(tag.get("action") or address))
        form = PostForm(who, address, action, is_multipart="multipart" in str(tag.get("enctype", "")))
        outside = soup.find_all(form=str(tag["id"])) if tag.get("id") else []
        for control in [*tag.find_all(["input", "textarea", "select", "button"]), *outside]:
            _take(form, control)
        yield form


def _take(form: PostForm, control: Tag) -> None:
    name, kind = str(control.get("name") or ""), str(control.get("type") or "").lower()
    if not name or control.has_attr("disabled"):
        return
    if control.name == "button" or kind in ("submit", "image", "button", "reset"):
        form.buttons.append((name, str(control.get("value") or "")))
        return
    known = form.fields.get(name, Field(name, ""))
    must = control.has_attr("required") or known.required
    value = str(control.get("value") or "")
    if control.name == "textarea":
        form.fields[name] = Field(name, "typed", (*known.values, control.get_text()), required=must)
    elif control.name == "select":
        options = control.find_all("option")
        chosen = [str(o.get("value", o.text)) for o in options if o.has_attr("selected")]
        offered = tuple(str(o.get("value", o.text)) for o in options)
        first = list(offered[:1]) if not control.has_attr("multiple") else []
        form.fields[name] = Field(name, "choice", tuple(chosen or first), offered, must)
    elif kind in ("radio", "checkbox"):
        value = value or "on"
        values = (*known.values, value) if control.has_attr("checked") else known.values
        sort = "choice" if kind == "radio" or known.offered else "tick"
        form.fields[name] = Field(name, sort, values, (*known.offered, value), must)
    elif kind in TYPED:
        form.fields[name] = Field(name, "typed", (*known.values, value), required=must)
    else:
        form.fields[name] = Field(name, kind, (*known.values, value), required=must)


assert set(WALKERS) <= set(WHO)


def told(ask: Callable[[], TestResponse]) -> tuple[int, str]:
    """Return the status and the page of an answer, or 500 and what was raised.

    In a test the application lets an exception through; people would see a page with 500.
    """
    try:
        answer = ask()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the fault that the test tells
        return 500, repr(error)[:300]
    return answer.status_code, answer.data.decode(errors="replace")
