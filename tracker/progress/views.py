"""Pages of a step of a unit: its status, what counts as evidence, and the history of what was said."""

from dataclasses import dataclass
from typing import Any, cast

from flask import Blueprint, Flask, abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.models import RoleKind
from tracker.accounts.permissions import Permission, writes_on_behalf
from tracker.change import StaleError
from tracker.organisation.tree import UnitNode
from tracker.programme.attribution import follow_enrolments
from tracker.programme.closed_stages import asks_why, is_shut, turn_back
from tracker.programme.enrolments import EnrolmentInfo, enrolment_book
from tracker.programme.plan import StageInfo, StepInfo, programme_plan
from tracker.progress.attribution import move_records
from tracker.progress.forms import ClaimForm
from tracker.progress.links import counted_link, log_link, missing_links, rule_links
from tracker.progress.models import Claim, ClaimChange, StepProgress
from tracker.progress.operations import UNDONE, claim_step, undo_claim
from tracker.progress.queries import StepState, claim_changes, step_states
from tracker.progress.recount import recount
from tracker.progress.words import level_words
from tracker.session import begin_change, db, follow_changes
from tracker.thai.dates import format_day
from tracker.web.clock import today
from tracker.web.conflicts import conflict_page
from tracker.web.fields import worded
from tracker.web.forms import TrackerForm
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.pages import notice, render, see, submit
from tracker.web.reference import tree, unit_or_404
from tracker.web.units import doors_to, is_inside

bp = Blueprint("progress", __name__)
P = Permission


def init(_app: Flask) -> None:
    """Have every change recounted before its commit."""
    follow_enrolments(move_records)
    follow_changes(recount)


@dataclass(frozen=True)
class Cell:
    """A step of an enrolled unit, as the pages take it."""

    unit: UnitNode
    stage: StageInfo
    step: StepInfo
    enrolment: EnrolmentInfo
    state: StepState

    @property
    def words(self) -> list[str]:
        """Return the template's words for the three claims."""
        return [self.word(claim) for claim in Claim]

    def word(self, claim: Claim) -> str:
        """Return the template's word for a claim in the visitor's language."""
        return self.step.claim_word(claim, language())

    @property
    def names(self) -> bool:
        """Tell whether to say who said it: to the unit, those above it, and the office."""
        return is_inside(self.unit)

    @property
    def level(self) -> str:
        """Return what a state must reach to count as reached; "" for other steps."""
        return level_words(self.step)

    @property
    def late_days(self) -> int:
        """Return for how many days the step is late by the plan, 0 when it is not."""
        return self.state.late_days(self.stage, today())

    @property
    def place(self) -> dict[str, Any]:
        """Return the cell as it stands in an address."""
        return {"code": self.unit.code, "number": self.stage.number, "step": self.step.number}

    @property
    def may_claim(self) -> bool:
        """Tell whether the visitor may say how far the step is."""
        return allowed(P.PROGRESS_CLAIM, self.unit)

    @property
    def offers_claim(self) -> bool:
        """Tell whether to offer the form: the stage has begun; once closed it is the office's."""
        return self.may_claim and self.stage.starts_on <= today() and not is_shut(self.stage)

    def around(self) -> dict[str, Any]:
        """Return what both pages show beside it: links of the figures, the form for what is missing."""
        logs = allowed(P.RECORDS_WRITE, self.unit)
        return {
            "cell": self,
            "links": rule_links(self.unit.code, self.stage.number, self.state),
            "missing_links": missing_links(self.unit.code, self.stage.number, self.state) if logs else {},
            "log_url": log_link(self.unit.code, self.stage.number, self.step.number) if logs else None,
            "undone": UNDONE,
        }


def cell_or_404(code: str, number: int, step: int) -> Cell:
    """Return a cell whose unit the visitor reads wholly; answer 404 for anything else."""
    unit, plan = unit_or_404(code), programme_plan(db())
    stage, found = plan.stage(number), plan.step(step)
    if stage is None or found is None or not allowed(P.UNIT_READ, unit):
        abort(404)
    enrolment = enrolment_book(db()).of(stage.id, unit.id) or abort(404)
    return Cell(unit, stage, found, enrolment, step_states(db(), enrolment.id, found.id)[0])


@bp.get("/units/<code>/stages/<int:number>/steps/<int:step>")
@requires(P.UNIT_READ)
def history(code: str, number: int, step: int) -> ResponseReturnValue:
    """Show a step of a unit: what it says, what counts as evidence, and all that was said before."""
    cell = cell_or_404(code, number, step)
    changes = claim_changes(db(), cell.enrolment.id, cell.step.id)
    return render(
        "progress/history.html",
        changes=changes,
        trail=_trail(cell),
        list_url=counted_link(code, number, step),
        **doors_to(cell.unit),
        **cell.around(),
    )


def _trail(cell: Cell) -> list[tuple[str, str]]:
    """Return the way to a step: from their home for those whose unit it is, from the overview for others."""
    number, unit = cell.stage.number, cell.unit
    held = {role.unit_id for role in actor().roles if role.kind in (RoleKind.COORDINATOR, RoleKind.UNIT_HEAD)}
    if any(unit.is_within(unit_id) for unit_id in held):
        return [(url_for("home.unit", code=unit.code, stage=number), named(unit))]
    return [
        (url_for("overview.index", stage=number), _("ภาพรวม")),
        (url_for("overview.stage", number=number), _("ระยะที่ %(n)s", n=number)),
        (url_for("overview.unit", code=unit.code, stage=number), named(unit)),
    ]


@bp.route("/units/<code>/stages/<int:number>/steps/<int:step>/status", methods=["GET", "POST"])
@requires(P.PROGRESS_CLAIM)
def edit(code: str, number: int, step: int) -> ResponseReturnValue:
    """Say how far a step is (ปรับสถานะ)."""
    cell = cell_or_404(code, number, step)
    if not cell.may_claim:
        abort(403)
    turn_back([cell.stage], url_for(".history", **cell.place))
    form = _form(cell)
    return submit(
        form,
        "progress/edit.html",
        do=lambda change: claim_step(
            change, enrolment_id=cell.enrolment.id, step_id=cell.step.id, **_typed(form)
        ),
        to=lambda _made: url_for("home.unit", code=code, stage=number),
        said=lambda made: _say(cell, made),
        conflict=lambda typed, stale: _conflict(cell, typed, stale),
        changes=claim_changes(db(), cell.enrolment.id, cell.step.id)[:3],
        **cell.around(),
    )


def _asked_claim() -> Claim | None:
    """Return the status that the link to the form proposes."""
    asked = request.args.get("claim", "")
    return Claim(asked) if asked in list(Claim) else None


def _form(cell: Cell) -> ClaimForm:
    form = ClaimForm(
        data={
            "claim": _asked_claim() or cell.state.claim,
            "claimed_on": min(today(), cell.stage.ends_on),
            "version": cell.state.version,
        }
    )
    form.claim.choices = worded(zip((claim.value for claim in Claim), cell.words, strict=True))
    form.claim.description = cell.level
    if not writes_on_behalf(actor(), cell.unit) and not asks_why(cell.stage):
        del form.on_behalf_reason
    return form


def _typed(form: ClaimForm) -> dict[str, Any]:
    return {
        "claim": form.claim.data,
        "claimed_on": form.claimed_on.data,
        "note": form.note.data or "",
        "on_behalf_reason": form.on_behalf_reason.data if "on_behalf_reason" in form else "",
        "opened_with": form.opened_with,
    }


def _say(cell: Cell, made: ClaimChange) -> None:
    text = _(
        "ปรับสถานะขั้นตอนที่ %(step)s เป็น “%(claim)s” แล้ว",
        step=cell.step.number,
        claim=cell.word(made.after),
    )
    notice(text, undo=url_for("progress.undo", change_id=made.id))


def _conflict(cell: Cell, form: TrackerForm, stale: StaleError) -> ResponseReturnValue:
    now = cast("StepProgress", stale.current)
    last = claim_changes(db(), cell.enrolment.id, cell.step.id)[:1]

    return conflict_page(
        stale,
        [
            (_("สถานะ"), cell.word(form.claim.data), cell.word(now.claim)),
            (
                _("ณ วันที่"),
                format_day(form.claimed_on.data, language()),
                format_day(now.claimed_on, language()) if now.claimed_on else "",
            ),
            (_("หมายเหตุ"), form.note.data or "", now.claim_note),
        ],
        show_url=url_for("progress.history", **cell.place),
        heading=_("มีคนปรับสถานะขั้นตอนนี้ก่อนคุณ"),
        theirs_line=_("บันทึกโดย %(name)s", name=last[0].person_name) if last else None,
    )


@bp.post("/claims/<id:change_id>/undo")
@requires(P.PROGRESS_CLAIM)
def undo(change_id: int) -> ResponseReturnValue:
    """Take back what was just said of a step."""
    made = db().get(ClaimChange, change_id) or abort(404)
    enrolment = enrolment_book(db()).by_id[made.enrolment_id]
    plan = programme_plan(db())
    stage, step = plan.stage_by_id[enrolment.stage_id], plan.step_by_id[made.step_id]
    unit = _readable(enrolment)
    with begin_change() as change:
        undo_claim(change, claim_change_id=change_id)
    notice(_("ยกเลิกการปรับสถานะขั้นตอนที่ %(step)s แล้ว", step=step.number))
    return see(url_for("home.unit", code=unit.code, stage=stage.number))


def _readable(enrolment: EnrolmentInfo) -> UnitNode:
    unit = tree()[enrolment.unit_id]
    if not allowed(P.UNIT_READ, unit):
        abort(404)
    return unit
