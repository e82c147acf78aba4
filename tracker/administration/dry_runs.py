"""What a file of units or of coordinators would do, told before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from tracker.accounts.models import Person
from tracker.accounts.permissions import Actor
from tracker.administration.files import read_people_file, read_unit_file
from tracker.administration.people_file import PersonRow, check_people
from tracker.administration.queries import PersonOutcome, compare_units, file_outcomes
from tracker.administration.ranks import check_accounts
from tracker.administration.tables import changes_line
from tracker.administration.unit_file import FileProblem, UnitRow, check_units
from tracker.organisation.tree import UnitTree
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named


@dataclass
class DryRun:
    """What a file would do: lines by what happens to them, or what is wrong with it.

    `kept` tells what the file says otherwise and stays as it is; `new` are the addresses that get an account.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    problems: Sequence[FileProblem] = ()


def try_units(session: Session, tree: UnitTree, data: bytes) -> tuple[list[UnitRow], DryRun]:
    """Return the rows of a file of units, and what taking them over would do."""
    rows, problems = read_unit_file(data)
    problems = problems or check_units(rows, tree)
    if problems or not rows:
        return rows, DryRun(problems=problems)
    found = compare_units(session, rows)
    changed = [f"{row.code} {row.name_th}: {changes_line('units', pairs)}" for row, pairs in found.changed]
    return rows, DryRun(
        [f"{row.code} {row.name_th}" for row in found.added],
        changed,
        [f"{row.code} {row.name_th}" for row in found.unchanged],
    )


def try_people(
    session: Session, actor: Actor, tree: UnitTree, day: date, data: bytes
) -> tuple[list[PersonRow], DryRun]:
    """Return the rows of a file of coordinators, and what taking them over by somebody would do."""
    rows, problems = read_people_file(data)
    problems = problems or check_people(rows, tree)
    if problems:
        return rows, DryRun(problems=problems)
    outcomes = file_outcomes(session, rows, tree, day)
    run = DryRun(problems=check_accounts(session, actor, outcomes, day))
    for outcome in [] if run.problems else outcomes:
        _tell(run, outcome, named(tree[outcome.unit_id], "short"))
    return rows, run


def _tell(run: DryRun, outcome: PersonOutcome, unit: str) -> None:
    row, person = outcome.row, outcome.person
    name = person.name if person else row.name
    if outcome.is_new:
        run.new.append(row.address)
        run.added.append(f"{name} → {unit}")
    elif outcome.gets_role:
        run.changed.append(_("ได้บทบาทเพิ่ม: %(name)s → %(unit)s", name=name, unit=unit))
    else:
        run.unchanged.append(f"{name} → {unit}")
    run.kept += [line for line in _kept(row, person) if line not in run.kept] if person else []


def _kept(row: PersonRow, person: Person) -> list[str]:
    pairs = ((row.name, person.name), (row.office_phone, person.office_phone))
    return [
        _(
            "%(email)s: ในไฟล์เป็น “%(given)s” บัญชีเป็น “%(stands)s” คงไว้ตามบัญชี",
            email=person.email,
            given=given,
            stands=stands or "-",
        )
        for given, stands in pairs
        if given and given != stands
    ]
