"""Pages of events: the list with its exports, one event, and its form."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.change import StaleError
from tracker.facilitators.models import Facilitator
from tracker.facilitators.naming import Leaders
from tracker.facilitators.queries import facilitators_at
from tracker.organisation.posts import PostInfo, post_book
from tracker.organisation.tree import UnitNode
from tracker.programme.closed_stages import is_shut, shut_sentence, turn_back
from tracker.programme.list_filters import small_number, stage_options, unit_options
from tracker.programme.reading import Aside
from tracker.programme.reference import book, plan
from tracker.session import db
from tracker.sharing import operations, operations_life, tables
from tracker.sharing.filters import event_sorts, read_event_filter
from tracker.sharing.forms import EventEditForm, EventForm, SummaryForm
from tracker.sharing.history import event_log
from tracker.sharing.models import Adoption, Event, EventEntry
from tracker.sharing.queries import count_events, counts_of, event_list
from tracker.sharing.queries_entries import adoptions_of
from tracker.sharing.queries_record import entries_of, executives_of, leaders_of
from tracker.sharing.views.base import (
    asks_reason,
    asks_reason_at,
    audience_options,
    bp,
    concerned,
    found_or_404,
    own_or_403,
    show_url,
)
from tracker.sharing.words import ASIDES, STATES, TYPES
from tracker.web.clock import today
from tracker.web.conflicts import conflict_page, form_pairs
from tracker.web.downloads import send_table
from tracker.web.executives import executives_data, with_posts
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, render, submit
from tracker.web.paging import Page, export_url, page_number, per_page
from tracker.web.reference import tree
from tracker.web.units import asked_unit, doors_to, is_inside, writable_units


def _options() -> dict[str, list[tuple[Any, str]]]:
    """Return the answers of the filter bar."""
    states = [(state.value, str(word)) for state, word in STATES.items()]
    return {
        "stage": stage_options(plan()),
        "unit": unit_options(tree()),
        "type": [("", _("ทุกประเภท")), *((kind.value, str(word)) for kind, word in TYPES.items())],
        "state": [("", _("ทุกสถานะ")), *states, *_asides()],
        "audience": audience_options(),
    }


def _asides() -> list[tuple[str, str]]:
    shown = [aside for aside in Aside if aside is not Aside.HIDDEN or allowed(Permission.RECORDS_WRITE)]
    return [(aside.value, str(ASIDES[aside])) for aside in shown]


@bp.get("/")
@requires(Permission.RECORDS_READ)
def index() -> str:
    """List events by what the address asks for."""
    wanted = read_event_filter(tree(), plan(), book())
    total = count_events(db(), actor(), tree(), wanted.filters)
    number = page_number(total)
    rows = event_list(
        db(), actor(), tree(), wanted.filters, order=wanted.order, limit=per_page(),
        offset=(number - 1) * per_page(),
    )  # fmt: skip
    return render(
        "sharing/index.html",
        wanted=wanted,
        page=Page(rows, number, total),
        of=count_events(db(), actor(), tree(), wanted.whole) if wanted.is_narrowed else total,
        counts=counts_of(db(), [event.id for event in rows]),
        options=_options(),
        sorts=event_sorts(wanted.order),
        types=TYPES,
        tree=tree(),
        exports={ext: export_url(".export", ext) for ext in ("xlsx", "csv")},
    )


@bp.get("/export.<extension>")
@requires(Permission.RECORDS_READ)
def export(extension: str) -> Response:
    """Give the events of a filter as a file."""
    wanted = read_event_filter(tree(), plan(), book())
    return send_table(tables.events_table(db(), actor(), tree(), plan(), wanted), extension)


@bp.get("/<id:event_id>")
@requires(Permission.RECORDS_READ)
def show(event_id: int) -> str:
    """Show an event with its entries."""
    event = found_or_404(event_id)
    unit, entries = tree()[event.unit_id], entries_of(db(), event_id)
    adoptions = adoptions_of(db(), [entry.id for entry in entries])
    owns, inside = allowed(Permission.RECORDS_WRITE, unit), is_inside(unit)
    stage = plan().stage_by_id[event.stage_id]
    shut = is_shut(stage)
    return render(
        "sharing/show.html",
        event=event,
        unit=unit,
        stage=stage,
        shut=shut_sentence(stage) if shut and owns else "",
        enrolment=book().by_id.get(event.enrolment_id or 0),
        entries=entries,
        gone=entries_of(db(), event_id, live=False) if owns else [],
        adoptions=adoptions,
        taken_back=frozenset() if shut else _may_take_back(event, entries, adoptions),
        executives=executives_of(db(), event_id),
        leaders=_leaders(event_id)[0],
        types=TYPES,
        writes=owns and not shut,
        adopts=allowed(Permission.RECORDS_WRITE) and not shut,
        asks=asks_reason(event),
        hides=allowed(Permission.RECORDS_HIDE, unit),
        inside=inside,
        log=event_log(db(), event) if inside else [],
        **doors_to(unit),
        tree=tree(),
        today=today(),
    )


def _may_take_back(
    event: Event, entries: Sequence[EventEntry], adoptions: Mapping[int, Sequence[Adoption]]
) -> frozenset[int]:
    """Return the ids of the adoptions that the visitor may take back: those that concern a unit of theirs."""
    return frozenset(
        adoption.id
        for entry in entries
        for adoption in adoptions.get(entry.id, ())
        if any(allowed(Permission.RECORDS_WRITE, node) for node in concerned(event, entry, adoption))
    )


def _facilitators(node: UnitNode, event: Event | None = None) -> list[Facilitator]:
    """Return who may be named as having led: of the host, of its pilot groups, and who is named already."""
    serving = facilitators_at(db(), tree().with_pilots(node.id), today())
    led = _leaders(event.id)[0] if event else ()
    return [*{person.id: person for person in (*serving, *led)}.values()]


def _leaders(event_id: int) -> Leaders:
    return leaders_of(db(), actor(), tree(), event_id)


def _posts(node: UnitNode, event: Event | None = None) -> list[PostInfo]:
    """Return the executive posts that a form offers: the host's, above, just below, and who came already."""
    units = [node.id, *node.path[-2::-1], *(child.id for child in tree().children(node.id))]
    entries: list[EventEntry] = list(entries_of(db(), event.id)) if event else []
    units = list(dict.fromkeys([*units, *(entry.unit_id for entry in entries)]))
    order = {unit_id: at for at, unit_id in enumerate(units)}
    posts = {post.id: post for post in post_book(db()).at(units, today())}
    posts.update({post.id: post for post, _manner in (executives_of(db(), event.id) if event else ())})
    return sorted(posts.values(), key=lambda post: order.get(post.unit_id, len(order)))


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def new() -> ResponseReturnValue:
    """Put an event on a calendar: of the unit in the address, else the visitor's own, else ask which."""
    node = asked_unit()
    if node is None or (request.method == "GET" and "choose" in request.args):
        return render("sharing/choose.html", units=writable_units(), node=node)
    stage = plan().stage(small_number(request.args.get("stage", "")))
    turn_back([stage] if stage else [], url_for(".new", unit=node.code), _("เลือกระยะอื่นได้ที่นี่"))
    make = cast("type[EventForm]", with_posts(EventForm, _posts(node), tree()))
    form = make(data={"held_on": today(), "stage": stage.id if stage else None})
    form.offer(plan(), _facilitators(node), any_stage=True)
    if not asks_reason_at(node, form.chosen_stage(plan(), today())):
        del form.on_behalf_reason
    return submit(
        form,
        "sharing/new.html",
        do=lambda change: operations.schedule_event(
            change,
            unit_id=node.id,
            on_behalf_reason=str(form.data.get("on_behalf_reason") or ""),
            **form.values(plan(), today()),
        ),
        to=show_url,
        said=lambda event: notice(_("บันทึกงาน “%(title)s” แล้ว", title=event.title)),
        node=node,
        choose_url=url_for(".new", choose=1, unit=node.code) if len(writable_units()) > 1 else None,
    )


def _stored(event: Event) -> dict[str, Any]:
    """Return an event as its form's data."""
    plain = ("title", "held_on", "hours", "venue", "attendance", "summary", "outside_stage_reason")
    return {
        **{name: getattr(event, name) for name in plain},
        "type": event.type.value,
        "stage": event.stage_id,
        "audience": event.audience.value,
        "facilitators": [person.id for person in _leaders(event.id)[0]],
        **executives_data(executives_of(db(), event.id)),
    }


@bp.route("/<id:event_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def edit(event_id: int) -> ResponseReturnValue:
    """Change an event."""
    event = own_or_403(event_id)
    posts = _posts(tree()[event.unit_id], event)
    make = cast("type[EventEditForm]", with_posts(EventEditForm, posts, tree()))
    form = make(data={**_stored(event), "version": event.version})
    form.offer(plan(), _facilitators(tree()[event.unit_id], event), any_stage=False)
    if not asks_reason(event, form.chosen_stage(plan(), today())):
        del form.reason
    unsaid = _leaders(event.id)[1]  # stay in the record, though who edits may not read their names

    def conflict(_form: Any, stale: StaleError) -> ResponseReturnValue:
        nobody = {field.short_name: "" for field in form.executive_fields}
        theirs = {**nobody, **_stored(cast("Event", stale.current))}
        return conflict_page(stale, form_pairs(form, theirs), show_url=show_url(event))

    return submit(
        form,
        "sharing/edit.html",
        do=lambda change: operations.edit_event(
            change,
            event_id=event_id,
            opened_with=form.opened_with,
            summary=form.summary.data,
            reason=str(form.data.get("reason") or ""),
            **form.values(plan(), today(), unsaid),
        ),
        to=show_url,
        said=lambda _event: notice(_("บันทึกการแก้ไขแล้ว")),
        conflict=conflict,
        event=event,
    )


@bp.route("/<id:event_id>/summarise", methods=["GET", "POST"])
@requires(Permission.RECORDS_WRITE)
def summarise(event_id: int) -> ResponseReturnValue:
    """Sum an event up."""
    event = own_or_403(event_id)
    form = SummaryForm(obj=event)
    if not asks_reason(event):
        del form.reason

    def conflict(_form: Any, stale: StaleError) -> ResponseReturnValue:
        stored = _stored(cast("Event", stale.current))
        theirs = {name: stored[name] for name in ("attendance", "summary")}
        return conflict_page(stale, form_pairs(form, theirs), show_url=show_url(event))

    return submit(
        form,
        "sharing/summarise.html",
        do=lambda change: operations_life.summarise_event(
            change,
            event_id=event_id,
            summary=form.summary.data,
            attendance=form.attendance.data,
            opened_with=form.opened_with,
            reason=str(form.data.get("reason") or ""),
        ),
        to=show_url,
        said=lambda _event: notice(_("สรุปผลแล้ว")),
        conflict=conflict,
        event=event,
        entries=len(entries_of(db(), event_id)),
    )
