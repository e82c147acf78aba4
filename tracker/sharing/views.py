"""Pages of events: the list, one event with its entries, and what became of them."""

from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission, may, places_open_to
from tracker.organisation.tree import UnitNode
from tracker.programme.plan import Plan, programme_plan
from tracker.session import db
from tracker.sharing import filters, life, operations, tables
from tracker.sharing.forms import MANNERS, EventEditForm, EventForm, ReasonForm, SummaryForm
from tracker.sharing.models import Event, EventState
from tracker.sharing.queries import (
    adoptions_of,
    count_events,
    counts_of,
    entries_of,
    event_list,
    executives_of,
    posts_for,
    readable_event,
)
from tracker.web.clock import today
from tracker.web.conflicts import conflict_page
from tracker.web.downloads import send_table
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named
from tracker.web.pages import notice, render, submit
from tracker.web.paging import PER_PAGE, Page, page_number
from tracker.web.reference import tree

bp = Blueprint("sharing", __name__, url_prefix="/events")


@bp.context_processor
def choices() -> dict[str, Any]:
    """Give the templates the words of states and manners, and the options of the filters."""
    stages = [("", _("ทุกระยะ")), *((s.number, f"{s.number} {named(s, 'short')}") for s in plan().stages)]
    states = [("", _("ทุกสถานะ")), *((state.value, str(word)) for state, word in filters.STATES.items())]
    return {
        "stage_options": stages,
        "state_options": [*states, ("withdrawn", _("ยกเลิกรายการบันทึก"))],
        "manners": MANNERS,
        "may_write": allowed(Permission.RECORDS_WRITE),
    }


def plan() -> Plan:
    """Return the programme."""
    return programme_plan(db())


def found_or_404(event_id: int) -> Event:
    """Return an event that the visitor may read, else answer 404."""
    return readable_event(db(), actor(), tree(), event_id) or abort(404)


def own_or_403(event_id: int) -> Event:
    """Return an event that the visitor may write, else answer 404 or 403."""
    event = found_or_404(event_id)
    if not allowed(Permission.RECORDS_WRITE, tree()[event.unit_id]):
        abort(403)
    return event


def writable_units() -> list[UnitNode]:
    """Return the open units for which the visitor may write, the own ones first."""
    own = [role.unit_id for role in actor().roles]
    nodes = places_open_to(actor(), Permission.RECORDS_WRITE, (n for n in tree() if n.closed_on is None))
    return sorted(nodes, key=lambda node: (node.id not in own, node.order))


def executive_posts(event: Event | None, units: list[UnitNode]) -> Any:
    """Return the posts that may be chosen: the host's, those above it, and those below."""
    hosts = [event.unit_id] if event else [node.id for node in units[:1]]
    around = {i for host in hosts for i in tree()[host].path} | {
        node.id for host in hosts for node in tree().subtree(host)[:30]
    }
    return posts_for(db(), sorted(around), today())


@bp.get("/")
@requires(Permission.RECORDS_READ)
def index() -> str:
    """List events by filters."""
    chosen = filters.event_filter(tree(), plan())
    total = count_events(db(), actor(), tree(), chosen.filter)
    rows = event_list(
        db(), actor(), tree(), chosen.filter, limit=PER_PAGE, offset=(page_number() - 1) * PER_PAGE
    )
    page = Page(rows, page_number(), total)
    counts = counts_of(db(), [event.id for event in rows])
    return render("sharing/index.html", page=page, chosen=chosen, counts=counts, tree=tree(), plan=plan())


@bp.get("/export.<extension>")
@requires(Permission.RECORDS_READ)
def export(extension: str) -> Response:
    """Give the events of a filter as a file."""
    chosen = filters.event_filter(tree(), plan())
    return send_table(tables.events_table(db(), actor(), tree(), plan(), chosen), extension)


@bp.get("/<id:event_id>")
@requires(Permission.RECORDS_READ)
def show(event_id: int) -> str:
    """Show an event with its entries."""
    event = found_or_404(event_id)
    entries = entries_of(db(), event_id)
    return render(
        "sharing/show.html",
        event=event,
        unit=tree()[event.unit_id],
        stage=plan().stage_by_id[event.stage_id],
        entries=entries,
        withdrawn=entries_of(db(), event_id, withdrawn=True),
        adoptions=adoptions_of(db(), [entry.id for entry in entries]),
        executives=executives_of(db(), event_id),
        writes=allowed(Permission.RECORDS_WRITE, tree()[event.unit_id]),
        hides=allowed(Permission.RECORDS_HIDE, tree()[event.unit_id]),
        tree=tree(),
        today=today(),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def new() -> ResponseReturnValue:
    """Put an event on the calendar."""
    form, units = EventForm(), writable_units()
    form.unit.offer(units)
    form.prepare(plan().stages, executive_posts(None, units), tree())
    if not form.is_submitted():
        filters.prefill(form, tree(), plan(), units, today())
    return submit(
        form,
        "sharing/new.html",
        do=lambda change: operations.schedule_event(change, **form.details()),
        to=lambda event: url_for(".show", event_id=event.id),
        said=lambda event: notice(_("บันทึกงาน “%(title)s” แล้ว", title=event.title)),
        on_behalf=not may_own(units),
    )


def may_own(units: list[UnitNode]) -> bool:
    """Tell whether the visitor writes for a unit of their own, not for all as the office."""
    return len(units) < len(tree()) or may(actor(), Permission.QUESTION_ANSWER)


@bp.route("/<id:event_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def edit(event_id: int) -> ResponseReturnValue:
    """Change an event."""
    event = own_or_403(event_id)
    form = EventEditForm(obj=event, data=filters.executives_data(executives_of(db(), event_id), event))
    form.prepare(plan().stages, executive_posts(event, []), tree())
    return submit(
        form,
        "sharing/edit.html",
        do=lambda change: operations.edit_event(change, event_id=event_id, **form.details()),
        to=lambda _event: url_for(".show", event_id=event_id),
        said=lambda _event: notice(_("บันทึกการแก้ไขแล้ว")),
        conflict=lambda _form, stale: conflict_page(
            stale, filters.pairs(form, stale), show_url=url_for(".show", event_id=event_id)
        ),
        event=event,
    )


@bp.route("/<id:event_id>/summarise", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def summarise(event_id: int) -> ResponseReturnValue:
    """Sum an event up."""
    event = own_or_403(event_id)
    form = SummaryForm(obj=event)
    return submit(
        form,
        "sharing/summarise.html",
        do=lambda change: life.summarise_event(
            change,
            event_id=event_id,
            summary=form.summary.data,
            attendance=form.attendance.data,
            opened_with=form.opened_with,
            reason=form.reason.data,
        ),
        to=lambda _event: url_for(".show", event_id=event_id),
        said=lambda _event: notice(_("สรุปผลแล้ว")),
        conflict=lambda _form, stale: conflict_page(
            stale, filters.pairs(form, stale), show_url=url_for(".show", event_id=event_id)
        ),
        event=event,
        entries=len(entries_of(db(), event_id)),
    )


@bp.route("/<id:event_id>/held", methods=["POST"], endpoint="held")
@bp.route("/<id:event_id>/restore", methods=["POST"], endpoint="restore")
@bp.route("/<id:event_id>/unhide", methods=["POST"], endpoint="unhide")
@requires(Permission.RECORDS_WRITE)
def act(event_id: int) -> ResponseReturnValue:
    """Say that an event took place, or put it back: what one button does."""
    event = own_or_403(event_id)
    verb = (request.endpoint or "").rpartition(".")[2]
    done = {"held": life.mark_held, "restore": life.restore_event, "unhide": life.unhide_event}[verb]
    return filters.at_once(
        lambda change: done(change, event_id=event_id),
        url_for(".show", event_id=event_id),
        _("บันทึกแล้ว: %(title)s", title=event.title),
    )


@bp.route("/<id:event_id>/withdraw", methods=["GET", "POST"], endpoint="withdraw")
@bp.route("/<id:event_id>/cancel", methods=["GET", "POST"], endpoint="cancel")
@bp.route("/<id:event_id>/hide", methods=["GET", "POST"], endpoint="hide")
@requires(Permission.RECORDS_WRITE)
def confirm(event_id: int) -> ResponseReturnValue:
    """Withdraw, call off or hide an event, with a reason."""
    event, form = own_or_403(event_id), ReasonForm()
    verb = (request.endpoint or "").rpartition(".")[2]
    done = {"withdraw": life.withdraw_event, "cancel": life.cancel_event, "hide": life.hide_event}[verb]
    if verb == "hide" and not allowed(Permission.RECORDS_HIDE):
        abort(403)
    return submit(
        form,
        "sharing/confirm.html",
        do=lambda change: done(change, event_id=event_id, reason=form.reason.data),
        to=lambda _event: url_for(".show", event_id=event_id),
        said=lambda _event: notice(
            _("บันทึกแล้ว: %(title)s", title=event.title),
            undo=url_for(".restore", event_id=event_id) if verb == "withdraw" else None,
        ),
        event=event,
        verb=verb,
        unit=tree()[event.unit_id],
        entries=len(entries_of(db(), event_id)),
        states=EventState,
    )
