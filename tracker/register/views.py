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
from tracker.facilitators.queries import postings_of, roles_of
from tracker.register import lists, views_asides, views_postings, views_trainings
from tracker.register.adding import add_person, offer_choices
from tracker.register.blueprint import (
    P,
    allowed_at,
    bp,
    facilitator_or_404,
    facilitator_to_change,
    is_on_behalf,
    places_of,
    profile_url,
    reader,
    units_to_write,
)
from tracker.register.comparing import people_conflict
from tracker.register.filters import PEOPLE_ORDERS, PeopleFilter, people_filter
from tracker.register.history import person_log
from tracker.register.queries import count_facilitators, facilitator_rows, led_by, trainings_of
from tracker.register.tables import people_table
from tracker.session import begin_change, db
from tracker.web.clock import today
from tracker.web.downloads import send_table
from tracker.web.guards import allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, render, see, submit
from tracker.web.paging import PER_PAGE, Page, page_number
from tracker.web.reference import tree
from tracker.web.units import is_inside

__all__ = ["bp", "views_asides", "views_postings", "views_trainings"]


@bp.get("/facilitators/")
@requires(P.RECORDS_READ)
def index() -> str:
    """Show the register, by filter."""
    wanted, who, number = people_filter(request.args, tree()), reader(), page_number()
    total = count_facilitators(db(), wanted, who)
    rows = facilitator_rows(db(), wanted, who, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return render(
        "register/index.html",
        page=Page(rows, number, total),
        of=count_facilitators(db(), PeopleFilter(), who),
        wanted=wanted,
        tags=lists.people_tags(wanted),
        heads=lists.heads(PEOPLE_ORDERS, wanted.order, ("passed", "led", "since")),
        **_list_context(),
    )


def _list_context() -> dict[str, object]:
    return {
        "lists": lists,
        "nodes": tree().nodes,
        "role_words": ROLE_WORDS,
        "day": today(),
        "may_add": allowed(P.RECORDS_WRITE),
        "sees_withdrawn": allowed(P.UNIT_READ),
    }


@bp.get("/facilitators.<any(csv,xlsx):extension>")
@requires(P.RECORDS_READ)
def export(extension: str) -> Response:
    """Send the register, by the same filter."""
    wanted = people_filter(request.args, tree())
    rows = facilitator_rows(db(), wanted, reader())
    return send_table(people_table(rows, lists.people_tags(wanted)), extension)


@bp.get("/facilitators/<id:facilitator_id>")
@requires(P.RECORDS_READ)
def show(facilitator_id: int) -> str:
    """Show a facilitator: postings, roles, trainings, what was led."""
    facilitator = facilitator_or_404(facilitator_id)
    postings = postings_of(db(), facilitator_id)
    places = places_of(postings)
    inside = any(is_inside(place) for place in places)
    serves = any(posting.until is None or posting.until >= today() for posting in postings)
    return render(
        "register/show.html",
        facilitator=facilitator,
        postings=postings,
        places=places,
        serves=serves,
        roles=roles_of(db(), [facilitator_id]).get(facilitator_id, []),
        trainings=trainings_of(db(), facilitator_id, reader()),
        led=led_by(db(), facilitator_id, reader()),
        may_write=allowed_at(places, P.RECORDS_WRITE),
        may_move=allowed_at(places, P.RECORDS_WRITE) or (not serves and allowed(P.RECORDS_WRITE)),
        may_hide=allowed_at(places, P.RECORDS_HIDE),
        inside=inside,
        log=person_log(db(), facilitator, tree()) if inside else [],
        **_list_context(),
    )


@bp.route("/facilitators/new", methods=["GET", "POST"])
@requires(P.RECORDS_WRITE)
def new() -> ResponseReturnValue:
    """Add a facilitator, with a training that this person passed if there is one."""
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
    training_id = request.args.get("training", type=int)
    with begin_change() as change:
        withdraw_facilitator(change, facilitator_id=facilitator_id, reason=_("ยกเลิกการบันทึก"))
        if training_id is not None and 0 < training_id <= MAX_ID:
            withdraw_training(change, training_id=training_id, reason=_("ยกเลิกการบันทึก"))
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
