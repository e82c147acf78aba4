"""`python -m bench`: load, serve, time, and print the tables."""

import argparse
import re
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import floor, loading
from bench.measuring import FULL, QUICK, Effort, Measured, Running, measure, say, started
from bench.serving import served
from bench.sites import Floor, Tracker
from bench.tables import report

SIZES = (2_000, 20_000, 100_000)
SMALL = 1_000
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _loaded(work: Path, size: int) -> Path:
    """Return the folder with both databases of a size, loaded unless an earlier run kept them."""
    folder = work / f"loaded-{size}"
    if not folder.is_dir():
        unfinished = work / f"unfinished-{size}"
        shutil.rmtree(unfinished, ignore_errors=True)
        say(f"{size:,}: loading")
        loading.load(unfinished, size)
        floor.load(str(unfinished / "floor.sqlite"), size)
        unfinished.rename(folder)
    return folder


def _copied(work: Path, size: int, stack: ExitStack) -> Path:
    """Return a folder with copies to write to, gone when the run ends."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="run-", dir=work)))
    for file in ("tracker.sqlite", "floor.sqlite"):
        shutil.copy(_loaded(work, size) / file, folder / file)
    return folder


def _tracker(folder: Path, size: int, label: str, stack: ExitStack) -> Running:
    environment = {f"TRACKER_{name}": value for name, value in loading.settings(folder).items()}
    application = "tracker.cli.serve:application()"
    server = stack.enter_context(served(application, environment, folder / "tracker.log"))
    return started(label, Tracker(server.port, size), server)


def _floor(folder: Path, size: int, stack: ExitStack) -> Running:
    environment = {"BENCH_FLOOR": str(folder / "floor.sqlite")}
    server = stack.enter_context(served("bench.floor:application()", environment, folder / "floor.log"))
    return started("floor", Floor(server.port, size), server)


def _run(work: Path, size: int, effort: Effort) -> Measured:
    with ExitStack() as stack:
        folder, beside = _copied(work, size, stack), _copied(work, SMALL, stack)
        return measure(
            size,
            _floor(folder, size, stack),
            _tracker(folder, size, "tracker", stack),
            _tracker(beside, SMALL, "small", stack),
            effort,
        )


def _write(file: Path, tables: str) -> None:
    """Put the tables between the two marks of a page."""
    page = file.read_text(encoding="utf-8")
    between = re.compile(f"{BEGIN}.*{END}", re.DOTALL)
    if not between.search(page):
        raise SystemExit(f"{file} has no place for the tables: {BEGIN} … {END}")
    file.write_text(between.sub(lambda _: f"{BEGIN}\n{tables}\n{END}", page), encoding="utf-8")


def main() -> None:
    """Run the benchmark as the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=list(SIZES), help="activities, as 2000,20000")
    parser.add_argument("--out", type=Path, help="a Markdown page to put the tables into, between its marks")
    parser.add_argument(
        "--quick", action="store_true", help="a few requests of each kind, to see that it runs"
    )
    parser.add_argument("--work", type=Path, help="a folder that keeps the loaded databases for the next run")
    args = parser.parse_args()
    if args.out and not args.out.is_file():
        parser.error(f"{args.out} is no page that could take the tables")
    with ExitStack() as stack:
        work = args.work or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        work.mkdir(parents=True, exist_ok=True)
        found = [_run(work, size, QUICK if args.quick else FULL) for size in args.sizes]
    tables = report(found)
    print(tables)
    if args.out:
        _write(args.out, tables)


if __name__ == "__main__":
    main()
