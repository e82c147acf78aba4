"""Units and coordinators from a file: dry run with every problem named, then all or none."""

from dataclasses import dataclass, field

from flask import request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.passwords import one_time_passwords
from tracker.administration.forms import FileForm
from tracker.administration.operations import import_people, import_units
from tracker.administration.operations.people import PersonImport
from tracker.administration.people_file import HEADER as PEOPLE_HEADER
from tracker.administration.people_file import PersonRow, check_people, read_people_file
from tracker.administration.queries import addresses_without_account, compare_units
from tracker.administration.ranks import check_ranks
from tracker.administration.unit_file import HEADER as UNIT_HEADER
from tracker.administration.unit_file import (
    FileProblem,
    UnitRow,
    check_units,
    read_unit_file,
)
from tracker.administration.views.blueprint import P, bp
from tracker.administration.views.slips import Slip, first_password_days, show_slips
from tracker.session import close_session, db
from tracker.web.archives import UnreadableFileError, is_workbook
from tracker.web.clock import today
from tracker.web.guards import actor, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import refusal_text
from tracker.web.pages import notice, render, submit
from tracker.web.reference import tree
from tracker.web.workbooks import FileColumn, as_text, read_file


@dataclass(frozen=True, slots=True)
class Told:
    """A problem of a file in words."""

    where: str
    column: str
    value: str
    said: str
    remedy: str


@dataclass
class DryRun:
    """What a file would do: lines by what happens to them, or what is wrong with it."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    problems: list[Told] = field(default_factory=list)


def _told(problems: list[FileProblem]) -> list[Told]:
    return [
        Told(str(p.line), p.column, p.value, refusal_text(p.said), refusal_text(p.remedy)) for p in problems
    ]


def _try_units(data: bytes) -> tuple[list[UnitRow], DryRun]:
    rows, problems = read_unit_file(data)
    problems = problems or check_units(rows, tree())
    if problems or not rows:
        return rows, DryRun(problems=_told(problems))
    added, changed, unchanged = compare_units(db(), rows)
    return rows, DryRun(added, changed, unchanged)


def _read_people(data: bytes, name: str) -> tuple[list[PersonRow], list[Told]]:
    if not is_workbook(data):
        rows, problems = read_people_file(data)
        return rows, _told(problems)
    try:
        reading = read_file(data, name, [FileColumn(key, (key,), True) for key in PEOPLE_HEADER])
    except UnreadableFileError as error:
        return [], [Told("", "", "", error.problem.sentence, error.problem.remedy)]
    found = [
        PersonRow(row.number, *(as_text(row.cells.get(k)) for k in PEOPLE_HEADER)) for row in reading.rows
    ]
    return found, [Told(p.cell, p.sheet, p.value, p.sentence, p.remedy) for p in reading.problems]


def _try_people(data: bytes, name: str) -> tuple[list[PersonRow], DryRun]:
    rows, told = _read_people(data, name)
    told = told or _told(check_people(rows, tree()))
    told = told or _told(check_ranks(db(), actor(), rows, tree(), today()))
    if told:
        return rows, DryRun(problems=told)
    run, new = DryRun(), addresses_without_account(db(), [row.email for row in rows])
    for row in rows:
        (run.added if row.email.strip().lower() in new else run.unchanged).append(
            f"{row.name} ({row.unit_code})"
        )
    return rows, run


@bp.route("/units/import", methods=["GET", "POST"])
@requires(P.UNITS_MANAGE)
def import_unit_file() -> ResponseReturnValue:
    """Try a file of units; take it over when confirmed."""
    form = FileForm()
    data, name = form.sent() if form.is_submitted() else (b"", "")
    rows, run = _try_units(data) if data else ([], DryRun())
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
    )


@bp.route("/people/import", methods=["GET", "POST"])
@requires(P.PEOPLE_MANAGE)
def import_people_file() -> ResponseReturnValue:
    """Try a file of coordinators; take it over when confirmed, and show the slips."""
    form, made = FileForm(), list[list[PersonImport]]()
    data, name = form.sent() if form.is_submitted() else (b"", "")
    rows, run = _try_people(data, name) if data else ([], DryRun())
    if "confirm" not in request.form or run.problems or not rows:
        return _dry_run("administration/people_import.html", form, data, name, run, PEOPLE_HEADER)
    new = addresses_without_account(db(), [row.email for row in rows])
    close_session()  # nothing is open while passwords are hashed, neither to write nor to read
    passwords = one_time_passwords(len(new))
    answer = submit(
        form,
        "administration/people_import.html",
        do=lambda change: import_people(
            change, rows=rows, password_days=first_password_days(), passwords=passwords
        ),
        to=lambda _taken: url_for(".list_people", state="never"),
        said=made.append,
        run=run,
        header=PEOPLE_HEADER,
    )
    return _slips(made[0]) if made else answer


def _slips(taken: list[PersonImport]) -> ResponseReturnValue:
    slips = [Slip.of(t.person, t.password, tree().get(t.unit_id)) for t in taken if t.password]
    return show_slips(slips, url_for(".list_people", state="never"))


def _dry_run(
    template: str, form: FileForm, data: bytes, name: str, run: DryRun, header: tuple[str, ...]
) -> ResponseReturnValue:
    """Show what a file would do; 422 when it cannot be taken, with what is wrong with it."""
    if form.is_submitted() and not data:
        form.file.errors = [_("เลือกไฟล์ก่อน")]
    form.keep(data, name)
    tried = bool(data) and not run.problems
    bad = bool(run.problems or form.file.errors)
    return render(template, form=form, run=run, tried=tried, header=header), 422 if bad else 200
