"""Asking every address as everybody, without keeping anything that the answers would write."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from flask import Flask
from sqlalchemy import event
from werkzeug.test import Client, TestResponse

from tests.permissions.table import LINES, Line
from tests.permissions.things import Thing, Things
from tests.world import PASSWORD, PEOPLE

WHO = (
    "coordinator", "other_coordinator", "group_coordinator", "head", "group_head", "office", "executive",
    "administrator", "nobody", "signed out",
)  # fmt: skip
LINE = {line.endpoint: line for line in LINES}
WRITING = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
TOKEN = re.compile(r'name="?csrf_token"?[^>]*value="([^"]+)"')
ALWAYS_WRITTEN = frozenset(("browser_sessions", "kept_texts", "failed_attempts"))
READING_WRITES = frozenset(("audit_entries",))  # every export is recorded


@dataclass(frozen=True)
class Asker:
    """Somebody's cookie and token."""

    cookie: str
    token: str


class Trial:
    """The application with things in it, somebody of every role signed in, and commits that keep nothing."""

    def __init__(self, app: Flask, things: Things) -> None:
        self.app, self.things = app, things
        self.client = Client(app, use_cookies=False)
        self.askers: dict[str, Asker] = {}
        self.pending: list[str] = []
        self.committed: list[str] = []
        self.asked = 0

    def sign_everybody_in(self) -> None:
        """Sign somebody of every role in by the real form."""
        for who in WHO:
            browser = Client(self.app)
            page = browser.get("/sign-in").text
            if who != "signed out":
                form = {"email": PEOPLE[who].email, "password": PASSWORD, "csrf_token": _token(page)}
                assert browser.post("/sign-in", data=form).status_code == 303
                page = browser.get("/account").text
            cookies = [browser.get_cookie(name) for name in ("tracker_session", "tracker_page")]
            header = "; ".join(f"{cookie.key}={cookie.value}" for cookie in cookies if cookie)
            self.askers[who] = Asker(header, _token(page))

    def keep_nothing(self) -> None:
        """From here on whatever is committed is undone instead, and noted in `committed`."""
        engine = self.app.extensions["tracker_engine"]
        event.listen(engine, "before_cursor_execute", self._note)
        event.listen(engine, "commit", lambda _connection: self._settle(self.committed))
        event.listen(engine, "rollback", lambda _connection: self._settle([]))
        engine.dialect.do_commit = engine.dialect.do_rollback

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if found := WRITING.match(statement):
            self.pending.append(found[1])

    def _settle(self, target: list[str]) -> None:
        target.extend(self.pending)
        self.pending.clear()

    def ask(self, who: str, method: str, address: str, **fields: str) -> TestResponse:
        """Ask an address as somebody; a POST carries a valid token and the given fields."""
        asker = self.askers[who]
        self.asked += 1
        self.pending.clear()
        self.committed.clear()
        data = {"csrf_token": asker.token, **fields} if method == "POST" else None
        headers = {"Cookie": asker.cookie}
        answer = self.client.open(address, method=method, headers=headers, data=data, buffered=True)
        answer.close()
        return answer

    def address(self, line: Line, thing: Thing) -> str:
        """Return the address of a line about a thing."""
        with self.app.test_request_context():
            return self.app.url_for(line.endpoint, **line.fixed, **thing.values)

    def faults(self, endpoint: str) -> list[str]:
        """Return in words every answer at an endpoint that is not the product's."""
        return [fault for case in self.cases(endpoint) if (fault := self._fault(*case))]

    def cases(self, endpoint: str) -> Iterator[tuple[Line, str, str, Thing]]:
        """Give every case of an endpoint."""
        line = LINE[endpoint]
        for rule in self.app.url_map.iter_rules(endpoint):
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                for who in WHO:
                    for thing in self.things.of(line.takes, who):
                        yield line, who, method, thing

    def _fault(self, line: Line, who: str, method: str, thing: Thing) -> str | None:
        address = self.address(line, thing)
        wanted = expected(line, who, method, thing)
        case, text = f"{who} {method} {address} {thing.note}: ", ""
        try:
            answer = self.ask(who, method, address)
            got, location, text = answer.status_code, answer.headers.get("Location", ""), text_of(answer)
        except Exception as error:  # noqa: BLE001  # whatever it is, people would see a 500
            got, location = 500, repr(error)
        if got not in wanted:
            return f"{case}{got} {location}, not {sorted(wanted)}"
        if wanted == SIGN_IN and not location.startswith("/sign-in"):
            return f"{case}leads to {location}, not to the sign-in"
        if leaks := self.things.leaks(who, text):
            return f"{case}shows {sorted(leaks)}"
        written = set(self.committed) - ALWAYS_WRITTEN
        if method == "GET":
            written -= READING_WRITES if got == 200 else set()
        elif wanted >= POSTED:
            return None
        return f"{case}{got}, but it wrote {sorted(written)}" if written else None


SIGN_IN = frozenset((303,))
SHOWN = frozenset((200, 303))
POSTED = frozenset((200, 303, 422))


def expected(line: Line, who: str, method: str, thing: Thing) -> frozenset[int]:
    """Return the statuses that the product allows, by its order of answers."""
    if who not in line.held_by:
        return SIGN_IN if who == "signed out" else frozenset((403,))
    if thing.is_missing:
        return frozenset((404,))
    for sees in (line.sees, thing.sees):
        if sees is not None and thing.place not in sees.get(who, ()):
            return frozenset((404,))
    if line.changes is not None and thing.place not in line.changes.get(who, ()):
        return frozenset((403,))
    return POSTED if method == "POST" else SHOWN


def text_of(answer: TestResponse) -> str:
    """Return what can be read in a page or a file."""
    if not answer.data.startswith(b"PK"):
        return answer.get_data(as_text=True)
    with ZipFile(BytesIO(answer.data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def _token(page: str) -> str:
    found = TOKEN.search(page)
    assert found is not None
    return found[1]
