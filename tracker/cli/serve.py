"""`tracker serve`, and the same application for gunicorn."""

import gc
import ipaddress
import signal
import socket
import sys
from collections.abc import Iterable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any
from wsgiref.headers import Headers

import click
from flask import Flask
from whitenoise import WhiteNoise

from tracker.accounts.printed import ACCOUNTS
from tracker.app import create_app
from tracker.cli.base import (
    ConfigError,
    ProblemError,
    demo_key,
    overrides_of,
    require_reachable,
    today_option,
)
from tracker.cli.demo import print_accounts
from tracker.organisation.installation import InstallationInfo, installation_info
from tracker.session import db
from tracker.settings import SettingError, read_settings
from tracker.web.security import POLICY
from tracker.web.shell import ROLE_NAMES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MISSING_KEY = (
    "TRACKER_SECRET_KEY is missing. Make one, and keep it: "
    "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
)
BEHIND_PROXY = "A demo is served to this machine only, never through a proxy: TRACKER_PROXIES must be 0."
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
KEPT_FOR = 31_536_000
COLLECT_AFTER = (50_000, 20, 20)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _is_from_here(environ: "WSGIEnvironment") -> bool:
    """Tell whether somebody at this machine asks, and no proxy on it for somebody else."""
    return is_loopback(str(environ.get("REMOTE_ADDR", "")) or "127.0.0.1") and not any(
        name in environ for name in FORWARDED
    )


def _only_this_machine(application: "WSGIApplication") -> "WSGIApplication":
    """Answer only requests that come from this machine: a demo's passwords are printed."""

    def guarded(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if _is_from_here(environ):
            return application(environ, start_response)
        start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        return ["การสาธิตเปิดได้จากเครื่องนี้เท่านั้น\nThe demo answers this machine only.\n".encode()]

    return guarded


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def ready_app(**overrides: Any) -> tuple[Flask, InstallationInfo | None]:
    """Build the application that serves people; stop with 78 where it must not be served."""
    settings = read_settings(**overrides)
    own_key = settings["SECRET_KEY"]
    if (key := own_key or demo_key(settings["DATA_DIR"])) is None:
        raise ConfigError(MISSING_KEY)
    app = create_app(**{**overrides, "SECRET_KEY": key})
    engine = app.extensions["tracker_engine"]
    try:
        with app.app_context():
            require_reachable(engine)
            info = installation_info(db())
    finally:
        engine.dispose()  # a server that forks must hand no connection on
    if own_key is None and (info is None or not info.is_demo):
        raise ConfigError(MISSING_KEY)
    is_demo = info is not None and info.is_demo
    if is_demo and settings["PROXIES"]:
        raise ConfigError(BEHIND_PROXY)
    static = WhiteNoise(
        app.wsgi_app,
        root=str(Path(app.root_path) / "static"),
        prefix="static/",
        max_age=KEPT_FOR,
        add_headers_function=_add_headers,
        allow_all_origins=False,
    )
    if is_demo:
        app.config["DEMO_ACCOUNTS"] = [(one.email, one.password, ROLE_NAMES[one.kind]) for one in ACCOUNTS]
    served: Any = _only_this_machine(static) if is_demo else static
    app.wsgi_app = served  # type: ignore[method-assign]  # the way that Flask documents
    return app, info


def spare_the_collector() -> None:
    """Have Python's cycle collector leave alone what was loaded, and look less often at the rest.

    A page makes tens of thousands of objects that references free at once; at Python's own threshold
    of 700 the collector took a fifth of the time of a page (docs/decisions/0005-garbage-collection.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def application() -> Flask:
    """Return the application for gunicorn --preload 'tracker.cli.serve:application()'."""
    try:
        app = ready_app()[0]
    except (SettingError, ConfigError, OSError) as error:
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201  # there is no command line around it
        raise SystemExit(ConfigError.exit_code) from None
    spare_the_collector()
    return app


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), port), family=family, backlog=512)
    except OSError as error:
        raise ProblemError(
            f"{host}:{port} cannot be listened on ({error.strerror}). Choose another port: TRACKER_PORT=8001"
        ) from None


@click.command(short_help="Serve the tracker with waitress, in one process.")
@today_option
@click.pass_context
def serve(context: click.Context) -> None:
    """Serve the tracker on HOST and PORT (127.0.0.1:8000 unless the settings say otherwise).

    Refuses to start, with exit code 78 and one line, when a setting is unknown, the secret key is
    missing or weak, the database does not answer or its tables are not the code's. A demo is served
    to this machine only. For several processes use gunicorn: docs/operating.md.
    """
    import waitress  # noqa: PLC0415  # only this command needs it

    app, info = ready_app(**overrides_of(context))
    spare_the_collector()
    host, port = app.config["HOST"], app.config["PORT"]
    is_demo = info is not None and info.is_demo
    if is_demo and not is_loopback(host):
        raise ConfigError(
            f"A demo is served to this machine only: TRACKER_HOST must be 127.0.0.1, not {host}."
        )
    listener = _listen(host, port)
    _greet(app, info, f"http://{host}:{listener.getsockname()[1]}/")
    signal.signal(signal.SIGTERM, _leave)
    waitress.serve(
        app,
        sockets=[listener],
        threads=app.config["THREADS"],
        ident=None,
        clear_untrusted_proxy_headers=not app.config["PROXIES"] and not is_demo,  # a demo refuses for them
        max_request_body_size=(app.config["MAX_UPLOAD_MB"] + 54) * 1024 * 1024,
        _quiet=True,
    )


def _greet(app: Flask, info: InstallationInfo | None, address: str) -> None:
    click.echo(f"The tracker answers at {address}  (Ctrl+C ends it)")
    if info is None:
        click.echo("Nothing is set up yet. Run: tracker init (or tracker demo, to try it).")
    elif info.is_demo:
        day = app.config["TODAY"] or info.demo_day
        click.echo(f"Demo: everything in it is invented. Its day is {day.isoformat() if day else 'today'}.")
        print_accounts()
