"""Times the systems turn by turn, so that a busy machine hits all of them alike."""

import gc
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from threading import Thread

from bench.clients import Client
from bench.loading import WRITERS
from bench.serving import Server
from bench.sites import Site

Work = Callable[[Client, int], bytes]
PAGES = ("empty", "overview", "listing", "record")


@dataclass(frozen=True)
class Effort:
    """How often each thing is done."""

    rounds: int
    pages: int
    creations: int
    exports: int
    writes_each: int


FULL = Effort(rounds=12, pages=15, creations=12, exports=5, writes_each=12)
QUICK = Effort(rounds=3, pages=4, creations=2, exports=1, writes_each=3)


@dataclass
class Measured:
    """What was seen at one size: seconds by (system, work), memory in MiB, writers, the slow reader."""

    size: int
    times: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    export_growth: dict[str, float] = field(default_factory=dict)
    writers: dict[str, tuple[int, int, float]] = field(default_factory=dict)  # done, refused, a second
    slow_reader: float = 0.0

    def take(self, system: str, work: str, client: Client, do: Callable[[], bytes]) -> None:
        """Do something once, and note how long the server took for it: reading a form is not its work."""
        before = client.waited
        do()
        self.times.setdefault((system, work), []).append(client.waited - before)


@dataclass(frozen=True)
class Running:
    """A system that is being served, with a browser in which somebody signed in."""

    label: str
    site: Site
    server: Server
    client: Client


def say(words: str) -> None:
    """Tell how far it is, beside the table that goes to standard output."""
    print(f"{time.strftime('%H:%M:%S')}  {words}", file=sys.stderr, flush=True)


def started(label: str, site: Site, server: Server) -> Running:
    """Sign in and open everything a few times, so that every process and thread is warm."""
    running = Running(label, site, server, site.signed_in())
    for turn in range(24):
        client = site.signed_in() if turn % 3 == 0 else running.client  # a new connection, another process
        for work in PAGES:
            if hasattr(site, work):
                getattr(site, work)(client, turn)
        if client is not running.client:
            client.close()
    return running


def measure(size: int, floor: Running, tracker: Running, small: Running, effort: Effort) -> Measured:
    """Time everything at one size; `small` is the tracker with few rows, for its overview beside."""
    found = Measured(size)
    systems = (floor, tracker)
    gc.disable()
    turn = 0
    for at in range(effort.rounds):
        for _ in range(effort.pages):
            turn += 1
            for work in PAGES:
                for running in systems:
                    if hasattr(running.site, work):
                        _once(found, running, work, turn)
            _once(found, small, "overview", turn)
        for _ in range(effort.creations):
            turn += 1
            for running in systems:
                _once(found, running, "create", turn)
        for running in systems:
            again = partial(running.site.overview, running.client, turn)
            found.take(running.label, "after", running.client, again)
        say(f"{size:,}: round {at + 1} of {effort.rounds}")
    gc.enable()
    _exports(found, systems, effort)
    for running in systems:
        found.writers[running.label] = _write_at_once(running.site, effort.writes_each)
        found.memory[running.label] = running.server.memory()
    found.slow_reader = slow_reader(tracker)
    return found


def _once(found: Measured, running: Running, work: str, turn: int) -> None:
    do: Work = getattr(running.site, work)
    found.take(running.label, work, running.client, lambda: do(running.client, turn))


def _exports(found: Measured, systems: tuple[Running, ...], effort: Effort) -> None:
    for running in systems:
        with running.server.watched() as seen:
            running.site.export(running.client, 0)
        found.export_growth[running.label] = max(seen) - seen[0]
    for turn in range(effort.exports):
        for running in systems:
            _once(found, running, "export", turn)
    say(f"{found.size:,}: exports done")


def _write_at_once(site: Site, each: int) -> tuple[int, int, float]:
    """Let eight people create at once; return how many were done and refused, and the rate."""
    done: list[int] = []
    refused: list[str] = []
    clients = [site.signed_in(writer + 1) for writer in range(WRITERS)]

    def write(writer: int) -> None:
        for turn in range(each):
            try:
                site.create(clients[writer], turn, writer + 1)
                done.append(1)
            except Exception as error:  # noqa: BLE001  # whatever it was, it is counted and shown
                refused.append(f"{type(error).__name__}: {error}"[:300])

    threads = [Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - begun
    for line in refused[:3]:
        say(f"{site.name}: refused: {line}")
    for client in clients:
        client.close()
    return len(done), len(refused), len(done) / took


def slow_reader(tracker: Running) -> float:
    """Return how long creating takes while somebody has stopped reading a download."""
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.settimeout(120)
        reader.connect(("127.0.0.1", tracker.site.port))
        request = (
            "GET /activities/export.csv HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: {tracker.client.cookie_header()}\r\n\r\n"
        )
        reader.sendall(request.encode())
        if not reader.recv(1000).startswith(b"HTTP/1.1 200"):
            raise SystemExit("the download did not begin")
        slowest = 0.0
        for turn in range(3):
            begun = time.perf_counter()
            tracker.site.create(tracker.client, turn)
            slowest = max(slowest, time.perf_counter() - begun)
    return slowest
