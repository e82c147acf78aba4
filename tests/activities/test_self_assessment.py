"""A self-assessment says which level was reached."""

import pytest

from tests.activities.asking import only, refusal, the_form
from tracker.activities.models import Activity
from tracker.activities.operations import edit_activity, log_activity
from tracker.activities.rules import ActivityValues, states_level
from tracker.progress.models import StepProgress

SAID = "บอกระดับที่ได้ในผลที่ได้ เช่น ระดับ 3 จาก 5"


@pytest.fixture
def assessed(values):
    """Give a function that returns the values of a self-assessment with an outcome."""
    return lambda outcome: values(step=6, kind="s6_assess", outcome=outcome)


@pytest.mark.parametrize(
    "outcome",
    [
        "ระดับ 3",
        "ได้ระดับ ๓ จาก ๕ มีแบบประเมินแนบ",
        "ระดับที่ได้คือ 4",
        "Level 2, by 21 questions",
        "ผล 3/5",
        "1 จาก 5",
    ],
)
def test_a_level_is_read_however_it_is_said(outcome):
    assert states_level(outcome, 5)


@pytest.mark.parametrize(
    "outcome", ["", "ประเมินครบทุกฝ่าย", "ผู้ตอบ 34 คน", "ระดับ 6", "ระดับ 0", "ค่าเฉลี่ย 3 จาก 7"]
)
def test_what_says_no_level_is_none(outcome):
    assert not states_level(outcome, 5)


def test_a_self_assessment_without_its_level_is_refused_and_one_with_it_counts(
    change, session, make, assessed
):
    refused = refusal(log_activity, change, **assessed("ประเมินครบทุกฝ่าย"))
    assert (str(refused), refused.field) == (f"{SAID} และหลักฐานที่ใช้", "outcome")

    log_activity(change, **assessed("ระดับ 3 จาก 5 ตามแบบประเมิน 21 ข้อ"))
    change.finish()

    cell = session.query(StepProgress).filter_by(
        enrolment_id=make.enrolment("P001").id, step_id=make.step_id(6)
    )
    assert cell.one().evidence["r6_assess"] == 1


def test_the_form_asks_for_the_level_and_keeps_what_was_typed(browser_as, session, kind):
    form = the_form(browser_as("coordinator").get("/activities/new?unit=P001&stage=2&step=6"))
    form["title"], form["kind"], form["outcome"] = "ประเมินตนเอง", kind("s6_assess", 6), "ทำครบทุกฝ่าย"
    page = form.submit(status=422)
    assert SAID in page.html.select_one("#outcome-error").text

    form = the_form(page)
    assert form["outcome"].value == "ทำครบทุกฝ่าย"
    form["outcome"] = "ทำครบทุกฝ่าย ได้ระดับ 3"
    form.submit(status=303)
    assert only(session).outcome == "ทำครบทุกฝ่าย ได้ระดับ 3"


def test_an_older_one_is_read_and_counted_and_gets_its_level_when_it_is_changed(
    browser_as, change, session, make, assessed
):
    old = make.activity("P001", step=6, kind="s6_assess", title="ประเมินตนเองปีก่อน", outcome="")

    assert "ประเมินตนเองปีก่อน" in browser_as("coordinator").get(f"/activities/{old.id}")
    cell = session.query(StepProgress).filter_by(enrolment_id=old.enrolment_id, step_id=old.step_id).one()
    assert cell.evidence["r6_assess"] == 1
    changes = {"activity_id": old.id, "opened_with": old.version}
    refused = refusal(edit_activity, change, values=ActivityValues(**assessed("")), **changes)
    assert refused.field == "outcome"
    edit_activity(change, values=ActivityValues(**assessed("ระดับ 2")), **changes)
    assert session.get(Activity, old.id).outcome == "ระดับ 2"


def test_other_kinds_ask_for_no_level(change, values):
    assert log_activity(change, **values(step=6, kind="s6_aar", outcome="")).outcome == ""


def test_a_pasted_row_without_the_level_is_told_at_its_outcome(browser_as):
    page = browser_as("coordinator").get("/activities/upload?unit=P001")
    form = next(f for f in page.forms.values() if "pasted" in f.fields)
    form["pasted"] = "2/5/2569\t6\tประเมินตนเอง\tประเมินตนเองรอบแรก\tทำครบทุกฝ่าย"

    assert SAID in form.submit(status=422).html.select_one("table.ledger").text
