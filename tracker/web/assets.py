"""Addresses of our static files, with a hash of the contents so that browsers may keep them; icons."""

import hashlib
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask, url_for
from markupsafe import Markup


@cache
def _digest(path: Path, _changed: float) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def icon_writer(asset: Callable[[str], str]) -> Callable[..., Markup]:
    """Return what writes an icon of the sprite: with a label it speaks, without one it is decoration."""

    @lru_cache(1024)
    def write(name: str, label: str | None, small: bool, sprite: str) -> Markup:
        said = Markup(' role="img" aria-label="{}"').format(label) if label else Markup(' aria-hidden="true"')
        return Markup('<svg class="ic{}"{} focusable="false"><use href="{}#{}"></use></svg>').format(
            " xs" if small else "", said, sprite, name
        )

    def icon(name: str, label: str | None = None, small: bool = False) -> Markup:
        return write(name, str(label) if label else None, small, asset("vendor/icons.svg"))

    return icon


def init_assets(app: Flask) -> None:
    """Give templates `asset(name)`: the address of a static file."""
    folder = Path(app.static_folder or "")
    seen: dict[str, str] = {}

    def asset(name: str) -> str:
        if name not in seen or app.debug:
            path = folder / name
            seen[name] = url_for("static", filename=name, v=_digest(path, path.stat().st_mtime))
        return seen[name]

    app.jinja_env.globals.update(asset=asset, icon_tag=icon_writer(asset))
