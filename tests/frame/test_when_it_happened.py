"""Change logs say when something was done: in a rehearsal by its own day, with the real moment beside it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.world import TODAY
from tracker.audit.models import AuditEntry
from tracker.progress.models import Claim, ClaimChange
from tracker.progress.operations import claim_step
from tracker.thai.dates import BANGKOK, format_moment

STEP = "/units/P001/stages/2/steps/3"
DAY, DAY_EN = "18 มิ.ย. 2569", "18 Jun 2026"


@pytest.fixture
def logs(make, change_as) -> list[tuple[str, str]]:
    """Give (address, where its log stands) of a record of each kind that was just edited, and of a step."""
    malee = make.facilitator("P001")
    records = {
        "/activities": make.activity("P001", step=3),
        "/facilitators": malee,
        "/facilitators/trainings": make.training("P001", malee),
        "/events": make.event("P001"),
    }
    with change_as("coordinator") as change:
        for record in records.values():
            change.record("edited", record, unit_id=make.node("P001").id)
        claim_step(
            change, enrolment_id=make.enrolment("P001").id, step_id=make.step_id(3), claim=Claim.DOING,
            claimed_on=TODAY, note="เริ่มแล้ว",
        )  # fmt: skip
    shown = [(f"{address}/{record.id}", "h-log") for address, record in records.items()]
    return [*shown, (STEP, "h-changes")]


def told(browser, address: str, where: str) -> str:
    return str(browser.get(address).html.select_one(f"section[aria-labelledby={where}] time").text)


def test_a_rehearsal_tells_its_own_day_and_the_real_moment_beside_it(browser_as, session, logs):
    at = session.scalars(select(AuditEntry.at).order_by(AuditEntry.id.desc())).first()
    thai, english = browser_as("coordinator"), browser_as("coordinator").in_english()

    for place in logs:
        assert told(thai, *place) == f"{DAY} (บันทึกจริง {format_moment(at)})"
        assert told(english, *place) == f"{DAY_EN} (really recorded {format_moment(at, 'en')})"


def test_where_the_day_is_the_real_one_it_is_told_once(browser_as, session, logs):
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, 30, tzinfo=BANGKOK)
    late = (noon + timedelta(hours=11)).astimezone(UTC)
    session.execute(update(AuditEntry).values(at=late))
    session.execute(update(ClaimChange).values(entered_at=late))
    browser = browser_as("coordinator")

    told_at = {where: told(browser, address, where) for address, where in logs}
    assert told_at == {"h-log": f"{DAY} เวลา 23.30 น.", "h-changes": DAY}
