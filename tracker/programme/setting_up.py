"""What a new installation begins with: the programme, its units and who takes part."""

from collections.abc import Sequence

from tracker.administration.operations import import_units
from tracker.administration.unit_file import UnitRow
from tracker.change import Change
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.operations import enrol_level, install_template
from tracker.programme.plan import programme_plan
from tracker.programme.template import Template


def begin_programme(
    change: Change, *, template: Template, first_fiscal_year: int, rows: Sequence[UnitRow]
) -> int:
    """Install the template and take the units over; return how many there are. Raise UnitFileError."""
    install_template(change, template=template, first_fiscal_year=first_fiscal_year)
    return len(import_units(change, rows=list(rows)).added)


def leading_unit(change: Change) -> UnitNode:
    """Return the unit whose administrators, office and executives are meant: the one below the top level."""
    tree = unit_tree(change.session)
    [root, *_] = [node for node in tree if node.parent_id is None]
    below = [node for node in tree if node.parent_id == root.id]
    return below[0] if root.is_top and len(below) == 1 else root


def enrol_everything(change: Change) -> dict[int, int]:
    """Enrol all units at each stage's levels but pilot groups; return {stage number: enrolments}.

    Stages that began count them from their first day, later ones from today.
    """
    enrolled = {}
    levels = unit_tree(change.session).levels
    for stage in programme_plan(change.session).stages:
        made = 0
        for level in stage.levels:
            if not levels[level].is_pilot:
                day = min(stage.starts_on, change.today)
                made += len(enrol_level(change, stage_id=stage.id, level=level, enrolled_on=day))
        enrolled[stage.number] = made
    return enrolled
