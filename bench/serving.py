"""Servers as in production (gunicorn, 2 processes of 4 threads) on loopback, and what memory they hold."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

WORKERS, THREADS = 2, 4
PATIENCE = 60


@dataclass(frozen=True)
class Server:
    """A server that answers at a port; `pid` is that of its first process."""

    port: int
    pid: int

    def memory(self) -> float:
        """Return the resident memory of all its processes, in MiB."""
        return sum(_resident(pid) for pid in _family(self.pid))

    @contextmanager
    def watched(self) -> Iterator[list[float]]:
        """Collect the memory while the block runs, fifty times a second."""
        seen, over = [self.memory()], Event()

        def watch() -> None:
            while not over.wait(0.02):
                seen.append(self.memory())

        thread = Thread(target=watch)
        thread.start()
        try:
            yield seen
        finally:
            over.set()
            thread.join()
            seen.append(self.memory())


def _family(pid: int) -> list[int]:
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            todo += [int(child) for child in task.read_text().split()]
    return found


def _resident(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^VmRSS:\s+(\d+)", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(application: str, environment: dict[str, str], log: Path) -> Iterator[Server]:
    """Serve an application such as "package.module:function()" until the block ends."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "-w", str(WORKERS), "--threads", str(THREADS), "-k", "gthread",
        "-b", f"127.0.0.1:{port}", "--keep-alive", "60", "--log-level", "warning", application,
    ]  # fmt: skip
    with log.open("ab") as target:
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=target, stderr=target, stdin=subprocess.DEVNULL
        )
    try:
        _wait_for(process, port, log)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as probe:
                probe.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if probe.recv(12):
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The server did not start:\n{log.read_text()[-3000:]}")
