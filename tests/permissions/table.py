"""Who may do what at every address, written by hand from the product's rules and never read from the code.

A line says for an endpoint: who holds its function at all (else 403, for what does not exist too), what kind
of thing its address takes (`things.py`), at which units each role sees it (else 404) and may change it
(else 403). `None` for `sees` or `changes`: everybody who holds the function.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Places = Mapping[str, frozenset[str]]
UNITS = (
    "NAT",
    "DOC",
    "PG01",
    "P001",
    "P001-G1",
    "P002",
    "P003",
    "PG02",
    "P004",
    "P005",
    "DG01",
    "D01",
    "D02",
)
EVERYWHERE = frozenset((*UNITS, "plain", "privileged"))
GROUP = frozenset(("PG01", "P001", "P001-G1", "P002", "P003"))
PRISON = frozenset(("P001", "P001-G1"))
TOTALS = frozenset(("NAT", "DOC", "PG01", "PG02", "DG01"))

COORDINATES: Places = {
    "coordinator": PRISON,
    "other_coordinator": frozenset(("P002",)),
    "group_coordinator": frozenset(("PG01", "P001-G1")),  # pilot groups, never the prisons themselves
}
OFFICE: Places = {"office": EVERYWHERE}
ADMINISTRATOR: Places = {"administrator": EVERYWHERE}
LOOKS: Places = {"executive": EVERYWHERE, **OFFICE}
WRITES: Places = {**COORDINATES, **OFFICE}
WHOLLY: Places = {
    "coordinator": PRISON,
    "other_coordinator": frozenset(("P002",)),
    "group_coordinator": GROUP,
    "head": PRISON,
    "group_head": GROUP,
    **LOOKS,
}
READS: Places = dict.fromkeys(WHOLLY, EVERYWHERE)
FIGURES: Places = {who: places | TOTALS for who, places in WHOLLY.items()}
POSTS: Places = {**WRITES, **ADMINISTRATOR}
POSTS_SEEN: Places = {**{who: WHOLLY[who] for who in WRITES}, **ADMINISTRATOR}
PEOPLE: Places = {**OFFICE, **ADMINISTRATOR}
MANAGES: Places = {**ADMINISTRATOR, "office": frozenset(("plain",))}
SIGNED_IN: Places = dict.fromkeys((*WHOLLY, "administrator", "nobody"), EVERYWHERE)
MINE: Places = dict.fromkeys(SIGNED_IN, frozenset(("mine",)))
PUBLIC: Places = {**SIGNED_IN, "signed out": EVERYWHERE}
CSV = {"extension": "csv"}
XLSX = {"extension": "xlsx"}


@dataclass(frozen=True)
class Line:
    """What is answered at an endpoint."""

    endpoint: str
    held_by: Places
    takes: str = "nothing"
    sees: Places | None = None
    changes: Places | None = None
    fixed: Mapping[str, Any] = field(default_factory=dict)


LINES = (
    Line("account.edit", SIGNED_IN),
    Line("account.end", SIGNED_IN, "session", sees=MINE),
    Line("account.end_others", SIGNED_IN),
    Line("account.password", SIGNED_IN),
    Line("account.sessions", SIGNED_IN),
    Line("account.show", SIGNED_IN),
    Line("activities.blank", WRITES, "asked", changes=WRITES),
    Line("activities.confirm_upload", WRITES, "asked", changes=WRITES),
    Line("activities.drop_draft", WRITES, "draft", sees=WRITES),
    Line("activities.edit", WRITES, "activity", changes=WRITES),
    Line("activities.export", READS, fixed=CSV),
    Line("activities.hide", OFFICE, "activity", changes=OFFICE),
    Line("activities.index", READS),
    Line("activities.new", WRITES, "asked", changes=WRITES),
    Line("activities.restore", WRITES, "activity", changes=WRITES),
    Line("activities.restore_upload", WRITES, "activity", changes=WRITES),
    Line("activities.show", READS, "activity"),
    Line("activities.template", WRITES, "asked", changes=WRITES),
    Line("activities.undo", WRITES, "activity", changes=WRITES),
    Line("activities.undo_upload", WRITES, "activity", changes=WRITES),
    Line("activities.unhide", OFFICE, "activity", changes=OFFICE),
    Line("activities.upload", WRITES, "asked", changes=WRITES),
    Line("activities.withdraw", WRITES, "activity", changes=WRITES),
    Line("administration.audit_trail", ADMINISTRATOR),
    Line("administration.blank_people_file", PEOPLE),
    Line("administration.blank_unit_file", ADMINISTRATOR),
    Line("administration.close_one_post", POSTS, "post", sees=POSTS_SEEN, changes=POSTS),
    Line("administration.close_one_unit", ADMINISTRATOR, "unit"),
    Line("administration.disable_one_person", PEOPLE, "person", changes=MANAGES),
    Line("administration.edit_one_person", PEOPLE, "person", changes=MANAGES),
    Line("administration.edit_one_post", POSTS, "post", sees=POSTS_SEEN, changes=POSTS),
    Line("administration.edit_one_unit", ADMINISTRATOR, "unit"),
    Line("administration.enable_one_person", PEOPLE, "person", changes=MANAGES),
    Line("administration.end_one_role", PEOPLE, "role", changes=MANAGES),
    Line("administration.export_audit", ADMINISTRATOR, fixed=CSV),
    Line("administration.export_people", PEOPLE, fixed=CSV),
    Line("administration.export_units", ADMINISTRATOR, fixed=CSV),
    Line("administration.hand_person_over", PEOPLE, "person", changes=MANAGES),
    Line("administration.import_people_file", PEOPLE),
    Line("administration.import_unit_file", ADMINISTRATOR),
    Line("administration.index", PEOPLE),
    Line("administration.list_people", PEOPLE),
    Line("administration.list_posts", POSTS, "unit", sees=POSTS_SEEN),
    Line("administration.list_units", ADMINISTRATOR),
    Line("administration.new_person", PEOPLE),
    Line("administration.new_post", POSTS, "unit", sees=POSTS_SEEN, changes=POSTS),
    Line("administration.new_role", PEOPLE, "person", changes=MANAGES),
    Line("administration.new_unit", ADMINISTRATOR),
    Line("administration.reopen_one_unit", ADMINISTRATOR, "unit"),
    Line("administration.reset_one_password", PEOPLE, "person", changes=MANAGES),
    Line("administration.set_post_holder", POSTS, "post", sees=POSTS_SEEN, changes=POSTS),
    Line("administration.settings", ADMINISTRATOR),
    Line("administration.show_person", PEOPLE, "person"),
    Line("administration.show_unit", ADMINISTRATOR, "unit"),
    Line("following.announcements", OFFICE),
    Line("following.answer", COORDINATES, "word", sees=WHOLLY, changes=COORDINATES),
    Line("following.ask", LOOKS, "unit"),
    Line("following.call", OFFICE, "enrolment"),
    Line("following.change_announcement", OFFICE, "announcement"),
    Line("following.encourage", LOOKS, "unit"),
    Line("following.end_pause", OFFICE, "enrolment"),
    Line("following.export", LOOKS, "asked", fixed=XLSX),
    Line("following.index", LOOKS, "asked"),
    Line("following.new_announcement", OFFICE),
    Line("following.pause", OFFICE, "enrolment"),
    Line("following.seen", COORDINATES, "word", sees=WHOLLY, changes=COORDINATES),
    Line("following.stop_announcement", OFFICE, "announcement"),
    Line("following.restore_call", OFFICE, "call"),
    Line("following.withdraw_call", OFFICE, "call"),
    Line("following.restore_word", LOOKS, "word", changes=OFFICE),
    Line("following.withdraw_word", LOOKS, "word", changes=OFFICE),
    Line("following.words", WHOLLY, "asked", sees=WHOLLY),
    Line("home.index", SIGNED_IN),
    Line("home.unit", WHOLLY, "unit", sees=WHOLLY),
    Line("overview.export", READS, "asked", sees=FIGURES, fixed=XLSX),
    Line("overview.export_members", READS, "stage of a unit", sees=FIGURES, fixed=CSV),
    Line("overview.export_stage", READS, "stage of a unit", sees=FIGURES, fixed=CSV),
    Line("overview.index", READS, "asked", sees=FIGURES),
    Line("overview.members", READS, "stage of a unit", sees=FIGURES),
    Line("overview.stage", READS, "stage of a unit", sees=FIGURES),
    Line("overview.step", READS, "step of a unit", sees=FIGURES),
    Line("overview.unit", WHOLLY, "unit", sees=WHOLLY),
    Line("overview.units", READS),
    Line("programme.choose", OFFICE),
    Line("programme.close_one_stage", OFFICE, "stage"),
    Line("programme.download_template", ADMINISTRATOR),
    Line("programme.enrol", OFFICE, "stage"),
    Line("programme.export_enrolments", OFFICE, fixed=CSV),
    Line("programme.index", OFFICE),
    Line("programme.list_enrolments", OFFICE),
    Line("programme.move_due", OFFICE, "stage"),
    Line("programme.new_pilot_group", OFFICE),
    Line("programme.reinstate", OFFICE, "enrolment"),
    Line("programme.reopen_one_stage", OFFICE, "stage"),
    Line("programme.replace_template", ADMINISTRATOR),
    Line("programme.show_stage", OFFICE, "stage"),
    Line("programme.template", ADMINISTRATOR),
    Line("programme.withdraw", OFFICE, "enrolment"),
    Line("progress.edit", WRITES, "cell", sees=WHOLLY, changes=WRITES),
    Line("progress.history", WHOLLY, "cell", sees=WHOLLY),
    Line("progress.undo", WRITES, "claim", sees=WHOLLY, changes=WRITES),
    Line("register.edit", WRITES, "facilitator", changes=WRITES),
    Line("register.edit_a_training", WRITES, "training", changes=WRITES),
    Line("register.end", WRITES, "facilitator", changes=WRITES),
    Line("register.export", READS, fixed=CSV),
    Line("register.export_trainings", READS, fixed=CSV),
    Line("register.hide", OFFICE, "facilitator", changes=OFFICE),
    Line("register.hide_a_training", OFFICE, "training", changes=OFFICE),
    Line("register.index", READS),
    Line("register.move", WRITES, "facilitator", changes=WRITES),
    Line("register.new", WRITES),
    Line("register.new_training", WRITES),
    Line("register.restore", WRITES, "facilitator", changes=WRITES),
    Line("register.restore_a_training", WRITES, "training", changes=WRITES),
    Line("register.resume", WRITES, "facilitator", changes=WRITES, fixed={"version": "1"}),
    Line("register.show", READS, "facilitator"),
    Line("register.show_training", READS, "training"),
    Line("register.since", WRITES, "facilitator", changes=WRITES),
    Line("register.trainings", READS),
    Line("register.undo", WRITES, "facilitator", changes=WRITES),
    Line("register.undo_training", WRITES, "training", changes=WRITES),
    Line("register.unhide", OFFICE, "facilitator", changes=OFFICE),
    Line("register.unhide_a_training", OFFICE, "training", changes=OFFICE),
    Line("register.withdraw", WRITES, "facilitator", changes=WRITES),
    Line("register.withdraw_a_training", WRITES, "training", changes=WRITES),
    Line("reporting.download", WHOLLY, "stage of a unit", sees=WHOLLY, fixed=CSV),
    Line("reporting.index", WHOLLY),
    Line("reporting.report", WHOLLY, "stage of a unit", sees=WHOLLY),
    Line("reporting.texts", WRITES, "stage of a unit", sees=WHOLLY, changes=WRITES),
    Line("sharing.adopt", WRITES, "entry"),
    Line("sharing.blank_entries", WRITES, "event", changes=WRITES),
    Line("sharing.cancel", WRITES, "event", changes=WRITES),
    Line("sharing.confirm_entries", WRITES, "event", changes=WRITES),
    Line("sharing.edit", WRITES, "event", changes=WRITES),
    Line("sharing.edit_entry", WRITES, "entry", changes=WRITES),
    Line("sharing.entries", READS),
    Line("sharing.entries_template", WRITES, "event", changes=WRITES),
    Line("sharing.export", READS, fixed=CSV),
    Line("sharing.export_entries", READS, fixed=CSV),
    Line("sharing.held", WRITES, "event", changes=WRITES),
    Line("sharing.hide", OFFICE, "event", changes=OFFICE),
    Line("sharing.hide_entry", OFFICE, "entry", changes=OFFICE),
    Line("sharing.index", READS),
    Line("sharing.new", WRITES),
    Line("sharing.new_entry", WRITES, "event", changes=WRITES),
    Line("sharing.plan_again", WRITES, "event", changes=WRITES),
    Line("sharing.restore", WRITES, "event", changes=WRITES),
    Line("sharing.restore_entry", WRITES, "entry", changes=WRITES),
    Line("sharing.restore_sent_entries", WRITES, "entry", changes=WRITES),
    Line("sharing.show", READS, "event"),
    Line("sharing.summarise", WRITES, "event", changes=WRITES),
    Line("sharing.unadopt", WRITES, "adoption", changes=WRITES),
    Line("sharing.unhide", OFFICE, "event", changes=OFFICE),
    Line("sharing.undo_entries", WRITES, "entry", changes=WRITES),
    Line("sharing.unhide_entry", OFFICE, "entry", changes=OFFICE),
    Line("sharing.upload_entries", WRITES, "event", changes=WRITES),
    Line("sharing.withdraw", WRITES, "event", changes=WRITES),
    Line("sharing.withdraw_entry", WRITES, "entry", changes=WRITES),
    Line("signin.first_password", SIGNED_IN),
    Line("signin.health", PUBLIC),
    Line("signin.language", PUBLIC, fixed={"code": "th"}),
    Line("signin.privacy", PUBLIC),
    Line("signin.resume", SIGNED_IN),
    Line("signin.sign_in", PUBLIC),
    Line("signin.sign_out", PUBLIC),
    Line("static", PUBLIC, fixed={"filename": "site.css"}),
)
