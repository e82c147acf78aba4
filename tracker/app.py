"""The application: the only module that knows every slice."""

import importlib
import logging
import pkgutil
from datetime import timedelta
from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.database import open_engine
from tracker.paths import shipped
from tracker.session import close_session
from tracker.settings import read_settings
from tracker.web.addresses import Application
from tracker.web.assets import init_assets
from tracker.web.choice_tags import init_choice_tags
from tracker.web.errors import init_errors
from tracker.web.i18n import init_i18n
from tracker.web.marks import init_marks
from tracker.web.security import init_security
from tracker.web.shell import init_shell

SLICES = (
    "signin",
    "home",
    "overview",
    "activities",
    "register",
    "sharing",
    "progress",
    "following",
    "reporting",
    "programme",
    "administration",
)


def _configure(app: Flask, settings: dict[str, Any]) -> None:
    app.config.update(settings)
    app.config.update(
        MAX_CONTENT_LENGTH=settings["MAX_UPLOAD_MB"] * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings["SESSION_HOURS"]),
        TEMPLATES_AUTO_RELOAD=False,
        WTF_CSRF_TIME_LIMIT=None,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings["SECURE_COOKIES"],
        TRUSTED_HOSTS=[host.strip() for host in settings["TRUSTED_HOSTS"].split(",") if host.strip()] or None,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
    )


def create_app(engine: Engine | None = None, **overrides: Any) -> Flask:
    """Build the application from the settings and what overrides them; raise SettingError.

    An engine may be handed over by tests; otherwise one is opened at DATABASE_URL, without connecting.
    """
    settings = read_settings(**overrides)
    app = Application(
        "tracker",
        template_folder=str(shipped("templates")),
        static_folder="static",
        static_url_path="/static",
    )
    _configure(app, settings)
    logging.getLogger("tracker").setLevel(settings["LOG_LEVEL"])
    app.extensions["tracker_engine"] = engine or open_engine(
        settings["DATABASE_URL"], pool_size=settings["DATABASE_POOL"]
    )
    app.jinja_env.trim_blocks = False
    init_security(app)
    init_i18n(app)
    CSRFProtect(app)
    init_assets(app)
    init_choice_tags(app.jinja_env)
    init_marks(app.jinja_env)
    init_shell(app)
    init_errors(app)
    app.teardown_appcontext(close_session)
    _add_slices(app)
    if settings["PROXIES"]:
        hops = settings["PROXIES"]
        proxied = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # as Flask's documentation says to
    return app


def _add_slices(app: Flask) -> None:
    for name in SLICES:
        package = importlib.import_module(f"tracker.{name}")
        modules = [m.name for m in pkgutil.iter_modules(package.__path__)]
        pages = [module for module in modules if module.endswith("views")]
        for page in [*pages, *(module for module in modules if module == "history")]:
            importlib.import_module(f"tracker.{name}.{page}")
        if "views" not in pages:
            continue
        module = importlib.import_module(f"tracker.{name}.views")
        app.register_blueprint(module.bp)
        if hasattr(module, "init"):
            module.init(app)
