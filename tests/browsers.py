"""A browser without a screen: it fills in the real forms, CSRF tokens and all."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from tests.world import PASSWORD, PEOPLE


class Browser(TestApp):
    """WebTest's application, minding the test's own session.

    That session's transaction is committed before each request and its objects are read anew after it, so
    that a test sees what the application wrote and never locks it out.
    """

    __test__ = False

    def __init__(self, app: Flask, session: Session) -> None:
        super().__init__(app, extra_environ={"REMOTE_ADDR": "127.0.0.1"}, parser_features="lxml")
        self.session = session

    def do_request(self, req: Any, status: Any = None, expect_errors: Any = None) -> TestResponse:
        """Make a request, on a database that nobody else keeps busy."""
        self.session.commit()
        try:
            return super().do_request(req, status, expect_errors)
        finally:
            self.session.expire_all()

    def sign_in(self, who: str, password: str = PASSWORD) -> TestResponse:
        """Sign somebody of the world in by the form, and return the page that they come to."""
        form = next(form for form in self.get("/sign-in").forms.values() if "password" in form.fields)
        form["email"] = PEOPLE[who].email if who in PEOPLE else who
        form["password"] = password
        return form.submit(status=303).follow()

    def in_english(self) -> "Browser":
        """Choose English by the link that every page has."""
        self.get("/language/en", status=303)
        return self
