"""Roles of a person: given, ended, handed over."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.models import HeldRole, Person, RoleKind
from tracker.accounts.queries import person_by_email
from tracker.administration.forms import HandOverForm, RoleEndForm, RoleForm
from tracker.administration.operations import end_role, give_role, hand_over
from tracker.administration.queries import roles_of_people
from tracker.administration.views.blueprint import P, bp, givable_roles, is_mine_to_manage, managed_person
from tracker.change import Change, RefusedError
from tracker.session import db
from tracker.web.clock import today
from tracker.web.guards import requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named
from tracker.web.more_fields import chosen
from tracker.web.pages import notice, submit
from tracker.web.reference import tree


@bp.route("/people/<id:person_id>/roles/new", methods=["GET", "POST"])
@requires(P.PEOPLE_MANAGE)
def new_role(person_id: int) -> ResponseReturnValue:
    """Give a person a role at a unit."""
    person, form = managed_person(person_id), RoleForm(since=today())
    form.offer_kinds(givable_roles())
    form.unit_id.offer([node for node in tree() if node.closed_on is None])
    return submit(
        form,
        "administration/role_new.html",
        do=lambda change: give_role(
            change,
            person_id=person_id,
            kind=RoleKind(chosen(form.kind)),
            unit_id=chosen(form.unit_id),
            since=chosen(form.since),
            until=form.until.data,
        ),
        to=lambda _role: url_for(".show_person", person_id=person_id),
        said=lambda _role: notice(_("ให้บทบาทแล้ว")),
        person=person,
    )


@bp.route("/roles/<id:role_id>/end", methods=["GET", "POST"])
@requires(P.PEOPLE_MANAGE)
def end_one_role(role_id: int) -> ResponseReturnValue:
    """Ask for the last day, then end a role."""
    role = db().get(HeldRole, role_id) or abort(404)
    if role.kind not in givable_roles():
        abort(403)
    form, person = RoleEndForm(on=today()), managed_person(role.person_id)
    return submit(
        form,
        "administration/role_end.html",
        do=lambda change: end_role(change, role_id=role_id, on=chosen(form.on)),
        to=lambda ended: url_for(".show_person", person_id=ended.person_id),
        said=lambda _role: notice(_("สิ้นสุดบทบาทแล้ว")),
        person=person,
        role=role,
        unit=tree().get(role.unit_id),
    )


def _hand_over(change: Change, form: HandOverForm, leaver: Person) -> Person:
    successor = person_by_email(change.session, form.email.data)
    if successor is None:
        raise RefusedError("ไม่พบบัญชีที่ใช้อีเมลนี้ เพิ่มบุคคลก่อน", field="email")
    if not is_mine_to_manage(successor):
        raise RefusedError("บัญชีนี้เป็นของผู้ดูแลระบบหรือฝ่ายเลขานุการ ผู้ดูแลระบบเท่านั้นที่แก้ไขได้", field="email")
    hand_over(change, from_person_id=leaver.id, to_person_id=successor.id, on=chosen(form.on))
    return successor


@bp.route("/people/<id:person_id>/hand-over", methods=["GET", "POST"])
@requires(P.PEOPLE_MANAGE)
def hand_person_over(person_id: int) -> ResponseReturnValue:
    """Hand a leaver's roles and drafts over to a successor."""
    person, form = managed_person(person_id), HandOverForm(on=today())
    roles = [
        r for r in roles_of_people(db(), [person_id]).get(person_id, []) if not r.until or r.until >= today()
    ]
    return submit(
        form,
        "administration/hand_over.html",
        do=lambda change: _hand_over(change, form, person),
        to=lambda successor: url_for(".show_person", person_id=successor.id),
        said=lambda successor: notice(_("ส่งมอบบทบาทและร่างให้ %(name)s แล้ว", name=successor.name)),
        person=person,
        roles=roles,
        names={role.unit_id: named(tree().get(role.unit_id)) for role in roles},
    )
