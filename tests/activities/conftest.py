"""Fixtures of the tests of activities."""

from typing import Any

import pytest

from tests.world import TODAY
from tracker.programme.plan import programme_plan


@pytest.fixture
def values(make, session):
    """Give a function that returns what is needed to log an activity, with changes."""

    def valid(
        code: str = "P001", step: int | None = 3, kind: str = "s3_cop", **changes: Any
    ) -> dict[str, Any]:
        return {
            "unit_id": make.node(code).id,
            "stage_id": make.stage(2).id,
            "step_id": make.step_id(step),
            "kind_id": programme_plan(session).kind_by_code[kind].id,
            "held_on": TODAY,
            "title": "วง CoP เรื่องการตรวจค้น",
            **changes,
        }

    return valid


@pytest.fixture
def kind(session):
    """Give a function that returns the form's value of a kind under a step."""

    def value(code: str, step: int = 3) -> str:
        return f"{step}-{programme_plan(session).kind_by_code[code].id}"

    return value
