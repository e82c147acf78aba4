"""Units and coordinators from a file: dry run with every problem named, then all or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.models import Person
from tracker.administration.blank_files import write_blank_people, write_blank_units
from tracker.administration.dry_runs import DryRun, try_people, try_units
from tracker.administration.forms import FileForm
from tracker.administration.operations import import_people, import_units
from tracker.administration.operations.people import PersonImport
from tracker.administration.people_file import HEADER as PEOPLE_HEADER
from tracker.administration.people_file import PersonRow
from tracker.administration.queries import file_outcomes
from tracker.administration.unit_file import HEADER as UNIT_HEADER
from tracker.administration.unit_file import FileProblem
from tracker.administration.views.blueprint import P, bp
from tracker.administration.views.slips import (
    Slip,
    first_password_days,
    page_passwords,
    show_slips,
    slips_again,
)
from tracker.organisation.tree import UnitNode
from tracker.session import db
from tracker.web.clock import today
from tracker.web.downloads import send_written
from tracker.web.guards import actor, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import refusal_text
from tracker.web.pages import notice, render, submit
from tracker.web.reference import tree


@dataclass(frozen=True, slots=True)
class Told:
    """A problem of a file in words."""

    where: str
    column: str
    value: str
    said: str
    remedy: str


def _told(problems: Sequence[FileProblem]) -> list[Told]:
    return [
        Told(str(p.line), p.column, p.value, refusal_text(p.said), refusal_text(p.remedy)) for p in problems
    ]


@bp.route("/units/import", methods=["GET", "POST"])
@requires(P.UNITS_MANAGE)
def import_unit_file() -> ResponseReturnValue:
    """Try a file of units; take it over when confirmed."""
    form = FileForm()
    data, name = form.sent() if form.is_submitted() else (b"", "")
    rows, run = try_units(db(), tree(), data) if data else ([], DryRun())
    if "confirm" not in request.form or run.problems or not rows:
        return _dry_run("administration/units_import.html", form, data, name, run, UNIT_HEADER)
    return submit(
        form,
        "administration/units_import.html",
        do=lambda change: import_units(change, rows=rows),
        to=lambda _result: url_for(".list_units"),
        said=lambda result: notice(
            _(
                "นำเข้าแล้ว: เพิ่ม %(added)s แก้ไข %(changed)s",
                added=len(result.added),
                changed=len(result.changed),
            )
        ),
        run=run,
        header=UNIT_HEADER,
        tree=tree(),
    )


@bp.get("/units/import/blank.xlsx")
@requires(P.UNITS_MANAGE)
def blank_unit_file() -> ResponseReturnValue:
    """Send an empty file of units to fill in."""
    return send_written(lambda target: write_blank_units(target, tree()), _("แบบฟอร์มนำเข้าหน่วยงาน"), "xlsx")


@bp.get("/people/import/blank.xlsx")
@requires(P.PEOPLE_MANAGE)
def blank_people_file() -> ResponseReturnValue:
    """Send an empty file of coordinators to fill in."""
    return send_written(write_blank_people, _("แบบฟอร์มนำเข้าผู้ประสานงาน"), "xlsx")


@bp.route("/people/import", methods=["GET", "POST"])
@requires(P.PEOPLE_MANAGE)
def import_people_file() -> ResponseReturnValue:
    """Try a file of coordinators; take it over when confirmed, and show the slips."""
    form, made = FileForm(), list[list[PersonImport]]()
    data, name = form.sent() if form.is_submitted() else (b"", "")
    rows, run = try_people(db(), actor(), tree(), today(), data) if data else ([], DryRun())
    if "confirm" not in request.form or run.problems or not rows:
        return _dry_run("administration/people_import.html", form, data, name, run, PEOPLE_HEADER)
    back, passwords = url_for(".list_people", state="never"), page_passwords(form, run.new)
    answer = submit(
        form,
        "administration/people_import.html",
        do=lambda change: import_people(
            change, rows=rows, password_days=first_password_days(), passwords=passwords
        ),
        to=lambda _taken: back,
        said=made.append,
        again=lambda first: slips_again(form, first, _people_of(rows), back),
        run=run,
        header=PEOPLE_HEADER,
    )
    if not made:
        return answer
    slips = [Slip.of(t.person, t.password, tree().get(t.unit_id)) for t in made[0] if t.password]
    return show_slips(slips, back)


def _people_of(rows: list[PersonRow]) -> list[tuple[Person, UnitNode | None]]:
    """Return whose accounts a file names, each with the first of their units."""
    found = {one.row.address: one for one in reversed(file_outcomes(db(), rows, tree(), today()))}
    return [(one.person, tree().get(one.unit_id)) for one in reversed(found.values()) if one.person]


def _dry_run(
    template: str, form: FileForm, data: bytes, name: str, run: DryRun, header: tuple[str, ...]
) -> ResponseReturnValue:
    """Show what a file would do; 422 when it cannot be taken, with what is wrong with it."""
    if form.is_submitted() and not data:
        form.file.errors = [_("เลือกไฟล์ก่อน")]
    form.keep(data, name)
    tried = bool(data) and not run.problems
    bad = bool(run.problems or form.file.errors)
    told = _told(run.problems)
    page = render(template, form=form, run=run, problems=told, tried=tried, header=header, tree=tree())
    return page, 422 if bad else 200
