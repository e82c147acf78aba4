"""Loads the tracker by its own operations, 1,000 activities a change, under a template of its own."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from bench import dataset
from tracker.accounts.models import Person, RoleKind
from tracker.accounts.passwords import hash_password
from tracker.accounts.permissions import system_actor
from tracker.activities.operations import log_many
from tracker.activities.rules import ActivityValues
from tracker.administration.operations import add_person, give_role, set_up_installation
from tracker.administration.unit_file import UnitRow
from tracker.app import create_app
from tracker.change import Change
from tracker.cli.schema import migrate
from tracker.organisation.models import InstallationKind
from tracker.organisation.tree import UnitTree, unit_tree
from tracker.programme.operations import enrol_level
from tracker.programme.plan import Plan, programme_plan
from tracker.programme.setting_up import begin_programme
from tracker.programme.template import DEFAULT_TEMPLATE, Template, parse_template
from tracker.session import begin_change, db, engine

TODAY = "2026-07-01"
SECRET = "for-measuring-on-loopback-only-0123456789"
PASSWORD = "สวนมะม่วง-ริมทาง-8"
WRITERS = 8
GROUPS = 10
BATCH = 1000
_ACTOR = system_actor("bench")


def email(writer: int) -> str:
    """Return the address of a coordinator, of the unit with the same number."""
    return f"coordinator{writer}@bench.invalid"


def settings(folder: Path) -> dict[str, Any]:
    """Return the settings under which the tracker is loaded, and served as TRACKER_… variables."""
    return {
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'tracker.sqlite'}",
        "SECRET_KEY": SECRET,
        "TODAY": TODAY,
    }


def load(folder: Path, count: int) -> None:
    """Make the tracker's database in a folder, with so many activities."""
    folder.mkdir(parents=True, exist_ok=True)
    migrate(settings(folder)["DATABASE_URL"])
    app = create_app(**settings(folder))
    with app.app_context():
        with begin_change(_ACTOR) as change:
            _set_up(change)
        rows = dataset.activities(count)
        plan, tree = programme_plan(db()), unit_tree(db())
        while batch := list(islice(rows, BATCH)):
            with begin_change(_ACTOR) as change:
                log_many(change, list(_values(batch, plan, tree)))
        engine().dispose()


def _template() -> Template:
    """Return the shipped template with all stages at the level of prisons and divisions."""
    text = DEFAULT_TEMPLATE.read_text(encoding="utf-8")
    return parse_template(re.sub(r"(?m)^levels = .*$", 'levels = ["prison", "division"]', text))


def _units() -> list[UnitRow]:
    def row(code: str, level: str, kind: str, parent: str, name: str) -> UnitRow:
        return UnitRow(0, code, level, kind, parent, "", name, name, "")

    groups = [
        row(f"G{n:02d}", "prison_group", "region", "DOC", f"กลุ่มเรือนจำเขต {n}") for n in range(1, GROUPS + 1)
    ]
    units = [
        row(dataset.unit_code(u), "prison", "central_prison", f"G{u % GROUPS + 1:02d}", dataset.unit_name(u))
        for u in range(1, dataset.UNITS + 1)
    ]
    return [row("DOC", "department", "department", "", "กรมสมมติ"), *groups, *units]


def _set_up(change: Change) -> None:
    set_up_installation(change, kind=InstallationKind.REAL, department_th="กรมสมมติ")
    begin_programme(change, template=_template(), first_fiscal_year=dataset.FIRST_FISCAL_YEAR, rows=_units())
    for stage in programme_plan(change.session).stages:
        enrol_level(change, stage_id=stage.id, enrolled_on=dataset.FIRST_DAY)
    by_code = unit_tree(change.session).by_code
    password = hash_password(PASSWORD)
    for writer in range(1, WRITERS + 1):
        name = f"ผู้ประสานงาน {writer}"
        person, _unused = add_person(change, email=email(writer), name=name, password_days=1)
        _let_in(person, password)
        change.session.flush()
        unit_id = by_code[dataset.unit_code(writer)].id
        give_role(
            change, person_id=person.id, kind=RoleKind.COORDINATOR, unit_id=unit_id, since=dataset.FIRST_DAY
        )


def _let_in(person: Person, password: str) -> None:
    """Spare the benchmark what everybody does once: the first password, and reading what is stored."""
    person.password_hash, person.must_change_password = password, False
    person.privacy_seen_at = person.first_signed_in_at = datetime.now(UTC)


def _values(rows: list[dataset.Row], plan: Plan, tree: UnitTree) -> Iterator[ActivityValues]:
    stages = {stage.number: stage for stage in plan.stages}
    steps = {step.number: step for step in plan.steps}
    for row in rows:
        stage, step = stages[row.stage], steps[row.step]
        kinds = plan.kinds_of(step.id)
        outside: dict[str, Any] = {} if stage.covers(row.day) else {"outside_stage_reason": "ข้อมูลสมมติ"}
        yield ActivityValues(
            unit_id=tree.by_code[dataset.unit_code(row.unit)].id,
            stage_id=stage.id,
            step_id=step.id,
            kind_id=kinds[row.number % len(kinds)].id,
            held_on=row.day,
            title=row.title,
            outcome=row.text,
            participants=row.number % 40,
            **outside,
        )
