"""The overview's matrix: a row for each stage, a cell for each step, each with the list behind it."""

from dataclasses import dataclass

from flask import url_for

from tracker.following.stage_view import Matrix, whole_matrix
from tracker.overview.lens import Lens, plan
from tracker.programme.plan import StageInfo, StepInfo
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
    """A stage: `kind` is now, past or future."""

    stage: StageInfo
    kind: str
    url: str
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
    unit = lens.arguments["unit"]
    return BoardCell(
        step=step,
        figures=figures,
        url=lens.stage_url(f"done-{step.number}"),
        members_url=url_for("overview.members", number=number, step=step.number, unit=unit),
        word=_word(step, figures, kind),
    )


def board(lens: Lens) -> list[BoardRow]:
    """Return the rows of the matrix, all stages as they stand now."""
    cells, rows = whole_matrix(db(), plan(), today(), lens.unit), []
    for stage in plan().stages:
        each = Lens(stage, lens.unit, as_now=True)
        kind = _kind(stage, lens.stage)
        rows.append(
            BoardRow(
                stage, kind, each.stage_url(), tuple(_cell(each, step, cells, kind) for step in plan().steps)
            )
        )
    return rows
