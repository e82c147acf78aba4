"""What the demo promises of its texts: varied, complete, invented, nothing personal."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tracker.demo.make import plan_demo
from tracker.demo.plan import DemoPlan


@pytest.fixture(scope="module")
def plan() -> DemoPlan:
    return plan_demo()


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))


def test_no_title_comes_more_than_twice(plan: DemoPlan) -> None:
    assert max(Counter(activity.title for activity in plan.activities).values()) <= 2


def test_no_outcome_comes_twice(plan: DemoPlan) -> None:
    assert max(Counter(activity.outcome for activity in plan.activities).values()) == 1


def test_texts_are_short_and_finished(plan: DemoPlan) -> None:
    for activity in plan.activities:
        assert 8 <= len(activity.title) <= 160
        assert 8 <= len(activity.outcome) <= 260
    assert not [text for text in texts(plan) if re.search(r"[{}]|\s{2,}|None", text) or text != text.strip()]


def test_nothing_looks_like_a_national_id_or_an_address(plan: DemoPlan) -> None:
    everything = list(texts(plan))
    assert not [text for text in everything if re.search(r"(?:\d[\s-]?){13}", text)]
    assert not [text for text in everything if "@" in text]
    links = {activity.link for activity in plan.activities if activity.link}
    assert all(link.startswith("https://km.example.org/") for link in links)


def test_phones_are_of_the_invented_range(plan: DemoPlan) -> None:
    phones = [post.phone for post in plan.posts] + [person.phone for person in plan.facilitators]
    assert all(re.fullmatch(r"0 2000 \d{4}( ต่อ \d\d)?", phone) for phone in phones)


def test_no_two_people_share_a_name(plan: DemoPlan) -> None:
    names = [post.holder for post in plan.posts] + [person.full_name for person in plan.facilitators]
    names += [entry.presenter for event in plan.events for entry in event.entries]
    assert len(names) >= 500
    assert len(set(names)) == len(names)


def test_numbers_in_an_outcome_agree_with_the_participants(plan: DemoPlan) -> None:
    for activity in plan.activities:
        passed = re.search(r"ผ่านการฝึก (\d+) คน จากผู้เข้า (\d+) คน", activity.outcome)
        if passed:
            assert int(passed[1]) <= int(passed[2]) == activity.participants
        core = re.search(r"กลั่นขุมความรู้ (\d+) ข้อ เหลือแก่นความรู้ (\d+) ข้อ", activity.outcome)
        if core:
            assert int(core[2]) < int(core[1])
