"""`tracker init`: a real, empty installation."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from flask_babel import force_locale

from tracker.accounts.models import RoleKind
from tracker.administration.files import read_unit_file
from tracker.administration.operations import add_person, give_role, set_up_installation
from tracker.administration.unit_file import UnitRow
from tracker.administration.views.slips import first_password_days
from tracker.change import Change
from tracker.cli.base import ProblemError, change_by_operator, on_database
from tracker.cli.files import problems_told, told
from tracker.organisation.installation import installation_info
from tracker.organisation.models import InstallationKind
from tracker.programme.setting_up import begin_programme, enrol_everything, leading_unit
from tracker.programme.template import Template, read_template
from tracker.session import db

SUPPORT = {
    "support": "Whom to call when a password is forgotten (Thai)",
    "support_en": "The same in English",
    "support_phone": "Their office phone",
}
YEARS = click.IntRange(2400, 2690)
ASKED: dict[str, tuple[str, str | None, Any]] = {
    "admin_email": ("E-mail address of the administrator", None, str),
    "admin_name": ("Name of the administrator", None, str),
    "first_fiscal_year": ("Fiscal year of stage 1 (B.E.)", None, YEARS),
    "units": ("File of units (CSV or XLSX), or shipped", "shipped", str),
    "department": ("Name of the department (Thai)", "กรมราชทัณฑ์", str),
}
SHIPPED_UNITS = Path(__file__).parent.parent / "organisation" / "data" / "units.csv"


@dataclass(frozen=True)
class Answers:
    """What the administrator said when asked."""

    admin_email: str
    admin_name: str
    first_fiscal_year: int
    units: str
    department: str
    department_en: str
    office: str
    office_en: str
    support: str | None
    support_en: str | None
    support_phone: str | None
    template: Path | None
    enrol: bool


def _unit_rows(given: str) -> list[UnitRow]:
    """Return the units of a file, or of the one that ships; stop with every problem."""
    file = SHIPPED_UNITS if given == "shipped" else Path(given)
    if not file.is_file():
        raise click.BadParameter(f"there is no file {file}; `--units shipped` takes the one that ships.")
    with force_locale("en"):
        rows, problems = read_unit_file(file.read_bytes())
    if problems:
        raise told(problems)
    return rows


def _administrator(change: Change, answers: Answers, days: int) -> str:
    """Add the administrator; return the one-time password."""
    person, password = add_person(
        change, email=answers.admin_email, name=answers.admin_name, password_days=days
    )
    change.session.flush()
    home = leading_unit(change)
    give_role(change, person_id=person.id, kind=RoleKind.ADMINISTRATOR, unit_id=home.id, since=change.today)
    return password


def _set_up(answers: Answers, rows: list[UnitRow], template: Template, days: int) -> str:
    """Do all of it in one transaction; return the administrator's one-time password."""
    with problems_told(), change_by_operator() as change:
        set_up_installation(
            change,
            kind=InstallationKind.REAL,
            department_th=answers.department,
            department_en=answers.department_en,
            office_th=answers.office,
            office_en=answers.office_en,
            support_th=answers.support or "",
            support_en=answers.support_en or "",
            support_phone=answers.support_phone or "",
        )
        units = begin_programme(
            change, template=template, first_fiscal_year=answers.first_fiscal_year, rows=rows
        )
        password = _administrator(change, answers, days)
        enrolled = enrol_everything(change) if answers.enrol else {}
    click.echo(f"{units} units, fiscal years from {answers.first_fiscal_year} (B.E.).")
    for number, count in enrolled.items():
        click.echo(f"Stage {number}: {count} enrolled.")
    return password


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    """Ask for what was not given; whom to call, only of somebody who is asked for the rest too."""
    missing = {name: ask for name, ask in ASKED.items() if given[name] is None}
    answers = {
        name: click.prompt(words, default=default, type=kind)
        for name, (words, default, kind) in missing.items()
    }
    for name, words in SUPPORT.items() if missing else ():
        if given[name] is None:
            answers[name] = click.prompt(f"{words} (may stay empty)", default="", show_default=False)
    return {**given, **answers}


@click.command(short_help="Set up a real, empty installation.")
@click.option("--admin-email", help="Address of the administrator, who signs in with it.")
@click.option("--admin-name", help="Name and surname.")
@click.option("--first-fiscal-year", type=YEARS, help="Fiscal year of stage 1, in B.E., such as 2568.")
@click.option(
    "--units",
    help="File of units, csv or xlsx; `shipped` takes the prisons and divisions that ship with the tracker.",
)
@click.option("--department", help="Name of the department, in Thai.")
@click.option("--department-en", default="Department of Corrections", help="In English.")
@click.option("--office", default="ฝ่ายเลขานุการ KM", help="What the programme office is called, in Thai.")
@click.option("--office-en", default="Programme office", help="In English.")
@click.option("--support", help="Whom to call when a password is forgotten, in Thai.")
@click.option("--support-en", help="In English.")
@click.option("--support-phone", help="Their office phone.")
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Programme template (TOML) instead of the one that ships.",
)
@click.option("--enrol/--no-enrol", default=True, help="Enrol every stage's level except pilot groups.")
@on_database
def init(**given: Any) -> None:
    """Set up a real, empty installation: units, programme, enrolments and one administrator.

    What is not given as an option is asked. All of it is done, or nothing; the administrator's
    one-time password is printed once.
    """
    if (info := installation_info(db())) is not None:
        kind = "a demo" if info.is_demo else "an installation"
        raise ProblemError(f"There is {kind} in this database already. Choose another place for a new one.")
    db().rollback()  # nothing stays open while somebody thinks about an answer
    answers = Answers(**_asked(given))
    with problems_told():
        template = read_template(answers.template)
    password = _set_up(answers, _unit_rows(answers.units), template, first_password_days())
    click.echo(f"\nSign in as {answers.admin_email.strip().lower()} with the one-time password {password}")
    click.echo(
        f"It works for {first_password_days()} days and is asked to be changed at once. Then: tracker serve"
    )
