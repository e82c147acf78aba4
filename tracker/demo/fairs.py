"""Share-and-show events: what was shown, by whom, and which other units took it up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tracker.demo.bank import DemoUnit, unit_by_code, words
from tracker.demo.days import DEMO_DAY, draw_days, on_or_before
from tracker.demo.people import People
from tracker.demo.plan import PlannedAdoption, PlannedEntry, PlannedEvent, UnitPlan
from tracker.demo.topics import Topic
from tracker.demo.writer import Writer

EVENTS, ENTRIES, TAKEN_UP = 25, 62, 14
_PAST, _SCHEDULED = 21, 3
_EARLIER_EVENTS, _EARLIER_ENTRIES = 4, 9


@dataclass(frozen=True, slots=True)
class _Exhibit:
    unit: DemoUnit
    topic: Topic
    thing: str


def plan_events(
    rng: Random, people: People, plans: Sequence[UnitPlan], topics: dict[str, tuple[Topic, ...]]
) -> list[PlannedEvent]:
    """Plan 25 events of the current stage with 62 entries, 14 of them taken up; four more of stage 1."""
    units = unit_by_code()
    lively = [p for p in plans if p.stage == 2 and p.reached >= 3 and p.cut == DEMO_DAY]
    fair = _Fair(rng, people, [units[p.unit_code] for p in lively], topics)
    days = draw_days(rng, date(2026, 1, 19), date(2026, 6, 12), _PAST)
    hosts = rng.sample([p for p in lively if p.reached >= 4], EVENTS - 1)
    counts = _spread(rng, ENTRIES, _PAST)
    events = [
        fair.past(
            n,
            2,
            day,
            units[plan.unit_code],
            count,
            "held" if DEMO_DAY - day < timedelta(days=30) else "concluded",
        )
        for n, (day, plan, count) in enumerate(zip(days, hosts, counts, strict=False))
    ]
    for n in range(_SCHEDULED):
        day = on_or_before(date(2026, 7, 10) + timedelta(days=17 * n))
        events.append(fair.ahead(day, units[hosts[_PAST + n].unit_code], "scheduled"))
    events.append(fair.ahead(date(2026, 4, 22), units["D10"], "cancelled"))
    events = fair.taken_up(events, TAKEN_UP)
    earlier = [plan for plan in plans if plan.stage == 1 and plan.reached >= 5]
    shows = zip(
        draw_days(rng, date(2025, 4, 21), date(2025, 9, 12), _EARLIER_EVENTS),
        rng.sample(earlier, _EARLIER_EVENTS),
        _spread(rng, _EARLIER_ENTRIES, _EARLIER_EVENTS),
        strict=True,
    )
    old = [
        fair.past(n, 1, day, units[p.unit_code.partition("-")[0]], count, "concluded")
        for n, (day, p, count) in enumerate(shows)
    ]
    return _with_keys(
        sorted(fair.taken_up(old, 3) + events, key=lambda event: (event.held_on, event.host_unit))
    )


def _spread(rng: Random, total: int, parts: int) -> list[int]:
    counts = [2] * parts
    while sum(counts) < total:
        n = rng.randrange(parts)
        counts[n] += counts[n] < 6
    return counts


class _Fair:
    """Keeps what was shown already, so that no unit shows the same thing twice."""

    def __init__(
        self, rng: Random, people: People, units: Sequence[DemoUnit], topics: dict[str, tuple[Topic, ...]]
    ) -> None:
        self._rng, self._people, self._units = rng, people, list(units)
        self._writer = Writer(rng)
        self._bank = words("story")["fairs"]
        stock = [
            _Exhibit(unit, topic, thing)
            for unit in units
            for topic in topics[unit.code]
            for thing in topic.things
        ]
        rng.shuffle(stock)
        self._stock = stock
        self._topic_of = {exhibit.thing: exhibit.topic for exhibit in stock}
        self._shown: dict[str, int] = {}

    def past(
        self, number: int, stage: int, day: date, host: DemoUnit, count: int, state: str
    ) -> PlannedEvent:
        """Stage an event that took place, with its entries."""
        rng = self._rng
        title, event_type = self._title(host, number)
        awards = rng.sample([*self._bank["awards"], None, None, None], count)
        entries = tuple(self._entry(host, award) for award in awards)
        numbers = {"n": rng.randint(4, 26), "k": rng.randint(2, 5)}
        outcome = str(rng.choice(self._bank["outcomes"])).format_map(numbers) if state == "concluded" else ""
        return PlannedEvent(
            key="", event_type=event_type, title=f"{title} ปี {day.year + 543}",
            host_unit=host.code, stage=stage,
            held_on=day, entered_on=day - timedelta(days=rng.randint(10, 35)), venue=self._venue(host),
            attendance=rng.randint(38, 210),
            executive_manner=rng.choice(("opened", "shared", "shared", "led")),
            state=state, outcome=outcome, entries=entries,
        )  # fmt: skip

    def ahead(self, day: date, host: DemoUnit, state: str) -> PlannedEvent:
        """Stage an event that is still to come or was cancelled."""
        title, event_type = self._title(host, day.month)
        outcome = "เลื่อนเพราะตรงกับภารกิจช่วยพื้นที่น้ำท่วม จะกำหนดวันใหม่" if state == "cancelled" else ""
        entered = min(day - timedelta(days=40), on_or_before(DEMO_DAY - timedelta(days=6)))
        return PlannedEvent(
            key="", event_type=event_type, title=f"{title} ปี {day.year + 543}", host_unit=host.code, stage=2,
            held_on=day, entered_on=entered, venue=self._venue(host), attendance=None, executive_manner=None,
            state=state, outcome=outcome, entries=(),
        )  # fmt: skip

    def taken_up(self, events: list[PlannedEvent], quota: int) -> list[PlannedEvent]:
        """Let other units take up `quota` of the entries, some by two or three units."""
        rng = self._rng
        shown = [(n, m) for n, event in enumerate(events) for m, _ in enumerate(event.entries)]
        early = [
            (n, m)
            for n, m in shown
            if events[n].held_on < DEMO_DAY - timedelta(days=40) and self._able(events[n].entries[m])
        ]
        chosen = set(rng.sample(early, quota))
        result: list[PlannedEvent] = []
        for n, event in enumerate(events):
            entries = enumerate(event.entries)
            adopted = [self._adopted(event, entry) if (n, m) in chosen else entry for m, entry in entries]
            result.append(replace(event, entries=tuple(adopted)))
        return result

    def _adopted(self, event: PlannedEvent, entry: PlannedEntry) -> PlannedEntry:
        rng = self._rng
        able = self._able(entry)
        others = rng.sample(able, min(len(able), rng.choice((1, 1, 1, 2, 3))))
        first, last = event.held_on + timedelta(days=12), event.held_on + timedelta(days=38)
        notes = rng.sample(self._bank["adopted"], len(others))
        taken = zip(others, draw_days(rng, first, last, len(others)), notes, strict=True)
        adoptions = tuple(PlannedAdoption(unit.code, day, note) for unit, day, note in taken)
        return PlannedEntry(
            entry.key,
            entry.unit_code,
            entry.title,
            entry.what_changes,
            entry.presenter,
            entry.award,
            adoptions,
        )

    def _able(self, entry: PlannedEntry) -> list[DemoUnit]:
        return [unit for unit in self._units if self._may_use(unit, entry)]

    def _may_use(self, unit: DemoUnit, entry: PlannedEntry) -> bool:
        """Tell whether the thing makes sense at another unit: same level, and the same sort of prison."""
        owner = unit_by_code()[entry.unit_code]
        only = self._topic_of[entry.title.partition(" ฉบับ")[0]].only
        fits = not only or any(word in unit.name_th for word in only)
        return unit is not owner and unit.level == owner.level and fits

    def _entry(self, host: DemoUnit, award: str | None) -> PlannedEntry:
        def nearness(exhibit: _Exhibit) -> tuple[int, int]:
            unit = exhibit.unit
            return self._shown.get(exhibit.thing, 0), -(unit.parent_code == host.parent_code) - (unit is host)

        exhibit = min(self._stock, key=nearness)
        self._stock.remove(exhibit)
        self._shown[exhibit.thing] = self._shown.get(exhibit.thing, 0) + 1
        measure = self._rng.choice(exhibit.topic.measures)
        again = self._shown[exhibit.thing] > 1
        title = f"{exhibit.thing} ฉบับ{exhibit.unit.label}" if again else exhibit.thing
        action = self._rng.choice(exhibit.topic.actions)
        return PlannedEntry(
            key="", unit_code=exhibit.unit.code, title=title,
            what_changes=f"{action} {self._writer.measured(measure)}",
            presenter=self._people.full_name(exhibit.unit), award=award, adoptions=(),
        )  # fmt: skip

    def _title(self, host: DemoUnit, number: int) -> tuple[str, str]:
        group = unit_by_code()[host.parent_code]
        pattern = str(self._rng.choice(self._bank["units" if number % 3 else "groups"]))
        event_type = (
            "share_and_show" if "Share" in pattern else "knowledge_market" if "ตลาดนัด" in pattern else "other"
        )
        return pattern.format(unit=host.name_th, group=group.name_th), event_type

    def _venue(self, host: DemoUnit) -> str:
        return str(self._rng.choice(self._bank["venues"])).format(unit=host.name_th)


def _with_keys(events: list[PlannedEvent]) -> list[PlannedEvent]:
    keyed: list[PlannedEvent] = []
    entry_number = 0
    for number, event in enumerate(events, start=1):
        entries = []
        for entry in event.entries:
            entry_number += 1
            entries.append(replace(entry, key=f"N{entry_number:03d}"))
        keyed.append(replace(event, key=f"E{number:02d}", entries=tuple(entries)))
    return keyed
