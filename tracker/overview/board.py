"""The overview's matrix: a row for each stage, a cell for each step, each with the list behind it."""

from dataclasses import dataclass

from flask import url_for

from tracker.following.stage_view import Matrix, cells_then, whole_matrix
from tracker.overview.lens import Lens, tells_of_one
from tracker.programme.plan import StageInfo, StepInfo
from tracker.programme.reference import plan
from tracker.progress.figures import MatrixCell
from tracker.progress.models import Claim
from tracker.session import db
from tracker.web.clock import today
from tracker.web.i18n import language


@dataclass(frozen=True, slots=True)
class BoardCell:
    """A cell with its figures, the addresses of its lists, and the state in words where N is 1."""

    step: StepInfo
    figures: MatrixCell
    url: str
    members_url: str
    word: str | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A stage: `kind` is now (the one that is shown), past or future.

    Without address and cells where they would tell one unit's own figures, not the visitor's.
    """

    stage: StageInfo
    kind: str
    url: str | None
    cells: tuple[BoardCell, ...]

    @property
    def of(self) -> int:
        """Return N."""
        return self.cells[0].figures.of if self.cells else 0

    @property
    def members(self) -> int:
        """Return how many members there are below the enrolled units."""
        return self.cells[0].figures.members if self.cells else 0


def _kind(stage: StageInfo, shown: StageInfo) -> str:
    if stage.id == shown.id:
        return "now"
    return "future" if today() < stage.starts_on else "past"


def _word(step: StepInfo, cell: MatrixCell, kind: str) -> str | None:
    if cell.of != 1 or (kind == "future" and not cell.done and not cell.doing):
        return None
    claim = Claim.DONE if cell.done else Claim.DOING if cell.doing else Claim.NONE
    return step.claim_word(claim, language())


def _cell(lens: Lens, step: StepInfo, cells: Matrix, kind: str) -> BoardCell:
    figures, number = cells[lens.stage.id, step.id], lens.stage.number
    return BoardCell(
        step=step,
        figures=figures,
        url=lens.stage_url(f"done-{step.number}"),
        members_url=url_for("overview.members", number=number, step=step.number, **lens.arguments),
        word=_word(step, figures, kind),
    )


def board(lens: Lens) -> list[BoardRow]:
    """Return the rows of the matrix: the stage that is shown as at its day, the others as they stand now."""
    cells, rows = whole_matrix(db(), plan(), today(), lens.unit), []
    if lens.is_over and not lens.as_now:
        cells = cells | cells_then(db(), plan(), lens.view)
    for stage in plan().stages:
        kind = _kind(stage, lens.stage)
        if lens.unit is not None and tells_of_one(lens.unit, stage):
            rows.append(BoardRow(stage, kind, None, ()))
            continue
        each = lens if kind == "now" else Lens(stage, lens.unit, as_now=True)
        row = tuple(_cell(each, step, cells, kind) for step in plan().steps)
        rows.append(BoardRow(stage, kind, each.stage_url(), row))
    return rows
