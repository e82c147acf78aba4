"""Stages: how many take part, when steps are due, closing, and choosing one outside the years."""

from collections.abc import Collection
from datetime import timedelta

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker.change import StaleError
from tracker.programme.forms import ChooseForm, month_choices, month_of
from tracker.programme.operations import choose_stage, close_stage, move_due_month, reopen_stage
from tracker.programme.plan import StageInfo
from tracker.programme.queries import count_enrolled
from tracker.programme.reference import book, plan
from tracker.programme.views.blueprint import P, bp, stage_or_404
from tracker.session import begin_change
from tracker.thai.dates import format_day
from tracker.web.clock import today
from tracker.web.guards import allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language
from tracker.web.pages import notice, render, see, submit
from tracker.web.reasons import ReasonForm


@bp.get("/")
@requires(P.ENROLMENTS_MANAGE, P.STAGES_MANAGE)
def index() -> ResponseReturnValue:
    """Show the stages: who takes part, and when each step is due."""
    counts = {stage.id: count_enrolled(book(), stage, stage.last_day_by(today())) for stage in plan().stages}
    current = plan().current_stage(today())
    return render(
        "programme/index.html",
        plan=plan(),
        counts=counts,
        current=current,
        outside=plan().stage_on(today()) is None,
        may_template=allowed(P.SETTINGS_MANAGE),
    )


def closing_line(stage: StageInfo) -> str:
    """Return from which day on a stage can be closed."""
    return _(
        "ปิดระยะนี้ได้ตั้งแต่ %(day)s หลังวันสุดท้ายของปีงบประมาณ",
        day=format_day(stage.ends_on + timedelta(days=1), language()),
    )


def _due(stage: StageInfo) -> dict[int, int]:
    return {step.id: month_of(stage, step.id) for step in plan().steps}


def _stage_page(stage: StageInfo, wanted: dict[int, int], crossed: Collection[int] = ()) -> str:
    """Return a stage's page with the months that are wanted; `crossed` are steps that others moved."""
    return render(
        "programme/stage.html",
        stage=stage,
        plan=plan(),
        months=month_choices(stage),
        due=_due(stage),
        wanted=wanted,
        crossed=crossed,
        enrolled=count_enrolled(book(), stage, stage.last_day_by(today())),
        over=today() > stage.ends_on,
        closing_line=closing_line(stage),
    )


@bp.get("/stages/<id:number>")
@requires(P.STAGES_MANAGE)
def show_stage(number: int) -> ResponseReturnValue:
    """Show a stage with the months in which its steps are due, to change."""
    stage = stage_or_404(number)
    return _stage_page(stage, _due(stage))


@bp.post("/stages/<id:number>/due")
@requires(P.STAGES_MANAGE)
def move_due(number: int) -> ResponseReturnValue:
    """Move the due months that were changed in the page; 409 when somebody else moved one of them."""
    stage = stage_or_404(number)
    wanted, seen = _months(stage, "due"), _months(stage, "was")
    moved = {step_id: month for step_id, month in wanted.items() if month != seen[step_id]}
    try:
        with begin_change() as change:
            for step_id, month in moved.items():
                was = seen[step_id] or None
                move_due_month(change, stage_id=stage.id, step_id=step_id, month=month or None, was=was)
    except StaleError:
        stage = stage_or_404(number)
        now = _due(stage)
        crossed = {step_id for step_id, month in moved.items() if now[step_id] not in (seen[step_id], month)}
        return _stage_page(stage, now | moved, crossed), 409
    if moved:
        notice(_("เลื่อนกำหนดแล้ว %(count)s ขั้นตอน", count=len(moved)), _back_to(stage, seen, moved))
    else:
        notice(_("ทุกขั้นตอนครบกำหนดเดือนเดิม"))
    return see(url_for(".show_stage", number=number))


def _back_to(stage: StageInfo, seen: dict[int, int], moved: dict[int, int]) -> str:
    """Return the address whose POST moves months back, while they are as they were moved to."""
    months = {}
    for step in plan().steps:
        if step.id in moved:
            months[f"due-{step.number}"], months[f"was-{step.number}"] = seen[step.id], moved[step.id]
    return url_for(".move_due", number=stage.number, **months)  # type: ignore[arg-type]  # names of the form


def _months(stage: StageInfo, name: str) -> dict[int, int]:
    """Return the posted month of each step; as it is now where none was posted, 422 for no month at all."""
    known = {str(value): value for value, _name in month_choices(stage)}
    posted = {step.id: request.values.get(f"{name}-{step.number}") for step in plan().steps}
    if any(text is not None and text not in known for text in posted.values()):
        abort(422)
    return {**_due(stage), **{step_id: known[text] for step_id, text in posted.items() if text is not None}}


@bp.route("/stages/<id:number>/close", methods=["GET", "POST"])
@requires(P.STAGES_MANAGE)
def close_one_stage(number: int) -> ResponseReturnValue:
    """Ask for a reason, then close a stage that is over."""
    stage, form = stage_or_404(number), ReasonForm()
    if request.method == "GET" and (stage.is_closed or today() <= stage.ends_on):
        notice(_("ระยะนี้ปิดแล้ว") if stage.is_closed else closing_line(stage), kind="warning")
        return see(url_for(".show_stage", number=number))
    return submit(
        form,
        "programme/stage_close.html",
        do=lambda change: close_stage(change, stage_id=stage.id, reason=form.reason.data),
        to=lambda _stage: url_for(".show_stage", number=number),
        said=lambda _stage: notice(_("ปิดระยะแล้ว")),
        stage=stage,
    )


@bp.route("/stages/<id:number>/reopen", methods=["GET", "POST"])
@requires(P.STAGES_MANAGE)
def reopen_one_stage(number: int) -> ResponseReturnValue:
    """Ask for a reason, then open a closed stage again."""
    stage, form = stage_or_404(number), ReasonForm()
    return submit(
        form,
        "programme/stage_reopen.html",
        do=lambda change: reopen_stage(change, stage_id=stage.id, reason=form.reason.data),
        to=lambda _stage: url_for(".show_stage", number=number),
        said=lambda _stage: notice(_("เปิดระยะอีกครั้งแล้ว")),
        stage=stage,
    )


@bp.route("/choose", methods=["GET", "POST"])
@requires(P.STAGES_MANAGE)
def choose() -> ResponseReturnValue:
    """Choose the stage that is current outside the programme's years."""
    form = ChooseForm(stage_id=plan().chosen_stage_id)
    form.offer_stages(plan())
    return submit(
        form,
        "programme/choose.html",
        do=lambda change: choose_stage(change, stage_id=form.stage_id.data),
        to=lambda _programme: url_for(".index"),
        said=lambda _programme: notice(_("เลือกระยะปัจจุบันแล้ว")),
        today=today(),
    )
