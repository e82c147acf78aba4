"""What the tests of signing in share: a second application, pages to type on, a clock that can be turned."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Blueprint, Flask, render_template_string
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import TestResponse

from tests.browsers import Browser
from tests.world import PASSWORD, PEOPLE
from tracker.accounts.permissions import Permission
from tracker.app import create_app
from tracker.signin.models import BrowserSession
from tracker.web.fields import LongTextField, TextField
from tracker.web.forms import CreateForm
from tracker.web.guards import requires
from tracker.web.pages import notice, see

Send = Callable[..., TestResponse]
Enter = Callable[..., Browser]
PAGE = """<!doctype html><title>x</title>{% from "_parts/forms.html" import fields, form_open %}
{% for n in notices() %}<i>{{ n.text }}</i>{% endfor %}{{ form_open(form) }}{{ fields(form) }}</form>"""


class NoteForm(CreateForm):
    """Something to type into."""

    title = TextField("title")
    body = LongTextField("body", required=False)


def note_pages(saved: list[str]) -> Blueprint:
    """Return a blueprint with a page to type on, and an action without a page."""
    pages = Blueprint("notes", __name__, url_prefix="/notes")

    @pages.route("/new", methods=["GET", "POST"])
    @requires(Permission.ACCOUNT_OWN)
    def new() -> ResponseReturnValue:
        form = NoteForm()
        if not form.is_submitted() or not form.validate():
            return render_template_string(PAGE, form=form)
        saved.append(form.title.data)
        notice(f"saved {form.title.data}")
        return see("/notes/new")

    @pages.post("/poke")
    @requires(Permission.ACCOUNT_OWN)
    def poke() -> ResponseReturnValue:
        saved.append("poked")
        return see("/notes/new")

    return pages


def another(app: Flask) -> Flask:
    """Return a second application on the same database, as another process would run it."""
    names = ("DATABASE_URL", "DATA_DIR", "SECRET_KEY", "TODAY")
    return create_app(TESTING=True, **{name: app.config[name] for name in names})


@pytest.fixture
def second_app(app: Flask) -> Iterator[Flask]:
    """Give a second application on the same database."""
    second = another(app)
    yield second
    second.extensions["tracker_engine"].dispose()


@pytest.fixture
def saved() -> list[str]:
    """Give the list of what the note pages saved."""
    return []


@pytest.fixture
def notes_app(app: Flask, saved: list[str]) -> Iterator[Flask]:
    """Give an application that has pages to type on."""
    with_notes = another(app)
    with_notes.register_blueprint(note_pages(saved))
    yield with_notes
    with_notes.extensions["tracker_engine"].dispose()


def send(
    browser: Browser, who: str, password: str = PASSWORD, next_url: str = "/account", **options: object
) -> TestResponse:
    """Fill in the sign-in form and send it."""
    form = browser.get("/sign-in", params={"next": next_url}).forms["sign-in"]
    form["email"] = PEOPLE[who].email if who in PEOPLE else who
    form["password"] = password
    return form.submit(**options)


def form_to(browser: Browser, action: str, page: str = "/account"):
    """Return the form of a page that goes to an address."""
    return next(form for form in browser.get(page).forms.values() if form.action == action)


def form_in(page: TestResponse, field: str):
    """Return the form of a page that has a field."""
    return next(form for form in page.forms.values() if field in form.fields)


@pytest.fixture
def entered(app: Flask, session: Session) -> Enter:
    """Give a function that signs somebody in and returns their browser."""

    def enter(who: str = "coordinator", of: Flask | None = None, password: str = PASSWORD) -> Browser:
        browser = Browser(of or app, session)
        send(browser, who, password, status=303)
        return browser

    return enter


@pytest.fixture
def turn_clock(session: Session) -> Callable[..., None]:
    """Give a function that lets time pass for all sessions: since they began, since they were seen."""

    def turn(seen: timedelta = timedelta(), started: timedelta = timedelta()) -> None:
        for row in session.scalars(select(BrowserSession)):
            row.seen_at -= seen
            row.started_at -= max(started, seen)
        session.commit()

    return turn
