"""Where the files that are not Python lie."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the path of a file or folder that the tracker ships with.

    In a checkout it lies beside the package; a wheel carries it inside.
    """
    inside = _PACKAGE / name
    return inside if inside.exists() else _PACKAGE.parent / name
