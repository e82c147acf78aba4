"""Headers on every answer, bounds on every request, and where a redirect may lead."""

from flask import Flask, Request, Response, abort, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import IntegerConverter
from werkzeug.utils import cached_property

from tracker.database import MAX_ID

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
MAX_FIELDS = 5000
MAX_URL = 8000


NAMES_OF_URL_FOR = frozenset(("endpoint", "extension", "self", "values"))


class TrackerRequest(Request):
    """A request whose query names nothing that `url_for` or the path itself names.

    Pages hand their query on to `url_for`; without this anybody could make that fail by an argument.
    """

    @cached_property
    def args(self) -> ImmutableMultiDict[str, str]:
        """Return the query without such names."""
        taken = NAMES_OF_URL_FOR | set(self.view_args or ())
        given = super().args.items(multi=True)
        return ImmutableMultiDict((k, v) for k, v in given if k not in taken and not k.startswith("_"))


class IdConverter(IntegerConverter):
    """An id in an address: what no row can have is not found."""

    regex = r"\d{1,10}"

    def to_python(self, value: str) -> int:
        """Return the id; answer 404 beyond what the database can hold."""
        number = int(value)
        if not 0 < number <= MAX_ID:
            abort(404)
        return number


def safe_next(target: str | None, default: str) -> str:
    """Return an address of our own to go on to; anything foreign or odd gives the default."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return default
    if any(ord(character) < 32 or character.isspace() for character in target):
        return default
    return target


def _bound_request() -> None:
    if len(request.full_path) > MAX_URL:
        abort(414)
    if request.mimetype == "application/x-www-form-urlencoded":
        length = request.content_length or 0
        if length > 1_000_000:
            abort(413)
    if "\0" in request.path or any("\0" in name + value for name, value in request.args.items(multi=True)):
        abort(400)
    if request.method == "POST" and sum(1 for _ in request.form) > MAX_FIELDS:
        abort(413)


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.endpoint != "static":
        headers["Cache-Control"] = "no-store"
    return response


def init_security(app: Flask) -> None:
    """Bound requests and put the headers on every answer."""
    app.request_class = TrackerRequest
    app.url_map.converters["id"] = IdConverter
    app.before_request(_bound_request)
    app.after_request(_add_headers)
