"""What the command line refuses: texts that pages and files refuse too, in one line."""

import pytest
from sqlalchemy import select, text

from tests.uploading import workbook_of
from tests.world import PEOPLE
from tracker.accounts.models import Person
from tracker.cli.setup import SHIPPED_UNITS

HEADER = ("email", "name", "unit_code", "office_phone")
INIT = (
    "init", "--admin-email", "a@doc.example", "--admin-name", "กิตติ ดูแล", "--first-fiscal-year", "2568",
    "--units", "shipped",
)  # fmt: skip
LONG = "ก" * 5000
NATIONAL_ID = "1101700230708"
COORDINATOR = PEOPLE["coordinator"].email


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("add", "z@x.example", "--name", LONG), "name: Too long"),
        (("add", "z@x.example", "--name", NATIONAL_ID), "name: Remove the 13-digit"),
        (("add", "z@x.example", "--name", "ศรี", "--phone", "0" * 400), "office_phone: Too long"),
        (("add", "z@x.example", "--name", "ศรี", "--phone", "abc"), "office_phone: Enter a telephone number"),
        (("add", "z" * 300 + "@x.example", "--name", "ศรี"), "email: Too long"),
        (("add", "z@x.example", "--name", " "), "name: "),
        (("disable", COORDINATOR, "--reason", "ก" * 900), "reason: Too long"),
        (("disable", COORDINATOR, "--reason", NATIONAL_ID), "reason: Remove the 13-digit"),
    ],
)
def test_people_are_refused_what_pages_refuse(world_place, run, session, given, said):
    found = run("people", *given, code=1)

    assert found.output.startswith(f"Error: {said}")
    assert len(found.output.strip().splitlines()) == 1
    assert session.scalars(select(Person).where(Person.email.like("z%"))).all() == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--department", ""), "department_th: "),
        (("--department", LONG), "department_th: Too long"),
        (("--department", "กรม", "--office", " "), "office_th: "),
        (("--department", "กรม", "--support-phone", "0" * 400), "support_phone: Too long"),
        (("--department", "กรม", "--support-phone", "abc"), "support_phone: Enter a telephone number"),
    ],
)
def test_an_installation_is_refused_what_its_page_refuses(place, run, given, said):
    run("db", "upgrade")

    assert f"Error: {said}" in run(*INIT, *given, code=1).output


def test_an_occupied_database_is_told_before_anything_is_asked(world_place, run):
    said = run("init", code=1, input="").output

    assert "already" in said
    assert "E-mail" not in said


def test_what_the_database_refuses_is_told_in_a_line_without_what_was_written(
    world_place, run, monkeypatch, caplog
):
    def broken(change, **_given):
        change.session.execute(
            text("INSERT INTO persons (email, name, password_hash) VALUES (:email, :name, :hash)"),
            {"email": "z@x.example", "name": None, "hash": "$argon2id$secret"},
        )

    monkeypatch.setattr("tracker.cli.people.add_person", broken)
    found = run("people", "add", "z@x.example", "--name", "ศรี", code=1)

    assert "Error: The database refused this" in found.output
    assert "INSERT INTO persons" in caplog.text
    for told in (found.output, caplog.text):
        assert "$argon2id" not in told
        assert "z@x.example" not in told
        assert "Traceback" not in told


def test_coordinators_come_from_a_workbook_too(world_place, run, tmp_path):
    file = tmp_path / "people.xlsx"
    file.write_bytes(workbook_of("ข้อมูล", HEADER, ("z@p004.example", "ศรี ดี", "P004", "0 2000 0142")))

    assert run("people", "import", file).stdout.startswith("z@p004.example\t")

    file.write_bytes(workbook_of("ข้อมูล", HEADER, ("y@p004.example", "=1+1", "P004", NATIONAL_ID)))
    assert "line 2, name" in run("people", "import", file, code=1).stderr


def test_a_dry_run_of_coordinators_tells_roles_and_names_in_the_words_of_the_page(world_place, run, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(f"{','.join(HEADER)}\n{COORDINATOR},Other Name,P002,\n", encoding="utf-8")

    said = run("people", "import", file, "--dry-run").stderr

    assert f"Also gets the role: {PEOPLE['coordinator'].name} → " in said
    assert "“Other Name”" in said

    file.write_text(f"{','.join(HEADER)}\n{PEOPLE['disabled'].email},x,P002,\n", encoding="utf-8")
    assert "line 2, email" in run("people", "import", file, "--dry-run", code=1).stderr


def test_units_come_from_a_workbook_and_a_new_parent_is_told_by_codes(world_place, run, session, tmp_path):
    file = tmp_path / "units.xlsx"
    header = SHIPPED_UNITS.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    row = ("P001", "prison", "central_prison", "PG02", "", "เรือนจำกลางทุ่งสมมติ", "New", "")
    file.write_bytes(workbook_of("ข้อมูล", header, row))

    said = run("units", "import", file).output

    assert "parent_code PG01 → PG02" in said
