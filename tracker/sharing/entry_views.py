"""Pages of entries: the list of all, adding and changing one, and who took it up."""

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.session import db
from tracker.sharing import entries, filters, tables
from tracker.sharing.forms import AdoptionForm, EntryEditForm, EntryForm, ReasonForm
from tracker.sharing.models import Adoption, Event, EventEntry
from tracker.sharing.queries import adoptions_of, count_entries, entry_list
from tracker.sharing.views import bp, found_or_404, own_or_403, plan
from tracker.web.clock import today
from tracker.web.conflicts import conflict_page
from tracker.web.downloads import send_table
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, render, submit
from tracker.web.paging import PER_PAGE, Page, page_number
from tracker.web.reference import tree


def _entry_or_404(event_id: int, entry_id: int) -> EventEntry:
    entry = db().get(EventEntry, entry_id)
    return entry if entry is not None and entry.event_id == event_id else abort(404)


@bp.get("/entries/", endpoint="entries")
@requires(Permission.RECORDS_READ)
def entry_index() -> str:
    """List the entries of events that were held."""
    chosen = filters.entry_filter(tree(), plan())
    total = count_entries(db(), actor(), tree(), chosen.filter)
    rows = list(
        entry_list(
            db(), actor(), tree(), chosen.filter, limit=PER_PAGE, offset=(page_number() - 1) * PER_PAGE
        )
    )
    adoptions = adoptions_of(db(), [entry.id for entry, _event in rows])
    page = Page(rows, page_number(), total)
    return render(
        "sharing/entries.html", page=page, chosen=chosen, adoptions=adoptions, tree=tree(), plan=plan()
    )


@bp.get("/entries/export.<extension>", endpoint="export_entries")
@requires(Permission.RECORDS_READ)
def export_entries(extension: str) -> Response:
    """Give the entries of a filter as a file."""
    chosen = filters.entry_filter(tree(), plan())
    return send_table(tables.entries_table(db(), actor(), tree(), plan(), chosen), extension)


@bp.route("/<id:event_id>/entries/new", methods=["GET", "POST"], endpoint="new_entry")
@requires(Permission.RECORDS_WRITE)
def new_entry(event_id: int) -> ResponseReturnValue:
    """Show an innovation at an event."""
    event, form = own_or_403(event_id), EntryForm()
    form.prepare([node for node in tree() if node.closed_on is None])
    if not form.is_submitted():
        form.unit.data = event.unit_id
    again = "next" in request.form
    return submit(
        form,
        "sharing/entry.html",
        do=lambda change: entries.show_entry(change, event_id=event_id, **form.details()),
        to=lambda _entry: url_for(".new_entry" if again else ".show", event_id=event_id),
        said=lambda entry: notice(_("เพิ่มผลงาน “%(name)s” แล้ว", name=entry.name)),
        event=event,
        entry=None,
        on_behalf=_writes_for_all(),
    )


def _writes_for_all() -> bool:
    return allowed(Permission.RECORDS_HIDE)


@bp.route("/<id:event_id>/entries/<id:entry_id>/edit", methods=["GET", "POST"], endpoint="edit_entry")
@requires(Permission.RECORDS_WRITE)
def edit_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Change an entry."""
    event, entry = own_or_403(event_id), _entry_or_404(event_id, entry_id)
    form = EntryEditForm(obj=entry, data={"unit": entry.unit_id})
    form.prepare([node for node in tree() if node.closed_on is None or node.id == entry.unit_id])
    return submit(
        form,
        "sharing/entry.html",
        do=lambda change: entries.edit_entry(change, entry_id=entry_id, **form.details()),
        to=lambda _entry: url_for(".show", event_id=event_id),
        said=lambda _entry: notice(_("บันทึกการแก้ไขแล้ว")),
        conflict=lambda _form, stale: conflict_page(
            stale, filters.pairs(form, stale), show_url=url_for(".show", event_id=event_id)
        ),
        event=event,
        entry=entry,
        on_behalf=_writes_for_all(),
    )


@bp.route("/<id:event_id>/entries/<id:entry_id>/withdraw", methods=["GET", "POST"], endpoint="withdraw_entry")
@requires(Permission.RECORDS_WRITE)
def withdraw_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Take an entry out of the counts, with a reason."""
    event, entry, form = own_or_403(event_id), _entry_or_404(event_id, entry_id), ReasonForm()
    return submit(
        form,
        "sharing/confirm.html",
        do=lambda change: entries.withdraw_entry(change, entry_id=entry_id, reason=form.reason.data),
        to=lambda _entry: url_for(".show", event_id=event_id),
        said=lambda _entry: notice(
            _("ยกเลิกรายการบันทึก “%(name)s” แล้ว", name=entry.name),
            undo=url_for(".restore_entry", event_id=event_id, entry_id=entry_id),
        ),
        event=event,
        entry=entry,
        verb="entry",
        unit=tree()[entry.unit_id],
        entries=1,
    )


@bp.post("/<id:event_id>/entries/<id:entry_id>/restore", endpoint="restore_entry")
@requires(Permission.RECORDS_WRITE)
def restore_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Put an entry back into the counts."""
    own_or_403(event_id)
    entry = _entry_or_404(event_id, entry_id)
    return filters.at_once(
        lambda change: entries.restore_entry(change, entry_id=entry_id),
        url_for(".show", event_id=event_id),
        _("กู้คืน “%(name)s” แล้ว", name=entry.name),
    )


def _concerned(event: Event, entry: EventEntry) -> bool:
    return any(
        allowed(Permission.RECORDS_WRITE, tree()[unit_id]) for unit_id in (event.unit_id, entry.unit_id)
    )


@bp.route("/<id:event_id>/entries/<id:entry_id>/taken-up", methods=["GET", "POST"], endpoint="adopt")
@requires(Permission.RECORDS_WRITE)
def adopt(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Note that a unit took an entry up."""
    event, entry, form = found_or_404(event_id), _entry_or_404(event_id, entry_id), AdoptionForm()
    nodes = [node for node in tree() if node.closed_on is None and node.id != entry.unit_id]
    if not _concerned(event, entry):
        nodes = [node for node in nodes if allowed(Permission.RECORDS_WRITE, node)]
    form.unit.offer(nodes)
    if not form.is_submitted():
        form.adopted_on.data = today()
        form.unit.data = nodes[0].id if len(nodes) == 1 else None
    return submit(
        form,
        "sharing/adopt.html",
        do=lambda change: entries.note_adoption(change, entry_id=entry_id, **form.details()),
        to=lambda _adoption: url_for(".show", event_id=event_id),
        said=lambda adoption: notice(
            _("บันทึกการนำไปใช้แล้ว"),
            undo=url_for(".unadopt", event_id=event_id, entry_id=entry_id, adoption_id=adoption.id),
        ),
        event=event,
        entry=entry,
    )


@bp.post("/<id:event_id>/entries/<id:entry_id>/taken-up/<id:adoption_id>/withdraw", endpoint="unadopt")
@requires(Permission.RECORDS_WRITE)
def unadopt(event_id: int, entry_id: int, adoption_id: int) -> ResponseReturnValue:
    """Take back that a unit took an entry up."""
    found_or_404(event_id)
    _entry_or_404(event_id, entry_id)
    adoption = db().get(Adoption, adoption_id)
    if adoption is None or adoption.entry_id != entry_id:
        abort(404)
    return filters.at_once(
        lambda change: entries.withdraw_adoption(change, adoption_id=adoption_id),
        url_for(".show", event_id=event_id),
        _("ยกเลิกการบันทึกแล้ว"),
    )
