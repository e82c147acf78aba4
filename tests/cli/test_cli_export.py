"""`tracker export`, `activities import` and `progress check`."""

import csv
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from tracker.activities.models import Activity
from tracker.audit.models import AuditEntry
from tracker.progress.models import EnrolmentProgress

ROWS = "วันที่จัด,ขั้นตอน,ประเภท,ชื่อเรื่อง,จำนวนผู้เข้าร่วม,รหัสหน่วยงาน\n"


@pytest.fixture
def records(world_place, make, session):
    """Give a world with a few records, and its folder."""
    make.activity("P001", step=3)
    make.activity("P002", step=1)
    make.facilitator("P001")
    make.event("P001")
    session.rollback()
    return world_place


@pytest.mark.parametrize("what", ["overview", "activities", "facilitators", "events"])
def test_lists_are_written_as_csv_and_xlsx(records, run, what):
    run("export", what, "--format", "csv", "--out", records / "list.csv")
    run("export", what, "--format", "xlsx", "--out", records / "list.xlsx")
    with (records / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    sheet = load_workbook(records / "list.xlsx").worksheets[0]

    assert len(rows) == sheet.max_row > 1
    assert [cell.value for cell in sheet[1]] == rows[0]


@pytest.mark.parametrize("extension", ["docx", "xlsx"])
def test_the_report_is_written(records, run, extension):
    said = run(
        "export", "report", "--format", extension, "--out", records / f"r.{extension}", "--annex"
    ).output

    assert "Wrote" in said
    assert zipfile.is_zipfile(records / f"r.{extension}")


def test_the_report_s_figures_are_written_as_csv(records, run):
    run("export", "report", "--format", "csv", "--out", records / "r.csv")
    with (records / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))

    assert len(rows) > 5
    assert {len(row) for row in rows} == {len(rows[0])}


def test_a_list_is_narrowed_as_on_its_page(records, run):
    out = records / "list.csv"
    run(
        "export",
        "activities",
        "--format",
        "csv",
        "--out",
        out,
        "--unit",
        "P001",
        "--stage",
        "2",
        "--language",
        "en",
    )
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))

    assert len(rows) == 2
    run("export", "activities", "--format", "csv", "--out", out, "--to", "2500-01-01", "--overwrite")
    assert out.read_text(encoding="utf-8-sig").count("\n") == 1


def test_an_export_is_in_the_trail(records, run, session):
    run("export", "activities", "--format", "csv", "--out", records / "list.csv")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.verb == "exported")).one()

    assert entry.person_id is None
    assert entry.person_name.startswith("system (")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("events", "--format", "docx"), 2, "csv or xlsx"),
        (("facilitators", "--format", "csv", "--stage", "2"), 2, "knows no --stage"),
        (("activities", "--format", "csv", "--from", "never"), 2, "must be a day"),
        (("activities", "--format", "csv", "--unit", "X"), 1, "no unit X"),
        (("overview", "--format", "csv", "--stage", "9"), 1, "no stage 9"),
        (
            ("report", "--format", "xlsx", "--from", "2569-06-02", "--to", "2569-06-01"),
            1,
            "cannot be exported",
        ),
        (("report", "--format", "docx", "--from", "2600-01-01"), 1, "first day must not be after the last"),
    ],
)
def test_what_cannot_be_exported_is_told(world_place, run, arguments, code, said):
    assert said in run("export", *arguments, "--out", world_place / "file", code=code).output
    assert not (world_place / "file").exists()


def test_a_file_is_not_overwritten_by_accident(world_place, run):
    (world_place / "list.csv").write_text("mine", encoding="utf-8")
    arguments = ("export", "events", "--format", "csv", "--out")

    assert "there already" in run(*arguments, world_place / "list.csv", code=1).output
    assert "no folder" in run(*arguments, world_place / "none" / "list.csv", code=1).output
    assert (world_place / "list.csv").read_text(encoding="utf-8") == "mine"


def test_activities_are_imported_once(world_place, run, session):
    file = world_place / "many.csv"
    file.write_text(
        f"{ROWS}12/06/2569,3,วง CoP,เรื่องที่หนึ่ง,12,P001\n13/06/2569,3,วง CoP,เรื่องที่สอง,9,P002\n", encoding="utf-8"
    )
    assert "2 activities added" in run("activities", "import", file, "--dry-run").output
    assert session.scalars(select(Activity)).all() == []
    session.rollback()

    assert "2 activities added, 0 known already" in run("activities", "import", file).output
    assert "0 activities added, 2 known already" in run("activities", "import", file).output
    assert len(session.scalars(select(Activity)).all()) == 2
    session.rollback()
    assert "0 differences" in run("progress", "check").output


def test_activities_that_may_be_recorded_already_are_named_and_left_out_unless_wanted(
    world_place, run, session, make
):
    known = make.activity("P001", kind="s3_cop", title="วง CoP", held_on=date(2026, 5, 2)).id
    session.rollback()
    file = world_place / "a.csv"
    file.write_text(ROWS + "2/5/2569,3,วง CoP,วง CoP,7,P001\n3/5/2569,3,วง CoP,วง CoP,7,P001\n", "utf-8")

    tried = run("activities", "import", file, "--dry-run").output
    assert f"2026-05-02 วง CoP: may be activity {known} already; left out." in tried
    assert "1 activities added" in run("activities", "import", file).output
    said = run("activities", "import", file, "--similar").output
    assert "1 activities added, 1 known already" in said
    assert "already; added." in said
    assert len(session.scalars(select(Activity)).all()) == 3


def test_a_broken_file_of_activities_is_told_by_cell(world_place, run, session):
    file = world_place / "many.csv"
    file.write_text(
        f"{ROWS}30/02/2569,3,วง CoP,เรื่องที่หนึ่ง,12,P001\n13/06/2569,3,วง CoP,,9,\n", encoding="utf-8"
    )
    said = run("activities", "import", file, code=1).output

    assert "A2" in said
    assert "nothing was taken over" in said
    assert "There is no unit X" in run("activities", "import", file, "--unit", "X", code=1).output
    file.write_bytes(b"")
    run("activities", "import", file, code=1)
    assert session.scalars(select(Activity)).all() == []


def test_a_figure_that_is_not_that_of_the_records_is_found(records, run, session):
    assert "0 differences" in run("progress", "check").output
    session.execute(update(EnrolmentProgress).values(records=99))
    session.commit()

    assert "differ from the records" in run("progress", "check", code=1).output
    run("progress", "recount")
    assert "0 differences" in run("progress", "check").output
