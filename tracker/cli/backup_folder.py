"""The folder of a backup: a file of lines for each table, a manifest, and the checksums of them all."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from tracker.cli.rows import Shape

FORMAT = 1
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
BATCH = 1000
# What reading raises where somebody else wrote than a backup.
ODD = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)


class BackupError(Exception):
    """A backup cannot be made, or is not what was written; the sentence says which part."""


@dataclass(frozen=True)
class TableEntry:
    """What the manifest says of a table: its rows, the SHA-256 of its lines, its columns."""

    name: str
    rows: int
    sha256: str
    columns: Shape


@dataclass(frozen=True)
class Manifest:
    """What a backup holds; `tables` in an order in which references lead backwards."""

    made_at: str
    made_by: str
    tracker: str
    database: str
    revision: str
    tables: list[TableEntry]
    format: int = FORMAT


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def table_file(folder: Path, name: str) -> Path:
    """Return the file of a table's lines."""
    return folder / "tables" / f"{name}.jsonl"


def settle(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest and the checksums, and wait until all is on the disk."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    files = [folder / MANIFEST, *sorted((folder / "tables").iterdir())]
    sums = "".join(f"{digest_of(file)}  {file.relative_to(folder).as_posix()}\n" for file in files)
    (folder / SUMS).write_text(sums, encoding="utf-8")
    for path in (*files, folder / SUMS, folder / "tables", folder):
        settle(path)


def _sums(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BackupError(f"{folder} is not a whole backup: {SUMS} is missing or unreadable.") from None
    parts = [line.split("  ", 1) for line in lines]
    if any(len(part) != 2 for part in parts):  # sum and name
        raise BackupError(f"{SUMS} is damaged.")
    return {name: digest for digest, name in parts}


def _manifest_in(file: Path) -> Manifest:
    try:
        values: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if values.get("format") != FORMAT:
            raise BackupError(f"The backup has format {values.get('format')}; this tracker reads {FORMAT}.")
        entries = [
            TableEntry(
                one["name"], one["rows"], one["sha256"], [(own, holds) for own, holds in one["columns"]]
            )
            for one in values.pop("tables")
        ]
        return Manifest(**values, tables=entries)
    except ODD:
        raise BackupError(f"{MANIFEST} is not one that a backup writes.") from None


def read_manifest(folder: Path) -> Manifest:
    """Return what a backup holds, once every file has its checksum; raise BackupError."""
    sums = _sums(folder)
    if MANIFEST not in sums:
        raise BackupError(f"{SUMS} does not name {MANIFEST}.")
    for name, digest in sums.items():
        file = folder / name
        if ".." in Path(name).parts or not file.is_file():
            raise BackupError(f"{name} is missing from the backup.")
        if digest_of(file) != digest:
            raise BackupError(f"{name} is damaged: its checksum is not the one in {SUMS}.")
    manifest = _manifest_in(folder / MANIFEST)
    for entry in manifest.tables:
        if sums.get(f"tables/{entry.name}.jsonl") != entry.sha256:
            raise BackupError(f"tables/{entry.name}.jsonl is not the file that the manifest names.")
    return manifest


def batches(file: Path) -> Iterator[list[bytes]]:
    """Return the lines of a file, some at a time."""
    with file.open("rb") as source:
        while batch := list(islice(source, BATCH)):
            yield batch
