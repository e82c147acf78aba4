"""Promises about every template."""

import re

import pytest
from flask import Flask
from jinja2 import nodes
from jinja2.lexer import TOKEN_DATA

from tests.source import TEMPLATES

NAMES = sorted(
    file.relative_to(TEMPLATES).as_posix()
    for file in TEMPLATES.rglob("*")
    if file.suffix in {".html", ".txt"}
)
PAGES = [name for name in NAMES if re.fullmatch(r"(?!_|mail/)(?:[^/]+/)*[^_/][^/]*\.html", name)]
# Shown when even the error page fails: it asks nothing of translations, layouts or the database.
ALONE = "errors/fallback.html"
each_template = pytest.mark.parametrize("name", NAMES)
each_page = pytest.mark.parametrize("name", PAGES)

THAI = re.compile(r"[ก-๛]")
STYLED = re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE)
SCRIPTED = re.compile(r"\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)|javascript:|\shx-on", re.IGNORECASE)
# Addresses of other machines; a namespace is a name, not an address.
ELSEWHERE = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[\w.-]+|\bdata:[a-z]+/""", re.IGNORECASE)


def source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@each_template
def test_a_template_compiles(application: Flask, name):
    application.jinja_env.compile(source(name), name)


@each_template
def test_a_fold_shows_an_icon_of_ours_and_no_triangle_of_the_browser(name):
    assert not re.findall(r"<summary>(?!\{\{ icon\()", source(name))


@each_page
def test_a_page_has_a_title(application: Flask, name):
    tree = application.jinja_env.parse(source(name))

    titled = any(block.name == "title" for block in tree.find_all(nodes.Block)) or name == ALONE
    assert titled, "no {% block title %}"
    assert any(tree.find_all(nodes.Extends)) or "<title>" in source(name)


@each_template
def test_a_template_keeps_to_the_security_policy(name):
    text = re.sub(r"\{#.*?#\}", "", source(name), flags=re.DOTALL)

    assert [found[0] for rule in (STYLED, SCRIPTED, ELSEWHERE) for found in rule.finditer(text)] == []


@each_template
def test_all_thai_in_a_template_goes_through_the_translations(application: Flask, name):
    if name == ALONE or name.endswith(".txt"):  # a mail is written in both languages, one below the other
        return
    bare = [
        (line, text.strip())
        for line, kind, text in application.jinja_env.lex(source(name))
        if kind == TOKEN_DATA and THAI.search(re.sub(r'\blang="th"[^>]*>[^<]*', "", text))
    ]

    assert bare == []


def test_every_page_belongs_to_an_endpoint_or_is_shared(application: Flask):
    rendered = set(re.findall(r"[\"']([\w/-]+\.(?:html|txt))[\"']", all_source(application)))

    assert [name for name in NAMES if name not in rendered] == []


def test_a_macro_is_called_and_an_import_is_used(application: Flask):
    trees = {name: application.jinja_env.parse(source(name)) for name in NAMES}
    made, imported, idle = set(), set(), []
    for name, tree in trees.items():
        used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
        macros = {macro.name for macro in tree.find_all(nodes.Macro)}
        made |= {(name, macro) for macro in macros - used}
        for from_import in tree.find_all(nodes.FromImport):
            origin = from_import.template.as_const()
            for item in from_import.names:
                theirs, ours = item if isinstance(item, tuple) else (item, item)
                imported.add((origin, theirs))
                idle += [] if ours in used else [(name, ours)]

    assert sorted(made - imported) == []
    assert sorted(idle) == []


def all_source(application: Flask) -> str:
    from pathlib import Path

    files = [
        *Path(application.root_path).rglob("*.py"),
        *TEMPLATES.rglob("*.html"),
        *TEMPLATES.rglob("*.txt"),
    ]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
