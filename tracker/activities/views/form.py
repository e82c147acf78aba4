"""Logging and editing: the form, its drafts, and what happens when two people edit one record."""

from collections.abc import Callable
from typing import Any, cast

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission, writes_on_behalf
from tracker.activities import operations
from tracker.activities.forms import (
    READY,
    ActivityEditForm,
    DraftForm,
    LogForm,
    Offered,
    fresh_values,
    kind_value,
)
from tracker.activities.history import FIELDS
from tracker.activities.models import Activity, Draft
from tracker.activities.operations_drafts import draft_is_gone, finish_draft
from tracker.activities.queries_record import people_of
from tracker.activities.rules import needs_reason
from tracker.activities.views.base import (
    asks_reason,
    back_or,
    bp,
    changeable_or_403,
    found_or_404,
    home_of,
    show_url,
)
from tracker.activities.views.drafts import asked_draft, draft_conflict, keeping, kept_values, named_draft
from tracker.change import Change, StaleError
from tracker.facilitators.queries import facilitators_at
from tracker.organisation.posts import post_book
from tracker.organisation.tree import UnitNode
from tracker.programme.closed_stages import asks_why, turn_back
from tracker.programme.plan import StageInfo
from tracker.programme.reference import book, plan
from tracker.session import db
from tracker.web.clock import today
from tracker.web.conflicts import conflict_page
from tracker.web.executives import executives_data, with_posts
from tracker.web.guards import actor, requires
from tracker.web.history import look_up, said
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, render, see, submit
from tracker.web.paging import here_with
from tracker.web.reference import tree
from tracker.web.units import asked_unit, writable_units


def _asked_stage() -> StageInfo | None:
    text = request.args.get("stage", "")
    return plan().stage(int(text)) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _offered(node: UnitNode, activity: Activity | None = None, copied: Activity | None = None) -> Offered:
    """Return what the form of a unit offers; what a record has already is offered too."""
    record = activity or copied
    people = people_of(db(), actor(), tree(), record.id) if record else None
    serving = facilitators_at(db(), tree().with_pilots(node.id), today())
    facilitators = {person.id: person for person in serving}
    posts = {post.id: post for post in post_book(db()).at(node.path[::-1], today())}
    if people:
        facilitators.update({person.id: person for person in people.facilitators})
        posts.update({post.id: post for post, _manner in people.executives})
    kept = frozenset(people.joined_unit_ids) if people else frozenset()
    unnamed = people.unnamed_ids if people and activity else ()
    stage = plan().stage_by_id.get(activity.stage_id) if activity else _asked_stage()
    stage = stage or plan().current_stage(today()) or plan().stages[0]
    return Offered(node, stage, plan(), tree(), [*facilitators.values()], [*posts.values()], kept, unnamed)


def _stored(activity: Activity) -> dict[str, Any]:
    """Return a record as the form's data."""
    step = plan().step_by_id.get(activity.step_id or 0)
    people = people_of(db(), actor(), tree(), activity.id)
    plain = ("title", "held_on", "outcome", "participants", "link", "secrecy_read", "outside_stage_reason")
    return {
        **{name: getattr(activity, name) for name in plain},
        "step": str(step.number) if step else READY,
        "kind": kind_value(step.number if step else 0, activity.kind_id),
        "stage": activity.stage_id,
        "facilitators": [person.id for person in people.facilitators],
        "joined": list(people.joined_unit_ids),
        "audience": activity.audience.value,
        **executives_data(people.executives),
    }


def _copied() -> Activity | None:
    text = request.args.get("copy", "")
    return found_or_404(int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _log_form(offered: Offered, copied: Activity | None, draft: Draft | None) -> Any:
    """Return the form for a new activity: as posted, as the draft was, as the copied record is, or fresh."""
    data = fresh_values(offered, request.args.get("step"), _asked_stage(), request.args.get("kind", ""))
    if copied:
        data = {**_stored(copied), "held_on": today(), "stage": None, "link": "", "secrecy_read": False}
    if draft and request.method == "GET" and g.get("resumed") is None:
        return _form_of(draft, offered)
    make = cast("type[LogForm]", with_posts(DraftForm if draft else LogForm, offered.posts, tree()))
    return _offering(make(data=data), offered)


def _form_of(draft: Draft, offered: Offered) -> Any:
    """Return the form as a draft was kept, with the version that is opened now."""
    make = cast("type[DraftForm]", with_posts(DraftForm, offered.posts, tree()))
    form = make(formdata=kept_values(draft))
    form.idempotency_key.process(None)
    form.version.process(None, draft.version)
    return _offering(form, offered)


def _offering(form: Any, offered: Offered) -> Any:
    form.offer(offered, any_stage=True)
    if not writes_on_behalf(actor(), offered.node) and not asks_why(offered.stage):
        del form.on_behalf_reason
    return form


def _post_url(node: UnitNode, draft: Draft | None) -> str:
    """Return where the form is sent: here, and it names its unit, whatever becomes of the draft."""
    return here_with(unit=node.code, draft=draft.id if draft else None)


def _choose_url(offered: Offered) -> str:
    return url_for("activities.new", choose=1, unit=offered.node.code, stage=offered.stage.number)


def _context(offered: Offered) -> dict[str, Any]:
    day = min(today(), offered.stage.ends_on)
    return {
        "offered": offered,
        "node": offered.node,
        "stage": offered.stage,
        "counted": book().counting_for(offered.stage.id, offered.node, day),
        "choose_url": _choose_url(offered),
        "may_choose": len(writable_units()) > 1 or len(plan().stages) > 1,
        "cancel_url": back_or(url_for("home.index")),
    }


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def new() -> ResponseReturnValue:
    """Log an activity of a unit: the one in the address, else the visitor's own, else ask which."""
    copied, draft = _copied(), asked_draft()
    node = tree()[draft.unit_id] if draft else asked_unit()
    if request.method == "GET" and draft is None and named_draft():
        notice(_("ไม่พบร่างนี้ อาจบันทึกเป็นกิจกรรมหรือทิ้งไปแล้ว"), kind="error")
        return see(home_of(node) if node else url_for("home.index"))
    if node is None or (request.method == "GET" and "choose" in request.args):
        return _choose(node)
    offered = _offered(node, copied=copied)
    if draft is None:
        turn_back([offered.stage], _choose_url(offered), _("เลือกระยะอื่นได้ที่นี่"))
    form = _log_form(offered, copied, draft)
    form.is_unfinished = "save_draft" in request.form
    return submit(
        form,
        "activities/new.html",
        do=_making(form, offered, draft),
        to=(lambda _kept: back_or(home_of(node))) if form.is_unfinished else _after(node),
        said=_said_kept if form.is_unfinished else _said,
        conflict=draft_conflict(draft, lambda kept: _form_of(kept, offered)),
        draft=draft,
        post_url=_post_url(node, draft),
        **_context(offered),
    )


def _making(form: Any, offered: Offered, draft: Draft | None) -> Callable[[Change], Any]:
    """Return what the form does: keep a draft, or log an activity, which takes its draft away."""
    number, on_behalf = named_draft(), form.on_behalf_reason.data if form.on_behalf_reason else ""
    keep = keeping(form, offered.node, draft)

    def do(change: Change) -> Any:
        if number and draft is None:
            raise draft_is_gone()
        if form.is_unfinished:
            return keep(change)
        if draft:
            finish_draft(change, draft_id=draft.id, opened_with=form.opened_with)
        return operations.log_values(change, form.values(offered), on_behalf_reason=on_behalf)

    return do


def _after(node: UnitNode) -> Callable[[Activity], str]:
    """Return where to go after saving: the form again, for the same step, or where it was opened from."""
    again: dict[str, Any] = {name: request.args.get(name) for name in ("stage", "back")}

    def target(made: Activity) -> str:
        if "next" not in request.form:
            return back_or(home_of(node))
        step = plan().step_by_id.get(made.step_id or 0)
        return url_for("activities.new", unit=node.code, step=step.number if step else READY, **again)

    return target


def _said_kept(_kept: Draft) -> None:
    notice(_("เก็บเป็นร่างแล้ว เปิดต่อได้จากงานของหน่วยงาน"))


def _said(made: Activity) -> None:
    undo = url_for("activities.undo", activity_id=made.id)
    if made.enrolment_id is None:
        notice(_("บันทึกแล้ว หน่วยงานนี้ไม่ได้เข้าร่วมระยะนี้ กิจกรรมจึงไม่นับในขั้นตอนใด"), undo=undo)
    else:
        notice(_("บันทึก “%(title)s” แล้ว", title=made.title[:80]), undo=undo)


def _choose(node: UnitNode | None) -> ResponseReturnValue:
    stage = _asked_stage() or plan().current_stage(today())
    return render(
        "activities/choose.html", units=writable_units(), node=node, stages=plan().stages, stage=stage,
        target="activities.new",
    )  # fmt: skip


def _conflict(activity: Activity, offered: Offered) -> Callable[[Any, StaleError], ResponseReturnValue]:
    def answer(form: Any, stale: StaleError) -> ResponseReturnValue:
        current = cast("Activity", stale.current)
        people = people_of(db(), actor(), tree(), current.id)
        theirs = {
            "facilitator_ids": [person.id for person in people.facilitators],
            "executives": {post.id: manner for post, manner in people.executives},
            "joined_unit_ids": list(people.joined_unit_ids),
        }
        values = form.values(offered)
        versions = {
            name: (getattr(values, name), theirs.get(name, getattr(current, name, None))) for name in FIELDS
        }
        known = look_up((FIELDS[name], value) for name, both in versions.items() for value in both)
        pairs = [
            (str(FIELDS[name].label), said(FIELDS[name], mine, known), said(FIELDS[name], now, known))
            for name, (mine, now) in versions.items()
        ]
        return conflict_page(stale, pairs, show_url=show_url(activity))

    return answer


@bp.route("/<id:activity_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def edit(activity_id: int) -> ResponseReturnValue:
    """Change an activity."""
    activity = changeable_or_403(activity_id)
    node = tree()[activity.unit_id]
    offered = _offered(node, activity)
    make = cast("type[ActivityEditForm]", with_posts(ActivityEditForm, offered.posts, tree()))
    form = make(data={**_stored(activity), "version": activity.version})
    form.offer(offered, any_stage=False)
    if not (needs_reason(activity.entered_on, today()) or asks_reason(activity)):
        del form.reason

    def do(change: Change) -> Activity:
        return operations.edit_activity(
            change, activity_id=activity_id, values=form.values(offered), opened_with=form.opened_with,
            reason=str(form.data.get("reason") or ""),
        )  # fmt: skip

    return submit(
        form, "activities/edit.html", do=do, to=show_url, conflict=_conflict(activity, offered),
        said=lambda made: notice(_("แก้ไข “%(title)s” แล้ว", title=made.title[:80])),
        activity=activity, **{**_context(offered), "cancel_url": show_url(activity)},
    )  # fmt: skip
