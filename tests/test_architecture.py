"""Promises about the whole code base, kept here so that no reviewer must."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from tests.source import (
    PACKAGE,
    ROOT,
    TEMPLATES,
    calls_somewhere,
    domain_files,
    functions,
    is_of,
    operations,
    parsed,
    python_files,
    shown,
)
from tracker.accounts.permissions import EVERYBODY, GRANTS, Permission
from tracker.web.guards import guard_of

OPERATIONS = operations()
each_operation = pytest.mark.parametrize(
    "operation", [node for _, node in OPERATIONS], ids=[name for name, _ in OPERATIONS]
)
# Where the real clock is read: a change's moment, the domain's day, sessions and throttling, names of files.
CLOCKS = {"session.py", "clock.py", "signin", "web", "cli", "demo"}
SILENCED = re.compile(
    r"#\s*(?:noqa|type:\s*ignore)(?::\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*|\[[\w, -]+\])?(?P<reason>.*)"
)


def test_every_page_is_guarded(application: Flask):
    bare = {name for name, view in application.view_functions.items() if guard_of(view) is None}

    assert bare <= {"static"}


@each_operation
def test_an_operation_begins_with_a_change(operation):
    first = (operation.args.posonlyargs + operation.args.args)[0]

    assert (first.arg, ast.unparse(first.annotation or ast.Constant(None))) == ("change", "Change")


@each_operation
def test_an_operation_requires_its_permission(operation):
    assert calls_somewhere(operation, "require") or calls_somewhere(operation, "NotPermittedError")


@each_operation
def test_an_operation_leaves_an_audit_entry(operation):
    assert calls_somewhere(operation, "record")


def test_only_the_session_module_commits():
    committers = {
        shown(file)
        for file in python_files()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    }

    assert committers == {"tracker/session.py"}


def test_the_domain_reads_no_clock():
    readers = {
        f"{shown(file)}:{node.lineno}"
        for file in python_files()
        if file in domain_files() or not CLOCKS & set(file.relative_to(PACKAGE).parts)
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Attribute)
        and node.attr in {"today", "now", "utcnow"}
        and ast.unparse(node.value)
        in {"date", "datetime", "dt.date", "dt.datetime", "datetime.date", "datetime.datetime"}
    }

    assert readers == set()


def test_a_slice_reaches_only_down_by_relationships():
    backward = {
        f"{shown(file)}:{node.lineno}"
        for file in python_files()
        if is_of(file, "models")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.keyword) and node.arg in {"backref", "back_populates"}
    }

    assert backward == set()


def test_no_file_of_ours_is_longer_than_300_lines():
    ours = [*python_files(PACKAGE, ROOT / "tests"), *TEMPLATES.rglob("*.html"), ROOT / "config.py"]
    long = {
        shown(file): lines
        for file in ours
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 300
    }

    assert long == {}


def test_no_function_is_longer_than_50_lines():
    long = {
        f"{shown(file)}:{function.name}": lines
        for file in python_files()
        for function in functions(file)
        if (lines := (function.end_lineno or function.lineno) - function.lineno + 1) > 50
    }

    assert long == {}


def test_what_is_silenced_has_its_reason_beside_it():
    bare = {
        f"{shown(file)}:{number}"
        for file in python_files(PACKAGE, ROOT / "tests")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if (found := SILENCED.search(line))
        and len(found["reason"].strip(" #-")) < 5
        and "SILENCED" not in line
    }

    assert bare == set()


def test_every_permission_is_granted_to_somebody_and_asked_for_somewhere():
    granted = {permission for grants in GRANTS.values() for permission in grants} | EVERYBODY
    asked = {
        node.attr
        for file in python_files()
        if file.name != "permissions.py"
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Attribute)
    }

    assert set(Permission) - granted == set()
    assert {permission.name for permission in Permission} - asked == set()


def test_the_parts_of_the_project_lie_where_they_are_looked_for():
    for name in (
        "pyproject.toml",
        "tracker",
        "migrations/env.py",
        "templates",
        "tests",
        "config.py",
        "README.md",
    ):
        assert (ROOT / name).exists(), name
    # Inside the package these are a wheel's; in a checkout they would win over the real ones.
    for name in ("templates", "migrations", "config.py"):
        assert not (PACKAGE / name).exists(), name
    assert not (ROOT / "migrations" / "__init__.py").exists()


def test_no_registry_and_no_host_of_one_is_committed():
    tracked = subprocess.run(
        ["git", "ls-files", "*.lock", "*.toml", "Makefile", ".ci/*"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.split()  # fmt: skip
    hosts = [
        name
        for name in tracked
        if re.search(r"https?://[\w.-]+/(simple|pypi|npm|debian)", (ROOT / name).read_text())
    ]

    assert hosts == []


def settings() -> list[str]:
    """Return the names of all settings, as config.py lists them."""
    return [
        target.id
        for node in parsed(ROOT / "config.py").body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id.isupper()
    ]


def test_the_settings_file_knows_nothing_of_the_tracker():
    assert "tracker" not in {name for node in parsed(ROOT / "config.py").body for name in imported(node)}


def imported(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]}
    return {name.name.split(".")[0] for name in node.names} if isinstance(node, ast.Import) else set()


def documented() -> str:
    return (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_operating_guide():
    assert [name for name in settings() if not re.search(rf"\bTRACKER_{name}\b", documented())] == []


def test_documents_name_only_files_that_exist():
    broken = {
        f"{shown(file)}: {target}"
        for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", file.read_text(encoding="utf-8"))
        if not (file.parent / Path(target)).exists()
    }

    assert broken == set()
