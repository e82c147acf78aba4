"""The project's own source, read for the tests that keep its promises."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tracker"
TEMPLATES = ROOT / "templates"
DOMAIN = ("models", "rules", "queries", "operations")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def parsed(file: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def shown(file: Path) -> str:
    """Return a file's path as people write it."""
    return file.relative_to(ROOT).as_posix()


def python_files(*folders: Path) -> list[Path]:
    """Return the Python files of folders, the package's where none is given."""
    return sorted(file for folder in folders or (PACKAGE,) for file in folder.rglob("*.py"))


def is_of(file: Path, *kinds: str) -> bool:
    """Tell whether a file of the package is one of these parts of a slice: `models.py`, `operations/…`."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts[1:]
    return any(part == kind or part.startswith(f"{kind}_") for part in parts for kind in kinds)


def domain_files() -> list[Path]:
    """Return the files that know no web."""
    alone = {PACKAGE / "change.py", PACKAGE / "database.py"}
    return [file for file in python_files() if file in alone or is_of(file, *DOMAIN)]


def functions(file: Path) -> Iterator[Function]:
    """Walk all functions and methods of a file."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, Function):
            yield node


def operations() -> list[tuple[str, Function]]:
    """Return every operation with its name: the public functions of `operations.py`, details by keyword.

    What takes details by position there is a helper that operations share, not an operation.
    """
    return [
        (f"{shown(file)}:{node.name}", node)
        for file in python_files()
        if is_of(file, "operations")
        for node in parsed(file).body
        if isinstance(node, Function) and not node.name.startswith("_")
        if node.args.kwonlyargs or [first.arg for first in node.args.args] == ["change"]
    ]


def called_names(node: ast.AST) -> set[str]:
    """Return the bare names of everything that a piece of code calls."""
    names = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            called = inner.func
            names.add(called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", ""))
    return names


@cache
def _calls_by_name() -> dict[str, set[str]]:
    calls: dict[str, set[str]] = {}
    for file in python_files():
        for function in functions(file):
            calls.setdefault(function.name, set()).update(called_names(function))
    return calls


def calls_somewhere(node: ast.AST, wanted: str) -> bool:
    """Tell whether code calls something of that name, itself or through other functions of ours."""
    seen: set[str] = set()
    waiting = called_names(node)
    while waiting:
        name = waiting.pop()
        if name == wanted:
            return True
        if name not in seen:
            seen.add(name)
            waiting |= _calls_by_name().get(name, set()) - seen
    return False
