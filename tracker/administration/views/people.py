"""Persons with accounts: list, profile, add, edit, disable, one-time password."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.models import Person, RoleKind
from tracker.accounts.queries import is_printed, person_by_email
from tracker.administration import tables
from tracker.administration.forms import ConfirmForm, PersonEditForm, PersonForm
from tracker.administration.operations import (
    add_person,
    disable_person,
    edit_person,
    enable_person,
    reset_password,
)
from tracker.administration.queries import PeopleFilter, count_people, people, roles_of_people
from tracker.administration.views.blueprint import P, bp, is_mine_to_manage, managed_person, person_or_404
from tracker.administration.views.index import both_versions
from tracker.administration.views.slips import (
    Slip,
    first_password_days,
    page_passwords,
    show_slips,
    slips_again,
)
from tracker.organisation.tree import UnitNode
from tracker.session import begin_change, db
from tracker.web.clock import today
from tracker.web.downloads import send_table
from tracker.web.guards import requires
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, render, see, submit
from tracker.web.paging import Page, page_number, per_page
from tracker.web.reasons import ReasonForm
from tracker.web.reference import tree

STATES = ("active", "never", "disabled", "all")


def wanted_people() -> PeopleFilter:
    """Return the filter that the address asks for; what is odd asks for nothing."""
    kind, code, state = (request.args.get(name, "") for name in ("role", "unit", "state"))
    node = tree().by_code.get(code)
    return PeopleFilter(
        text=request.args.get("q", "")[:200],
        role=RoleKind(kind) if kind in set(RoleKind) else None,
        unit_ids=tree().subtree_ids(node.id) if node else None,
        state=state if state in STATES else "active",
    )


@bp.get("/people")
@requires(P.PEOPLE_MANAGE)
def list_people() -> ResponseReturnValue:
    """List persons with their roles."""
    wanted, number = wanted_people(), page_number()
    rows = people(db(), wanted, today(), limit=per_page(), offset=(number - 1) * per_page())
    page = Page(rows, number, count_people(db(), wanted, today()))
    roles = roles_of_people(db(), [person.id for person in rows])
    return render(
        "administration/people.html", page=page, roles=roles, wanted=wanted, tree=tree(), today=today()
    )


@bp.get("/people.<any(csv, xlsx):extension>")
@requires(P.PEOPLE_MANAGE)
def export_people(extension: str) -> ResponseReturnValue:
    """Export the same list."""
    rows = people(db(), wanted_people(), today())
    return send_table(
        tables.people_table(rows, roles_of_people(db(), [p.id for p in rows]), today()), extension
    )


@bp.get("/people/<id:person_id>")
@requires(P.PEOPLE_MANAGE)
def show_person(person_id: int) -> ResponseReturnValue:
    """Show a person with all roles."""
    person = person_or_404(person_id)
    return render(
        "administration/person.html",
        person=person,
        roles=roles_of_people(db(), [person_id]).get(person_id, []),
        tree=tree(),
        today=today(),
        manageable=is_mine_to_manage(person),
        printed=is_printed(db(), person),
    )


def _url(person: Person) -> str:
    return url_for(".show_person", person_id=person.id)


@bp.route("/people/new", methods=["GET", "POST"])
@requires(P.PEOPLE_MANAGE)
def new_person() -> ResponseReturnValue:
    """Add a person and show the slip with the one-time password, once."""
    form, made, onwards = PersonForm(), list[tuple[Person, str]](), _("ให้บทบาทกับบุคคลนี้")
    address = str(form.email.data or "").lower()
    given = page_passwords(form, [address] if form.is_submitted() else []).get(address)
    answer = submit(
        form,
        "administration/person_new.html",
        do=lambda change: add_person(
            change, **_typed(form), password_days=first_password_days(), given=given
        ),
        to=lambda pair: _url(pair[0]),
        said=made.append,
        again=lambda first: slips_again(form, first, _with_address(address), first.location, onwards),
    )
    if not made:
        return answer
    person, password = made[0]
    return show_slips([Slip.of(person, password)], _url(person), onwards)


@bp.route("/people/<id:person_id>/edit", methods=["GET", "POST"])
@requires(P.PEOPLE_MANAGE)
def edit_one_person(person_id: int) -> ResponseReturnValue:
    """Change what is known of a person."""
    person = managed_person(person_id)
    form = PersonEditForm(obj=person)
    return submit(
        form,
        "administration/person_edit.html",
        do=lambda change: edit_person(change, person_id=person_id, **_typed(form), version=form.opened_with),
        to=_url,
        said=lambda _person: notice(_("บันทึกข้อมูลบุคคลแล้ว")),
        conflict=lambda typed, stale: both_versions(typed, stale, _url(person)),
        person=person,
    )


@bp.route("/people/<id:person_id>/disable", methods=["GET", "POST"])
@requires(P.PEOPLE_MANAGE)
def disable_one_person(person_id: int) -> ResponseReturnValue:
    """Ask for a reason, then keep a person out at once."""
    person, form = managed_person(person_id), ReasonForm()
    undo = url_for(".enable_one_person", person_id=person_id)
    return submit(
        form,
        "administration/person_disable.html",
        do=lambda change: disable_person(change, person_id=person_id, reason=form.reason.data),
        to=_url,
        said=lambda _person: notice(_("ปิดบัญชีแล้ว บุคคลนี้เข้าใช้ระบบไม่ได้ทันที"), undo=undo),
        person=person,
    )


@bp.post("/people/<id:person_id>/enable")
@requires(P.PEOPLE_MANAGE)
def enable_one_person(person_id: int) -> ResponseReturnValue:
    """Let a disabled person in again."""
    managed_person(person_id)
    with begin_change() as change:
        person = enable_person(change, person_id=person_id)
    notice(_("เปิดบัญชีแล้ว"))
    return see(_url(person))


@bp.route("/people/<id:person_id>/password", methods=["GET", "POST"])
@requires(P.PEOPLE_MANAGE)
def reset_one_password(person_id: int) -> ResponseReturnValue:
    """Confirm, then show the slip with the new one-time password, once."""
    person, form, made = managed_person(person_id), ConfirmForm(), list[str]()
    given = page_passwords(form, [person.email] if form.is_submitted() else []).get(person.email)
    answer = submit(
        form,
        "administration/person_password.html",
        do=lambda change: reset_password(
            change, person_id=person_id, password_days=first_password_days(), given=given
        ),
        to=lambda _password: _url(person),
        said=made.append,
        again=lambda first: slips_again(form, first, _with_address(person.email), _url(person)),
        person=person,
    )
    return show_slips([Slip.of(person, made[0])], _url(person)) if made else answer


def _with_address(address: str) -> list[tuple[Person, UnitNode | None]]:
    person = person_by_email(db(), address)
    return [(person, None)] if person else []


def _typed(form: PersonForm | PersonEditForm) -> dict[str, Any]:
    return {name: form[name].data for name in ("name", "email", "office_phone", "language")}
