"""The verbs of administration: the installation, units, persons, roles and executive posts."""

from tracker.administration.operations.installation import edit_installation, set_up_installation
from tracker.administration.operations.people import (
    add_person,
    disable_person,
    edit_person,
    enable_person,
    import_people,
    reset_password,
)
from tracker.administration.operations.posts import (
    add_post,
    close_post,
    edit_post,
    end_holder,
    ensure_head_posts,
    set_holder,
)
from tracker.administration.operations.roles import end_role, give_role, hand_over
from tracker.administration.operations.units import add_unit, close_unit, edit_unit, import_units, reopen_unit

__all__ = [
    "add_person",
    "add_post",
    "add_unit",
    "close_post",
    "close_unit",
    "disable_person",
    "edit_installation",
    "edit_person",
    "edit_post",
    "edit_unit",
    "enable_person",
    "end_holder",
    "end_role",
    "ensure_head_posts",
    "give_role",
    "hand_over",
    "import_people",
    "import_units",
    "reopen_unit",
    "reset_password",
    "set_holder",
    "set_up_installation",
]
