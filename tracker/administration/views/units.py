"""Units: the tree, one unit, add, edit, close."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from tracker.administration import tables
from tracker.administration.forms import UnitCloseForm, UnitEditForm, UnitForm
from tracker.administration.operations import add_unit, close_unit, edit_unit, reopen_unit
from tracker.administration.queries import posts_of, roles_at
from tracker.administration.views.blueprint import P, bp
from tracker.administration.views.index import both_versions
from tracker.organisation.models import Unit
from tracker.organisation.tree import UnitNode
from tracker.session import begin_change, db
from tracker.thai.text import search_text
from tracker.web.choice_fields import worded
from tracker.web.clock import today
from tracker.web.downloads import send_table
from tracker.web.guards import requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named
from tracker.web.more_fields import chosen
from tracker.web.pages import notice, render, see, submit
from tracker.web.reference import tree, unit_or_404


def wanted_units() -> list[UnitNode]:
    """Return the units that the address asks for, in tree order."""
    words = search_text(request.args.get("q", "")[:200]).split()
    level, closed = request.args.get("level", ""), request.args.get("closed") == "1"
    return [
        node
        for node in tree()
        if (node.closed_on is not None) == closed
        and (not level or node.level == level)
        and all(word in node.search_text for word in words)
    ]


@bp.get("/units")
@requires(P.UNITS_MANAGE)
def list_units() -> ResponseReturnValue:
    """List the units in tree order."""
    rows = wanted_units()
    closed = sum(node.closed_on is not None for node in tree())
    return render(
        "administration/units.html", rows=rows, tree=tree(), closed=closed, total=len(tree()) - closed
    )


@bp.get("/units.<any(csv, xlsx):extension>")
@requires(P.UNITS_MANAGE)
def export_units(extension: str) -> ResponseReturnValue:
    """Export the same list, under the header that the import reads."""
    return send_table(tables.units_table(db(), wanted_units()), extension)


@bp.get("/units/<code>")
@requires(P.UNITS_MANAGE)
def show_unit(code: str) -> ResponseReturnValue:
    """Show a unit with its posts and who holds a role there."""
    node = unit_or_404(code)
    return render(
        "administration/unit.html",
        node=node,
        unit=db().get_one(Unit, node.id),
        tree=tree(),
        posts=posts_of(db(), node.id, today()),
        roles=roles_at(db(), node.id, today()),
        today=today(),
    )


def _offer(form: UnitForm | UnitEditForm, own: UnitNode | None = None) -> None:
    form.level.choices = worded((level.code, named(level)) for level in tree().levels.values())
    form.kind.choices = worded((kind.code, named(kind)) for kind in tree().kinds.values())
    open_ones = (node for node in tree() if node.closed_on is None)
    form.parent_id.offer([node for node in open_ones if own is None or not node.is_within(own.id)])


def _typed(form: UnitForm | UnitEditForm) -> dict[str, Any]:
    names = ("name_th", "short_name_th", "name_en", "level", "kind", "parent_id", "province_th")
    return {name: form[name].data for name in names}


def _url(unit: Unit) -> str:
    return url_for(".show_unit", code=unit.code)


@bp.route("/units/new", methods=["GET", "POST"])
@requires(P.UNITS_MANAGE)
def new_unit() -> ResponseReturnValue:
    """Add a unit."""
    form = UnitForm()
    _offer(form)
    return submit(
        form,
        "administration/unit_new.html",
        do=lambda change: add_unit(change, code=form.code.data, **_typed(form)),
        to=_url,
        said=lambda _unit: notice(_("เพิ่มหน่วยงานแล้ว")),
    )


@bp.route("/units/<code>/edit", methods=["GET", "POST"])
@requires(P.UNITS_MANAGE)
def edit_one_unit(code: str) -> ResponseReturnValue:
    """Rename or move a unit."""
    node = unit_or_404(code)
    form = UnitEditForm(obj=db().get_one(Unit, node.id))
    _offer(form, node)
    return submit(
        form,
        "administration/unit_edit.html",
        do=lambda change: edit_unit(change, unit_id=node.id, **_typed(form), version=form.opened_with),
        to=_url,
        said=lambda _unit: notice(_("บันทึกหน่วยงานแล้ว")),
        conflict=lambda typed, stale: both_versions(typed, stale, url_for(".show_unit", code=code)),
        node=node,
    )


@bp.route("/units/<code>/close", methods=["GET", "POST"])
@requires(P.UNITS_MANAGE)
def close_one_unit(code: str) -> ResponseReturnValue:
    """Ask for the day, then close a unit."""
    node, form = unit_or_404(code), UnitCloseForm(closed_on=today())
    return submit(
        form,
        "administration/unit_close.html",
        do=lambda change: close_unit(
            change, unit_id=node.id, closed_on=chosen(form.closed_on), reason=form.reason.data
        ),
        to=_url,
        said=lambda _unit: notice(_("ปิดหน่วยงานแล้ว"), undo=url_for(".reopen_one_unit", code=code)),
        node=node,
    )


@bp.post("/units/<code>/reopen")
@requires(P.UNITS_MANAGE)
def reopen_one_unit(code: str) -> ResponseReturnValue:
    """Open a closed unit again."""
    node = unit_or_404(code)
    with begin_change() as change:
        unit = reopen_unit(change, unit_id=node.id)
    notice(_("เปิดหน่วยงานแล้ว"))
    return see(_url(unit))
