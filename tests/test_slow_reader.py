"""Somebody who stops reading a download holds nobody else up: a real server and a real socket."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import insert
from waitress.server import create_server

from tests.walking import data_form
from tracker.activities.models import Activity

ROWS = 2000  # more than a server buffers
OUTCOME = "ได้ขุมความรู้หลายข้อ " * 190


@contextmanager
def served(app: Flask) -> Iterator[int]:
    listening = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=listening.run, daemon=True)
    thread.start()
    try:
        yield int(listening.effective_port)
    finally:
        listening.close()
        thread.join(timeout=5)


@contextmanager
def stopped_reading(port: int, path: str, cookies: dict[str, str]) -> Iterator[bytes]:
    """Ask for a download, read its first bytes, and read no further until the block ends."""
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.settimeout(30)
        reader.connect(("127.0.0.1", port))
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        reader.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
        yield reader.recv(500)


def test_a_write_waits_for_nobody_who_stopped_reading(app, browser_as, make, session):
    one = make.activity("P001", title="วงเล่าเรื่องเก่า")
    columns = {c.name: getattr(one, c.name) for c in Activity.__table__.columns if c.name != "id"}
    session.execute(insert(Activity), [{**columns, "outcome": OUTCOME} for _ in range(ROWS)])
    session.commit()
    browser, other = browser_as("coordinator"), browser_as("coordinator")
    form = data_form(other.get("/activities/new?unit=P001&stage=2&step=3"))
    form["title"] = "วงเล่าเรื่องใหม่"
    form["kind"] = next(value for value, *_ in form["kind"].options if value.startswith("3-"))

    with served(app) as port, stopped_reading(port, "/activities/export.csv", browser.cookies) as head:
        begun = time.monotonic()
        form.submit(status=303)
        took = time.monotonic() - begun

    assert head.startswith(b"HTTP/1.1 200")
    assert b"attachment" in head
    assert took < 1
