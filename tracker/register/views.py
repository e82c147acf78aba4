"""Pages of the register: the list, a profile, adding, editing."""

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from tracker.database import MAX_ID
from tracker.facilitators.forms import (
    ROLE_WORDS,
    EditFacilitatorForm,
    NewFacilitatorForm,
)
from tracker.facilitators.operations import (
    edit_facilitator,
    withdraw_facilitator,
    withdraw_training,
)
from tracker.facilitators.queries import closed_stages_of, postings_of, roles_of
from tracker.programme.closed_stages import is_shut
from tracker.programme.reference import book, plan
from tracker.register import lists, views_asides, views_postings, views_trainings
from tracker.register.adding import add_person, offer_choices
from tracker.register.blueprint import (
    P,
    allowed_at,
    asks_reason,
    bp,
    facilitator_or_404,
    facilitator_to_change,
    is_just_entered,
    is_on_behalf,
    places_of,
    profile_url,
    reader,
    refuse_without_units,
    training_to_change,
    units_to_write,
)
from tracker.register.comparing import people_conflict
from tracker.register.filters import PEOPLE_ORDERS, WantedPeople, people_filter
from tracker.register.history import person_log
from tracker.register.queries import count_facilitators, facilitator_rows, led_by, trainings_of
from tracker.register.tables import people_table
from tracker.session import begin_change, db
from tracker.web.clock import today
from tracker.web.downloads import send_table
from tracker.web.guards import allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, render, see, submit
from tracker.web.paging import Page, page_number, per_page
from tracker.web.reference import tree
from tracker.web.units import is_inside

__all__ = ["bp", "views_asides", "views_postings", "views_trainings"]


@bp.get("/facilitators/")
@requires(P.RECORDS_READ)
def index() -> str:
    """Show the register, by filter."""
    wanted, who = _wanted(), reader()
    total = count_facilitators(db(), wanted.filters, who)
    number = page_number(total)
    rows = facilitator_rows(
        db(), wanted.filters, who, wanted.order, limit=per_page(), offset=(number - 1) * per_page()
    )
    return render(
        "register/index.html",
        page=Page(rows, number, total),
        of=count_facilitators(db(), wanted.whole, who) if wanted.is_narrowed else total,
        wanted=wanted,
        heads=lists.heads(PEOPLE_ORDERS, wanted.order, ("passed", "led", "since")),
        options=lists.people_options(),
        may_add=allowed(P.RECORDS_WRITE),
        sees_withdrawn=allowed(P.UNIT_READ),
        **_words(),
    )


def _wanted() -> WantedPeople:
    return people_filter(tree(), plan(), book())


def _words() -> dict[str, object]:
    return {"nodes": tree().nodes, "role_words": ROLE_WORDS, "day": today()}


@bp.get("/facilitators.<any(csv,xlsx):extension>")
@requires(P.RECORDS_READ)
def export(extension: str) -> Response:
    """Send the register, by the same filter."""
    wanted = _wanted()
    rows = facilitator_rows(db(), wanted.filters, reader(), wanted.order)
    return send_table(people_table(rows, wanted.tags), extension)


@bp.get("/facilitators/<id:facilitator_id>")
@requires(P.RECORDS_READ)
def show(facilitator_id: int) -> str:
    """Show a facilitator: postings, roles, trainings, what was led."""
    facilitator = facilitator_or_404(facilitator_id)
    postings = postings_of(db(), facilitator_id)
    places = places_of(postings)
    inside = any(is_inside(place) for place in places)
    serves = any(posting.until is None or posting.until >= today() for posting in postings)
    closed = closed_stages_of(db(), facilitator_id)
    trainings = trainings_of(db(), facilitator_id, reader())
    posted = {t.id for t, _passed in trainings for posting in postings if posting.holds_on(t.ends_on)}
    return render(
        "register/show.html",
        facilitator=facilitator,
        postings=postings,
        places=places,
        serves=serves,
        roles=roles_of(db(), [facilitator_id]).get(facilitator_id, []),
        trainings=trainings,
        unposted={training.id for training, _passed in trainings} - posted,
        led=led_by(db(), facilitator_id, reader()),
        may_write=allowed_at(places, P.RECORDS_WRITE),
        may_move=allowed_at(places, P.RECORDS_WRITE) or (not serves and allowed(P.RECORDS_WRITE)),
        may_hide=allowed_at(places, P.RECORDS_HIDE),
        inside=inside,
        restoring_asks=asks_reason(places, closed),
        showing_asks=bool(closed),
        shut=any(map(is_shut, closed)),
        log=person_log(db(), facilitator) if inside else [],
        **_words(),
    )


@bp.route("/facilitators/new", methods=["GET", "POST"])
@requires(P.RECORDS_WRITE)
def new() -> ResponseReturnValue:
    """Add a facilitator, with a training that this person passed if there is one."""
    refuse_without_units(url_for("register.index"))
    form = NewFacilitatorForm()
    offer_choices(form)
    return submit(
        form,
        "register/new.html",
        do=lambda change: add_person(change, form),
        to=lambda made: url_for("register.show", facilitator_id=made.facilitator.id),
        said=lambda made: notice(_("เพิ่ม %(name)s แล้ว", name=made.facilitator.name), undo=made.undo_url),
        on_behalf=is_on_behalf(units_to_write(), form.on_behalf_reason),
    )


@bp.post("/facilitators/<id:facilitator_id>/undo")
@requires(P.RECORDS_WRITE)
def undo(facilitator_id: int) -> ResponseReturnValue:
    """Take back what was just added, with the training that was added along."""
    facilitator, _places = facilitator_to_change(facilitator_id)
    asked = request.args.get("training", 0, type=int)
    training = training_to_change(asked)[0] if 0 < asked <= MAX_ID else None
    if not all(is_just_entered(row) for row in (facilitator, training) if row is not None):
        return see(url_for("register.withdraw", facilitator_id=facilitator_id))
    with begin_change() as change:
        withdraw_facilitator(change, facilitator_id=facilitator_id, reason=_("ยกเลิกการบันทึกทันที"))
        if training is not None:
            withdraw_training(change, training_id=training.id, reason=_("ยกเลิกการบันทึกทันที"))
    notice(_("ยกเลิกการบันทึก %(name)s แล้ว", name=facilitator.name))
    return see(url_for("register.index"))


@bp.route("/facilitators/<id:facilitator_id>/edit", methods=["GET", "POST"])
@requires(P.RECORDS_WRITE)
def edit(facilitator_id: int) -> ResponseReturnValue:
    """Change what is said about a facilitator."""
    facilitator, places = facilitator_to_change(facilitator_id)
    form = EditFacilitatorForm(
        obj=facilitator, roles=roles_of(db(), [facilitator_id]).get(facilitator_id, [])
    )
    return submit(
        form,
        "register/edit.html",
        do=lambda change: edit_facilitator(
            change, facilitator_id=facilitator_id, opened_with=form.opened_with, reason=form.reason.data,
            **form.person_values(),
        ),
        to=profile_url,
        said=lambda made: notice(_("แก้ไข %(name)s แล้ว", name=made.name)),
        conflict=people_conflict,
        facilitator=facilitator,
        on_behalf=is_on_behalf(places, form.reason),
    )  # fmt: skip
