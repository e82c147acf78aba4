"""Pages of the progress report: choosing one, the report itself, its files, and the texts typed into it."""

from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission, places_open_to
from tracker.change import StaleError
from tracker.organisation.tree import UnitNode
from tracker.programme.plan import StageInfo, programme_plan
from tracker.progress.figures import Scope, scope_of
from tracker.reporting import operations as ops
from tracker.reporting.files import paper_now, write_report
from tracker.reporting.forms import FIELDS, TO_DATE, ChooseForm, TextsForm
from tracker.reporting.models import ReportText
from tracker.reporting.paper import file_name
from tracker.reporting.queries import texts_for
from tracker.reporting.report import Report, default_period, progress_report, text_unit
from tracker.reporting.words import count, digits, shown, signature_lines
from tracker.session import db
from tracker.thai.dates import DateError, parse_day
from tracker.web.clock import today
from tracker.web.conflicts import conflict_page
from tracker.web.downloads import record_export, send_written
from tracker.web.forms import TrackerForm
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy
from tracker.web.more_fields import chosen
from tracker.web.pages import notice, render, render_form, see, submit
from tracker.web.reference import tree, unit_or_404

bp = Blueprint("reporting", __name__)
P = Permission
LABELS = {
    "problems": lazy("ปัญหาและอุปสรรค"),
    "suggestions": lazy("ข้อเสนอแนะ"),
    "factors": lazy("ปัจจัยสนับสนุน"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report an address asks for."""

    stage: StageInfo
    unit: UnitNode | None
    since: date
    until: date
    annex: bool

    @property
    def arguments(self) -> dict[str, Any]:
        """Return the address's own arguments, so that every link keeps them."""
        return {
            "number": self.stage.number,
            "unit": self.unit.code if self.unit else None,
            "from": self.since.isoformat(),
            "to": self.until.isoformat(),
            "annex": 1 if self.annex else None,
        }

    @property
    def scope(self) -> Scope:
        """Return what the figures are about."""
        return scope_of(db(), self.stage, tree(), today(), self.unit)


def open_units() -> list[UnitNode]:
    """Return the units of which the visitor may make a report, in tree order."""
    return places_open_to(actor(), P.REPORT_MAKE, tree())


def _asked_unit() -> UnitNode | None:
    """Return the unit asked for, None for all; without one, the visitor's own. 404 for what is not theirs."""
    code = request.args.get("unit", "")
    root = tree().root
    if code:
        unit = unit_or_404(code)
        if not allowed(P.REPORT_MAKE, unit):
            abort(404)
        return None if unit is root else unit
    if root is None or allowed(P.REPORT_MAKE, root):
        return None
    own = {role.unit_id for role in actor().roles}
    return next((unit for unit in open_units() if unit.id in own), None) or abort(404)


def _day(name: str, default: date) -> date:
    text = request.args.get(name, "")
    try:
        return parse_day(text[:60]) if text else default
    except DateError:
        abort(404)


def _asked(number: int) -> Asked:
    stage = programme_plan(db()).stage(number) or abort(404)
    unit = _asked_unit()
    since, until = default_period(stage, today())
    since, until = _day("from", since), _day("to", until)
    annex = request.args.get("annex") == "1"
    if annex and not allowed(P.ATTENTION_READ):
        abort(403)
    return Asked(stage, unit, since, until, annex) if since <= until else abort(404)


def _report(asked: Asked) -> Report:
    return progress_report(db(), actor(), asked.scope, asked.since, asked.until, asked.annex)


def _choose_form() -> ChooseForm:
    plan, units = programme_plan(db()), open_units()
    current = plan.current_stage(today())
    own = {role.unit_id for role in actor().roles}
    mine = next((unit for unit in units if unit.id in own), units[0] if units else None)
    form = ChooseForm(
        formdata=request.args if _is_chosen() else None,
        data={
            "stage": request.args.get("stage") or (current.number if current else None),
            "unit": request.args.get("unit") or (mine.id if mine else None),
            "period": TO_DATE,
            "since": current.starts_on if current else None,
            "until": today(),
        },
    )
    form.offer(plan.stages, units, annex=allowed(P.ATTENTION_READ))
    return form


def _is_chosen() -> bool:
    """Tell whether the form was sent; a link from another page only says what to begin with."""
    return "period" in request.args


@bp.get("/reports/")
@requires(P.REPORT_MAKE)
def index() -> ResponseReturnValue:
    """Choose a report; what was chosen leads to its own address."""
    form = _choose_form()
    if not _is_chosen() or not form.validate():
        return render_form("reporting/index.html", form)
    since, until = form.chosen_period()
    address: dict[str, Any] = {
        "unit": tree()[chosen(form.unit)].code,
        "from": since.isoformat() if since else None,
        "to": until.isoformat() if until else None,
        "annex": 1 if "annex" in form and form.annex.data else None,
    }
    return see(url_for(".report", number=form.stage.data, **address))


@bp.get("/reports/stage/<int:number>")
@requires(P.REPORT_MAKE)
def report(number: int) -> str:
    """Show a report, made for printing."""
    asked = _asked(number)
    made = _report(asked)
    words = {"shown": shown, "digits": digits, "count": count, "signature_lines": signature_lines}
    unit = text_unit(tree(), asked.unit)
    return render(
        "reporting/report.html",
        report=made,
        paper=paper_now(made),
        asked=asked,
        may_write=unit is not None and allowed(P.REPORT_WRITE, unit),
        **words,
    )


@bp.get("/reports/stage/<int:number>.<any(docx, xlsx, csv):extension>")
@requires(P.REPORT_MAKE)
def download(number: int, extension: str) -> ResponseReturnValue:
    """Send a report as a file."""
    made = _report(_asked(number))

    def write(target: IO[bytes]) -> None:
        write_report(made, extension, target)

    name = file_name(made)
    answer = send_written(write, name, extension)
    record_export(name, extension)
    return answer


@bp.route("/reports/stage/<int:number>/texts", methods=["GET", "POST"])
@requires(P.REPORT_WRITE)
def texts(number: int) -> ResponseReturnValue:
    """Type problems, suggestions and supporting factors of a report."""
    asked = _asked(number)
    unit = text_unit(tree(), asked.unit) or abort(404)
    if not allowed(P.REPORT_WRITE, unit):
        abort(403)
    found = texts_for(db(), asked.stage.id, unit.id, asked.since, asked.until)
    form = TextsForm(data={**{name: getattr(found, name) for name in FIELDS}, "version": found.version})
    place: dict[str, Any] = {
        "stage_id": asked.stage.id,
        "unit_id": unit.id,
        "since": asked.since,
        "until": asked.until,
    }
    return submit(
        form,
        "reporting/texts.html",
        do=lambda change: ops.write_texts(change, **place, **form.values(), opened_with=form.opened_with),
        to=lambda _text: url_for(".report", **asked.arguments),
        said=lambda _text: notice(_("บันทึกข้อความในรายงานแล้ว")),
        conflict=lambda refused, stale: _conflict(asked, refused, stale),
        asked=asked,
        unit=unit,
        carried_from=found.carried_from,
    )


def _conflict(asked: Asked, form: TrackerForm, stale: StaleError) -> ResponseReturnValue:
    current = stale.current
    if not isinstance(current, ReportText):
        raise stale
    return conflict_page(
        stale,
        [(str(LABELS[name]), form[name].data, getattr(current, name)) for name in FIELDS],
        show_url=url_for(".report", **asked.arguments),
        theirs_line=_("บันทึกโดย %(name)s", name=current.written_by),
    )
