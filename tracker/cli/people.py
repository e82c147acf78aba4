"""`tracker people …`."""

from pathlib import Path

import click
from flask_babel import force_locale

from tracker.accounts.models import HeldRole, Person, RoleKind
from tracker.accounts.passwords import one_time_passwords
from tracker.accounts.queries import person_by_email
from tracker.administration.dry_runs import try_people
from tracker.administration.operations import (
    add_person,
    disable_person,
    enable_person,
    give_role,
    import_people,
    reset_password,
)
from tracker.administration.queries import PeopleFilter, people, roles_of_people
from tracker.administration.views.slips import first_password_days
from tracker.change import Change
from tracker.cli.bar import bar
from tracker.cli.base import (
    ProblemError,
    change_by_operator,
    installation,
    on_database,
    operator,
    real_installation,
)
from tracker.cli.files import problems_told, rehearsal, told
from tracker.cli.units import FILE, dry_run_option
from tracker.organisation.tree import UnitTree, unit_tree
from tracker.session import close_session, db, today


@click.group("people", short_help="Add, list, disable people; give one-time passwords.")
def group() -> None:
    """Work with the people who sign in."""


def _unit_id(change: Change, code: str) -> int:
    node = unit_tree(change.session).by_code.get(code)
    if node is None:
        raise ProblemError(f"There is no unit {code}.")
    return node.id


def _person(change: Change, email: str) -> Person:
    person = person_by_email(change.session, email)
    if person is None:
        raise ProblemError(f"Nobody has the address {email}. `tracker people list` shows who there is.")
    return person


@group.command()
@click.argument("email")
@click.option("--name", prompt=True, help="Name and surname.")
@click.option("--role", type=click.Choice([kind.value for kind in RoleKind]), help="Role from today on.")
@click.option("--unit", metavar="CODE", help="Unit at which the role is held.")
@click.option("--phone", default="", help="Office phone.")
@click.option("--language", type=click.Choice(["th", "en"]), default="th", show_default=True)
@on_database
def add(email: str, name: str, role: str | None, unit: str | None, phone: str, language: str) -> None:
    """Add somebody with an account, and a role at a unit; print the one-time password."""
    real_installation()
    if (role is None) != (unit is None):
        raise click.UsageError("--role and --unit belong together.")
    with change_by_operator() as change:
        person, password = add_person(
            change,
            email=email,
            name=name,
            office_phone=phone,
            language=language,
            password_days=first_password_days(),
        )
        change.session.flush()
        if role and unit:
            give_role(
                change,
                person_id=person.id,
                kind=RoleKind(role),
                unit_id=_unit_id(change, unit),
                since=change.today,
            )
        address = person.email
    click.echo(f"{address}\t{password}")


@group.command("import")
@click.argument("file", type=FILE)
@dry_run_option
@on_database
def import_(file: Path, dry_run: bool) -> None:
    """Take coordinators over from FILE, csv or xlsx (email, name, unit_code, office_phone): all, or none.

    Prints address, one-time password and unit of every new account, once; send the output to a file
    that only you can read.
    """
    real_installation()
    with force_locale("en"):
        rows, run = try_people(db(), operator(), unit_tree(db()), today(), file.read_bytes())
    if run.problems:
        raise told(run.problems)
    close_session()  # nothing is open while passwords are hashed, neither to write nor to read
    with bar("Making passwords") as tell:
        passwords = one_time_passwords(run.new, tell)
    with problems_told(), rehearsal(dry_run) as change:
        taken = import_people(change, rows=rows, password_days=first_password_days(), passwords=passwords)
        tree = unit_tree(change.session)
        lines = [
            f"{one.person.email}\t{one.password}\t{tree[one.unit_id].code}" for one in taken if one.password
        ]
    for line in [] if dry_run else lines:
        click.echo(line)
    for line in (*run.changed, *run.kept):
        click.echo(line, err=True)
    click.echo(
        f"New accounts: {len(lines)}. Rows with an account already: {len(taken) - len(lines)}.", err=True
    )


def _role_text(role: HeldRole, tree: UnitTree) -> str:
    return f"{role.kind.value} of {tree[role.unit_id].code}" + (f" until {role.until}" if role.until else "")


@group.command("list")
@click.option(
    "--state",
    type=click.Choice(["active", "never", "disabled", "all"]),
    default="active",
    show_default=True,
    help="never: has never signed in.",
)
@on_database
def list_(state: str) -> None:
    """List people: address, name, state, roles that are held or to come."""
    installation()
    session, day = db(), today()
    found = people(session, PeopleFilter(state=state), day)
    roles, tree = roles_of_people(session, [person.id for person in found]), unit_tree(session)
    for person in found:
        held = [role for role in roles.get(person.id, []) if role.until is None or role.until >= day]
        how = (
            "disabled" if person.disabled_at else "active" if person.first_signed_in_at else "never signed in"
        )
        told_roles = ", ".join(_role_text(role, tree) for role in held) or "no role"
        click.echo(f"{person.email}\t{person.name}\t{how}\t{told_roles}")
    click.echo(f"{len(found)} people.", err=True)


@group.command()
@click.argument("email")
@click.option("--reason", default="", help="Kept with the account and in the audit trail.")
@on_database
def disable(email: str, reason: str) -> None:
    """Keep somebody out at once, also where they are signed in; nothing of theirs is lost."""
    real_installation()
    with change_by_operator() as change:
        disable_person(change, person_id=_person(change, email).id, reason=reason)
    click.echo(f"{email} is kept out. `tracker people enable {email}` lets them in again.")


@group.command()
@click.argument("email")
@on_database
def enable(email: str) -> None:
    """Let somebody in again who was disabled."""
    real_installation()
    with change_by_operator() as change:
        enable_person(change, person_id=_person(change, email).id)
    click.echo(f"{email} may sign in again.")


@group.command("reset-password")
@click.argument("email")
@on_database
def reset_password_(email: str) -> None:
    """Give somebody a new one-time password, and print it."""
    real_installation()
    with change_by_operator() as change:
        password = reset_password(
            change, person_id=_person(change, email).id, password_days=first_password_days()
        )
    click.echo(f"{email}\t{password}")
