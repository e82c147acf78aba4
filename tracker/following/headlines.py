"""The five headline figures of a stage, each n of N, with what they were a month ago and month by month."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from tracker.following.attention import (
    Cells,
    Reason,
    ToFollow,
    pauses_of,
    reasons_on,
    stored_cells,
)
from tracker.following.heard import heard_by, last_heard
from tracker.programme.enrolments import EnrolmentInfo
from tracker.programme.plan import programme_plan
from tracker.progress.counting import Cell
from tracker.progress.figures import (
    FIRST_STEPS,
    ClaimHistory,
    Scope,
    a_month_before,
    claim_history,
    complete_first_steps,
    executives_since,
    month_ends,
)
from tracker.progress.figures_people import (
    EntryFact,
    TrainedPosting,
    shown_entries,
    trained_postings,
    with_trained,
)
from tracker.progress.gone import evidence_gone, executives_gone
from tracker.progress.models import Claim
from tracker.progress.rules import Span
from tracker.progress.sources import Extent

Claims = dict[tuple[int, int], Claim]


class Figure(StrEnum):
    """The five headline figures."""

    EXECUTIVES = "executives"
    FIRST_FIVE = "first_five"
    TRAINED = "trained"
    TAKEN_UP = "taken_up"
    TO_FOLLOW = "to_follow"


@dataclass(frozen=True)
class Headline:
    """A figure: n of N now, n as it was known a month ago (None before the stage began), and by month.

    `n` is None where nothing is counted: nobody is followed on a day outside the stage.
    """

    figure: Figure
    n: int | None
    of: int
    before: int | None
    series: tuple[int, ...]

    @property
    def change(self) -> int | None:
        """Return by how much it grew since a month ago."""
        return None if self.before is None or self.n is None else self.n - self.before


@dataclass(frozen=True)
class StageData:
    """Everything the five figures of a scope are computed from, read in about a dozen statements.

    `enrolments` make N; `ever` made it on some day, so that a past day is counted with those of then.
    `executives` tells while it was known that they took part, `gone` what evidence was withdrawn.
    """

    scope: Scope
    enrolments: list[EnrolmentInfo]
    ever: list[EnrolmentInfo]
    history: ClaimHistory
    executives: dict[int, list[Span]]
    postings: list[TrainedPosting]
    entries: list[EntryFact]
    cells: Cells
    gone: dict[Cell, list[Span]]
    heard: dict[int, date]
    first_step_ids: tuple[int, ...]
    _known: dict[date, Claims] = field(default_factory=dict, repr=False, compare=False)

    def learn(self, days: Sequence[date]) -> None:
        """Work out the claims as known on several days in one walk through the history."""
        self._known.update(self.history.claims_known_by([day for day in days if day not in self._known]))

    def claims(self, day: date) -> Claims:
        """Return the claims as known at the end of a day."""
        if day not in self._known:
            self.learn([day])
        return self._known[day]

    def enrolled(self, day: date) -> list[EnrolmentInfo]:
        """Return the enrolments that made N on a day, in tree order."""
        return [e for e in self.ever if e.counts_on(day)]

    def with_executives(self, day: date) -> list[EnrolmentInfo]:
        """Return the enrolments whose executives took part themselves, as known on a day."""
        return [
            e for e in self.enrolled(day) if any(span.holds_on(day) for span in self.executives.get(e.id, ()))
        ]

    def with_first_five(self, day: date) -> list[EnrolmentInfo]:
        """Return the enrolments that claim steps 1 to 5 all done, as known on a day."""
        return complete_first_steps(self.claims(day), self.enrolled(day), self.first_step_ids)

    def with_trained(self, day: date) -> list[EnrolmentInfo]:
        """Return the enrolments that have a trained facilitator on a day."""
        return with_trained(self.postings, self.enrolled(day), self.scope.tree, day)

    def shown(self, day: date) -> list[EntryFact]:
        """Return the entries that were shown, as known on a day."""
        enrolled = {e.id for e in self.enrolled(day)}
        return [e for e in self.entries if e.enrolment_id in enrolled and e.known.holds_on(day)]

    def taken_up(self, day: date) -> list[EntryFact]:
        """Return the entries that another unit took up, as known on a day."""
        return [e for e in self.shown(day) if e.taken_up_on(day) is not None]


def stage_data(session: Session, scope: Scope, first_steps: Sequence[int]) -> StageData:
    """Read what the five figures of a scope need; `first_steps` are the ids of steps 1 to 5."""
    ever = scope.ever_enrolled()
    ids = frozenset(e.id for e in ever)
    extent = Extent(session, scope.tree, programme_plan(session), scope.book, ids)
    executives = executives_gone(extent)
    for enrolment_id, since in executives_since(session, ever).items():
        executives.setdefault(enrolment_id, []).append(Span(since, None))
    return StageData(
        scope=scope,
        enrolments=scope.enrolments(),
        ever=ever,
        history=claim_history(session, ever),
        executives=executives,
        postings=trained_postings(session),
        entries=shown_entries(session, ever),
        cells=stored_cells(session, ever),
        gone=evidence_gone(extent),
        heard=last_heard(session, ever),
        first_step_ids=tuple(first_steps)[:FIRST_STEPS],
    )


def reasons_then(session: Session, data: StageData, days: list[date]) -> list[dict[int, tuple[Reason, ...]]]:
    """Return {enrolment id: reasons} at the end of each day, as known then, without paused units."""
    heard = heard_by(session, data.scope, data.ever, data.history, days)
    pauses = pauses_of(session, data.ever)
    found = []
    for day in days:
        reasons = reasons_on(
            data.scope.stage,
            data.scope.tree,
            data.enrolled(day),
            day,
            claims=data.claims(day),
            cells=data.cells,
            heard=heard[day],
            postings=data.postings,
            said=data.history.entered_by(day),
            gone=data.gone,
        )
        paused = {e for e, kept in pauses.items() if any(pause.covers(day) for pause in kept)}
        found.append({e: why for e, why in reasons.items() if e not in paused})
    return found


def followed_then(session: Session, data: StageData, days: list[date]) -> list[int]:
    """Return how many units were to be followed at the end of each day, as known then."""
    return [len(reasons) for reasons in reasons_then(session, data, days)]


def followed_on(session: Session, data: StageData, day: date) -> list[ToFollow]:
    """Return the units to follow at the end of a day, as known then, the most days first."""
    [reasons] = reasons_then(session, data, [day])
    found = [ToFollow(e, reasons[e.id]) for e in data.enrolments if e.id in reasons]
    return sorted(found, key=lambda follow: -follow.worst.days)


def headlines(session: Session, data: StageData, follow: list[ToFollow]) -> list[Headline]:
    """Return the five figures; `follow` are the units to follow on the day that is shown."""
    scope = data.scope
    day, of = scope.day, len(data.enrolments)
    before = a_month_before(day)
    earlier = before if before >= scope.stage.starts_on else None
    ends = month_ends(scope.stage, day)[:-1]
    days = [*ends, *([earlier] if earlier else [])]
    data.learn([*days, day])

    def figure(key: Figure, total: int, count: Callable[[date], int]) -> Headline:
        now = count(day)
        series = (*(count(end) for end in ends), now)
        return Headline(key, now, total, count(earlier) if earlier else None, series)

    followed = len(follow) if scope.stage.covers(day) else None
    then = dict(zip(days, followed_then(session, data, days), strict=True)) if followed is not None else {}
    return [
        figure(Figure.EXECUTIVES, of, lambda d: len(data.with_executives(d))),
        figure(Figure.FIRST_FIVE, of, lambda d: len(data.with_first_five(d))),
        figure(Figure.TRAINED, of, lambda d: len(data.with_trained(d))),
        figure(Figure.TAKEN_UP, len(data.shown(day)), lambda d: len(data.taken_up(d))),
        Headline(
            Figure.TO_FOLLOW,
            followed,
            of,
            then.get(earlier) if earlier else None,
            (*(then[end] for end in ends), followed) if followed is not None else (),
        ),
    ]
