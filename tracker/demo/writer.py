"""Write titles and outcomes: templates of `data/texts.toml` filled from a unit's running story."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from tracker.demo.bank import DemoUnit, words
from tracker.demo.topics import Measure, Topic

_TRIES = 60
_CAPTURE = ("s3_interview", "s3_cop", "s3_story", "s3_peer", "s3_aar", "other", "ready", "s2_practice")


@dataclass(slots=True)
class Story:
    """What a unit remembers: numbers of meetings count up, captured items add up to what is distilled."""

    unit: DemoUnit
    topics: tuple[Topic, ...]
    peers: tuple[DemoUnit, ...]
    fiscal_year: int
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    captured: Counter[str] = field(default_factory=Counter)
    panels: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """An activity's words, with the participants and the peer unit they speak of."""

    title: str
    outcome: str
    participants: int
    peer: DemoUnit | None


class Writer:
    """Writes for all units, so that no title comes more than twice and no outcome twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._bank = words("texts")
        self._titles: Counter[str] = Counter()
        self._outcomes: set[str] = set()

    def write(self, story: Story, kind: str, held_on: date) -> Written:
        """Find words for one more activity of the unit, and move its story on."""
        topic = self._topic(story, kind)
        entry: dict[str, Any] = self._bank[kind]
        fields = self._fields(story, topic, kind, held_on, entry["people"])
        peer = self._rng.choice(story.peers) if story.peers else None
        title = self._title(entry["titles"], fields, topic, peer)
        outcome = self._outcome(entry, fields, topic)
        self._titles[title] += 1
        self._outcomes.add(outcome)
        named = peer if peer and peer.name_th in title else None
        return Written(title, outcome, int(fields["p"]), named)

    def _topic(self, story: Story, kind: str) -> Topic:
        weights = [4.0, 2.5, 1.5, 1.0][: len(story.topics)]
        if kind.startswith("s3"):
            weights = [
                w * (1 + 2 * story.counts[topic.name, kind])
                for w, topic in zip(weights, story.topics, strict=True)
            ]
        if kind[:2] in ("s4", "s5", "s7"):
            weights = [
                w * (1 + story.captured[topic.name]) for w, topic in zip(weights, story.topics, strict=True)
            ]
        return self._rng.choices(story.topics, weights)[0]

    def _title(
        self, templates: list[str], fields: dict[str, str], topic: Topic, peer: DemoUnit | None
    ) -> str:
        best = ""
        for attempt in range(_TRIES):
            template = self._rng.choice(templates)
            if "{peer}" in template and peer is None:
                continue
            fields |= self._wording(topic, peer)
            title = template.format_map(fields)
            best = title if not best or self._titles[title] < self._titles[best] else best
            if self._titles[best] == 0 or (attempt > _TRIES // 2 and self._titles[best] == 1):
                break
        return best

    def _outcome(self, entry: dict[str, Any], fields: dict[str, str], topic: Topic) -> str:
        tails = self._bank["tails"][entry["tails"]]
        outcome = ""
        for attempt in range(_TRIES):
            kept = {name: fields[name] for name in ("a", "h", "thing")}
            words_now = self._wording(topic, None)
            line = fields | words_now | (kept if attempt < _TRIES // 2 else {})
            if line["b"] == line["a"]:
                line["b"] = words_now["a"]
            outcome = str(self._rng.choice(entry["heads"])).format_map(line)
            if attempt or self._rng.random() < 0.72:
                tail = str(self._rng.choice(tails)).format_map(line)
                outcome = outcome if tail in outcome else f"{outcome} {tail}"
            if outcome not in self._outcomes and not (fields["meet"] == "1" and _looks_back(outcome)):
                break
        return outcome

    def _section(self, topic: Topic, is_division: bool) -> str:
        near: list[str] = self._bank["of"].get(topic.name, [])
        if near and self._rng.random() < 0.85:
            return self._rng.choice(near)
        return str(self._rng.choice(self._bank["sections"]["division" if is_division else "prison"]))

    def _strategy(self, topic: Topic) -> str:
        own = "การพัฒนาบุคลากร" if topic.is_competency else "การบริหารจัดการองค์กร"
        strategies: dict[str, str] = self._bank["strategies"]
        return next((strategies[s] for s in self._bank["of"].get(topic.name, ()) if s in strategies), own)

    def _wording(self, topic: Topic, peer: DemoUnit | None) -> dict[str, str]:
        rng = self._rng
        first, second = rng.sample(topic.angles, 2)
        measure = rng.choice(topic.measures)
        return {
            "a": first,
            "b": second,
            "h": rng.choice(topic.holders),
            "cop": rng.choice(topic.cops),
            "f": rng.choice(topic.findings),
            "do": rng.choice(topic.actions),
            "thing": rng.choice(topic.things),
            "metric": measure.name,
            "m": self.measured(measure),
            "peer": peer.name_th if peer else "",
        }

    def measured(self, measure: Measure) -> str:
        """Say a before-and-after sentence around the measure's usual numbers."""
        before = _near(self._rng, measure.before, 0.18)
        after = _near(self._rng, measure.after, 0.15)
        if measure.unit == "ร้อยละ":
            return f"{measure.name}เพิ่มจากร้อยละ {min(before, after - 3)} เป็น {min(after, 98)}"
        if measure.after > measure.before:
            return f"{measure.name}เพิ่มจาก {min(before, after - 1):,} เป็น {after:,} {measure.unit}"
        return f"{measure.name}ลดจาก {before:,} เหลือ {min(after, before - 1):,} {measure.unit}"

    def _fields(self, story: Story, topic: Topic, kind: str, day: date, people: list[int]) -> dict[str, str]:
        rng = self._rng
        is_division = story.unit.level == "division"
        story.counts[topic.name, kind] += 1
        items = rng.randint(5, 19)
        if kind in _CAPTURE[:5]:
            story.captured[topic.name] += items
        total = max(story.captured[topic.name], items + 3)
        panel = story.panels.setdefault(topic.name, rng.choice((5, 5, 6, 6, 7)))
        small = 0.65 if story.unit.kind in ("district_prison", "house_of_confinement") or is_division else 1.0
        p = panel if kind == "s4_appoint" else max(people[0], round(rng.randint(*people) * small))
        level = rng.choice((2, 3, 3, 3, 4))
        passed = max(p - rng.choice((0, 0, 0, 1, 2)), 1)
        numbers = {
            "n": items,
            "total": total,
            "core": max(3, min(9, round(total / rng.uniform(3.6, 5.4)))),
            "panel": panel,
            "no": story.counts[topic.name, kind],
            "meet": story.counts[topic.name, kind],
            "p": p,
            "level": level,
            "pass": passed,
            "fail": p - passed or 1,
            "year": story.fiscal_year,
        }
        told = {name: str(value) for name, value in (numbers | self._chance(p)).items()}
        return told | self._words(topic, day, is_division=is_division)

    def _chance(self, p: int) -> dict[str, int]:
        """Return the numbers that follow from nothing but how many people there were."""
        rng = self._rng
        return {
            "p0": max(p - rng.randint(2, 6), 4),
            "k": rng.randint(2, 5),
            "k2": rng.randint(5, 8),
            "small": rng.randint(2, 3),
            "asked": rng.randint(6, 14),
            "goal": rng.choice((20, 25, 30, 40)),
            "agree": max(p - rng.randint(0, 3), 3),
            "staff": p + rng.randint(2, 14),
            "sent": p + rng.randint(3, 30),
            "pct": rng.randint(56, 92),
            "mins": rng.choice((30, 40, 45, 50, 60, 75, 90)),
            "hours": rng.choice((3, 6, 6, 12)),
            "r": rng.randint(1, 3),
            "base": rng.randint(8, 12),
            "score": rng.randint(14, 19),
            "views": rng.randint(48, 420),
            "cmt": rng.randint(3, 21),
            "pages": rng.randint(9, 46),
            "years": rng.randint(58, 140),
        }

    def _words(self, topic: Topic, day: date, *, is_division: bool) -> dict[str, str]:
        rng = self._rng
        return {
            "t": topic.name,
            "sec": self._section(topic, is_division),
            "month": self._bank["sections"]["months"][(day.month - 10) % 12],
            "strategy": self._strategy(topic),
            "type": "สมรรถนะ" if topic.is_competency else "องค์ความรู้ในการปฏิบัติหน้าที่",
            "avg": f"{rng.uniform(3.0, 3.9):.1f}",
            "avg0": f"{rng.uniform(2.3, 2.9):.1f}",
        }


def _looks_back(text: str) -> bool:
    return "ครั้งก่อน" in text or "ต่อเนื่อง" in text or "สะสม" in text


def _near(rng: Random, value: int, spread: float) -> int:
    moved = round(value * rng.uniform(1 - spread, 1 + spread))
    if value >= 1000:
        moved = round(moved / 100) * 100
    return max(moved, 1)
