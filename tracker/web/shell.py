"""The frame round every page: where one can go, which stage and unit one looks at, who one is."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, current_app, g, has_request_context, request, url_for
from werkzeug.exceptions import HTTPException

from tracker.accounts.models import RoleKind
from tracker.accounts.permissions import Actor, Permission, may
from tracker.organisation.tree import UnitNode
from tracker.session import rehearsed_day
from tracker.thai.dates import format_day_long
from tracker.web.guards import visitor
from tracker.web.i18n import LANGUAGES, language, lazy, named
from tracker.web.i18n import gettext as _
from tracker.web.pages import can_be_read, referring_page, take_notices
from tracker.web.reference import here, tree

P = Permission
MAX_TYPED = 100_000
ROLE_NAMES = {
    RoleKind.COORDINATOR: lazy("ผู้ประสานงาน KM ประจำหน่วยงาน"),
    RoleKind.UNIT_HEAD: lazy("หัวหน้าหน่วยงาน"),
    RoleKind.OFFICE: lazy("ฝ่ายเลขานุการ KM"),
    RoleKind.EXECUTIVE: lazy("ผู้บริหาร"),
    RoleKind.ADMINISTRATOR: lazy("ผู้ดูแลระบบ"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go from every page: shown when one of the permissions is held."""

    key: str
    endpoint: str
    label: object
    icon: str
    permissions: tuple[Permission, ...]


PLACES = (
    Place("home", "home.index", lazy("งานของหน่วยงาน"), "check2-square", (P.UNIT_READ,)),
    Place("overview", "overview.index", lazy("ภาพรวม"), "grid-3x3", (P.TOTALS_READ,)),
    Place("following", "following.index", lazy("ติดตามหน่วยงาน"), "telephone", (P.FOLLOWING_MANAGE,)),
    Place("activities", "activities.index", lazy("กิจกรรม"), "journal-text", (P.RECORDS_READ,)),
    Place("register", "register.index", lazy("คุณอำนวย"), "people", (P.RECORDS_READ,)),
    Place("sharing", "sharing.index", lazy("วัน Share and Show"), "easel2", (P.RECORDS_READ,)),
    Place("reporting", "reporting.index", lazy("รายงาน"), "file-earmark-text", (P.REPORT_MAKE,)),
    Place("programme", "programme.index", lazy("โครงการ"), "layers", (P.ENROLMENTS_MANAGE, P.STAGES_MANAGE)),
    Place(
        "administration",
        "administration.index",
        lazy("ผู้ดูแลระบบ"),
        "gear",
        (P.PEOPLE_MANAGE, P.UNITS_MANAGE, P.SETTINGS_MANAGE),
    ),
)


# Pages without a place of their own (or of one that somebody has not) stand under the nearest that they have.
NEAR = {
    "progress": ("home", "overview"),
    "following": ("home", "overview"),
    "programme": ("administration",),
}


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go, as the templates take it."""

    url: str
    label: str
    icon: str = ""
    current: bool = False
    key: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class StageLink:
    """A stage to look at."""

    url: str
    number: int
    name: str
    fiscal_year: str
    current: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class UnitLink:
    """A unit, or all, to look at."""

    url: str
    name: str
    count: int | None
    current: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Who is signed in."""

    name: str
    role_label: str


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language to switch to."""

    url: str
    code: str
    label: str
    current: bool


@dataclass
class Shell:
    """Everything that the frame shows."""

    person: PersonLine
    nav: list[Link]
    more: list[Link]
    bottom: list[Link]
    languages: list[LanguageLink]
    stages: list[StageLink] = field(default_factory=list)
    stage_label: str = ""
    units: list[UnitLink] = field(default_factory=list)
    unit_label: str = ""
    search_url: str | None = None
    rail_foot: list[str] = field(default_factory=list)
    banner: str | None = None
    announcements: list[str] = field(default_factory=list)


Filler = Callable[[Shell], None]


def role_label(actor: Actor) -> str:
    """Return what the actor is, in words: the first role and where it is held."""
    if not actor.roles:
        return _("ยังไม่มีบทบาท")
    first = actor.roles[0]
    node: UnitNode | None = tree().get(first.unit_id)
    words = f"{ROLE_NAMES[first.kind]} {named(node, 'short') if node else ''}".strip()
    return words if len(actor.roles) == 1 else f"{words} +{len(actor.roles) - 1}"


def language_links() -> list[LanguageLink]:
    """Return the links that switch the language and come back to this page."""
    own = request.method == "GET" or can_be_read(request.path)
    back = request.full_path.rstrip("?") if own else referring_page() or None
    return [
        LanguageLink(
            url_for("signin.language", code=code, next=back),
            code,
            label if code == "th" or language() == "en" else "EN",
            code == language(),
        )
        for code, label in LANGUAGES.items()
    ]


def typed_here() -> str:
    """Return what was typed into the form that this page shows again, to go along to the other language."""
    text = json.dumps(g.get("typed", []), ensure_ascii=False)
    return text if 2 < len(text) < MAX_TYPED else ""


def _places(actor: Actor) -> list[Link]:
    places = [
        place for place in PLACES if place.endpoint in current_app.view_functions and _is_for(place, actor)
    ]
    keys = [place.key for place in places]
    blueprint = (request.endpoint or "").partition(".")[0]
    current = next((key for key in (blueprint, *NEAR.get(blueprint, ())) if key in keys), None)
    return [
        Link(url_for(place.endpoint), str(place.label), place.icon, place.key == current, place.key)
        for place in places
    ]


def place_name(path: str) -> str:
    """Return what the part of the tracker is called to which an address of ours belongs; empty for none."""
    try:
        endpoint, _arguments = current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]  # of a request
    except HTTPException:
        return ""
    blueprint = endpoint.partition(".")[0]
    near = (blueprint, *NEAR.get(blueprint, ()))
    labels = {place.key: place.label for place in PLACES}
    return next((str(labels[key]) for key in near if key in labels), "")


def _is_for(place: Place, actor: Actor) -> bool:
    """Tell whether a place is for somebody; the work of a unit is for its coordinators and its head."""
    if place.key == "home":
        return actor.holds(RoleKind.COORDINATOR) or actor.holds(RoleKind.UNIT_HEAD)
    return any(may(actor, permission) for permission in place.permissions)


def rehearsal_banner() -> str | None:
    """Return the line that says which day the programme is made to believe, or None."""
    day = rehearsed_day()
    if day is None:
        return None
    info = here()
    words = format_day_long(day, language())
    if info is not None and info.is_demo:
        return _("ข้อมูลสมมติเพื่อการสาธิต ระบบถือว่าวันนี้คือ %(day)s", day=words)
    return _("วันซ้อม: ระบบถือว่าวันนี้คือ %(day)s", day=words)


def build_shell() -> Shell | None:
    """Return the frame for who is here, or None when nobody is signed in."""
    actor = visitor()
    if actor.person_id is None:
        return None
    nav = _places(actor)
    keys = {link.key: link for link in nav}
    bottom = [keys[key] for key in ("home",) if key in keys]
    if "activities.new" in current_app.view_functions and may(actor, P.RECORDS_WRITE):
        current = request.endpoint == "activities.new"
        bottom.append(
            Link(url_for("activities.new"), _("เพิ่มกิจกรรม"), "plus-lg", current, "log", primary=True)
        )
    wanted = ("overview", "following", "activities", "administration", "reporting")
    fillers = [key for key in wanted if key in keys]
    bottom += [keys[key] for key in fillers][: 3 - len(bottom)]
    shown = {link.key for link in bottom}
    info = here()
    return Shell(
        person=PersonLine(actor.name, role_label(actor)),
        nav=nav,
        more=[link for link in nav if link.key not in shown],
        bottom=bottom,
        languages=language_links(),
        search_url=url_for("activities.index") if "activities" in keys else None,
        rail_foot=[named(info, "department")] if info else [],
        banner=rehearsal_banner(),
    )


def shell() -> Shell | None:
    """Return this request's frame, filled in by what the application registered."""
    if "shell" not in g:
        g.shell = build_shell()
        if g.shell is not None:
            for fill in _FILLERS:
                fill(g.shell)
    found: Shell | None = g.shell
    return found


_FILLERS: list[Filler] = []


def fill_shell(filler: Filler) -> None:
    """Have a function add to every frame (the stage menu, announcements); the same one only once."""
    if filler not in _FILLERS:
        _FILLERS.append(filler)


def init_shell(app: Flask) -> None:
    """Give the frame and the notices to every template."""

    def context() -> dict[str, object]:
        if not has_request_context() or request.endpoint == "static":
            return {}
        frame = shell()
        return {
            "shell": frame,
            "notices": take_notices,
            "languages": frame.languages if frame else language_links(),
            "typed": typed_here(),
        }

    app.context_processor(context)
