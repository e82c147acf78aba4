"""The ground of the demo: the invented department, its programme, its posts and who tells its story."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from tracker.accounts.models import Person, RoleKind
from tracker.accounts.passwords import hash_password
from tracker.accounts.permissions import Actor
from tracker.accounts.printed import ACCOUNTS, DOMAIN, DemoAccount
from tracker.accounts.queries import actor_for
from tracker.administration.files import read_unit_file
from tracker.administration.operations import (
    add_post,
    edit_post,
    give_role,
    set_holder,
    set_up_installation,
)
from tracker.change import Change
from tracker.demo.bank import demo_units, unit_file
from tracker.demo.days import seeded, stage_start
from tracker.demo.people import People, office_phone
from tracker.demo.plan import DemoPlan, PlannedPost
from tracker.organisation.models import ExecutivePost, InstallationKind
from tracker.organisation.revision import settle_revision
from tracker.organisation.tree import unit_tree
from tracker.programme.operations import create_pilot_group, enrol_units, move_due_month
from tracker.programme.plan import programme_plan
from tracker.programme.setting_up import begin_programme, enrol_everything, leading_unit
from tracker.programme.template import read_template
from tracker.thai.text import search_text, sort_key


@dataclass(frozen=True)
class Cast:
    """Who tells the story: a coordinator for each unit, the office, the executive; and the heads' posts."""

    coordinators: dict[str, Actor]
    office: Actor
    executive: Actor
    head_posts: dict[str, int]

    def coordinator_of(self, unit_code: str) -> Actor:
        """Return who writes for a unit; a pilot group's is that of the unit it belongs to."""
        return self.coordinators[unit_code.partition("-")[0]]

    def head_of(self, unit_code: str) -> int:
        """Return the post of a unit's head; a pilot group's is that of the unit it belongs to."""
        return self.head_posts[unit_code.partition("-")[0]]


def lay_ground(change: Change, plan: DemoPlan) -> Cast:
    """Set the demo up: installation, programme, units, enrolments, posts, people."""
    set_up_installation(
        change,
        kind=InstallationKind.DEMO,
        department_th="กรมราชทัณฑ์สมมติ",
        department_en="Department of Corrections (invented)",
        support_phone=office_phone(1),
        demo_day=plan.today,
    )
    rows, _none = read_unit_file(unit_file())
    begin_programme(change, template=read_template(), first_fiscal_year=plan.first_fiscal_year, rows=rows)
    enrol_everything(change)
    _add_pilot_groups(change, plan)
    _move_due_months(change, plan)
    settle_revision(change.session)
    heads = _fill_posts(change, plan.posts)
    return _add_people(change, plan, heads)


def _add_pilot_groups(change: Change, plan: DemoPlan) -> None:
    codes = {node.code: node.id for node in unit_tree(change.session)}
    made = [
        create_pilot_group(
            change, parent_id=codes[group.parent_code], name_th=group.name_th, name_en=group.name_en
        ).id
        for group in sorted(plan.pilot_groups, key=lambda group: group.code)
    ]
    first = programme_plan(change.session).stages[0]
    enrol_units(change, stage_id=first.id, unit_ids=made, enrolled_on=first.starts_on)


def _move_due_months(change: Change, plan: DemoPlan) -> None:
    programme = programme_plan(change.session)
    stages = {stage.number: stage.id for stage in programme.stages}
    steps = {step.number: step.id for step in programme.steps}
    for moved in plan.due_months:
        move_due_month(change, stage_id=stages[moved.stage], step_id=steps[moved.step], month=moved.month)


def _fill_posts(change: Change, posts: Sequence[PlannedPost]) -> dict[str, int]:
    """Give the posts their holders, one after another; return the head's post by unit code."""
    ids = {node.code: node.id for node in unit_tree(change.session)}
    heads = {
        post.unit_id: post
        for post in change.session.scalars(select(ExecutivePost).where(ExecutivePost.is_head))
    }
    found: dict[str, int] = {}
    ordered = sorted(posts, key=lambda post: (post.unit_code, not post.is_head, post.title_th, post.since))
    for (unit, title, is_head), held in groupby(ordered, lambda p: (p.unit_code, p.title_th, p.is_head)):
        holders = list(held)
        given = {"title_th": title, "title_en": holders[0].title_en, "office_phone": holders[0].phone}
        if is_head:
            post = edit_post(change, post_id=heads[ids[unit]].id, is_head=True, **given)
            found[unit] = post.id
        else:
            post = add_post(change, unit_id=ids[unit], **given)
        change.session.flush()
        for one in holders:
            set_holder(change, post_id=post.id, name=one.holder, since=one.since, until=one.until)
    return found


def _person(change: Change, name: str, email: str, phone: str, password: str | None) -> Person:
    """Add somebody; who has no password cannot sign in."""
    person = Person(
        email=email,
        name=name,
        office_phone=phone,
        password_hash=hash_password(password) if password else None,
        sort_key=sort_key(name),
        search_text=search_text(f"{name} {email}"),
    )
    change.session.add(person)
    change.record("added", person, email=email)
    return person


def _role(change: Change, person: Person, kind: RoleKind, unit_id: int) -> None:
    give_role(change, person_id=person.id, kind=kind, unit_id=unit_id, since=stage_start(1))


def _names(plan: DemoPlan) -> People:
    """Return a giver of names that the story does not use yet."""
    taken = {post.holder for post in plan.posts} | {one.full_name for one in plan.facilitators}
    return People(seeded(plan.seed, "coordinators"), taken)


def _add_people(change: Change, plan: DemoPlan, heads: dict[str, int]) -> Cast:
    session, day = change.session, plan.today
    ids = {node.code: node.id for node in unit_tree(session)}
    names, own = _names(plan), {account.unit_code: account for account in ACCOUNTS[:2]}
    coordinators = {}
    for index, unit in enumerate(demo_units()):
        account = own.get(unit.code)
        email = account.email if account else f"{unit.code.lower()}@{DOMAIN}"
        phone = office_phone(101 + 3 * index, 12)
        person = _person(change, names.full_name(unit), email, phone, account.password if account else None)
        _role(change, person, RoleKind.COORDINATOR, ids[unit.code])
        coordinators[unit.code] = actor_for(session, person, day)
    department = leading_unit(change)
    others: dict[RoleKind, Actor] = {}
    for account in ACCOUNTS[2:]:
        unit_code = account.unit_code or department.code
        person = _person(
            change,
            _name_of(account, unit_code, plan.posts, names),
            account.email,
            office_phone(9),
            account.password,
        )
        _role(change, person, account.kind, ids[unit_code])
        others[account.kind] = actor_for(session, person, day)
    return Cast(coordinators, others[RoleKind.OFFICE], others[RoleKind.EXECUTIVE], heads)


def _name_of(account: DemoAccount, unit_code: str, posts: Sequence[PlannedPost], names: People) -> str:
    """Return the name of who heads the unit, for the head's and the executive's accounts; else a new one."""
    if account.kind in (RoleKind.UNIT_HEAD, RoleKind.EXECUTIVE):
        return next(p.holder for p in posts if p.unit_code == unit_code and p.is_head and p.until is None)
    return names.full_name()
