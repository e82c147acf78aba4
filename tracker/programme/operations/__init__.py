"""The verbs of the programme: its template, its stages, and who takes part."""

from tracker.programme.operations.enrolments import (
    create_pilot_group,
    enrol_level,
    enrol_subtree,
    enrol_units,
    reinstate_enrolment,
    withdraw_enrolment,
)
from tracker.programme.operations.stages import choose_stage, close_stage, move_due_month, reopen_stage
from tracker.programme.operations.templates import install_template, replace_wording

__all__ = [
    "choose_stage",
    "close_stage",
    "create_pilot_group",
    "enrol_level",
    "enrol_subtree",
    "enrol_units",
    "install_template",
    "move_due_month",
    "reinstate_enrolment",
    "reopen_stage",
    "replace_wording",
    "withdraw_enrolment",
]
