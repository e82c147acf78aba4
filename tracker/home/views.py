"""Where each role begins, and the home of a unit."""

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.models import RoleKind
from tracker.accounts.permissions import Actor, Permission
from tracker.home.shortcuts import shortcuts
from tracker.home.unit_home import UnitHome, add_drafts, add_words, unit_home
from tracker.organisation.tree import UnitNode
from tracker.programme.closed_stages import is_shut
from tracker.programme.list_filters import small_number
from tracker.programme.plan import Plan, StageInfo, StepInfo, programme_plan
from tracker.progress.links import counted_link, link, log_link, only_kind
from tracker.progress.models import Claim
from tracker.progress.queries import StepState
from tracker.session import db
from tracker.web.clock import today
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.pages import render, see
from tracker.web.reference import here, tree, unit_or_404
from tracker.web.shell import StageLink, UnitLink, shell

bp = Blueprint("home", __name__)
P = Permission
OWN_ROLES = (RoleKind.COORDINATOR, RoleKind.UNIT_HEAD)


def own_units(person: Actor) -> list[UnitNode]:
    """Return the units whose coordinator or head somebody is, each once."""
    ids = dict.fromkeys(unit_id for kind in OWN_ROLES for unit_id in person.units_of(kind))
    return [node for node in map(tree().get, ids) if node is not None]


@bp.get("/")
@requires(P.ACCOUNT_OWN)
def index() -> ResponseReturnValue:
    """Send everybody to where their work begins."""
    asked = tree().by_code.get(request.args.get("unit", ""))
    if asked is not None and allowed(P.UNIT_READ, asked):
        return see(url_for("home.unit", code=asked.code))
    person = actor()
    units = own_units(person)
    if len(units) == 1:
        return see(url_for("home.unit", code=units[0].code))
    if units:
        return render("home/index.html", units=units)
    for kind, endpoint in (
        (RoleKind.OFFICE, "overview.index"),
        (RoleKind.EXECUTIVE, "overview.index"),
        (RoleKind.ADMINISTRATOR, "administration.index"),
    ):
        if person.holds(kind):
            return see(url_for(endpoint))
    return render("home/no_role.html", installation=here())


@bp.get("/home/<code>")
@requires(P.UNIT_READ)
def unit(code: str) -> ResponseReturnValue:
    """Show the work of a unit (งานของหน่วยงาน) in a stage."""
    node, plan = unit_or_404(code), programme_plan(db())
    if not allowed(P.UNIT_READ, node):
        abort(404)
    stage = _stage(plan)
    home = unit_home(db(), node, stage, today())
    if allowed(P.RECORDS_WRITE, node):
        add_drafts(db(), home, every=request.args.get("drafts") == "all")
    add_words(db(), home)
    _fill_frame(home, plan)
    return render("home/unit.html", home=home, plan=plan, pages=Pages(home))


def _stage(plan: Plan) -> StageInfo:
    """Return the stage that the address asks for, else today's."""
    asked = request.args.get("stage", "")
    found = plan.stage(small_number(asked)) if small_number(asked) else plan.current_stage(today())
    return found or abort(404)


class Pages:
    """What the templates of a home ask: addresses and words."""

    def __init__(self, home: UnitHome) -> None:
        self.code, self.number = home.unit.code, home.stage.number
        self.unit, self.today = home.unit, home.today
        self.is_closed = home.unit.is_closed_on(home.today)
        self.may_write = allowed(P.RECORDS_WRITE, home.unit) and self.is_open(home.stage)
        self.may_log = self.may_write and not self.is_closed
        self.may_answer = allowed(P.QUESTION_ANSWER, home.unit)
        group = home.group
        self.group_url = link("activities.index", stage=self.number, unit=group.code) if group else None
        self.link = link
        self.shortcuts = shortcuts(home)
        self.is_enrolled = home.own is not None

    def is_open(self, stage: StageInfo) -> bool:
        """Tell whether a stage is open to the visitor: it has begun; once closed it is the office's."""
        return stage.starts_on <= self.today and not is_shut(stage)

    def edit_url(self, stage: StageInfo, step_number: int, claim: str | None = None) -> str | None:
        """Return the form that updates (or is to propose) a step's status, None where the visitor may not."""
        if self.is_closed or not allowed(P.PROGRESS_CLAIM, self.unit) or not self.is_open(stage):
            return None
        return url_for("progress.edit", code=self.code, number=stage.number, step=step_number, claim=claim)

    def log_url(self, step_number: int | None, state: StepState | None = None) -> str | None:
        """Return the form that logs what a step lacks, None where the visitor may not."""
        kind = only_kind(state.missing) if state else None
        return log_link(self.code, self.number, step_number, kind) if self.may_log else None

    @property
    def log_any(self) -> str | None:
        """Return the form that logs for the unit, with the step still to be chosen."""
        return link("activities.new", unit=self.code, stage=self.number)

    def list_url(self, step: int | str) -> str | None:
        """Return the list of the activities that were counted for a step."""
        if self.is_enrolled:
            return counted_link(self.code, self.number, step)
        return link("activities.index", stage=self.number, unit=self.code, step=step)

    def draft_url(self, draft_id: int) -> str | None:
        """Return the form that goes on with a draft."""
        return link("activities.new", unit=self.code, draft=draft_id)

    def drop_url(self, draft_id: int) -> str | None:
        """Return the page that throws a draft away."""
        return link("activities.drop_draft", draft_id=draft_id)

    @property
    def all_drafts_url(self) -> str:
        """Return this home with every draft."""
        return url_for("home.unit", code=self.code, stage=self.number, drafts="all", _anchor="h-due")

    def words_of(self, step: StepInfo) -> list[str]:
        """Return the template's words for the three claims."""
        return [step.claim_word(claim, language()) for claim in Claim]

    def missing_of(self, state: StepState) -> str:
        """Return in words what a step's evidence still lacks."""
        parts = []
        for found in state.missing:
            text = named(found.rule)
            parts.append(_("%(rule)s (มีแล้ว %(n)s)", rule=text, n=found.count) if found.count else text)
        return ", ".join(parts)


def _fill_frame(home: UnitHome, plan: Plan) -> None:
    """Offer the stages and one's own units in the frame, each leading to a home."""
    frame = shell()
    if frame is None:
        return
    current = plan.current_stage(today())
    frame.stage_label = _("ระยะที่ %(number)s", number=home.stage.number)
    frame.stages = [
        StageLink(
            url=url_for("home.unit", code=home.unit.code, stage=stage.number),
            number=stage.number,
            name=named(stage, "short"),
            fiscal_year=str(stage.fiscal_year),
            current=stage.id == home.stage.id,
            is_today=current is not None and stage.id == current.id,
        )
        for stage in plan.stages
    ]
    frame.unit_label = named(home.unit, "short")
    frame.units = [
        UnitLink(
            url_for("home.unit", code=node.code), named(node, "short"), None, current=node.id == home.unit.id
        )
        for node in _choosable(home)
    ]


def _choosable(home: UnitHome) -> list[UnitNode]:
    nodes = {node.id: node for node in [*own_units(actor()), home.unit]}
    parent = tree().parent(home.unit.id)
    if parent is not None and allowed(P.UNIT_READ, parent):
        nodes.setdefault(parent.id, parent)
    return [*nodes.values(), *home.pilots]
