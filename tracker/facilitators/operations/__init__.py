"""The verbs of the register: facilitators, where they serve, and the trainings they went through."""

from tracker.facilitators.operations.people import (
    add_facilitator,
    edit_facilitator,
    hide_facilitator,
    restore_facilitator,
    unhide_facilitator,
    withdraw_facilitator,
)
from tracker.facilitators.operations.postings import (
    correct_since,
    end_posting,
    post_facilitator,
    resume_posting,
)
from tracker.facilitators.operations.trainings import (
    edit_training,
    hide_training,
    hold_training,
    restore_training,
    set_attendance,
    unhide_training,
    withdraw_training,
)

__all__ = [
    "add_facilitator",
    "correct_since",
    "edit_facilitator",
    "edit_training",
    "end_posting",
    "hide_facilitator",
    "hide_training",
    "hold_training",
    "post_facilitator",
    "restore_facilitator",
    "restore_training",
    "resume_posting",
    "set_attendance",
    "unhide_facilitator",
    "unhide_training",
    "withdraw_facilitator",
    "withdraw_training",
]
