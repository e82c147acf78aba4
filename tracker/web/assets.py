"""Addresses of our static files, with a hash of the contents so that browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, url_for


@cache
def _digest(path: Path, _changed: float) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def init_assets(app: Flask) -> None:
    """Give templates `asset(name)`: the address of a static file."""
    folder = Path(app.static_folder or "")
    seen: dict[str, str] = {}

    def asset(name: str) -> str:
        if name not in seen or app.debug:
            path = folder / name
            seen[name] = url_for("static", filename=name, v=_digest(path, path.stat().st_mtime))
        return seen[name]

    app.jinja_env.globals["asset"] = asset
