"""What a planned demo consists of: frozen dataclasses, codes instead of rows.

Units are named by code, kinds of activity by code, people by full name or facilitator key. Days are dates.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlannedPilotGroup:
    """A pilot group of stage 1 inside a prison or division; its code is `<parent>-Gn`."""

    code: str
    parent_code: str
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """An executive post and the person who held it from `since` to `until` (None: still)."""

    unit_code: str
    title_th: str
    title_en: str
    holder: str
    phone: str
    since: date
    until: date | None
    is_head: bool


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step of one unit; step 0 is เตรียมความพร้อม. `days` are the days of its activities, in order.

    `has_evidence` False means the unit claims the step but logged nothing in it.
    """

    stage: int
    step: int
    started_on: date
    doing_on: date | None
    done_on: date | None
    days: tuple[date, ...]
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """How one unit goes through one stage. `cut` is the last day anything of it is entered."""

    unit_code: str
    stage: int
    profile: str
    reached: int
    cut: date
    is_silent: bool
    has_trained: bool
    has_executive: bool
    steps: tuple[StepPlan, ...]


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """One activity. `step` is None for kind `ready`; `executive_manner` is opened, shared, led or None."""

    key: str
    unit_code: str
    stage: int
    step: int | None
    kind: str
    held_on: date
    entered_on: date
    title: str
    outcome: str
    participants: int
    executive_manner: str | None
    audience: str
    joined: tuple[str, ...]
    link: str | None
    led_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedClaim:
    """What the unit says about a step on a day: `doing` or `done`, with its note or reason."""

    unit_code: str
    stage: int
    step: int
    claim: str
    on: date
    note: str


@dataclass(frozen=True, slots=True)
class PlannedDueMonth:
    """A step's due month of a stage as moved by the office (1 = October)."""

    stage: int
    step: int
    month: int


@dataclass(frozen=True, slots=True)
class PlannedPosting:
    """A facilitator's time at a unit."""

    unit_code: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class PlannedFacilitator:
    """A person who facilitates; `roles` are sponsor, facilitator, practitioner, note_taker, coordinator."""

    key: str
    title: str
    first_name: str
    last_name: str
    position: str
    phone: str
    roles: tuple[str, ...]
    appointed_by: str
    appointed_on: date
    entered_on: date
    postings: tuple[PlannedPosting, ...]

    @property
    def full_name(self) -> str:
        """Join title, first and last name as written in Thai."""
        return f"{self.title}{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class PlannedAttendance:
    """One facilitator at one training."""

    facilitator_key: str
    passed: bool


@dataclass(frozen=True, slots=True)
class PlannedTraining:
    """A training of facilitators with who came."""

    key: str
    course: str
    holding_unit: str
    stage: int
    first_day: date
    last_day: date
    hours: int
    attendances: tuple[PlannedAttendance, ...]


@dataclass(frozen=True, slots=True)
class PlannedAdoption:
    """An entry taken up by another unit."""

    unit_code: str
    on: date
    note: str


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """An innovation shown at an event."""

    key: str
    unit_code: str
    title: str
    what_changes: str
    presenter: str
    award: str | None
    adoptions: tuple[PlannedAdoption, ...]


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """A share-and-show event.

    `event_type` is share_and_show, knowledge_market or other; `state` is scheduled, held, concluded or
    cancelled.
    """

    key: str
    event_type: str
    title: str
    host_unit: str
    stage: int
    held_on: date
    entered_on: date
    venue: str
    attendance: int | None
    executive_manner: str | None
    state: str
    outcome: str
    entries: tuple[PlannedEntry, ...]


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A call of the office to a unit, with the day of the next one."""

    unit_code: str
    stage: int
    on: date
    note: str
    next_on: date | None


@dataclass(frozen=True, slots=True)
class PlannedPause:
    """The office pauses a unit until a day, with a reason."""

    unit_code: str
    stage: int
    on: date
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """A sentence to a unit: `kind` is question or encouragement, `by` executive or office."""

    unit_code: str
    stage: int
    kind: str
    by: str
    on: date
    text: str
    answer: str | None
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class PlannedAnnouncement:
    """A line of the office on every home page."""

    text_th: str
    text_en: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """Everything the demo holds, to be loaded in this order."""

    seed: int
    today: date
    first_fiscal_year: int
    pilot_groups: tuple[PlannedPilotGroup, ...]
    posts: tuple[PlannedPost, ...]
    due_months: tuple[PlannedDueMonth, ...]
    unit_plans: tuple[UnitPlan, ...]
    facilitators: tuple[PlannedFacilitator, ...]
    trainings: tuple[PlannedTraining, ...]
    activities: tuple[PlannedActivity, ...]
    claims: tuple[PlannedClaim, ...]
    events: tuple[PlannedEvent, ...]
    calls: tuple[PlannedCall, ...]
    pauses: tuple[PlannedPause, ...]
    questions: tuple[PlannedQuestion, ...]
    announcements: tuple[PlannedAnnouncement, ...]
