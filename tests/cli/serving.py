"""A tracker that is really served: another process, a real socket."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(environment: Mapping[str, str], folder: Path) -> Iterator[str]:
    """Give the address of a tracker that serves until the block ends, and then ends well."""
    with subprocess.Popen(
        [sys.executable, "-m", "tracker", "serve"],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        said = server.stdout.readline()
        try:
            yield next(word for word in said.split() if word.startswith("http"))
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(10) == 0
