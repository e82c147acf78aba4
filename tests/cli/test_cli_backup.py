"""`tracker backup` and `tracker restore`: nothing is lost, nothing damaged comes back."""

import json
import random
import shutil
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from tests.databases import Databases
from tracker.audit.models import AuditEntry
from tracker.cli.backup_folder import BackupError, read_manifest
from tracker.cli.schema import every_table, head
from tracker.database import open_engine
from tracker.organisation.models import Unit

Opened = Callable[[str], Engine]


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for table in every_table().sorted_tables
        }


@pytest.fixture
def elsewhere(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """Give a function that points the command line at another, empty database and returns its address."""

    def go(name: str = "elsewhere") -> str:
        url = databases.empty(name)
        monkeypatch.setenv("TRACKER_DATABASE_URL", url)
        return url

    return go


class Writers:
    """Three threads that write to the trail as fast as they can, and remember what was acknowledged."""

    def __init__(self, url: str) -> None:
        self.acknowledged: list[str] = []
        self._url, self._stop = url, threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(number,)) for number in range(3)]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _write(self, number: int) -> None:
        engine = open_engine(self._url)
        written = 0
        while not self._stop.is_set():
            verb = f"w{number}-{written}"
            entry = {
                "at": datetime.now(UTC), "day": date(2026, 6, 18), "person_name": "writer", "verb": verb,
                "subject_type": "units", "details": {"thai": "น้ำใจ", "n": written},
            }  # fmt: skip
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                connection.execute(insert(AuditEntry), [entry])
            self.acknowledged.append(verb)
            written += 1
            time.sleep(0.002)
        engine.dispose()


def fill(make) -> None:
    """Make records of several kinds."""
    activity = make.activity("P001", step=3)
    make.training("P001", make.facilitator("P001"))
    make.entry(make.event("P001"), "P002")
    assert activity.id


def test_a_backup_restored_elsewhere_is_equal_in_every_table(
    world_place: Path, run, make, session, databases, elsewhere, opened: Opened
):
    fill(make)
    session.close()
    assert "Wrote" in run("backup", world_place / "b").output
    before = contents(opened(databases.url))
    there = elsewhere()

    assert f"revision {head()}" in run("restore", world_place / "b").output
    assert contents(opened(there)) == before
    assert before["activities"]
    run("db", "check")


def test_a_restored_database_goes_on_giving_new_ids(world_place, run, make, session, elsewhere, opened):
    session.close()
    run("backup", world_place / "b")
    there = elsewhere()
    run("restore", world_place / "b")

    assert "1 added" in add_a_unit(run, world_place)
    with Session(opened(there)) as restored:
        assert restored.scalar(select(func.count()).select_from(Unit)) == 14


def add_a_unit(run, folder: Path) -> str:
    """Import one new unit; return what was said."""
    file = folder / "units.csv"
    head_line = "code,level,kind,parent_code,short_name_th,name_th,name_en,province_th"
    file.write_text(f"{head_line}\nP900,prison,central_prison,PG01,,ใหม่,New,\n", encoding="utf-8")
    said: str = run("units", "import", file).output
    return said


def test_a_backup_while_three_write_holds_all_that_was_acknowledged_before(
    world_place: Path, run, databases, elsewhere, opened: Opened
):
    url = databases.url
    with Writers(url) as writers:
        while len(writers.acknowledged) < 30:
            time.sleep(0.01)
        before = set(writers.acknowledged)
        run("backup", world_place / "b")
        time.sleep(0.1)
    there = elsewhere()
    run("restore", world_place / "b")
    with Session(opened(there)) as restored:
        found = set(restored.scalars(select(AuditEntry.verb).where(AuditEntry.person_name == "writer")))

    assert before <= found
    assert found < set(writers.acknowledged)


def test_a_backup_needs_a_folder_of_its_own(world_place, run):
    (world_place / "full").mkdir()
    (world_place / "full" / "file").touch()
    (world_place / "file").touch()

    assert "not empty" in run("backup", world_place / "full", code=1).output
    assert "is a file" in run("backup", world_place / "file", code=2).output
    assert "cannot be written" in run("backup", "/proc/nowhere/b", code=1).output


def test_a_restore_goes_only_into_an_empty_place(world_place, run):
    run("backup", world_place / "b")

    assert "not empty" in run("restore", world_place / "b", code=1).output


def test_every_damage_to_a_backup_is_found(world_place, run, elsewhere):
    run("backup", world_place / "b")
    files = [file for file in (world_place / "b").rglob("*") if file.is_file() and file.stat().st_size]
    chance = random.Random(1)
    for number in range(100):
        damaged = world_place / f"damaged{number}"
        shutil.copytree(world_place / "b", damaged)
        file = damaged / chance.choice(files).relative_to(world_place / "b")
        data = bytearray(file.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        with pytest.raises(BackupError):
            read_manifest(damaged)
        shutil.rmtree(damaged)


def test_a_backup_that_is_not_whole_is_refused(world_place, run, elsewhere):
    run("backup", world_place / "b")
    elsewhere()
    (world_place / "b" / "tables" / "units.jsonl").unlink()
    assert "units.jsonl is missing" in run("restore", world_place / "b", code=1).output
    (world_place / "b" / "SHA256SUMS").unlink()
    assert "not a whole backup" in run("restore", world_place / "b", code=1).output


def rewrite(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a backup's manifest, and seal it again as somebody with bad intent would."""
    from tracker.cli.backup_folder import digest_of

    file = folder / "manifest.json"
    values = json.loads(file.read_text(encoding="utf-8"))
    change(values)
    file.write_text(json.dumps(values), encoding="utf-8")
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sealed = [f"{digest_of(folder / line[66:])}  {line[66:]}" for line in lines]
    (folder / "SHA256SUMS").write_text("\n".join(sealed), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("format", 99, "format 99"), ("revision", "later", "does not know")],
)
def test_a_backup_of_another_kind_is_refused(world_place, run, elsewhere, name, value, said):
    run("backup", world_place / "b")
    rewrite(world_place / "b", lambda values: values.update({name: value}))
    elsewhere()

    assert said in run("restore", world_place / "b", code=1).output


def test_a_backup_whose_references_lead_nowhere_is_refused_whole(world_place, run, elsewhere, opened):
    run("backup", world_place / "b")
    file = world_place / "b" / "tables" / "persons.jsonl"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[1:]))

    def forget(values: dict[str, Any]) -> None:
        from tracker.cli.backup_folder import digest_of

        entry = next(one for one in values["tables"] if one["name"] == "persons")
        entry["rows"] -= 1
        entry["sha256"] = digest_of(file)

    rewrite(world_place / "b", forget)
    there = elsewhere()

    assert "fit together" in run("restore", world_place / "b", code=1).output
    assert not any(contents(opened(there)).values())


def reseal(folder: Path, table: str, change: Callable[[bytes], bytes]) -> None:
    """Change the first line of a table's file, and seal the backup again."""
    from tracker.cli.backup_folder import digest_of

    file = folder / "tables" / f"{table}.jsonl"
    first, *others = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([change(first), *others]))

    def name_it(values: dict[str, Any]) -> None:
        next(one for one in values["tables"] if one["name"] == table)["sha256"] = digest_of(file)

    rewrite(folder, name_it)


LINES = (b"{{{", b"null", b"[1,2]", b"\xff\xfe", b"[" * 100_000, b"1" * 6000)


@pytest.mark.parametrize("line", LINES, ids=["no JSON", "nothing", "short", "no text", "deep", "huge"])
@pytest.mark.parametrize("table", ["held_roles", "units"])
def test_a_line_that_no_backup_writes_is_told(world_place, run, elsewhere, opened, table, line):
    run("backup", world_place / "b")
    reseal(world_place / "b", table, lambda _first: line + b"\n")
    there = elsewhere()

    assert f"Error: tables/{table}.jsonl" in run("restore", world_place / "b", code=1).output
    assert not any(contents(opened(there)).values())


@pytest.mark.parametrize("value", [10**30, "x", "99999-01-01", [], float("nan")])
def test_a_value_of_another_kind_is_told(world_place, run, elsewhere, value):
    run("backup", world_place / "b")
    elsewhere()
    odd = json.dumps(value).encode()
    reseal(world_place / "b", "held_roles", lambda first: b"[" + odd + b"," + first.partition(b",")[2])

    assert "Error: tables/held_roles.jsonl" in run("restore", world_place / "b", code=1).output


SPOILS: tuple[tuple[str, Callable[[dict[str, Any]], Any]], ...] = (
    ("manifest.json", lambda values: values.update(hacked=1)),
    ("manifest.json", lambda values: values.pop("revision")),
    ("manifest.json", lambda values: values["tables"][0].update(columns=5)),
    ("Tables are not in the backup: ", lambda values: values["tables"].pop()),
    ("other columns", lambda values: values["tables"][0]["columns"].pop()),
)


@pytest.mark.parametrize(("said", "spoil"), SPOILS)
def test_a_manifest_that_no_backup_writes_is_told(world_place, run, elsewhere, said, spoil):
    run("backup", world_place / "b")
    rewrite(world_place / "b", spoil)
    elsewhere()

    assert said in run("restore", world_place / "b", code=1).output


@pytest.mark.sqlite
def test_a_backup_leaves_only_its_own_files(world_place, run):
    run("backup", world_place / "b")

    left = sorted(file.name for file in (world_place / "b").iterdir())

    assert left == ["SHA256SUMS", "manifest.json", "tables"]
    assert (world_place / "b").stat().st_mode & 0o077 == 0
