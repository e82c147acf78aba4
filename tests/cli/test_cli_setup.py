"""`tracker init`, units and people."""

import csv
import os
from contextlib import nullcontext
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.accounts.models import HeldRole, Person, RoleKind
from tracker.accounts.passwords import password_matches
from tracker.audit.models import AuditEntry
from tracker.cli.setup import SHIPPED_UNITS
from tracker.following.stage_view import stage_view, whole_matrix
from tracker.organisation.models import Installation, Unit
from tracker.organisation.tree import unit_tree
from tracker.programme.models import Enrolment, Stage
from tracker.programme.plan import programme_plan

INIT = (
    "init", "--admin-email", "Admin@doc.example", "--admin-name", "กิตติ ดูแล", "--first-fiscal-year", "2548",
    "--units", "shipped", "--department", "กรมราชทัณฑ์", "--today", "2549-09-04",
)  # fmt: skip


@pytest.fixture
def empty(place, run):
    run("db", "upgrade")
    return place


@pytest.fixture
def rows(empty, opened, monkeypatch):
    """Give a session on the database of the test."""
    with Session(opened(os.environ["TRACKER_DATABASE_URL"])) as session:
        yield session


def test_the_historical_installation_begins_in_stage_2_with_155_units(rows, run):
    said = run(*INIT).output
    by_stage = dict(
        rows.execute(
            select(Stage.number, func.count())
            .join(Enrolment, Enrolment.stage_id == Stage.id)
            .group_by(Stage.number)
        ).all()
    )

    assert "Stage 2: 155 enrolled." in said
    assert by_stage == {2: 155, 3: 13, 4: 1, 5: 1}
    assert rows.scalar(select(func.count()).select_from(Unit)) == 170
    assert rows.scalar(select(Stage.fiscal_year).where(Stage.number == 2)) == 2549
    assert "0 differences" in run("progress", "check").output


def test_the_historical_installation_stands_at_0_of_155_on_its_day(rows, run):
    run(*INIT)
    tree, plan, day = unit_tree(rows), programme_plan(rows), date(2006, 9, 4)

    stage = plan.stages[1]
    cells = [whole_matrix(rows, plan, day)[stage.id, step.id] for step in plan.steps]
    view = stage_view(rows, plan, stage, day)

    assert (plan.current_stage(day), len(tree)) == (stage, 170)
    assert {(cell.done, cell.of) for cell in cells} == {(0, 155)}
    assert len(view.follow) == 155
    assert [len(stage_view(rows, plan, other, day).enrolments) for other in plan.stages] == [0, 155, 13, 1, 1]


def test_the_administrator_gets_a_one_time_password(rows, run):
    said = run(*INIT).output
    password = said.partition("one-time password ")[2].split()[0]
    person = rows.scalars(select(Person)).one()
    role = rows.scalars(select(HeldRole)).one()

    assert person.email == "admin@doc.example"
    assert person.must_change_password
    assert password_matches(person.password_hash, password)
    assert role.kind is RoleKind.ADMINISTRATOR
    assert rows.get_one(Unit, role.unit_id).code == "DOC"


def test_what_the_command_line_does_is_in_the_trail(rows, run):
    run(*INIT)
    names = set(rows.scalars(select(AuditEntry.person_name)))

    assert len(names) == 1
    assert names.pop().startswith("system (")


def test_what_is_not_given_is_asked(rows, run):
    answers = "a@doc.example\nกิตติ ดูแล\n2548\nshipped\nกรมทดลอง\nฝ่ายไอที\nIT desk\n0 2000 0000\n"

    assert "170 units" in run("init", "--no-enrol", input=answers).output
    assert rows.scalar(select(func.count()).select_from(Enrolment)) == 0
    row = rows.get_one(Installation, 1)
    assert (row.support_th, row.support_en, row.support_phone) == ("ฝ่ายไอที", "IT desk", "0 2000 0000")


def test_whom_to_call_may_stay_empty_and_is_not_asked_where_it_is_given(rows, run):
    answers = "a@doc.example\nกิตติ ดูแล\n2548\nshipped\nกรมทดลอง\n\n\n"
    run("init", "--no-enrol", "--support", "ฝ่ายไอที", input=answers)
    row = rows.get_one(Installation, 1)

    assert (row.support_th, row.support_en, row.support_phone) == ("ฝ่ายไอที", "", "")


def test_a_script_that_gives_the_rest_is_asked_nothing(rows, run):
    run(*INIT, "--support-en", "IT desk")

    assert rows.get_one(Installation, 1).support_en == "IT desk"


def test_a_second_installation_is_refused(empty, run):
    run(*INIT)

    assert "already" in run(*INIT, code=1).output
    assert "not empty" in run("demo", code=1).output
    assert run("demo", "--if-empty").output == ""


def test_a_broken_file_of_units_is_told_whole_and_nothing_is_written(rows, run, tmp_path):
    file = tmp_path / "units.csv"
    text = SHIPPED_UNITS.read_text(encoding="utf-8")
    file.write_text(
        text.replace("PG01,prison_group", "PG01,wrong_level").replace(",PG02,", ",PG99,"), encoding="utf-8"
    )
    said = run(*(str(file) if one == "shipped" else one for one in INIT), code=1)

    assert "line 4, level 'wrong_level'" in said.output
    assert "parent_code 'PG99'" in said.output
    assert rows.scalar(select(func.count()).select_from(Unit)) == 0
    assert rows.scalar(select(func.count()).select_from(Person)) == 0


def test_a_file_that_is_not_there_and_one_with_another_header_are_told(empty, run, tmp_path):
    missing = [str(tmp_path / "none.csv") if one == "shipped" else one for one in INIT]
    assert "there is no file" in run(*missing, code=2).output

    (tmp_path / "bad.csv").write_text("code\nX\n", encoding="utf-8")
    bad = [str(tmp_path / "bad.csv") if one == "shipped" else one for one in INIT]
    assert "nothing was taken over" in run(*bad, code=1).output


def test_a_broken_template_is_told(empty, run, tmp_path):
    (tmp_path / "own.toml").write_text("code = 1", encoding="utf-8")

    assert "nothing was taken over" in run(*INIT, "--template", tmp_path / "own.toml", code=1).output


def test_units_are_imported_after_a_dry_run(world_place, run, session, tmp_path):
    file = tmp_path / "units.csv"
    file.write_text(
        "code,level,kind,parent_code,short_name_th,name_th,name_en,province_th\n"
        "P001,prison,central_prison,PG02,,เรือนจำกลางทุ่งสมมติ,Thung Sommut Central Prison,\n"
        "P900,prison,central_prison,PG01,,เรือนจำใหม่,New,\n",
        encoding="utf-8",
    )  # fmt: skip
    assert "nothing was written" in run("units", "import", file, "--dry-run").output
    assert session.scalars(select(Unit).where(Unit.code == "P900")).all() == []
    session.rollback()

    assert "1 added, 1 changed, 0 as before" in run("units", "import", file).output
    assert "0 added, 0 changed, 2 as before" in run("units", "import", file).output
    session.rollback()
    assert session.scalars(select(Unit.name_th).where(Unit.code == "P900")).all() == ["เรือนจำใหม่"]


def test_people_are_added_listed_disabled_and_let_in_again(world_place, run):
    added = run(
        "people", "add", "new@p003.example", "--name", "ใหม่ มา", "--role", "coordinator", "--unit", "P003"
    )
    assert added.output.startswith("new@p003.example\t")
    assert "new@p003.example\tใหม่ มา\tnever signed in\tcoordinator of P003" in run("people", "list").output
    assert "new@p003.example" in run("people", "list", "--state", "never").output

    run("people", "disable", "new@p003.example", "--reason", "ลาออก")
    assert "new@p003.example" not in run("people", "list").output
    assert "disabled" in run("people", "list", "--state", "disabled").output
    run("people", "enable", "new@p003.example")
    assert run("people", "reset-password", "new@p003.example").output.startswith("new@p003.example\t")


def test_people_that_cannot_be_are_told(world_place, run):
    assert (
        "belong together"
        in run("people", "add", "a@b.example", "--name", "x", "--role", "office", code=2).output
    )
    wrong = run("people", "add", "a@b.example", "--name", "x", "--role", "office", "--unit", "XX", code=1)
    assert "There is no unit XX" in wrong.output
    assert "Nobody has the address" in run("people", "disable", "none@b.example", code=1).output
    taken = run("people", "add", "coordinator@p001.example", "--name", "x", code=1)
    assert taken.output.startswith("Error: ")


def test_coordinators_are_imported_from_a_file(world_place, run, tmp_path):
    file = tmp_path / "people.csv"
    row = "z@p004.example,ศรี ดี,P004,0 2000 0142"
    file.write_text(f"email,name,unit_code,office_phone\n{row}\n", encoding="utf-8")

    assert "nothing was written" in run("people", "import", file, "--dry-run").output
    first = run("people", "import", file)
    assert first.stdout.startswith("z@p004.example\t")
    assert "New accounts: 1." in first.stderr
    assert "New accounts: 0. Rows with an account already: 1." in run("people", "import", file).stderr

    file.write_text("email,name,unit_code,office_phone\nz,,P999,\n", encoding="utf-8")
    wrong = run("people", "import", file, code=1)
    assert "line 2, unit_code 'P999'" in wrong.stderr
    file.write_text("email\nz\n", encoding="utf-8")
    run("people", "import", file, code=1)


def test_an_import_of_people_tells_how_far_it_is(world_place, run, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr("tracker.cli.files.bar", lambda _label: nullcontext(lambda *far: told.append(far)))
    file = tmp_path / "people.csv"
    lines = "".join(f"z{number}@p004.example,ศรี ดี,P004,\n" for number in range(3))
    file.write_text(f"email,name,unit_code,office_phone\n{lines}", encoding="utf-8")
    run("people", "import", file)

    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_historical_case_shows_nothing_done_and_155_to_follow(empty, run):
    run(*INIT)
    run(
        "export",
        "overview",
        "--format",
        "csv",
        "--out",
        empty / "o.csv",
        "--today",
        "2549-09-04",
        "--language",
        "en",
    )
    with (empty / "o.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    second = [row for row in rows if row[1] == "2" and row[2]]

    assert [row[4:6] for row in second] == [["0", "155"]] * 7
    assert ["155", "155"] in [row[4:6] for row in rows if not row[2]]
