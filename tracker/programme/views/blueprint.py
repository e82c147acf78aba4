"""The blueprint, and what several of its pages load."""

from flask import Blueprint, abort

from tracker.accounts.permissions import Permission
from tracker.programme.forms import stage_words
from tracker.programme.plan import StageInfo
from tracker.programme.reference import plan

bp = Blueprint("programme", __name__, url_prefix="/programme")
P = Permission


def stage_or_404(number: int) -> StageInfo:
    """Return a stage by its number; answer 404 for an unknown one."""
    return plan().stage(number) or abort(404)


@bp.context_processor
def words() -> dict[str, object]:
    """Give the pages the words for a stage."""
    return {"stage_words": stage_words}
