"""Enrolments: the list, enrolling with a preview, withdrawing, pilot groups."""

from collections.abc import Iterable
from datetime import date

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker.change import RefusedError
from tracker.organisation.tree import UnitNode
from tracker.programme.forms import EnrolForm, PilotGroupForm, ReinstateForm, WithdrawForm
from tracker.programme.list_filters import Asked, FilterReader, Said
from tracker.programme.operations import (
    create_pilot_group,
    enrol_units,
    reinstate_enrolment,
    withdraw_enrolment,
)
from tracker.programme.plan import StageInfo
from tracker.programme.queries import (
    EnrolmentFilter,
    EnrolmentLine,
    by_codes,
    can_enrol,
    count_enrolled,
    enrolment_lines,
    would_count_for,
)
from tracker.programme.reference import book, plan
from tracker.programme.tables import enrolment_table
from tracker.programme.views.blueprint import P, bp, stage_or_404
from tracker.thai.dates import format_day
from tracker.web.clock import today
from tracker.web.downloads import send_table
from tracker.web.guards import requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, lazy, named
from tracker.web.more_fields import chosen
from tracker.web.pages import notice, render, submit
from tracker.web.paging import Page, page_number, per_page
from tracker.web.reference import tree

STATES = {"counted": lazy("เข้าร่วมอยู่"), "withdrawn": lazy("ถอนแล้ว"), "all": lazy("ทั้งหมด")}


def _wanted() -> Asked[EnrolmentFilter]:
    """Return the enrolments that the address asks for."""
    wanted = Asked(EnrolmentFilter())
    reader = FilterReader(wanted, tree(), plan(), book())
    reader.read("q", _("คำค้น"), lambda text: (text, {"q": text}))
    reader.read("stage", _("ระยะ"), reader.stage)
    reader.read("unit", _("ใต้หน่วยงาน"), reader.unit)
    reader.read("state", _("สถานะ"), _standing)
    return wanted


def _standing(text: str) -> Said:
    return (str(STATES[text]), {"standing": text}) if text in STATES else None


def _lines(wanted: EnrolmentFilter) -> list[EnrolmentLine]:
    return enrolment_lines(book(), tree(), plan(), wanted, today())


@bp.get("/enrolments")
@requires(P.ENROLMENTS_MANAGE)
def list_enrolments() -> ResponseReturnValue:
    """List who takes part in which stage."""
    wanted, number = _wanted(), page_number()
    lines = _lines(wanted.filters)
    return render(
        "programme/enrolments.html",
        page=Page(lines[(number - 1) * per_page() : number * per_page()], number, len(lines)),
        of=len(_lines(wanted.whole)),
        wanted=wanted,
        plan=plan(),
        units=[
            (node.code, named(node, "short")) for node in tree() if not node.is_member and not node.is_pilot
        ],
        states=[(state, str(word)) for state, word in STATES.items()],
        today=today(),
    )


@bp.get("/enrolments.<any(csv, xlsx):extension>")
@requires(P.ENROLMENTS_MANAGE)
def export_enrolments(extension: str) -> ResponseReturnValue:
    """Export the same list."""
    wanted = _wanted()
    tags = wanted.tags or [(_("สถานะ"), str(STATES["counted"]), "")]
    about = (
        f"{_('การเข้าร่วม')} {format_day(today(), language())}",
        *(f"{label}: {words}" for label, words, _url in tags),
    )
    return send_table(enrolment_table(_lines(wanted.filters), about), extension)


def _meant(form: EnrolForm, stage: StageInfo) -> list[UnitNode]:
    """Return the units that the form means; raise RefusedError for what names none."""
    if form.way.data == "level":
        return [node for node in tree() if node.level in stage.levels]
    if form.way.data == "subtree":
        return list(tree().subtree(chosen(form.unit_id)))
    if form.way.data == "unit":
        return _fitting([tree()[chosen(form.unit_id)]], stage, "unit_id")
    known, unknown = by_codes(tree(), form.codes.data)
    if unknown:
        raise RefusedError("ไม่พบรหัส {codes}", field="codes", codes=", ".join(unknown)[:200])
    return _fitting(known, stage, "codes")


def _fitting(nodes: Iterable[UnitNode], stage: StageInfo, field: str) -> list[UnitNode]:
    """Return units that were named one by one; raise RefusedError for one of another level."""
    for node in nodes:
        if node.level not in stage.levels:
            raise RefusedError(
                "{unit} ไม่อยู่ในระดับของระยะที่ {number}", field=field, unit=node.name_th, number=stage.number
            )
    return list(nodes)


def _preview(form: EnrolForm, stage: StageInfo) -> tuple[list[UnitNode], list[UnitNode]] | None:
    """Return who would be enrolled and who was before; None where the form must be mended first."""
    if not form.is_submitted() or not form.validate():
        return None
    try:
        new, before = can_enrol(book(), stage, _meant(form, stage))
        if stage.is_closed and not form.reason.data:
            raise RefusedError("ระยะที่ {number} ปิดแล้ว กรุณาใส่เหตุผล", field="reason", number=stage.number)
        if not new:
            raise RefusedError("ไม่มีหน่วยงานที่จะเข้าร่วมเพิ่ม ทุกหน่วยงานที่เลือกเข้าร่วมหรือถอนไปแล้ว")
    except RefusedError as refusal:
        form.refuse(refusal)
        return None
    return new, before


def proposed_day(stage: StageInfo) -> date:
    """Return since when units that are enrolled now probably take part.

    The first of a stage since it began; a later one since today, or the last day of a stage that is over.
    """
    if any(e.stage_id == stage.id for e in book().enrolments):
        return stage.last_day_by(today())
    return min(stage.starts_on, today())


@bp.route("/stages/<id:number>/enrol", methods=["GET", "POST"])
@requires(P.ENROLMENTS_MANAGE)
def enrol(number: int) -> ResponseReturnValue:
    """Enrol units: say which, look at how many, confirm."""
    stage = stage_or_404(number)
    form = EnrolForm(enrolled_on=proposed_day(stage))
    form.unit_id.offer(list(tree()))
    seen = _preview(form, stage)
    if seen is None or "confirm" not in request.form:
        status = 422 if form.errors or form.form_errors else 200
        return render("programme/enrol.html", form=form, stage=stage, seen=seen), status
    return submit(
        form,
        "programme/enrol.html",
        do=lambda change: enrol_units(
            change,
            stage_id=stage.id,
            unit_ids=[node.id for node in seen[0]],
            enrolled_on=form.enrolled_on.data,
            reason=form.reason.data,
        ),
        to=lambda _made: url_for(".list_enrolments", stage=number),
        said=lambda made: notice(_("ให้เข้าร่วมแล้ว %(count)s หน่วยงาน", count=len(made))),
        stage=stage,
        seen=seen,
    )


@bp.route("/enrolments/<id:enrolment_id>/withdraw", methods=["GET", "POST"])
@requires(P.ENROLMENTS_MANAGE)
def withdraw(enrolment_id: int) -> ResponseReturnValue:
    """Ask for the day and the reason, with the effect on the figures, then withdraw a unit."""
    found = book().by_id.get(enrolment_id) or abort(404)
    stage, form = plan().stage_by_id[found.stage_id], WithdrawForm(withdrawn_on=today())
    above = would_count_for(book(), tree(), found, today())
    undo = None if stage.is_closed else url_for(".reinstate", enrolment_id=enrolment_id)
    return submit(
        form,
        "programme/withdraw.html",
        do=lambda change: withdraw_enrolment(
            change,
            enrolment_id=enrolment_id,
            withdrawn_on=chosen(form.withdrawn_on),
            reason=form.reason.data,
        ),
        to=lambda _enrolment: url_for(".list_enrolments", stage=stage.number),
        said=lambda _enrolment: notice(_("ถอนออกจากระยะแล้ว"), undo=undo),
        node=tree()[found.unit_id],
        stage=stage,
        n=count_enrolled(book(), stage, stage.last_day_by(today())),
        above=tree()[above.unit_id] if above else None,
    )


@bp.route("/enrolments/<id:enrolment_id>/reinstate", methods=["GET", "POST"])
@requires(P.ENROLMENTS_MANAGE)
def reinstate(enrolment_id: int) -> ResponseReturnValue:
    """Take a withdrawn unit back into its stage; ask for the reason where the stage is closed."""
    found = book().by_id.get(enrolment_id) or abort(404)
    stage, form = plan().stage_by_id[found.stage_id], ReinstateForm()
    return submit(
        form,
        "programme/reinstate.html",
        do=lambda change: reinstate_enrolment(
            change, enrolment_id=enrolment_id, reason=form.reason.data or ""
        ),
        to=lambda _enrolment: url_for(".list_enrolments", stage=stage.number),
        said=lambda _enrolment: notice(_("ให้กลับเข้าร่วมแล้ว")),
        node=tree()[found.unit_id],
        stage=stage,
    )


@bp.route("/pilot-groups/new", methods=["GET", "POST"])
@requires(P.ENROLMENTS_MANAGE)
def new_pilot_group() -> ResponseReturnValue:
    """Make a pilot group inside a prison or division."""
    pilots = {level.code for level in tree().levels.values() if level.is_pilot}
    stages = [stage for stage in plan().stages if pilots & set(stage.levels) and not stage.is_closed]
    form = PilotGroupForm(stage_id=stages[0].id if stages else None)
    form.parent_id.offer([node for node in tree() if node.is_member and node.closed_on is None])
    form.offer_stages(stages)
    return submit(
        form,
        "programme/pilot_group.html",
        do=lambda change: create_pilot_group(
            change,
            parent_id=chosen(form.parent_id),
            name_th=form.name_th.data,
            name_en=form.name_en.data,
            stage_id=form.stage_id.data,
        ),
        to=lambda _unit: url_for(".list_enrolments", q=_unit.code),
        said=lambda unit: notice(_("ตั้งกลุ่มนำร่อง %(code)s แล้ว", code=unit.code)),
    )
