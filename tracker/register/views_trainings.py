"""Pages of the trainings: the list, one of them, entering, editing."""

from typing import Any

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from tracker.facilitators.forms import EditTrainingForm, NewTrainingForm
from tracker.facilitators.models import Training
from tracker.facilitators.operations import (
    edit_training,
    hold_training,
    withdraw_training,
)
from tracker.facilitators.queries import attendances_of
from tracker.programme.closed_stages import is_shut, shut_sentence
from tracker.programme.reference import book, plan
from tracker.register import lists
from tracker.register.adding import is_search, offer_people, offer_stages, offer_training
from tracker.register.blueprint import (
    P,
    asks_reason,
    bp,
    is_just_entered,
    is_on_behalf,
    reader,
    refuse_without_units,
    training_or_404,
    training_to_change,
    training_url,
    units_to_write,
)
from tracker.register.comparing import training_conflict
from tracker.register.filters import TRAINING_ORDERS, WantedTrainings, training_filter
from tracker.register.history import training_log
from tracker.register.queries_trainings import attendees_of, count_trainings, training_rows
from tracker.register.tables import training_table
from tracker.session import begin_change, db
from tracker.web.downloads import send_table
from tracker.web.guards import allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, render, render_form, see, submit
from tracker.web.paging import Page, page_number, per_page
from tracker.web.reference import tree
from tracker.web.units import is_inside


@bp.get("/facilitators/trainings/")
@requires(P.RECORDS_READ)
def trainings() -> str:
    """Show the trainings, by filter."""
    wanted, who = _wanted(), reader()
    total = count_trainings(db(), wanted.filters, who)
    number = page_number(total)
    rows = training_rows(
        db(), wanted.filters, who, wanted.order, limit=per_page(), offset=(number - 1) * per_page()
    )
    return render(
        "register/trainings.html",
        page=Page(rows, number, total),
        of=count_trainings(db(), wanted.whole, who) if wanted.is_narrowed else total,
        wanted=wanted,
        heads=lists.heads(TRAINING_ORDERS, wanted.order, ("day", "passed")),
        options=lists.training_options(),
        nodes=tree().nodes,
        stages=plan().stage_by_id,
        may_add=allowed(P.RECORDS_WRITE),
        sees_withdrawn=allowed(P.UNIT_READ),
    )


def _wanted() -> WantedTrainings:
    return training_filter(tree(), plan(), book())


@bp.get("/facilitators/trainings.<any(csv,xlsx):extension>")
@requires(P.RECORDS_READ)
def export_trainings(extension: str) -> Response:
    """Send the trainings, by the same filter."""
    wanted = _wanted()
    rows = training_rows(db(), wanted.filters, reader(), wanted.order)
    return send_table(training_table(rows, wanted.tags), extension)


@bp.get("/facilitators/trainings/<id:training_id>")
@requires(P.RECORDS_READ)
def show_training(training_id: int) -> str:
    """Show a training and who attended it."""
    training = training_or_404(training_id)
    node = tree()[training.unit_id]
    inside, stage = is_inside(node), plan().stage_by_id[training.stage_id]
    may_write = allowed(P.RECORDS_WRITE, node)
    return render(
        "register/show_training.html",
        training=training,
        node=node,
        nodes=tree().nodes,
        stage=stage,
        restoring_asks=asks_reason([node], [stage] if stage.is_closed else []),
        showing_asks=stage.is_closed,
        attendees=attendees_of(db(), training),
        may_write=may_write and not is_shut(stage),
        shut=shut_sentence(stage) if may_write and is_shut(stage) else "",
        may_hide=allowed(P.RECORDS_HIDE, node),
        inside=inside,
        log=training_log(db(), training) if inside else [],
    )


@bp.route("/facilitators/trainings/new", methods=["GET", "POST"])
@requires(P.RECORDS_WRITE)
def new_training() -> ResponseReturnValue:
    """Enter a training that a unit held."""
    refuse_without_units(url_for("register.trainings"))
    form = NewTrainingForm()
    offer_training(form)
    context: dict[str, Any] = {
        "nodes": tree().nodes,
        "on_behalf": is_on_behalf(units_to_write(), form.on_behalf_reason),
    }
    if is_search(form.find):
        return render_form("register/new_training.html", form, **context)
    return submit(
        form,
        "register/new_training.html",
        do=lambda change: hold_training(
            change, unit_id=int(form.unit.data or 0), on_behalf_reason=form.on_behalf_reason.data,
            **form.training_values(),
        ),
        to=training_url,
        said=_said_added,
        **context,
    )  # fmt: skip


def _said_added(training: Training) -> None:
    undone = url_for("register.undo_training", training_id=training.id)
    notice(_("เพิ่มการอบรม %(course)s แล้ว", course=training.course), undo=undone)


@bp.post("/facilitators/trainings/<id:training_id>/undo")
@requires(P.RECORDS_WRITE)
def undo_training(training_id: int) -> ResponseReturnValue:
    """Take back a training that was just entered."""
    training, _node = training_to_change(training_id)
    if not is_just_entered(training):
        return see(url_for("register.withdraw_a_training", training_id=training_id))
    with begin_change() as change:
        withdraw_training(change, training_id=training_id, reason=_("ยกเลิกการบันทึกทันที"))
    notice(_("ยกเลิกการบันทึกการอบรมแล้ว"))
    return see(url_for("register.trainings"))


@bp.route("/facilitators/trainings/<id:training_id>/edit", methods=["GET", "POST"])
@requires(P.RECORDS_WRITE)
def edit_a_training(training_id: int) -> ResponseReturnValue:
    """Change a training and who attended it."""
    training, node = training_to_change(training_id)
    attended = attendances_of(db(), training_id)
    form = EditTrainingForm(obj=training, stage=training.stage_id, attended=attended)
    offer_stages(form.stage)
    offer_people(form, node.id, attended)
    unnamed = {person: mark for person, mark in attended.items() if person not in form.attended.people}
    context: dict[str, Any] = {
        "training": training,
        "node": node,
        "nodes": tree().nodes,
        "on_behalf": is_on_behalf([node], form.reason),
    }
    if is_search(form.find):
        return render_form("register/edit_training.html", form, **context)
    return submit(
        form,
        "register/edit_training.html",
        do=lambda change: edit_training(
            change, training_id=training_id, opened_with=form.opened_with, reason=form.reason.data,
            **form.training_values(unnamed),
        ),
        to=training_url,
        said=lambda _made: notice(_("แก้ไขการอบรมแล้ว")),
        conflict=training_conflict,
        **context,
    )  # fmt: skip
