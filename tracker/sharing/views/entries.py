"""Pages of entries: the list of all, adding and changing one, and who took it up."""

from datetime import date
from typing import Any, cast

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission, may
from tracker.change import Change, StaleError
from tracker.organisation.tree import UnitNode
from tracker.programme.closed_stages import turn_back
from tracker.programme.list_filters import stage_options, unit_options
from tracker.programme.reference import book, plan
from tracker.session import db
from tracker.sharing import operations_adoptions as adoptions
from tracker.sharing import operations_entries as operations
from tracker.sharing import tables
from tracker.sharing.filters import entry_sorts, read_entry_filter
from tracker.sharing.forms import AdoptionForm, EntryEditForm, EntryForm
from tracker.sharing.models import Adoption, Event, EventEntry
from tracker.sharing.queries_entries import adoptions_of, count_entries, entry_list
from tracker.sharing.views.base import (
    asks_reason,
    asks_reason_at,
    audience_options,
    bp,
    concerned,
    entry_or_404,
    found_or_404,
    own_entry,
    own_or_403,
    show_url,
)
from tracker.sharing.views.life import confirmed
from tracker.web.clock import today
from tracker.web.conflicts import conflict_page, form_pairs
from tracker.web.downloads import send_table
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, render, submit
from tracker.web.paging import Page, export_url, page_number, per_page
from tracker.web.reference import tree


@bp.get("/entries/", endpoint="entries")
@requires(Permission.RECORDS_READ)
def entry_index() -> str:
    """List the entries of events that were held."""
    wanted = read_entry_filter(tree(), plan(), book())
    total = count_entries(db(), actor(), tree(), wanted.filters)
    number = page_number(total)
    rows = list(
        entry_list(
            db(), actor(), tree(), wanted.filters, order=wanted.order, limit=per_page(),
            offset=(number - 1) * per_page(),
        )
    )  # fmt: skip
    return render(
        "sharing/entries.html",
        wanted=wanted,
        page=Page(rows, number, total),
        of=count_entries(db(), actor(), tree(), wanted.whole) if wanted.is_narrowed else total,
        adoptions=adoptions_of(db(), [row.entry.id for row in rows]),
        options={
            "stage": stage_options(plan()),
            "unit": unit_options(tree()),
            "audience": audience_options(),
        },
        sorts=entry_sorts(wanted.order),
        tree=tree(),
        exports={ext: export_url(".export_entries", ext) for ext in ("xlsx", "csv")},
    )


@bp.get("/entries/export.<extension>", endpoint="export_entries")
@requires(Permission.RECORDS_READ)
def export_entries(extension: str) -> Response:
    """Give the entries of a filter as a file."""
    wanted = read_entry_filter(tree(), plan(), book())
    return send_table(tables.entries_table(db(), actor(), tree(), plan(), wanted), extension)


@bp.route("/<id:event_id>/entries/new", methods=["GET", "POST"], endpoint="new_entry")
@requires(Permission.RECORDS_WRITE)
def new_entry(event_id: int) -> ResponseReturnValue:
    """Show an innovation at an event."""
    event = own_or_403(event_id)
    form = EntryForm(data={"unit": event.unit_id})
    form.unit.offer(_open_on(event.held_on))
    if not asks_reason(event):
        del form.reason
    again = "next" in request.form

    def do(change: Change) -> EventEntry:
        values = form.values()
        return operations.show_entry(change, event_id=event_id, change_made=values.pop("change"), **values)

    return submit(
        form,
        "sharing/entry.html",
        do=do,
        to=lambda _entry: url_for(".new_entry", event_id=event_id) if again else show_url(event),
        said=lambda entry: notice(_("เพิ่มผลงาน “%(name)s” แล้ว", name=entry.name)),
        event=event,
        entry=None,
    )


@bp.route("/<id:event_id>/entries/<id:entry_id>/edit", methods=["GET", "POST"], endpoint="edit_entry")
@requires(Permission.RECORDS_WRITE)
def edit_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Change an entry."""
    event, entry = own_entry(event_id, entry_id)
    form = EntryEditForm(obj=entry, data={"unit": entry.unit_id})
    form.unit.offer(_open_on(event.held_on, entry.unit_id))
    if not asks_reason(event):
        del form.reason

    def conflict(_form: Any, stale: StaleError) -> ResponseReturnValue:
        current = cast("EventEntry", stale.current)
        theirs = {name: getattr(current, name) for name in ("name", "presenter", "change", "award")}
        pairs = form_pairs(form, {**theirs, "unit": current.unit_id})
        return conflict_page(stale, pairs, show_url=show_url(event))

    return submit(
        form,
        "sharing/entry.html",
        do=lambda change: operations.edit_entry(
            change, entry_id=entry_id, opened_with=form.opened_with, **form.values()
        ),
        to=lambda _entry: show_url(event),
        said=lambda _entry: notice(_("บันทึกการแก้ไขแล้ว")),
        conflict=conflict,
        event=event,
        entry=entry,
    )


@bp.route("/<id:event_id>/entries/<id:entry_id>/withdraw", methods=["GET", "POST"], endpoint="withdraw_entry")
@requires(Permission.RECORDS_WRITE)
def withdraw_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Take an entry out of the counts, with a reason."""
    event, entry = own_entry(event_id, entry_id)

    def do(change: Change, reason: str) -> EventEntry:
        return operations.withdraw_entry(change, entry_id=entry_id, reason=reason)

    undo = url_for(".restore_entry", event_id=event_id, entry_id=entry_id)
    said = _("ยกเลิกรายการบันทึก “%(name)s” แล้ว", name=entry.name)
    return confirmed(event, "withdraw_entry", do, said, entry=entry, undo=undo)


@bp.route("/<id:event_id>/entries/<id:entry_id>/restore", methods=["GET", "POST"], endpoint="restore_entry")
@requires(Permission.RECORDS_WRITE)
def restore_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Put an entry back into the counts."""
    event, entry = own_entry(event_id, entry_id)

    def do(change: Change, reason: str) -> EventEntry:
        return operations.restore_entry(change, entry_id=entry_id, reason=reason)

    said, asks = _("กู้คืน “%(name)s” แล้ว", name=entry.name), asks_reason(event)
    return confirmed(event, "restore_entry", do, said, entry=entry, needs_reason=asks)


@bp.route("/<id:event_id>/entries/<id:entry_id>/hide", methods=["GET", "POST"], endpoint="hide_entry")
@requires(Permission.RECORDS_HIDE)
def hide_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Hide an entry at once from all but the event's unit and the office."""
    event, entry = own_entry(event_id, entry_id, Permission.RECORDS_HIDE)

    def do(change: Change, reason: str) -> EventEntry:
        return operations.hide_entry(change, entry_id=entry_id, reason=reason)

    undo = url_for(".unhide_entry", event_id=event_id, entry_id=entry_id)
    return confirmed(event, "hide_entry", do, _("ซ่อนแล้ว"), entry=entry, undo=undo)


@bp.route("/<id:event_id>/entries/<id:entry_id>/unhide", methods=["GET", "POST"], endpoint="unhide_entry")
@requires(Permission.RECORDS_HIDE)
def unhide_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Show a hidden entry again."""
    event, entry = own_entry(event_id, entry_id, Permission.RECORDS_HIDE)

    def do(change: Change, reason: str) -> EventEntry:  # noqa: ARG001  # showing again asks for none
        return operations.unhide_entry(change, entry_id=entry_id)

    return confirmed(event, "unhide_entry", do, _("แสดงรายการนี้ตามเดิมแล้ว"), entry=entry, needs_reason=False)


def _open_on(day: date, besides: int = 0) -> list[UnitNode]:
    """Return the units that were open on a day, and the one that a record names already."""
    return [n for n in tree() if n.closed_on is None or n.closed_on > day or n.id == besides]


def _asks_adopter(event: Event, nodes: list[UnitNode]) -> bool:
    """Tell whether the visitor may note an adoption by some units only with a reason."""
    stage = plan().stage_by_id[event.stage_id]
    writable = [node for node in nodes if may(actor(), Permission.RECORDS_WRITE, node)]
    return all(asks_reason_at(node, stage) for node in writable)


@bp.route("/<id:event_id>/entries/<id:entry_id>/taken-up", methods=["GET", "POST"], endpoint="adopt")
@requires(Permission.RECORDS_WRITE)
def adopt(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Note that a unit took an entry up."""
    event = found_or_404(event_id)
    entry, form = entry_or_404(event, entry_id), AdoptionForm()
    nodes = [node for node in _open_on(event.held_on) if node.id != entry.unit_id]
    parties = concerned(event, entry)
    turn_back([plan().stage_by_id[event.stage_id]], show_url(event))
    if not any(allowed(Permission.RECORDS_WRITE, node) for node in parties):
        nodes = [node for node in nodes if allowed(Permission.RECORDS_WRITE, node)]
    form.offer(nodes, tree()[entry.unit_id])
    if not _asks_adopter(event, [*parties, *nodes]):
        del form.reason
    if not form.is_submitted():
        form.adopted_on.data = today()
        form.unit.data = nodes[0].id if len(nodes) == 1 else None
    return submit(
        form,
        "sharing/adopt.html",
        do=lambda change: adoptions.note_adoption(change, entry_id=entry_id, **form.details()),
        to=lambda _adoption: show_url(event),
        said=lambda adoption: notice(
            _("บันทึกการนำไปใช้แล้ว"),
            undo=url_for(".unadopt", event_id=event_id, entry_id=entry_id, adoption_id=adoption.id),
        ),
        event=event,
        entry=entry,
    )


@bp.route(
    "/<id:event_id>/entries/<id:entry_id>/taken-up/<id:adoption_id>/withdraw",
    methods=["GET", "POST"],
    endpoint="unadopt",
)
@requires(Permission.RECORDS_WRITE)
def unadopt(event_id: int, entry_id: int, adoption_id: int) -> ResponseReturnValue:
    """Take back that a unit took an entry up."""
    event = found_or_404(event_id)
    entry, adoption = entry_or_404(event, entry_id), db().get(Adoption, adoption_id)
    if adoption is None or adoption.entry_id != entry_id:
        abort(404)
    parties = concerned(event, entry, adoption)
    if not any(allowed(Permission.RECORDS_WRITE, node) for node in parties):
        abort(403)
    turn_back([plan().stage_by_id[event.stage_id]], show_url(event))

    def do(change: Change, reason: str) -> Adoption:
        return adoptions.withdraw_adoption(change, adoption_id=adoption_id, reason=reason)

    said, asks, adopter = _("ยกเลิกการบันทึกแล้ว"), _asks_adopter(event, parties), tree()[adoption.unit_id]
    return confirmed(event, "unadopt", do, said, entry=entry, needs_reason=asks, adopter=adopter)
